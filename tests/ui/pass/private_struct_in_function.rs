//! Derives inside function bodies, where no other code can name the types.
#![deny(warnings, dead_code, non_local_definitions)]

use dataverse_entity::prelude::*;

fn text() -> String {
    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum Kind {
        One = 1,
    }

    #[derive(Debug, Clone, PartialEq, LookupTarget)]
    enum Target {
        Thing(Id<Thing>),
    }

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_kind", picklist)]
        kind: Option<Kind>,
        #[attr(logical = "new_target", nav(Thing = "new_Target"))]
        target: Option<Lookup<Target>>,
        #[expand(nav = "new_Target")]
        brief: Option<Box<Brief>>,
    }

    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(of = Thing)]
    struct Brief {
        #[attr(logical = "new_kind")]
        kind: Option<Kind>,
    }

    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let json = format!(r#"{{"new_thingid": "{id}", "new_kind": 1, "new_Target": {{"new_kind": 1}}}}"#);
    let thing = Record::<Thing>::from_json(&json).unwrap();
    assert_eq!(thing.id, id);
    assert_eq!(thing.kind, thing.brief.as_ref().and_then(|brief| brief.kind));
    assert!(thing.target.is_none());
    ThingCreate::default().kind(Kind::One).target(id).to_json().unwrap()
}

const LENGTH: usize = {
    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        _id: Id<Thing>,
    }

    Thing::METADATA.attributes.len()
};

fn main() {
    assert!(text().starts_with(r#"{"new_kind":1,"new_Target@odata.bind":"#));
    assert_eq!(LENGTH, 1);
    let closure = || {
        #[derive(DataverseEntity)]
        #[entity(logical = "new_other", set = "new_others")]
        struct Thing {
            #[attr(logical = "new_otherid", primary_id)]
            _id: Id<Thing>,
        }
        Thing::select_clause()
    };
    assert_eq!(closure(), "new_otherid");
}
