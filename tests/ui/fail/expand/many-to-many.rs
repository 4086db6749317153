use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(DataverseEntity)]
#[entity(
    logical = "new_student",
    set = "new_students",
    relationship(
        many_to_many,
        schema = "new_student_course",
        table = "new_course",
        nav = "new_student_courses",
        related = Course
    )
)]
struct Student {
    #[attr(logical = "new_studentid", primary_id, create_only)]
    id: Id<Student>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_course", set = "new_courses")]
struct Course {
    #[attr(logical = "new_courseid", primary_id, create_only)]
    id: Id<Course>,
    #[attr(logical = "createdby", lookup, read_only, nav = "createdby")]
    creator: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(of = SystemUser)]
struct User {
    #[attr(logical = "fullname")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = Course)]
struct CourseId {
    #[attr(logical = "new_courseid")]
    id: Id<Course>,
}

#[derive(DataverseEntity)]
#[entity(of = Course)]
struct CourseAndCreator {
    #[expand(nav = "createdby")]
    creator: Option<User>,
}

#[derive(DataverseEntity)]
#[entity(of = Student)]
struct NextToAnother {
    #[expand(nav = "new_student_courses")]
    courses: Vec<CourseId>,
    #[expand(nav = "new_student_exams")]
    exams: Vec<CourseId>,
}

#[derive(DataverseEntity)]
#[entity(of = Student)]
struct WithMoreWithin {
    #[expand(nav = "new_student_courses")]
    courses: Vec<CourseAndCreator>,
}

fn main() {}
