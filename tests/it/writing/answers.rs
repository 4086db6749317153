//! Records that are written with serde: the JSON that Dataverse would answer with, which reads back as the
//! same record.
//!
//! The forms are those of Microsoft's pages: values and lookups (webapi/web-api-properties,
//! retrieve-entity-using-web-api), annotations (webapi/query/select-columns), expanded records
//! (webapi/query/join-tables) and deleted ones
//! (developer/data-platform/use-change-tracking-synchronize-data-external-systems).

use std::borrow::Cow;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser, Team};
use dataverse_entity::{AnyTable, Decoder, DeletedRecord, Uuid};
use jiff::civil;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::support::table::{Closed, Color, ID, Party, Reason, Size, State, Thing, ThingName, thing};

const OTHER: &str = "0d2c7a10-1111-4111-8111-111111111111";

/// A whole record as Dataverse answers it with `Prefer: odata.include-annotations="*"`.
const ANSWER: &str = r#"{"@odata.etag":"W/\"4711\"",
"new_thingid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff",
"new_name":"a \"b\" ü",
"new_code":"c",
"new_notes":"line\nline",
"new_number@OData.Community.Display.V1.FormattedValue":"1,000","new_number":1000,
"new_big":-9223372036854775808,
"new_ratio":0.1,
"new_exact":5000000.0000000001,
"new_price@OData.Community.Display.V1.FormattedValue":"$12.50","new_price":12.50,
"new_flag":false,
"new_instant":"2024-09-18T10:20:39Z",
"new_clock":"2024-09-18T10:20:39Z",
"new_date":"2024-09-18",
"new_color@OData.Community.Display.V1.FormattedValue":"Rot","new_color":1,
"new_size":200,
"new_plain":7,
"new_colors":"-3,1",
"_new_parent_value@OData.Community.Display.V1.FormattedValue":"Parent","_new_parent_value@Microsoft.Dynamics.CRM.lookuplogicalname":"new_thing","_new_parent_value":"0d2c7a10-1111-4111-8111-111111111111",
"_new_party_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact","_new_party_value":"0d2c7a10-1111-4111-8111-111111111111",
"_new_closed_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team","_new_closed_value":"0d2c7a10-1111-4111-8111-111111111111",
"_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ann","_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"systemuser","_ownerid_value":"0d2c7a10-1111-4111-8111-111111111111",
"new_guid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff",
"new_table":"account",
"new_image":"AAEC",
"new_file":"6f9619ff-8b86-d011-b42d-00cf4fc964ff",
"new_iscustomizable":{"Value":true,"CanBeChanged":false,"ManagedPropertyLogicalName":"iscustomizable"},
"new_once":1,
"statecode@OData.Community.Display.V1.FormattedValue":"Active","statecode":0,
"statuscode":1,
"createdon":"2024-09-18T10:20:39.5Z",
"new_Parent":{"new_thingid":"0d2c7a10-1111-4111-8111-111111111111","new_name":null,"_ownerid_value@OData.Community.Display.V1.FormattedValue":"Bob"},
"new_children":[],
"new_others":[{"@odata.etag":"W/\"1\"","new_thingid":"0d2c7a10-1111-4111-8111-111111111111","new_name":"o"}],"new_others@odata.nextLink":"https://contoso.crm.dynamics.com/api/data/v9.2/x?$skiptoken=1"}"#;

#[test]
fn a_record_is_written_as_it_was_answered() {
    let answer = ANSWER.replace('\n', "");
    let decoder = Decoder::new().formatted_values(true);
    let read: Record<Thing> = decoder.record(&answer).unwrap();
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(written, answer);
    assert_eq!(decoder.record::<Thing>(&written).unwrap(), read);
    // Without a decoder that asks for them, formatted values are not kept.
    let plain: Record<Thing> = Record::from_json(&answer).unwrap();
    assert_eq!(serde_json::from_str::<Record<Thing>>(&written).unwrap(), plain);
}

#[test]
fn a_column_without_a_value_is_null_and_one_without_a_property_is_left_out() {
    let read = thing(&format!(r#"{{"new_thingid":"{ID}","new_secret":"s"}}"#));
    let written = serde_json::to_string(&read).unwrap();
    for absent in ["new_parties", "new_virtual", "new_colorname", "owneridname", "owneridtype", "@"] {
        assert!(!written.contains(absent), "{absent} in {written}");
    }
    for null in ["new_name", "new_colors", "_ownerid_value", "new_Parent", "createdon"] {
        assert!(written.contains(&format!("\"{null}\":null")), "{null} in {written}");
    }
    // Dataverse never answers a column that cannot be read, but a value that the program set is written.
    assert!(written.contains(r#""new_secret":"s""#), "{written}");
    assert_eq!(thing(&written), read);
    let mut read = read;
    read.secret = None;
    let written = serde_json::to_string(&read).unwrap();
    assert!(!written.contains("new_secret"), "{written}");
    assert_eq!(thing(&written), read);
}

#[test]
fn a_record_is_written_with_the_members_that_dataverse_answered() {
    let answer = include_str!("../../../examples/data/session_events.json");
    let decoder = Decoder::new().formatted_values(true);
    let page: Page<SessionEvent> = decoder.page(answer).unwrap();
    let written = serde_json::to_string(&page).unwrap();
    assert_eq!(decoder.page::<SessionEvent>(&written).unwrap(), page);

    // Every member of ours is one of the server's with the same value, except for the null of a column that
    // was not answered.
    let (ours, theirs): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&written).unwrap(), serde_json::from_str(answer).unwrap());
    let rows = |page: &serde_json::Value| page["value"].as_array().unwrap().clone();
    assert_eq!(rows(&ours).len(), 8);
    let mut compared = 0;
    for (ours, theirs) in rows(&ours).iter().zip(rows(&theirs)) {
        for (name, value) in ours.as_object().unwrap() {
            match theirs.get(name) {
                Some(answered) => {
                    assert_eq!(value, answered, "{name}");
                    compared += 1;
                }
                None => assert!(value.is_null() || name.ends_with("lookuplogicalname"), "{name}: {value}"),
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_page_keeps_its_links_counts_and_deleted_records() {
    let mut page: Page<Team> = Page::from_records([team(ID).with_etag("W/\"1\"")]);
    page.deleted.push(DeletedRecord::new(OTHER.parse().unwrap(), Some("deleted".to_owned())));
    page.info.count = Some(5000);
    page.info.total_record_count = Some(5000);
    page.info.total_record_count_limit_exceeded = Some(true);
    page.info.next_link =
        Some("https://contoso.crm.dynamics.com/api/data/v9.2/teams?$skiptoken=2".to_owned());
    page.info.delta_link =
        Some("https://contoso.crm.dynamics.com/api/data/v9.2/teams?$deltatoken=3".to_owned());
    page.info.fetch_xml_paging_cookie = Some("<cookie pagenumber=\"2\"/>".to_owned());
    page.info.more_records = Some(true);
    let written = serde_json::to_string(&page).unwrap();
    assert_eq!(serde_json::from_str::<Page<Team>>(&written).unwrap(), page);
    assert_eq!(Page::from_json(&written).unwrap(), page);
    let members: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(
        members["value"][1],
        serde_json::json!({"@odata.context": "$metadata#teams/$deletedEntity", "id": OTHER, "reason": "deleted"})
    );
    assert_eq!(serde_json::to_string(&Page::<Team>::from_records([])).unwrap(), r#"{"value":[]}"#);
}

fn team(id: &str) -> Record<Team> {
    Record::from_json(&format!(r#"{{"teamid":"{id}","name":"t"}}"#)).unwrap()
}

/// A value that a program answers its callers with, or puts on a queue.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Answer {
    things: Vec<Record<Thing>>,
    first: Option<Record<Thing>>,
}

#[test]
fn records_are_fields_of_other_serde_types() {
    let read = thing(&ANSWER.replace('\n', ""));
    let answer = Answer { things: vec![read.clone(), Record::new(read.clone().into_inner())], first: None };
    let text = serde_json::to_string_pretty(&answer).unwrap();
    assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), answer);
    // A decimal keeps every digit.
    assert!(text.contains("5000000.0000000001"), "{text}");
}

#[test]
fn a_number_without_a_form_in_json_is_refused() {
    let mut read = thing("{}");
    read.ratio = Some(f64::NAN);
    let error = serde_json::to_string(&read).unwrap_err();
    assert_eq!(error.to_string(), "new_thing.new_ratio: NaN has no form in JSON");
}

/// A lookup to any table, and columns for the name and the table of the owner.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "task", set = "tasks", activity, ownership = "user")]
struct Task {
    #[attr(logical = "activityid", primary_id)]
    id: Id<Task>,
    #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_task")]
    regarding: Option<Lookup<AnyTable>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Lookup<Party>,
    #[attr(logical = "owneridname", read_only, name_of = "ownerid")]
    owner_name: Option<String>,
    #[attr(logical = "owneridtype", entity_name, read_only, type_of = "ownerid")]
    owner_type: Option<String>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = Task)]
struct Names<'a> {
    #[attr(logical = "owneridname")]
    owner_name: Option<Cow<'a, str>>,
    #[attr(logical = "owneridtype")]
    owner_type: Option<String>,
}

#[test]
fn lookups_keep_their_tables_and_names() {
    let user: Id<SystemUser> = OTHER.parse().unwrap();
    let mut task = Task {
        id: ID.parse().unwrap(),
        regarding: Some(Lookup::new(dataverse_entity::AnyRecord::new("account", user.uuid())).with_name("A")),
        owner: Lookup::<Party>::new(user).with_name("Ann"),
        owner_name: Some("Ann".to_owned()),
        owner_type: Some("systemuser".to_owned()),
    };
    let written = serde_json::to_string(&Record::new(task.clone())).unwrap();
    assert_eq!(written.matches("_ownerid_value@").count(), 2, "{written}");
    let back: Record<Task> = serde_json::from_str(&written).unwrap();
    assert_eq!(*back, task);
    assert_eq!(back.regarding.as_ref().and_then(Lookup::name), Some("A"));
    assert_eq!(back.owner.name(), Some("Ann"));

    // The column `owneridname` decides about the annotation; otherwise the record would not read back the
    // same.
    task.owner_name = None;
    let written = serde_json::to_string(&Record::new(task.clone())).unwrap();
    assert_eq!(serde_json::from_str::<Record<Task>>(&written).unwrap().into_inner(), task);

    // A lookup without a known table has no annotation.
    task.regarding = Some(Lookup::default());
    task.owner = Lookup::new(Party::Other(dataverse_entity::UnknownTarget::new(user.uuid(), None)));
    task.owner_type = None;
    let written = serde_json::to_string(&Record::new(task.clone())).unwrap();
    assert!(!written.contains("lookuplogicalname"), "{written}");
    assert_eq!(serde_json::from_str::<Record<Task>>(&written).unwrap().into_inner(), task);

    let names = r#"{"_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ann","_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team"}"#;
    let read: Record<Names<'_>> = Record::from_json(names).unwrap();
    assert_eq!((read.owner_name.as_deref(), read.owner_type.as_deref()), (Some("Ann"), Some("team")));
    assert_eq!(serde_json::to_string(&read).unwrap(), names);
}

/// A struct with its own serde impls, which expands others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DataverseEntity)]
#[entity(of = Thing)]
struct Tree {
    #[attr(logical = "new_name")]
    name: Option<String>,
    #[expand(nav = "new_children")]
    children: Expanded<Branch>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DataverseEntity)]
#[entity(of = Thing)]
struct Branch {
    #[attr(logical = "new_name")]
    name: Option<String>,
}

#[test]
fn expanded_records_may_have_their_own_serde_impls() {
    let mut tree = Tree { name: None, children: Expanded::new(vec![Branch { name: Some("b".to_owned()) }]) };
    assert_eq!(serde_json::to_string(&tree).unwrap(), r#"{"name":null,"children":{"value":[{"name":"b"}]}}"#);
    tree.children.next_link = Some("https://x/2".to_owned());
    let text = serde_json::to_string(&tree).unwrap();
    assert_eq!(serde_json::from_str::<Tree>(&text).unwrap(), tree);
    assert_eq!(
        serde_json::to_string(&Record::new(tree.clone())).unwrap(),
        r#"{"new_name":null,"new_children":[{"new_name":"b"}],"new_children@odata.nextLink":"https://x/2"}"#
    );
    let error = serde_json::from_str::<Expanded<Branch>>("{}").unwrap_err();
    assert!(error.to_string().contains("missing field `value`"), "{error}");
}

/// Generic code needs no bound besides `Entity`.
fn cached<T: Entity>(record: &Record<T>) -> String {
    serde_json::to_string(record).unwrap()
}

fn uuids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn texts() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(any::<String>())
}

fn targets() -> impl Strategy<Value = Option<Lookup<Party>>> {
    let key = (uuids(), 0..4).prop_map(|(id, table)| match table {
        0 => Party::User(Id::new(id)),
        1 => Party::Team(Id::new(id)),
        2 => Party::Other(dataverse_entity::UnknownTarget::new(id, Some("contact"))),
        _ => Party::Other(dataverse_entity::UnknownTarget::new(id, None)),
    });
    proptest::option::of((key, any::<String>()).prop_map(|(key, name)| Lookup::new(key).with_name(name)))
}

proptest! {
    #[test]
    fn any_record_reads_back_as_itself(
        (id, name, code, notes) in (proptest::option::of(uuids()), texts(), texts(), texts()),
        (number, big, ratio) in (
            any::<Option<i32>>(),
            any::<Option<i64>>(),
            proptest::option::of(any::<f64>().prop_filter("JSON has finite numbers only", |number| number.is_finite())),
        ),
        (exact, scale, flag) in (any::<Option<i64>>(), 0u32..=28, any::<Option<bool>>()),
        (second, nanosecond, day) in (-6_847_804_800i64..=253_402_200_000, 0i32..1_000_000_000, 1i8..=28),
        (color, size, colors) in (
            any::<Option<i32>>(),
            proptest::option::of(prop_oneof![Just(Size::Small), Just(Size::Large)]),
            proptest::collection::vec(any::<i32>(), 0..20),
        ),
        (party, owner, closed) in (targets(), targets(), proptest::option::of(uuids())),
        (image, guid, value) in (proptest::option::of(proptest::collection::vec(any::<u8>(), 0..20)), proptest::option::of(uuids()), any::<bool>()),
        (etag, children) in ("[a-zA-Z0-9/\"]{0,40}", proptest::collection::vec((uuids(), texts(), texts()), 0..4)),
    ) {
        let mut thing = thing("{}").into_inner();
        (thing.id, thing.name, thing.secret) = (id.map(Id::new), name, code.clone());
        (thing.code, thing.notes) = (code.map(Into::into), notes.map(Into::into));
        (thing.number, thing.big, thing.ratio, thing.flag) = (number, big, ratio, flag);
        thing.exact = exact.map(|exact| Decimal::from_i128_with_scale(exact.into(), scale));
        thing.price = thing.exact;
        thing.instant = Timestamp::new(second, nanosecond).ok();
        thing.created_on = Timestamp::from_second(second).ok();
        thing.clock = Some(civil::date(2024, 2, day).at(1, 2, 3, nanosecond));
        thing.date = Some(civil::date(1753, 1, day));
        (thing.color, thing.plain, thing.size) = (color.map(Color::from), color, size);
        thing.colors = colors.into_iter().map(Color::from).collect();
        (thing.state, thing.status) = (Some(State::Done), color.map(Reason::from));
        (thing.guid, thing.file, thing.image) = (guid, guid, image);
        thing.parent = closed.map(|id| Lookup::new(Id::new(id)));
        thing.closed = closed.map(|id| Lookup::new(Closed::Team(Id::new(id))));
        thing.owner_name = owner.as_ref().and_then(|owner| owner.name()).map(str::to_owned);
        thing.owner_type = owner.as_ref().and_then(|owner| owner.table()).map(str::to_owned);
        thing.color_name.clone_from(&thing.owner_name);
        (thing.party, thing.owner) = (party, owner);
        let mut customizable = ManagedProperty::new(value);
        customizable.managed_property_logical_name.clone_from(&thing.name);
        thing.customizable = Some(customizable);
        let children = children.into_iter().map(|(id, name, owner_name)| ThingName { id: Id::new(id), name, owner_name });
        thing.children = children.collect();
        thing.parent_record = thing.children.first().cloned().map(Box::new);
        thing.others = thing.children.iter().cloned().map(|each| Record::new(each).with_etag(&etag)).collect();
        let record = Record::new(thing).with_etag(&etag);
        let back: Record<Thing> = serde_json::from_str(&cached(&record)).unwrap();
        prop_assert_eq!(&back, &record);
        prop_assert_eq!(back.exact.map(|exact| exact.to_string()), record.exact.map(|exact| exact.to_string()));
        let name = |lookup: &Option<Lookup<Party>>| lookup.as_ref().and_then(|lookup| lookup.name()).map(str::to_owned);
        prop_assert_eq!(name(&back.party), name(&record.party));
        let page = Page::from_records([record]);
        prop_assert_eq!(Page::from_json(&serde_json::to_string(&page).unwrap()).unwrap(), page);
    }
}
