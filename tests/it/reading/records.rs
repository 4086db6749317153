//! Records and pages, read from the JSON of the Web API.

use std::borrow::Cow;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent, SystemUser};
use dataverse_entity::{RowResult, Uuid};

use crate::support::table;
use crate::support::table::{Closed, Color, ID, Party, Reason, Size, State, Thing, ThingName, thing};

#[test]
fn every_kind_of_value_is_read() {
    let read = thing(
        r#"{
            "new_thingid": "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
            "new_name": "O'Brien \"q\" \u00e9 \ud83d\ude00",
            "new_code": "a/b",
            "new_notes": "line\nline",
            "new_number": -5,
            "new_big": 9223372036854775807,
            "new_ratio": 1.5e2,
            "new_exact": 5000000.0000000001,
            "new_price": 12.50,
            "new_flag": true,
            "new_instant": "2024-09-18T10:20:39Z",
            "new_clock": "2024-09-18T10:20:39Z",
            "new_date": "2024-09-18",
            "new_color": 2,
            "new_size": 200,
            "new_plain": 77,
            "new_colors": "2, 1,99",
            "_new_parent_value": "6f9619ff-8b86-d011-b42d-00cf4fc964fe",
            "new_guid": "{6f9619ff-8b86-d011-b42d-00cf4fc964fd}",
            "new_table": "account",
            "new_image": "aGk=",
            "new_file": "6f9619ff-8b86-d011-b42d-00cf4fc964fc",
            "new_iscustomizable": {"Value": false, "CanBeChanged": true, "ManagedPropertyLogicalName": "x"},
            "statecode": 1,
            "statuscode": 3
        }"#,
    );
    assert_eq!(read.id.map(|id| id.to_string()).as_deref(), Some(ID));
    assert_eq!(read.name.as_deref(), Some("O'Brien \"q\" é 😀"));
    assert_eq!(read.code.as_deref(), Some("a/b"));
    assert_eq!(read.notes.as_deref(), Some("line\nline"));
    assert_eq!(read.number, Some(-5));
    assert_eq!(read.big, Some(i64::MAX));
    assert_eq!(read.ratio, Some(150.0));
    assert_eq!(read.exact.map(|exact| exact.to_string()).as_deref(), Some("5000000.0000000001"));
    assert_eq!(read.price.map(|price| price.to_string()).as_deref(), Some("12.50"));
    assert_eq!(read.flag, Some(true));
    assert_eq!(read.instant.map(|instant| instant.to_string()).as_deref(), Some("2024-09-18T10:20:39Z"));
    assert_eq!(read.clock, Some(jiff::civil::date(2024, 9, 18).at(10, 20, 39, 0)));
    assert_eq!(read.date, Some(jiff::civil::date(2024, 9, 18)));
    assert_eq!(read.color, Some(Color::Green));
    assert_eq!(read.size, Some(Size::Large));
    assert_eq!(read.plain, Some(77));
    assert_eq!(read.colors, MultiSelect::from([Color::Red, Color::Green, Color::Unknown(99)]));
    let parent = read.parent.as_ref().expect("a parent");
    assert_eq!(parent.id().to_string(), "6f9619ff-8b86-d011-b42d-00cf4fc964fe");
    assert_eq!((parent.name(), parent.table()), (None, Some("new_thing")));
    assert_eq!(
        read.guid.map(|guid| guid.to_string()).as_deref(),
        Some("6f9619ff-8b86-d011-b42d-00cf4fc964fd")
    );
    assert_eq!(read.table_name.as_deref(), Some("account"));
    assert_eq!(read.image.as_deref(), Some(b"hi".as_slice()));
    assert!(read.file.is_some());
    let customizable = read.customizable.as_ref().expect("a managed property");
    assert_eq!((customizable.value, customizable.can_be_changed), (false, true));
    assert_eq!(customizable.managed_property_logical_name.as_deref(), Some("x"));
    assert_eq!((read.state, read.status), (Some(State::Done), Some(Reason::Done)));
    assert_eq!(read.status.and_then(StatusSet::state), Some(State::Done));
}

#[test]
fn a_missing_member_and_null_are_the_same() {
    let columns = Thing::METADATA.attributes.iter().filter_map(|column| column.read_name());
    let nulls: Vec<String> = columns.map(|name| format!("{name:?}: null")).collect();
    assert_eq!(*thing(&format!("{{{}}}", nulls.join(","))), *thing("{}"));
}

#[test]
fn other_forms_that_a_server_may_choose_are_read() {
    // `IEEE754Compatible=true` makes strings of 64-bit integers and decimals.
    let strings = thing(r#"{"new_big": "-9223372036854775808", "new_exact": "0.1", "new_price": "1E2"}"#);
    assert_eq!(strings.big, Some(i64::MIN));
    assert_eq!(strings.exact.map(|exact| exact.to_string()).as_deref(), Some("0.1"));
    assert_eq!(strings.price.map(|price| price.to_string()).as_deref(), Some("100"));
    // A user-local time without offset is UTC; with an offset it is that instant.
    for text in ["2024-09-18T10:20:39", "2024-09-18T12:20:39+02:00", "2024-09-18T10:20:39.000Z"] {
        let read = thing(&format!(r#"{{"new_instant": "{text}"}}"#));
        assert_eq!(
            read.instant.map(|instant| instant.to_string()).as_deref(),
            Some("2024-09-18T10:20:39Z"),
            "{text}"
        );
    }
    let clock = thing(r#"{"new_clock": "2024-09-18T10:20:39"}"#);
    assert_eq!(clock.clock, Some(jiff::civil::date(2024, 9, 18).at(10, 20, 39, 0)));
    assert!(thing(r#"{"new_colors": ""}"#).colors.is_empty());
}

const OWNED: [&str; 3] = [
    r#""_ownerid_value@OData.Community.Display.V1.FormattedValue": "Ana""#,
    r#""_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "team""#,
    r#""_ownerid_value": "6f9619ff-8b86-d011-b42d-00cf4fc964ff""#,
];

#[test]
fn annotations_of_a_lookup_are_read_before_and_after_the_value() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let members: Vec<&str> = order.into_iter().map(|index| OWNED[index]).collect();
        let read = thing(&format!("{{{}}}", members.join(",")));
        let owner = read.owner.as_ref().expect("an owner");
        assert_eq!(owner.name(), Some("Ana"));
        assert_eq!(owner.table(), Some("team"));
        assert_eq!(owner.key(), Party::Team(ID.parse().expect("a GUID")));
        assert_eq!(read.owner_name.as_deref(), Some("Ana"));
        assert_eq!(read.owner_type.as_deref(), Some("team"));
        assert_eq!(read.owner_yomi_name, None);
    }
}

#[test]
fn a_lookup_is_read_without_annotations() {
    let read = thing(&format!("{{{}}}", OWNED[2]));
    let owner = read.owner.as_ref().expect("an owner");
    assert_eq!((owner.name(), owner.table()), (None, None));
    assert_eq!(owner.key(), Party::Other(UnknownTarget::new(ID.parse().expect("a GUID"), None)));
    assert_eq!(owner.uuid(), ID.parse::<Uuid>().expect("a GUID"));
    assert_eq!((&read.owner_name, &read.owner_type), (&None, &None));
}

#[test]
fn an_undeclared_target_is_kept_by_an_enum_with_a_variant_for_it() {
    let read = thing(&format!(
        r#"{{"_new_party_value": "{ID}", "_new_party_value@Microsoft.Dynamics.CRM.lookuplogicalname": "contact"}}"#
    ));
    let party = read.party.as_ref().expect("a party");
    assert_eq!(party.key(), Party::Other(UnknownTarget::new(party.uuid(), Some("contact"))));

    let closed =
        |table: &str| table::error(&format!(r#"{{"_new_closed_value": "{ID}"{table}}}"#)).to_string();
    assert_eq!(
        closed(r#", "_new_closed_value@Microsoft.Dynamics.CRM.lookuplogicalname": "contact""#),
        format!(
            "new_thing.new_closed: expected a record of one of the tables systemuser, team, found \"{ID}, which points \
             to the table contact\""
        )
    );
    assert!(closed("").contains(
        "expected an annotation `lookuplogicalname` that says which of the tables systemuser, team it is"
    ));
    let known = thing(&format!(
        r#"{{"_new_closed_value": "{ID}", "_new_closed_value@Microsoft.Dynamics.CRM.lookuplogicalname": "systemuser"}}"#
    ));
    assert_eq!(
        known.closed.as_ref().map(|lookup| lookup.key()),
        Some(Closed::User(ID.parse().expect("a GUID")))
    );
}

#[test]
fn a_lookup_of_one_table_refuses_a_record_of_another() {
    let error = table::error(&format!(
        r#"{{"_new_parent_value": "{ID}", "_new_parent_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account"}}"#
    ));
    assert_eq!(
        error.to_string(),
        format!(
            "new_thing.new_parent: expected a record of the table new_thing, found \"{ID}, which points to the table account\""
        )
    );
}

#[test]
fn the_label_of_a_choice_is_read_into_its_name_column() {
    let read =
        thing(r#"{"new_color": 2, "new_color@OData.Community.Display.V1.FormattedValue": "Dunkelgrün"}"#);
    assert_eq!(read.color_name.as_deref(), Some("Dunkelgrün"));
}

#[test]
fn unknown_members_are_skipped_whatever_they_hold() {
    let read = thing(
        r#"{"a": {"new_name": "no"}, "b": [[1, {"c": null}]], "new_name": "yes", "_x_value": 3, "@odata.id": "i",
            "new_name@Some.Other.Annotation": {"d": 1}, "versionnumber": 1e999}"#,
    );
    assert_eq!(read.name.as_deref(), Some("yes"));
}

#[test]
fn the_etag_and_the_formatted_values_belong_to_the_record() {
    let json = r#"{"@odata.etag": "W/\"470867\"", "new_number@OData.Community.Display.V1.FormattedValue": "1.234",
        "new_number": 12, "_ownerid_value@OData.Community.Display.V1.FormattedValue": "Ana"}"#;
    let plain = thing(json);
    assert_eq!(plain.etag(), Some("W/\"470867\""));
    assert_eq!(plain.formatted_values().count(), 0);
    let kept = Decoder::new().formatted_values(true).record::<Thing>(json).expect("a record");
    assert_eq!(kept.formatted_value("new_number"), Some("1.234"));
    assert_eq!(kept.formatted_value("ownerid"), Some("Ana"));
    assert_eq!(kept.formatted_value("new_name"), None);
    assert_eq!(kept.formatted_values().collect::<Vec<_>>(), [("new_number", "1.234"), ("ownerid", "Ana")]);
}

#[test]
fn expanded_records_are_read_with_the_record() {
    let read = thing(&format!(
        r#"{{
            "new_Parent": {{"@odata.etag": "W/\"1\"", "new_thingid": "{ID}", "new_name": "parent",
                            "_ownerid_value@OData.Community.Display.V1.FormattedValue": "Ana"}},
            "new_children": [{{"new_thingid": "{ID}", "new_name": "first"}}, {{"new_thingid": "{ID}"}}],
            "new_children@odata.nextLink": "https://example.org/more",
            "new_others": [{{"@odata.etag": "W/\"2\"", "new_thingid": "{ID}"}}],
            "new_others@odata.nextLink": "https://example.org/a%20b"
        }}"#
    ));
    let parent = read.parent_record.as_ref().expect("a parent");
    assert_eq!((parent.name.as_deref(), parent.owner_name.as_deref()), (Some("parent"), Some("Ana")));
    assert_eq!(
        read.children.iter().map(|child| child.name.as_deref()).collect::<Vec<_>>(),
        [Some("first"), None]
    );
    assert_eq!(read.others.next_link.as_deref(), Some("https://example.org/a%20b"));
    assert_eq!(read.others.records[0].etag(), Some("W/\"2\""));
    let none = thing(r#"{"new_Parent": null}"#);
    assert_eq!((&none.parent_record, none.children.len(), &none.others), (&None, 0, &Expanded::default()));
}

#[test]
fn a_query_selects_the_columns_of_the_fields() {
    assert_eq!(ThingName::select_clause(), "new_thingid,new_name,_ownerid_value");
    assert_eq!(ThingName::expand_clause(), None);
    assert_eq!(
        Thing::expand_clause().as_deref(),
        Some(
            "new_Parent($select=new_thingid,new_name,_ownerid_value),\
             new_children($select=new_thingid,new_name,_ownerid_value),\
             new_others($select=new_thingid,new_name,_ownerid_value)"
        )
    );
    let select = Thing::select_clause();
    for absent in ["owneridname", "owneridtype", "new_parties", "new_virtual", "new_secret", "new_colorname"]
    {
        assert!(!select.split(',').any(|name| name == absent), "{absent} in {select}");
    }
}

/// A struct that expands itself.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SystemUser)]
struct Employee {
    #[attr(logical = "fullname")]
    name: Option<String>,
    #[expand(nav = "parentsystemuserid")]
    manager: Option<Box<Employee>>,
}

#[test]
fn a_struct_may_expand_itself() {
    assert_eq!(Employee::expand_clause().as_deref(), Some("parentsystemuserid($select=fullname)"));
    let json = r#"{"fullname": "a", "parentsystemuserid": {"fullname": "b", "parentsystemuserid": {"fullname": "c"}}}"#;
    let read = Record::<Employee>::from_json(json).expect("a record").into_inner();
    let name = |employee: &Employee| employee.name.clone().unwrap_or_default();
    let manager = read.manager.as_deref().expect("a manager");
    assert_eq!(
        (name(&read), name(manager), manager.manager.as_deref().map(name)),
        ("a".into(), "b".into(), Some("c".into()))
    );
}

/// Two structs that expand each other, and nothing else.
#[derive(Debug, DataverseEntity)]
#[entity(of = SystemUser)]
struct Boss {
    #[expand(nav = "user_parent_user")]
    #[allow(dead_code, reason = "looked at by name only")]
    staff: Vec<Staff>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SystemUser)]
struct Staff {
    #[expand(nav = "parentsystemuserid")]
    #[allow(dead_code, reason = "looked at by name only")]
    boss: Option<Box<Boss>>,
}

/// Every build writes the same selection, and never an empty list.
#[test]
fn structs_may_expand_each_other() {
    assert_eq!(Boss::select_clause(), "systemuserid");
    assert_eq!(Boss::expand_clause().as_deref(), Some("user_parent_user($select=systemuserid)"));
    assert_eq!(Staff::expand_clause().as_deref(), Some("parentsystemuserid($select=systemuserid)"));
}

/// A struct that borrows from the response.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SystemUser)]
struct Borrowed<'a> {
    #[attr(logical = "fullname", string)]
    name: Option<Cow<'a, str>>,
    #[attr(logical = "title")]
    title: Cow<'a, str>,
}

#[test]
fn text_without_escapes_can_be_borrowed() {
    let json = r#"{"fullname": "plain", "title": "with \"escapes\""}"#.to_owned();
    let read = Record::<Borrowed<'_>>::from_json(&json).expect("a record");
    assert!(matches!(read.name, Some(Cow::Borrowed("plain"))));
    assert_eq!(read.title, "with \"escapes\"");
}

/// A struct that is generic over the expanded record.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SystemUser)]
struct With<M, N> {
    #[attr(logical = "fullname")]
    name: Option<N>,
    #[expand(nav = "parentsystemuserid")]
    manager: Option<Box<M>>,
}

#[test]
fn a_projection_may_be_generic() {
    let json = r#"{"fullname": "a", "parentsystemuserid": {"fullname": "b", "title": "t"}}"#.to_owned();
    let read = Record::<With<Borrowed<'_>, String>>::from_json(&json).expect("a record");
    assert_eq!(read.name.as_deref(), Some("a"));
    assert_eq!(read.manager.as_ref().map(|manager| &*manager.title), Some("t"));
    assert_eq!(
        With::<Borrowed<'_>, String>::expand_clause().as_deref(),
        Some("parentsystemuserid($select=fullname,title)")
    );
}

const PAGE: &str = include_str!("../../../examples/data/session_events.json");

#[test]
fn a_page_is_read_with_its_links_and_counts() {
    let page = Page::<SessionEvent>::from_json(PAGE).expect("a page");
    assert_eq!(page.records.len(), 8);
    assert_eq!(page.info.count, Some(812));
    assert_eq!(page.info.total_record_count, Some(812));
    assert_eq!(page.info.total_record_count_limit_exceeded, Some(false));
    let value: serde_json::Value = serde_json::from_str(PAGE).expect("JSON");
    assert_eq!(page.info.next_link.as_deref(), value["@odata.nextLink"].as_str());
    assert_eq!(page.info.delta_link, None);
    // An option that is newer than the table's page is kept.
    assert_eq!(page.records[6].event_type, Some(EventType::Unknown(192_350_031)));
    assert_eq!(page.records[1].owner.as_ref().and_then(Lookup::table), Some("team"));
    assert_eq!(page.records[1].owner_type.as_deref(), Some("team"));
    assert_eq!(page.records[1].created_by_name.as_deref(), Some("# Omnichannel Service"));
    assert_eq!(page.records[0].session_name.as_deref(), Some("Invoice question – live chat"));
    assert_eq!(page.records[4].name.as_deref(), Some("Accepted “at last”"));
    assert_eq!(page.records[7].name, None);
    let names: Vec<_> = page.records.iter().map(|event| event.created_by_yomi_name.as_deref()).collect();
    assert_eq!(names, [None; 8]);
}

#[test]
fn links_and_counts_are_read_anywhere_in_a_page() {
    let page = Page::<SystemUser>::from_json(
        r#"{"@odata.nextLink": "n\u0026%2525", "@odata.count": "3", "@Microsoft.Dynamics.CRM.totalrecordcount": -1,
            "value": [], "@odata.deltaLink": "d", "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie": "<cookie/>", "x": [1]}"#,
    )
    .expect("a page");
    assert_eq!(page.info.next_link.as_deref(), Some("n&%2525"));
    assert_eq!(page.info.delta_link.as_deref(), Some("d"));
    assert_eq!(page.info.count, Some(3));
    assert_eq!(page.info.total_record_count, None);
    assert_eq!(page.info.fetch_xml_paging_cookie.as_deref(), Some("<cookie/>"));
}

#[test]
fn tombstones_of_a_page_of_changes_are_read_separately() {
    let page = Page::<SystemUser>::from_json(&format!(
        r##"{{"value": [{{"systemuserid": "{ID}", "fullname": "Ana"}},
            {{"@odata.context": "https://x/$metadata#systemusers/$deletedEntity", "id": "{ID}", "reason": "deleted"}}]}}"##
    ))
    .expect("a page");
    assert_eq!(page.records.len(), 1);
    assert_eq!(page.deleted.len(), 1);
    assert_eq!(
        (page.deleted[0].id().to_string().as_str(), page.deleted[0].reason.as_deref()),
        (ID, Some("deleted"))
    );
}

const MIXED: &str = r#"{"value": [
    {"systemuserid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "fullname": "Ana"},
    {"systemuserid": "6f9619ff-8b86-d011-b42d-00cf4fc964fe", "fullname": 5},
    7,
    {"fullname": "no id"},
    {"systemuserid": "6f9619ff-8b86-d011-b42d-00cf4fc964fd", "fullname": "Zoë"}
], "@odata.nextLink": "more"}"#;

#[test]
fn a_page_is_refused_at_its_first_bad_row() {
    let error = Page::<SystemUser>::from_json(MIXED).expect_err("the second row is bad");
    assert_eq!(
        error.to_string(),
        "systemuser.fullname: expected a string, found 5 (row 1, record 6f9619ff-8b86-d011-b42d-00cf4fc964fe)"
    );
    assert_eq!(
        (error.table(), error.column(), error.value_found()),
        ("systemuser", Some("fullname"), Some("5"))
    );
    assert_eq!((error.row(), error.record_id()), (Some(1), Some("6f9619ff-8b86-d011-b42d-00cf4fc964fe")));
    assert!(!error.is_malformed());
}

#[test]
fn bad_rows_are_returned_as_errors_next_to_good_ones() {
    let page: Page<SystemUser, RowResult<SystemUser>> = Page::rows_from_json(MIXED).expect("a page");
    let rows: Vec<_> = page
        .records
        .iter()
        .map(|row| row.as_ref().map(|user| user.full_name.as_deref()).map_err(ToString::to_string))
        .collect();
    assert_eq!(
        rows,
        [
            Ok(Some("Ana")),
            Err("systemuser.fullname: expected a string, found 5 (row 1, record 6f9619ff-8b86-d011-b42d-00cf4fc964fe)".into()),
            Err("systemuser: expected a record (an object), found 7 (row 2)".into()),
            Err("systemuser.systemuserid: expected a value, because the field is not an `Option`, found null or nothing (row 3)".into()),
            Ok(Some("Zoë")),
        ]
    );
    assert_eq!(page.info.next_link.as_deref(), Some("more"));
}

#[test]
fn serde_reads_the_same_as_from_json() {
    let page: Page<SessionEvent> = serde_json::from_str(PAGE).expect("a page");
    assert_eq!(page, Page::from_json(PAGE).expect("a page"));
    let value: serde_json::Value = serde_json::from_str(PAGE).expect("JSON");
    assert_eq!(serde_json::from_value::<Page<SessionEvent>>(value).expect("a page"), page);
    let record: Record<Thing> =
        serde_json::from_reader(r#"{"new_exact": 0.1000000001}"#.as_bytes()).expect("a record");
    assert_eq!(record.exact.map(|exact| exact.to_string()).as_deref(), Some("0.1000000001"));
}
