#![allow(unused)]
use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "systemuser", set = "systemusers", schema = "SystemUser")]
pub struct SystemUser {
    #[attr(logical = "systemuserid", primary_id, create_only)]
    pub id: Id<SystemUser>,
    #[attr(logical = "fullname", primary_name, string(max_length = 200), read_only)]
    pub name: Option<String>,
}
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "team", set = "teams")]
pub struct Team {
    #[attr(logical = "teamid", primary_id)]
    pub id: Id<Team>,
}
#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
pub enum Principal {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unknown)]
    Other(UnknownTarget),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
pub enum State {
    #[option(default_status = StatusReason::Active, invariant = "Active")]
    Active = 0,
    #[option(default_status = StatusReason::Inactive)]
    Inactive = 1,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
pub enum StatusReason {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
    #[option(unknown)]
    Unknown(i32),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
pub struct Thing {
    #[attr(logical = "new_thingid", primary_id, create_only)]
    pub id: Id<Thing>,
    #[attr(logical = "new_name", primary_name, string(max_length = 5), required = "application")]
    pub name: Option<String>,
    #[attr(logical = "ownerid", owner, nav = "ownerid", required = "system")]
    pub owner: Option<Lookup<Principal>>,
    #[attr(logical = "owneridname", string, name_of = "ownerid", read_only)]
    pub owner_name: Option<String>,
    #[attr(logical = "statecode", state, update_only)]
    pub state: Option<State>,
    #[attr(logical = "statuscode", status)]
    pub status: Option<StatusReason>,
    #[attr(logical = "new_amount", decimal(min = 0, max = 100, precision = 2))]
    pub amount: Option<rust_decimal::Decimal>,
    #[attr(logical = "createdon", read_only)]
    pub created_on: Option<Timestamp>,
    #[expand(nav = "ownerid")]
    pub expanded: Option<Box<Brief>>,
}
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SystemUser)]
pub struct Brief {
    #[attr(logical = "fullname")]
    name: Option<String>,
}

#[test]
fn smoke() {
    let json = r#"{"@odata.etag":"W/\"1\"","new_thingid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","new_name":"a\u00e9","_ownerid_value@OData.Community.Display.V1.FormattedValue":"Me","_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team","_ownerid_value":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","statecode":0,"statuscode":77,"new_amount":12.3400000000000000001,"ownerid":{"fullname":"X"}}"#;
    let r = Record::<Thing>::from_json(json).unwrap();
    println!("{r:#?}");
    let mut after = (*r).clone();
    after.name = None;
    after.amount = Some("0.10".parse().unwrap());
    after.status = Some(StatusReason::Inactive);
    let u = Thing::changes(&r, &after).unwrap();
    println!("{u:?} {} {:?}", u.to_json().unwrap(), u.validate());
    let c = Thing::create()
        .name("toolong")
        .status(StatusReason::Inactive)
        .owner(Id::<Team>::new(Default::default()));
    println!("{} {}", c.to_json().unwrap(), c.validate().unwrap_err());
    println!("{}", serde_json::to_string_pretty(Thing::METADATA).unwrap());
    println!("{} {:?}", Thing::select(), Thing::expand());
}
