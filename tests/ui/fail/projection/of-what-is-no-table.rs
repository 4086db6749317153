use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

mod of_a_projection {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(of = SessionEvent)]
    struct Wide {
        #[attr(logical = "msdyn_name")]
        name: Option<String>,
    }

    #[derive(DataverseEntity)]
    #[entity(of = Wide)]
    struct Brief {
        #[attr(logical = "msdyn_name")]
        name: Option<String>,
    }
}

struct Other;

#[derive(DataverseEntity)]
#[entity(of = Other)]
struct OfAStructThatIsNoTable {
    #[attr(logical = "new_name")]
    name: Option<String>,
}

fn main() {}
