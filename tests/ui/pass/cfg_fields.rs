//! Fields and attributes under `cfg` and `cfg_attr`.

use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
    #[cfg(any())]
    Two = 2,
    #[cfg_attr(all(), option(label = "The third"))]
    Three = 3,
    #[cfg(all())]
    #[option(unknown)]
    Other(i32),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    Thing(Id<Thing>),
    #[cfg(any())]
    Nothing(Id<Nothing>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[cfg_attr(all(), entity(logical = "new_thing", set = "new_things"))]
#[cfg_attr(any(), entity(logical = "new_nothing", set = "new_nothings"))]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[cfg(any())]
    #[attr(logical = "new_nothing", nothing)]
    nothing: Nothing,
    #[cfg(all())]
    #[attr(logical = "new_name")]
    name: Option<String>,
    #[cfg(not(any()))]
    #[cfg_attr(all(), attr(logical = "new_kind", picklist))]
    kind: Option<Kind>,
    #[attr(logical = "new_target", nav(Thing = "new_Target"))]
    target: Option<Lookup<Target>>,
    #[cfg(any())]
    #[expand(nav = "new_Nothing")]
    expanded: Option<Box<Nothing>>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Thing)]
struct Brief {
    #[cfg(any())]
    #[attr(logical = "new_nothing")]
    nothing: Nothing,
    #[attr(logical = "new_name")]
    name: Option<String>,
}

fn main() {
    assert_eq!(Thing::select_clause(), "new_thingid,new_name,new_kind,_new_target_value");
    assert_eq!(Kind::ALL, [Kind::One, Kind::Three]);
    assert_eq!(Kind::Three.label(), Some("The third"));
    assert_eq!(Brief::select_clause(), "new_name");
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    assert_eq!(Thing::update(id).clear_name().to_json().unwrap(), r#"{"new_name":null}"#);
}
