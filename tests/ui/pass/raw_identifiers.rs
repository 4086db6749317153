//! Keywords as names. Logical names are as written, and methods have no `r#` unless they need it.
#![allow(non_camel_case_types)]

use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum r#Kind {
    r#Type = 1,
    r#Final = 2,
    #[option(label = "As it is")]
    Match = 3,
    #[option(unknown)]
    r#Virtual(i32),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum State {
    #[option(default_status = Status::r#try)]
    r#async = 0,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Status {
    #[option(state = State::r#async)]
    r#try = 1,
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    r#struct(Id<r#Thing>),
    r#enum(Id<r#impl>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_k", columns(r#type, "match")))]
struct r#Thing {
    #[attr(logical = "new_thingid", primary_id)]
    r#mod: Id<r#Thing>,
    #[attr(logical = "type", string, primary_name)]
    r#type: Option<String>,
    #[attr(logical = "match", integer)]
    r#match: Option<i32>,
    #[attr(logical = "kind", picklist)]
    r#enum: Option<Kind>,
    #[attr(logical = "statecode", state, update_only)]
    r#static: Option<State>,
    #[attr(logical = "statuscode", status)]
    r#yield: Option<Status>,
    #[attr(logical = "in", lookup, nav = "in")]
    r#in: Option<Lookup<r#impl>>,
    #[attr(logical = "for", lookup, nav(r#struct = "for_struct", r#enum = "for_enum"))]
    r#for: Option<Lookup<Target>>,
    #[attr(logical = "inname", string, read_only, name_of = "in")]
    r#as: Option<String>,
    #[expand(nav = "in")]
    r#loop: Option<Box<r#impl>>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "impl", set = "impls", create = r#use, update = r#move)]
struct r#impl {
    #[attr(logical = "implid", primary_id)]
    r#ref: Id<r#impl>,
    #[attr(logical = "where", boolean)]
    r#where: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = r#impl)]
struct Brief {
    #[attr(logical = "where")]
    r#where: Option<bool>,
}

fn main() {
    let r#impl = Id::<r#impl>::new(dataverse_entity::Uuid::nil());
    let thing = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let _: r#use = r#impl::create().r#where(true);
    let _: r#move = r#impl::update(r#impl).clear_where();
    let create: ThingCreate =
        Thing::create().r#type("a").r#match(1).r#in(r#impl).r#for(thing).r#enum(Kind::Final);
    let json = create.to_json().unwrap();
    assert!(json.starts_with(r#"{"type":"a","match":1,"kind":2,"in@odata.bind""#), "{json}");
    assert!(json.contains(r#""for_struct@odata.bind""#), "{json}");
    let update =
        Thing::update(thing).clear_type().clear_match().clear_in().clear_for().r#yield(Status::r#try);
    assert_eq!(update.r#mod, thing.into());
    assert!(update.to_json().unwrap().contains(r#""statecode":0"#));
    assert_eq!(Kind::r#Type.label(), Some("Type"));
    assert_eq!("try".parse(), Ok(Status::r#try));
    assert_eq!(State::r#async.default_status(), Some(Status::r#try));
    assert_eq!(format!("{create:?}").split_whitespace().next(), Some("ThingCreate"));
    assert_eq!(Brief::select_clause(), "where");
}
