use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct NavMissing {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand]
    creator: Option<Box<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct NavMissingInParentheses {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand()]
    creator: Option<Box<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct NavNumber {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = 1)]
    creator: Option<Box<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct NavTwice {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Option<Box<SystemUser>>,
    #[expand(nav = "createdby")]
    maker: Option<SystemUser>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct UnknownKey {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(navigation = "createdby")]
    creator: Option<Box<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct UnknownKeyBesideNav {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby", select = "fullname")]
    creator: Option<Box<SystemUser>>,
}

fn main() {}
