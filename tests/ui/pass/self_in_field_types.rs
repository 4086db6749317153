//! `Self` in a field's type is the struct, wherever generated code repeats the type.

use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Self>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<Self>>,
    #[attr(logical = "new_other", uniqueidentifier)]
    other: Option<Id<Self>>,
    #[attr(logical = "new_name")]
    name: Option<String>,
    #[expand(nav = "new_Parent")]
    expanded: Option<Box<Self>>,
    #[expand(nav = "new_Children")]
    children: Vec<Self>,
    #[expand(nav = "new_More")]
    more: Expanded<Self>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Thing)]
struct Line<'a> {
    #[attr(logical = "new_thingid")]
    id: Id<Thing>,
    #[attr(logical = "new_parent")]
    parent: Option<Lookup<Thing>>,
    #[attr(logical = "new_name")]
    name: Option<std::borrow::Cow<'a, str>>,
    #[expand(nav = "new_Parent")]
    above: Option<Box<Self>>,
    #[expand(nav = "new_Children")]
    below: Vec<Line<'a>>,
}

fn main() {
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let create = Thing::create().parent(id).other(id);
    assert!(create.to_json().unwrap().contains("new_Parent@odata.bind"));
    let json = format!(r#"{{"new_thingid": "{id}", "new_Parent": {{"new_thingid": "{id}"}}}}"#);
    let thing = Record::<Thing>::from_json(&json).unwrap();
    assert_eq!(thing.expanded.as_ref().map(|parent| parent.id), Some(thing.id));
    let line = Record::<Line<'_>>::from_json(&json).unwrap();
    assert!(
        line.above.is_some()
            && line.name.is_none()
            && line.below.is_empty()
            && line.parent.is_none()
            && line.id == id
    );
}
