use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(of = 7)]
struct OfANumber {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = "Session Event")]
struct OfAStringThatIsNoType {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
