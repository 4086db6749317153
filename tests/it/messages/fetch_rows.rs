//! FetchXML and aggregates as rows: a query has to answer the columns of the struct that reads it.

use dataverse_entity::message::{Annotations, Batch, Message, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent};
use dataverse_entity::{DataverseRow, Row};
use serde_json::json;

use crate::support::exchange::{org, refusal, request, response};

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct EventName {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(Debug, DataverseRow)]
struct Events {
    #[row(alias = "type")]
    event_type: Option<EventType>,
    events: i64,
}

const AGGREGATE: &str = "<fetch aggregate='true'><entity name='msdyn_sessionevent'>\
    <attribute name='msdyn_eventtype' groupby='true' alias='type'/>\
    <attribute name='msdyn_sessioneventid' aggregate='count' alias='events'/></entity></fetch>";

fn entity(inner: &str) -> String {
    format!("<fetch><entity name='msdyn_sessionevent'>{inner}</entity></fetch>")
}

#[test]
fn rows_ask_for_the_annotations_that_they_are_read_with() {
    let sent = request(&SessionEvent::fetch_xml(AGGREGATE).rows());
    assert!(
        sent.ends_with(
            "prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,\
             Microsoft.Dynamics.CRM.morerecords,Microsoft.Dynamics.CRM.lookuplogicalname,\
             OData.Community.Display.V1.FormattedValue\""
        ),
        "{sent}"
    );
    let all =
        request(&SessionEvent::fetch_xml(AGGREGATE).rows_as::<Events>().annotations(Annotations::all()));
    assert!(all.ends_with("prefer: odata.include-annotations=\"*\""), "{all}");
}

#[test]
fn rows_are_read_by_name_and_as_a_struct() {
    // As fetchxml/aggregate-data prints an answer: no etag, no key, formatted values next to the counts.
    let body = json!({
        "@odata.context": "https://example.crm.dynamics.com/api/data/v9.2/$metadata#msdyn_sessionevents",
        "value": [
            { "events@OData.Community.Display.V1.FormattedValue": "2", "events": 2,
              "type@OData.Community.Display.V1.FormattedValue": "Session end", "type": 192350005 },
            { "events": 1 },
        ],
    })
    .to_string();
    let page = SessionEvent::fetch_xml(AGGREGATE).rows().response(response(200, &[], body.clone())).unwrap();
    assert_eq!(page.rows[0].get::<i64>("events").unwrap(), Some(2));
    assert_eq!(page.rows[0].formatted_value("type"), Some("Session end"));
    let message = SessionEvent::fetch_xml(AGGREGATE).rows_as::<Events>();
    let page = message.response(response(200, &[], body)).unwrap();
    assert_eq!(page.rows[0].event_type, Some(EventType::SessionEnd));
    assert_eq!((page.rows[1].event_type, page.rows[1].events), (None, 1));
    let bad = json!({ "value": [{ "events": 1 }, { "events": "x" }] }).to_string();
    let error = message.response(response(200, &[], bad)).unwrap_err().to_string();
    assert!(error.contains("events: expected a whole number of 64 bits, found \"x\" (row 1)"), "{error}");
    for (body, why) in [
        ("{}", "it has no `value`"),
        ("{\"value\":{}}", "the answer is not a page of rows"),
        ("{\"value\":[1]}", "the answer is not a page of rows"),
        ("{\"value\":[],\"value\":[]}", "`value` appears twice"),
        ("{\"error\":{\"code\":\"0x1\",\"message\":\"no\"}}", "no"),
    ] {
        let error = message.response(response(200, &[], body)).unwrap_err().to_string();
        assert!(error.contains(why), "{body}: {error}");
    }
    let with_bom = "\u{feff}{\"value\":[{\"events\":1}]}";
    assert_eq!(message.response(response(200, &[], with_bom)).unwrap().len(), 1);
}

#[test]
fn a_query_without_any_column_of_the_struct_is_an_error() {
    for (inner, why) in [
        ("<attribute name='msdyn_name' alias='n'/>", "it answers `n`, but `EventName` reads none of that"),
        ("<attribute name='msdyn_eventtype'/>", "it answers `msdyn_eventtype`"),
        ("<no-attrs/>", "it answers nothing"),
        (
            "<no-attrs/><link-entity name='systemuser' from='systemuserid' to='owninguser' alias='u'>\
             <attribute name='fullname'/></link-entity>",
            "it answers `u.fullname`",
        ),
    ] {
        let reason = refusal(&EventName::fetch_xml(entity(inner)));
        assert!(reason.contains(why), "{reason}");
        assert!(
            reason.contains("`.rows_as::<R>()` with a struct `R` that derives `DataverseRow`"),
            "{reason}"
        );
    }
    let reason = refusal(&EventName::fetch_xml(AGGREGATE));
    assert!(reason.contains("it is an aggregate, whose columns are aliases"), "{reason}");
    for inner in [
        "",
        "<all-attributes/>",
        "<attribute name='msdyn_name'/><attribute name='msdyn_eventtype' alias='t'/>",
        // The struct reads an alias, whatever column it renames.
        "<attribute name='msdyn_eventreason' alias='msdyn_name'/>",
    ] {
        request(&EventName::fetch_xml(entity(inner)));
    }
    // Dataverse adds the key to other columns, unless the rows are distinct.
    #[derive(DataverseEntity)]
    #[entity(of = SessionEvent)]
    struct Key {
        #[attr(logical = "msdyn_sessioneventid", primary_id)]
        _id: Id<SessionEvent>,
    }
    let other = entity("<attribute name='msdyn_name'/>");
    request(&Key::fetch_xml(other.as_str()));
    refusal(&Key::fetch_xml(other.replace("<fetch>", "<fetch distinct='true'>")));
}

#[derive(Debug, DataverseRow)]
struct Joined {
    #[row(alias = "u.fullname")]
    _user: Option<String>,
    #[row(alias = "ownerid")]
    _owner: Option<String>,
    #[row(alias = "msdyn_sessioneventid")]
    _id: Option<Id<SessionEvent>>,
}

#[test]
fn a_row_struct_refuses_a_query_that_lacks_one_of_its_columns() {
    let user = |inner: &str| {
        format!(
            "<link-entity name='systemuser' from='systemuserid' to='owninguser' alias='u'>{inner}</link-entity>"
        )
    };
    let good = format!("<attribute name='ownerid'/>{}", user("<attribute name='fullname'/>"));
    request(&SessionEvent::fetch_xml(entity(&good)).rows_as::<Joined>());
    for (inner, why) in [
        ("<attribute name='ownerid'/>".to_owned(), "the struct reads `u.fullname`, but it answers `ownerid`"),
        (
            good.replace("'fullname'", "'fullname' alias='name'"),
            "reads `u.fullname`, but it answers `ownerid`, `name`",
        ),
        (good.replace("alias='u'", "alias='v'"), "it answers `ownerid`, `v.fullname`"),
    ] {
        let reason = refusal(&SessionEvent::fetch_xml(entity(&inner)).rows_as::<Joined>());
        assert!(reason.contains(why), "{reason}");
    }
    let distinct = entity(&good).replace("<fetch>", "<fetch distinct='true'>");
    let reason = refusal(&SessionEvent::fetch_xml(distinct).rows_as::<Joined>());
    assert!(reason.contains("the struct reads `msdyn_sessioneventid`"), "{reason}");
    // If the query does not name its columns, the answer is checked.
    let open = SessionEvent::fetch_xml(entity("<all-attributes/>")).rows_as::<Events>();
    request(&open);
    let error = open
        .response(response(200, &[], "{\"value\":[{\"total\":1},{\"total\":2}]}"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no row has a column that the struct reads (`type`, `events`); the rows have `total`"),
        "{error}"
    );
    assert!(open.response(response(200, &[], "{\"value\":[]}")).unwrap().is_empty());
    request(&SessionEvent::fetch_xml(entity("")).rows_as::<Row>());
}

#[test]
fn a_row_struct_refuses_an_aggregate_that_lacks_one_of_its_columns() {
    #[derive(Debug, DataverseRow)]
    struct ByType {
        msdyn_eventtype: Option<EventType>,
        events: i64,
    }
    let aggregate = SessionEvent::aggregate().group_by(SessionEvent::EVENT_TYPE).count("events");
    let body = "{\"value\":[{\"msdyn_eventtype\":192350005,\"events\":2}]}";
    let page = aggregate.clone().rows_as::<ByType>().response(response(200, &[], body)).unwrap();
    assert_eq!(page.rows[0].msdyn_eventtype, Some(EventType::SessionEnd));
    assert_eq!(page.rows[0].events, 2);
    let reason = refusal(&aggregate.rows_as::<Events>());
    assert!(
        reason.contains("the struct reads `type`, but the aggregate answers `events`, `msdyn_eventtype`"),
        "{reason}"
    );
}

/// A query whose URL is too long goes into a batch, where a `GET` may be 65,536 characters long (webapi
/// compose-http-requests-handle-errors).
#[test]
fn a_long_query_is_sent_in_a_batch() {
    let long = |values: usize| {
        let values = "<value>0123456789012345678901234567890123456789</value>".repeat(values);
        entity(&format!(
            "<attribute name='msdyn_name'/><filter><condition attribute='msdyn_name' operator='in'>{values}</condition></filter>"
        ))
    };
    let short = EventName::fetch_xml(long(300));
    assert_eq!(short.request(&org()).unwrap().method(), "GET");
    let message = EventName::fetch_xml(long(600));
    let sent = message.request(&org()).unwrap();
    assert_eq!((sent.method().as_str(), sent.uri().path()), ("POST", "/api/data/v9.2/$batch"));
    let body = str::from_utf8(sent.body()).unwrap();
    assert!(
        body.contains("GET /api/data/v9.2/msdyn_sessionevents?fetchXml=") || body.contains("GET https://"),
        "{body:.400}"
    );
    assert!(message.is_idempotent());
    // The message reads the answer of the part.
    let part = "{\"value\":[{\"msdyn_name\":\"a\"}],\"@Microsoft.Dynamics.CRM.morerecords\":true}";
    let answer = format!(
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 200 OK\r\n\
         Content-Type: application/json; odata.metadata=minimal\r\n\r\n{part}\r\n--b--\r\n"
    );
    let headers = [("content-type", "multipart/mixed; boundary=b")];
    let page = message.response(response(200, &headers, answer.clone())).unwrap();
    assert_eq!(page.records[0].name.as_deref(), Some("a"));
    use dataverse_entity::message::Paged;
    assert_eq!(message.next_page(&page).unwrap().request(&org()).unwrap().method(), "POST");
    let refused = answer
        .replace("200 OK", "400 Bad Request")
        .replace(part, "{\"error\":{\"code\":\"0x80041103\",\"message\":\"no attribute\"}}");
    let error = message.response(response(200, &headers, refused)).unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(error.to_string().contains("no attribute"), "{error}");
    // Options of the message apply to the part, too.
    let options = RequestOptions::new().page_size(7).solution("mine");
    let sent = message.clone().with(options).request(&org()).unwrap();
    let body = str::from_utf8(sent.body()).unwrap();
    let part = body.split("?fetchXml=").nth(1).unwrap().to_ascii_lowercase();
    assert!(
        part.contains("odata.maxpagesize=7") && part.contains("mscrm.solutionuniquename: mine"),
        "{part}"
    );
    // In a batch of the caller's, it is a part like any other.
    let mut batch = Batch::new();
    batch.add(EventName::fetch_xml(long(600)));
    assert!(batch.request(&org()).is_ok());
    let reason = refusal(&EventName::fetch_xml(long(1200)));
    assert!(reason.contains("the FetchXML query is too long, even for a batch"), "{reason}");
}
