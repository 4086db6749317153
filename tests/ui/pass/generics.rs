//! Projections with parameters.

use std::borrow::Cow;
use std::fmt::Debug;

use dataverse_entity::ReadColumn;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent, SystemUser};

/// Generic over what is expanded.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct WithSession<S> {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "msdyn_omnichannelsession")]
    session: Option<Box<S>>,
}

/// Generic over the type of a column.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Named<N> {
    #[attr(logical = "msdyn_name")]
    name: N,
}

/// With bounds and defaults.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Bounded<N: Debug = String, M = Option<i32>>
where
    M: Clone,
{
    #[attr(logical = "msdyn_name")]
    name: Option<N>,
    #[attr(logical = "timezoneruleversionnumber")]
    version: M,
}

/// Borrows from the response.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Borrowed<'a> {
    #[attr(logical = "msdyn_name")]
    name: Option<Cow<'a, str>>,
    #[attr(logical = "createdbyname")]
    creator: Option<Cow<'a, str>>,
}

/// Lifetimes, types and consts together.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Everything<'a, 'b: 'a, T, U, const N: usize>
where
    T: Clone + 'static,
{
    #[attr(logical = "msdyn_name")]
    name: Option<Cow<'a, str>>,
    #[attr(logical = "createdbyname")]
    creator: Option<Cow<'b, str>>,
    #[attr(logical = "versionnumber")]
    version: Option<T>,
    #[expand(nav = "createdby")]
    created_by: Vec<U>,
}

/// Only a const parameter, that no field mentions.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Marked<const PAGE: usize> {
    #[attr(logical = "msdyn_sessioneventid", primary_id)]
    id: Id<SessionEvent>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = OcSession)]
struct SessionId {
    #[attr(logical = "activityid")]
    id: Id<OcSession>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SystemUser)]
struct UserName<'a> {
    #[attr(logical = "fullname")]
    name: Option<Cow<'a, str>>,
}

fn read<'de, N: ReadColumn<'de>>(json: &'de str) -> N {
    Record::<Named<N>>::from_json(json).unwrap().into_inner().name
}

fn main() {
    let json = r#"{"msdyn_name": "Accepted", "timezoneruleversionnumber": 4, "msdyn_omnichannelsession":
        {"activityid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}, "createdby": [{"fullname": "Me"}]}"#;
    let record = Record::<WithSession<SessionId>>::from_json(json).unwrap();
    assert_eq!(record.session.as_ref().unwrap().id.to_string(), "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    assert_eq!(
        WithSession::<SessionId>::expand_clause().unwrap(),
        "msdyn_omnichannelsession($select=activityid)"
    );
    assert_eq!(read::<String>(json), "Accepted");
    assert_eq!(read::<Option<Cow<'_, str>>>(json), Some(Cow::Borrowed("Accepted")));
    let record = Record::<Bounded>::from_json(json).unwrap();
    assert_eq!((record.name.as_deref(), record.version), (Some("Accepted"), Some(4)));
    let record = Record::<Borrowed<'_>>::from_json(json).unwrap();
    assert!(matches!(record.name, Some(Cow::Borrowed("Accepted"))));
    let record = Record::<Everything<'_, '_, i64, UserName<'_>, 4>>::from_json(json).unwrap();
    assert_eq!(record.created_by[0].name.as_deref(), Some("Me"));
    assert_eq!(Marked::<50>::select_clause(), "msdyn_sessioneventid");
}
