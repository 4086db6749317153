//! Lookups as keys, records named by reference, fakes without JSON, and tables with serde impls.

#![allow(clippy::needless_borrows_for_generic_args, reason = "what is borrowed is what is tested")]

use std::collections::{BTreeSet, HashSet};

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};
use dataverse_entity::{AnyRecord, AnyTable, DeletedRecord, RecordRef};
use serde::{Deserialize, Serialize};

use crate::support::exchange::{org, request};
use crate::support::table::{Color, ID, Party, Size, Thing};

const OTHER: &str = "0d2c7a10-1111-4111-8111-111111111111";

#[test]
fn lookups_are_equal_by_their_record_whatever_their_name() {
    let id: Id<Thing> = ID.parse().unwrap();
    let (bare, named) = (Lookup::<Thing>::new(id), Lookup::<Thing>::new(id).with_name("A"));
    assert_eq!(bare, named);
    assert_eq!(HashSet::from([bare.clone(), named.clone()]).len(), 1);
    let other = Lookup::<Thing>::new(OTHER.parse::<Id<Thing>>().unwrap());
    assert_eq!(BTreeSet::from([named, other.clone(), bare]).first(), Some(&other));
    // The same GUID in two tables is two records.
    let user = Lookup::<Party>::new(ID.parse::<Id<SystemUser>>().unwrap());
    let team = Lookup::<Party>::new(ID.parse::<Id<Team>>().unwrap());
    assert_ne!(user, team);
}

#[test]
fn a_record_is_named_by_value_and_by_reference() {
    let id: Id<Thing> = ID.parse().unwrap();
    let record = Record::new(
        Record::<Thing>::from_json(&format!(r#"{{"new_thingid":"{ID}"}}"#)).unwrap().into_inner(),
    );
    let lookup = Lookup::<Thing>::new(id);
    let expected = format!("DELETE new_things({ID})");
    assert_eq!(request(&Thing::delete(id)), expected);
    assert_eq!(request(&Thing::delete(&id)), expected);
    assert_eq!(request(&Thing::delete(&record)), expected);
    assert_eq!(request(&Thing::delete(record.clone())), expected);
    assert_eq!(request(&Thing::delete(&lookup)), expected);
    let body = format!(r#"{{"new_Parent@odata.bind":"/new_things({ID})"}}"#);
    assert_eq!(Thing::create().parent(&id).to_json().unwrap(), body);
    assert_eq!(Thing::create().parent(&record).to_json().unwrap(), body);
    assert_eq!(Thing::create().parent(&lookup).to_json().unwrap(), body);
    assert_eq!(
        Thing::create().parent(Thing::CODE.key("x").and(Thing::NUMBER.key(1))).to_json().unwrap(),
        r#"{"new_Parent@odata.bind":"/new_things(new_code='x',new_number=1)"}"#
    );
    // A record that was read without its id cannot name itself.
    let blank: Record<Thing> = Record::from_json("{}").unwrap();
    let error = Thing::delete(&blank).request(&org()).unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("without its primary id"), "{error}");
}

#[test]
fn a_fake_answers_without_json() {
    let read: Record<Thing> =
        Record::from_json(&format!(r#"{{"@odata.etag":"W/\"1\"","new_thingid":"{ID}"}}"#)).unwrap();
    let made: Record<Thing> = Record::from(read.clone().into_inner()).with_etag("W/\"1\"");
    assert_eq!(made, read);
    assert_eq!(made.id(), Some(ID.parse().unwrap()));
    let mut page: Page<Thing> = Page::from_records([made]);
    page.deleted.push(DeletedRecord::new(OTHER.parse().unwrap(), Some("deleted".to_owned())));
    assert_eq!((page.len(), page.is_empty(), page.iter().count()), (1, false, 1));
    let expanded: Expanded<i32> = [1, 2].into_iter().collect();
    assert_eq!(expanded.into_iter().sum::<i32>(), 3);
}

#[test]
fn text_that_is_no_id_is_refused_with_what_was_expected() {
    let error = "x".parse::<Id<Thing>>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"expected a GUID such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff, found "x""#
    );
}

/// A table that a program stores and sends with serde, with the library's types in its fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, DataverseEntity)]
#[entity(logical = "new_kept", set = "new_kepts", ownership = "user")]
struct Kept {
    #[attr(logical = "new_keptid", primary_id, create_only)]
    id: Id<Kept>,
    #[attr(logical = "new_name", string(max_length = 10))]
    name: Option<String>,
    #[attr(logical = "new_color", picklist)]
    color: Option<Color>,
    #[attr(logical = "new_size", picklist)]
    size: Option<Size>,
    #[attr(logical = "new_colors", multiselect)]
    colors: MultiSelect<Color>,
    #[attr(logical = "new_thing", lookup, nav = "new_Thing")]
    thing: Lookup<Thing>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Party>>,
    #[attr(logical = "new_custom", managed_property)]
    custom: ManagedProperty,
    #[attr(logical = "new_none", virtual)]
    none: NoProperty,
    #[attr(logical = "new_guid", uniqueidentifier)]
    guid: Option<dataverse_entity::Uuid>,
    #[attr(logical = "new_price", money)]
    price: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_instant", datetime(behavior = "user_local"))]
    instant: Option<Timestamp>,
    #[attr(logical = "new_date", datetime(behavior = "date_only"))]
    date: Option<jiff::civil::Date>,
}

#[test]
fn a_table_with_serde_reads_back_as_itself() {
    let mut kept = Kept { name: Some("a".to_owned()), color: Some(Color::Unknown(9)), ..Kept::default() };
    kept.id = ID.parse().unwrap();
    kept.size = Some(Size::Large);
    kept.price = Some("12345678901234567.89".parse().unwrap());
    kept.instant = Some("2024-05-06T07:08:09Z".parse().unwrap());
    kept.colors = MultiSelect::from([Color::Red, Color::Blue]);
    kept.thing = Lookup::<Thing>::new(OTHER.parse::<Id<Thing>>().unwrap()).with_name("T");
    kept.owner = Some(Lookup::<Party>::new(ID.parse::<Id<Team>>().unwrap()));
    let json = serde_json::to_string(&kept).unwrap();
    assert_eq!(
        json,
        format!(
            r#"{{"id":"{ID}","name":"a","color":9,"size":200,"colors":"-3,1","thing":{{"id":"{OTHER}","table":"new_thing","name":"T"}},"owner":{{"id":"{ID}","table":"team"}},"custom":{{"Value":false,"CanBeChanged":true}},"none":null,"guid":null,"price":"12345678901234567.89","instant":"2024-05-06T07:08:09Z","date":null}}"#
        )
    );
    let back: Kept = serde_json::from_str(&json).unwrap();
    assert_eq!(back, kept);
    assert_eq!(back.thing.name(), Some("T"));
    let blank = serde_json::to_string(&Kept::default()).unwrap();
    assert_eq!(serde_json::from_str::<Kept>(&blank).unwrap(), Kept::default());
    // A GUID alone is enough for a lookup to one table.
    let bare: Lookup<Thing> = serde_json::from_str(&format!("{ID:?}")).unwrap();
    assert_eq!(bare.id(), ID.parse().unwrap());
    let error = serde_json::from_str::<Lookup<Thing>>(r#"{"id":"x"}"#).unwrap_err();
    assert!(error.to_string().contains("expected a GUID"), "{error}");
}

/// A struct with serde impls and a lookup to a table that is not in the program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DataverseEntity)]
#[entity(logical = "task", set = "tasks", activity)]
struct Task {
    #[attr(logical = "activityid", primary_id, create_only)]
    id: Id<Task>,
    #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_task")]
    regarding: Option<Lookup<AnyTable>>,
}

#[test]
fn a_lookup_to_any_table_can_be_set_after_serde() {
    let id = ID.parse::<dataverse_entity::Uuid>().unwrap();
    let body = |lookup: &Lookup<AnyTable>| Task::create().regarding(lookup).to_json().unwrap();
    let account =
        Lookup::<AnyTable>::new(AnyRecord::new("account", id).with_entity_set("accounts")).with_name("A");
    let task = Task { id: OTHER.parse().unwrap(), regarding: Some(account.clone()) };
    let kept = serde_json::to_string(&task).unwrap();
    assert_eq!(
        kept,
        format!(
            r#"{{"id":"{OTHER}","regarding":{{"id":"{ID}","table":"account","name":"A","entity_set":"accounts"}}}}"#
        )
    );
    let back: Task = serde_json::from_str(&kept).unwrap();
    assert_eq!(back, task);
    let expected = format!(r#"{{"regardingobjectid_account_task@odata.bind":"/accounts({ID})"}}"#);
    assert_eq!(body(&account), expected);
    assert_eq!(body(back.regarding.as_ref().unwrap()), expected);

    // So can one whose navigation property is its own.
    let named = AnyRecord::new("new_case", id).with_entity_set("new_cases").with_navigation("regarding_case");
    let kept = serde_json::to_string(&Lookup::<AnyTable>::new(named)).unwrap();
    assert_eq!(
        body(&serde_json::from_str(&kept).unwrap()),
        format!(r#"{{"regarding_case@odata.bind":"/new_cases({ID})"}}"#)
    );
    // A lookup from a response has neither name nor entity set, so neither is written.
    let bare = Lookup::<AnyTable>::new(AnyRecord::new("account", id));
    assert_eq!(serde_json::to_string(&bare).unwrap(), format!(r#"{{"id":"{ID}","table":"account"}}"#));
}

#[test]
fn a_user_or_team_is_named_by_any_value_that_was_read() {
    let thing = ID.parse::<Id<Thing>>().unwrap();
    let user: Id<SystemUser> = OTHER.parse().unwrap();
    // Assign sets the owner (webapi/assign-record).
    let expected = format!(r#"{{"ownerid@odata.bind":"/systemusers({OTHER})"}}"#);
    let body = |owner: &dyn AsPrincipal| {
        let request = Thing::assign(thing, owner).request(&org()).unwrap();
        String::from_utf8(request.body().to_vec()).unwrap()
    };
    let owner = Lookup::<Party>::new(user);
    let record: Record<SystemUser> = Record::from_json(&format!(r#"{{"systemuserid":"{OTHER}"}}"#)).unwrap();
    let names: [&dyn AsPrincipal; 8] = [
        &user,
        &&user,
        &owner,
        &owner.key(),
        &&owner,
        &Lookup::<SystemUser>::new(user),
        &record,
        &AnyRecord::new("systemuser", user.uuid()),
    ];
    for name in names {
        assert_eq!(body(name), expected);
    }
    let any = Lookup::<AnyTable>::new(AnyRecord::new("team", user.uuid()));
    assert_eq!(body(&any), expected.replace("systemusers", "teams"));

    let account = Lookup::<AnyTable>::new(AnyRecord::new("account", user.uuid()));
    let error = Thing::assign(thing, &account).request(&org()).unwrap_err();
    assert!(error.to_string().contains("of account is neither a user nor a team"), "{error}");
}

#[test]
fn references_to_records_are_keys() {
    let id: Id<Thing> = ID.parse().unwrap();
    let key = |code: &str| Thing::CODE.key(code).and(Thing::NUMBER.key(1)).into_record();
    let refs: HashSet<RecordRef<Thing>> =
        [id.into(), (&id).into(), key("x"), key("x"), key("y"), id.in_partition("p")].into_iter().collect();
    assert_eq!(refs.len(), 4);
}
