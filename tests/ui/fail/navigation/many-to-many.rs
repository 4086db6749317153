//! Keys that a many-to-many relationship has, and keys that only the others have.
use dataverse_entity::prelude::*;

#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_course",
    set = "new_courses",
    relationship(many_to_many, one_to_many, schema = "a", table = "contact", column = "x"),
    relationship(many_to_many),
    relationship(many_to_many, schema = "b", table = "contact", column = "x", key = "y", on_delete = "cascade"),
    relationship(one_to_many, schema = "c", table = "contact", column = "x", intersect = "new_pairs"),
    relationship(many_to_many, schema = "d", table = "contact", related = Course),
    relationship(many_to_many, schema = "d", table = "contact", nav = "new_students"),
    relationship(many_to_one, schema = "e", table = "contact", column = "new_teacher", key = "contactid", nav = "n", related = Course),
    relationship(many_to_many, schema = "f", table = "contact", nav = "f", name = STUDENTS),
    relationship(many_to_many, schema = "g", table = "new_course", nav = "new_name", related = Course),
    relationship(many_to_many, schema = "h", table = "new_course", nav = "new-courses", related = Course)
)]
struct Course {
    #[attr(logical = "new_courseid", primary_id)]
    id: Id<Course>,
    #[attr(logical = "new_name", string(max_length = 100))]
    new_name: Option<String>,
    #[attr(logical = "new_teacher", lookup, read_only)]
    teacher: Option<Lookup<Course>>,
}

fn main() {}
