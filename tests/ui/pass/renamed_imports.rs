//! Nothing of the prelude is imported: derives and types are named by paths and other names.

use dataverse_entity as dv;
use dv::{DataverseEntity as Table, Id as Key};

#[derive(Debug, Clone, PartialEq, Table)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", uniqueidentifier, primary_id)]
    id: Key<Thing>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<dv::Lookup<Thing>>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<kinds::Kind>,
}

mod kinds {
    #[derive(Debug, Clone, Copy, dataverse_entity::OptionSet)]
    #[repr(i32)]
    pub enum Kind {
        One = 1,
    }
}

#[derive(Debug, Clone, PartialEq, dv::LookupTarget)]
enum Target {
    Thing(dv::Id<Thing>),
}

fn main() {
    use dv::{Draft as _, Entity as _};

    let id = Key::<Thing>::new(dv::Uuid::nil());
    let create = Thing::create().parent(id).kind(kinds::Kind::One);
    assert!(create.to_json().unwrap().contains("new_Parent@odata.bind"));
    assert_eq!(dv::Lookup::<Target>::new(id).table(), Some("new_thing"));
}
