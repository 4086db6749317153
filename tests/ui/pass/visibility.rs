//! Drafts are as visible as the struct, and their fields and methods as the fields.
#![deny(warnings, private_interfaces, private_bounds, unreachable_pub)]

use dataverse_entity::prelude::*;

mod outer {
    use dataverse_entity::prelude::*;

    pub(crate) mod inner {
        use dataverse_entity::prelude::*;

        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(logical = "new_thing", set = "new_things", create = NewThing, update = ThingPatch)]
        pub(crate) struct Thing {
            #[attr(logical = "new_thingid", primary_id)]
            pub(crate) id: Id<Thing>,
            #[attr(logical = "new_name", string)]
            pub(crate) name: Option<String>,
            #[attr(logical = "new_note", string)]
            pub(super) note: Option<String>,
            #[attr(logical = "new_count", integer)]
            pub(in crate::outer) count: Option<i32>,
            #[attr(logical = "new_secret", string)]
            secret: Option<String>,
            #[attr(logical = "createdon", read_only)]
            created_on: Option<Timestamp>,
        }

        impl Thing {
            pub(crate) fn keep(id: Id<Thing>) -> ThingPatch {
                Self::update(id).secret("kept")
            }

            pub(crate) fn is_new(&self) -> bool {
                self.secret.is_none() && self.created_on.is_none()
            }
        }

        /// Private to this module, with drafts that are private, too.
        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(logical = "new_hidden", set = "new_hiddens")]
        struct Hidden {
            #[attr(logical = "new_hiddenid", primary_id)]
            id: Id<Hidden>,
            #[attr(logical = "new_thing", nav = "new_Thing")]
            thing: Option<Lookup<Thing>>,
        }

        pub(crate) fn hidden(json: &str) -> bool {
            let hidden = Record::<Hidden>::from_json(json).unwrap();
            HiddenCreate::default().is_empty() && hidden.thing.is_none() && hidden.id == hidden.id
        }
    }

    pub(crate) fn noted(id: Id<inner::Thing>) -> inner::ThingPatch {
        inner::Thing::update(id).note("noted").count(1).clear_name()
    }

    pub(crate) fn note(thing: &inner::Thing) -> Option<&str> {
        thing.note.as_deref().filter(|_| thing.count.is_none())
    }
}

use outer::inner::{NewThing, Thing, ThingPatch};

fn main() {
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let create: NewThing = Thing::create().name("New");
    assert_eq!(create.name.as_deref(), Some("New"));
    let mut patch: ThingPatch = Thing::keep(id);
    patch.name = Change::Clear;
    assert_eq!(patch.to_json().unwrap(), r#"{"new_name":null,"new_secret":"kept"}"#);
    assert!(outer::noted(patch.id.id().unwrap()).validate().is_ok());
    let json = format!(r#"{{"new_thingid": "{id}", "new_hiddenid": "{id}"}}"#);
    let thing = Record::<Thing>::from_json(&json).unwrap();
    assert!(thing.is_new() && outer::note(&thing).is_none() && outer::inner::hidden(&json));
}
