#![deny(warnings, missing_docs, unreachable_pub, clippy::pedantic)]
//! Typed columns under harsh lints: raw names, private fields, structs in functions, expanded records, references.

use dataverse_entity::message::Batch;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

mod inner {
    use dataverse_entity::prelude::*;

    /// A table whose fields are private here and there.
    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things", ownership = "user")]
    pub(crate) struct Thing {
        #[attr(logical = "new_thingid", primary_id, create_only)]
        pub(crate) id: Id<Thing>,
        #[attr(logical = "new_type", string(max_length = 10))]
        pub(crate) r#type: Option<String>,
        #[attr(logical = "new_hidden", integer)]
        hidden: Option<i32>,
        #[attr(logical = "new_owner", customer, nav(User = "new_Owner_user", Team = "new_Owner_team"))]
        pub(crate) party: Option<Lookup<super::Party>>,
        #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
        pub(crate) parent: Option<Lookup<Thing>>,
        #[expand(nav = "new_thing_children")]
        pub(crate) children: Vec<Name>,
        #[expand(nav = "new_Parent")]
        pub(crate) whole_parent: Option<Box<Name>>,
    }

    /// The part of the other records that is read.
    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(of = Thing)]
    pub(crate) struct Name {
        #[attr(logical = "new_type")]
        pub(crate) r#type: Option<String>,
    }

    pub(crate) fn hidden() -> String {
        Thing::HIDDEN.gt(1).to_odata().unwrap()
    }
}

/// Whom a thing belongs to.
#[derive(Debug, Clone, PartialEq, LookupTarget)]
pub(crate) enum Party {
    User(Id<SystemUser>),
    Team(Id<Team>),
}

use inner::{Name, Thing};

fn main() {
    assert_eq!(Thing::TYPE.eq("x").to_odata().unwrap(), "new_type eq 'x'");
    assert_eq!(inner::hidden(), "new_hidden gt 1");
    assert_eq!(
        Thing::PARENT.to(Thing::PARTY.to(Team::NAME)).contains("a").to_odata().unwrap(),
        "contains(new_Parent/new_Owner_team/name, 'a')"
    );
    assert_eq!(
        Thing::CHILDREN.any(Thing::TYPE.is_null()).to_odata().unwrap(),
        "new_thing_children/any(o:o/new_type eq null)"
    );
    assert_eq!(
        Thing::WHOLE_PARENT.to(Thing::TYPE).is_null().to_odata().unwrap(),
        "new_Parent/new_type eq null"
    );

    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let user = set.add(SystemUser::create().first_name("A"));
    let parent = set.add(Thing::create().party(user.record()));
    set.add(Thing::create().parent(parent.record()).party(Id::<Team>::new(dataverse_entity::Uuid::nil())));
    set.add(Thing::update(&parent.record()).r#type("x"));
    assert_eq!(batch.len(), 4);

    let query = Name::query().filter(Thing::TYPE.eq("x")).order_by(Thing::TYPE.asc());
    assert!(format!("{query:?}").contains("new_type eq 'x'"));
    assert!(local().starts_with("new_localid eq "));
}

fn local() -> String {
    /// A table that only this function knows.
    #[derive(Debug, DataverseEntity)]
    #[entity(logical = "new_local", set = "new_locals")]
    struct Local {
        #[attr(logical = "new_localid", primary_id, create_only)]
        id: Id<Local>,
    }

    let local = Local { id: Id::new(dataverse_entity::Uuid::nil()) };
    Local::ID.eq(local.id).to_odata().unwrap()
}
