//! Counts of records up to 5,000 and beyond, and the names of grouped columns.
//!
//! Sources: Microsoft's pages webapi/query/count-rows and webapi/query/aggregate-data, both of 2024-07-11.

use bytes::Bytes;
use dataverse_emulator::Emulator;
use dataverse_entity::message::Message;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent, SystemUser};
use dataverse_entity::{Page, Row};
use http::Response;

use crate::support::exchange::{org, request};
use crate::support::table::Thing;

fn answer(body: &str) -> Response<Bytes> {
    Response::new(Bytes::copy_from_slice(body.as_bytes()))
}

#[test]
fn a_whole_table_is_counted_beyond_5000() {
    let total = SessionEvent::total_count();
    assert_eq!(
        request(&total),
        "GET RetrieveTotalRecordCount(EntityNames=@p1)?@p1=%5B%22msdyn_sessionevent%22%5D"
    );
    assert_eq!(total.message_name(), "RetrieveTotalRecordCount");
    let read = |body: &str| total.response(answer(body)).map_err(|error| error.to_string());
    // The shape of RetrieveTotalRecordCountResponse: a collection of keys and values.
    let body = r#"{"@odata.context":"x","EntityRecordCountCollection":{"Count":2,"IsReadOnly":false,
        "Keys":["account","msdyn_sessionevent"],"Values":[1,5001]}}"#;
    assert_eq!(read(body), Ok(5001));
    for bad in ["{}", r#"{"EntityRecordCountCollection":{"Keys":["account"],"Values":[1]}}"#, "[]", "null"] {
        assert!(read(bad).unwrap_err().contains("no count of the table msdyn_sessionevent"), "{bad}");
    }
}

#[test]
fn a_page_says_whether_there_are_more_than_5000() {
    let page = |count: u64, exceeded: bool| {
        let body = format!(
            "{{\"@odata.count\":{count},\"@Microsoft.Dynamics.CRM.totalrecordcount\":{count},\
             \"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":{exceeded},\"value\":[]}}"
        );
        Page::<SessionEvent>::from_json(body.as_bytes()).unwrap().info
    };
    let (at, beyond, below) = (page(5000, false), page(5000, true), page(58, false));
    assert_eq!((at.count, at.total_record_count_limit_exceeded), (Some(5000), Some(false)));
    assert_eq!((beyond.count, beyond.total_record_count_limit_exceeded), (Some(5000), Some(true)));
    assert_eq!((below.count, below.total_record_count_limit_exceeded), (Some(58), Some(false)));
}

#[test]
fn groups_of_related_records_are_named_by_the_table() {
    let subject = SessionEvent::SESSION.to(OcSession::SUBJECT);
    let query =
        SessionEvent::aggregate().group_by(subject).group_by(SessionEvent::EVENT_TYPE).count("events");
    let sent = request(&query);
    let sent = percent_encoding::percent_decode_str(&sent).decode_utf8().unwrap();
    assert!(sent.contains("groupby((msdyn_omnichannelsession/subject,msdyn_eventtype)"), "{sent}");
    let row = Row::from_json(
        br#"{"msdyn_ocsession_subject":"Chat","msdyn_eventtype":192350005,"msdyn_eventtype@OData.Community.Display.V1.FormattedValue":"End"}"#,
    )
    .unwrap();
    assert_eq!(row.get_column(subject).unwrap().as_deref(), Some("Chat"));
    assert_eq!(row.get_column(SessionEvent::EVENT_TYPE).unwrap(), Some(EventType::SessionEnd));
    assert_eq!(row.get_column(SessionEvent::NAME).unwrap(), None);
    // Two steps: the last table gives the name.
    let deep = Thing::PARENT.to(Thing::PARENT.to(Thing::NAME));
    let row = Row::from_json(br#"{"new_thing_new_name":"x"}"#).unwrap();
    assert_eq!(row.get_column(deep).unwrap().as_deref(), Some("x"));
}

#[test]
fn two_columns_of_the_rows_do_not_have_one_name() {
    let refused = |query: dataverse_entity::message::Aggregate<SessionEvent>| {
        query.request(&org()).unwrap_err().to_string()
    };
    // Both are called `systemuser_fullname`.
    let creator = SessionEvent::CREATED_BY.to(SystemUser::FULL_NAME);
    let modifier = SessionEvent::MODIFIED_BY.to(SystemUser::FULL_NAME);
    let same = SessionEvent::aggregate().group_by(creator).group_by(modifier);
    assert!(refused(same).contains("two columns of the rows would be called `systemuser_fullname`"));
    let alias = SessionEvent::aggregate().group_by(SessionEvent::NAME).count("msdyn_name");
    assert!(refused(alias).contains("two columns of the rows would be called `msdyn_name`"));
    let alias = SessionEvent::aggregate().count("msdyn_name").group_by(SessionEvent::NAME);
    assert!(refused(alias).contains("two columns of the rows would be called `msdyn_name`"));
}

#[test]
fn the_emulator_counts_and_groups_the_same() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Emulator::new().client();
        let session = client.execute(OcSession::create().subject("Chat")).await.unwrap();
        for name in ["a", "b", "c"] {
            client.execute(SessionEvent::create().name(name).session(session)).await.unwrap();
        }
        assert_eq!(client.execute(SessionEvent::total_count()).await.unwrap(), 3);
        let subject = SessionEvent::SESSION.to(OcSession::SUBJECT);
        let rows = client.execute(SessionEvent::aggregate().group_by(subject).count("events")).await.unwrap();
        assert_eq!(rows.rows.len(), 1);
        assert_eq!(rows.rows[0].get_column(subject).unwrap().as_deref(), Some("Chat"));
        assert_eq!(rows.rows[0].get::<i32>("events").unwrap(), Some(3));
    });
}
