//! Requests and answers of `$batch`.

use dataverse_entity::Id;
use dataverse_entity::message::{
    Batch, BatchReply, Error, ErrorKind, Part, Repeated, RequestOptions, WhoAmI,
};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Filter, Many, Related};
use dataverse_entity::tables::{OcSession, SessionEvent, SystemUser};

use crate::support::claims_to_write::ClaimsToWrite;
use crate::support::exchange::{org, refusal, response};
use crate::support::table::{Party, Thing};

const G1: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const G2: &str = "0d2c7a10-1111-4111-8111-111111111111";

fn event() -> Id<SessionEvent> {
    G1.parse().unwrap()
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn body(batch: &Batch) -> String {
    String::from_utf8(batch.request(&org()).unwrap().body().to_vec()).unwrap()
}

#[test]
fn a_batch_is_multipart_with_a_part_for_each_message() {
    let mut batch = Batch::new();
    batch.add(Name::query().filter(SessionEvent::NAME.eq("O'Brien")));
    let mut together = batch.change_set();
    let session = together.add(OcSession::create().subject("s"));
    let event = together.add(SessionEvent::create().name("e").session(session.record()));
    together.add(SessionEvent::update(event.record()).name("f"));
    together.add(SessionEvent::delete(self::event()));
    let request = batch.request(&org()).unwrap();
    assert_eq!(request.uri(), "https://example.crm.dynamics.com/api/data/v9.2/$batch");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.headers()["content-type"], "multipart/mixed; boundary=batch_1");
    assert!(request.headers().get("prefer").is_none());
    let expected = format!(
        "--batch_1\r\n\
         Content-Type: application/http\r\n\
         Content-Transfer-Encoding: binary\r\n\
         \r\n\
         GET /api/data/v9.2/msdyn_sessionevents?$select=msdyn_name&$filter=msdyn_name%20eq%20%27O%27%27Brien%27 HTTP/1.1\r\n\
         Accept: application/json\r\n\
         \r\n\
         \r\n\
         --batch_1\r\n\
         Content-Type: multipart/mixed; boundary=changeset_1_2\r\n\
         \r\n\
         --changeset_1_2\r\n\
         Content-Type: application/http\r\n\
         Content-Transfer-Encoding: binary\r\n\
         Content-ID: 2\r\n\
         \r\n\
         POST /api/data/v9.2/msdyn_ocsessions HTTP/1.1\r\n\
         Accept: application/json\r\n\
         Content-Type: application/json\r\n\
         \r\n\
         {{\"subject\":\"s\"}}\r\n\
         --changeset_1_2\r\n\
         Content-Type: application/http\r\n\
         Content-Transfer-Encoding: binary\r\n\
         Content-ID: 3\r\n\
         \r\n\
         POST /api/data/v9.2/msdyn_sessionevents HTTP/1.1\r\n\
         Accept: application/json\r\n\
         Content-Type: application/json\r\n\
         \r\n\
         {{\"msdyn_name\":\"e\",\"msdyn_omnichannelsession@odata.bind\":\"$2\"}}\r\n\
         --changeset_1_2\r\n\
         Content-Type: application/http\r\n\
         Content-Transfer-Encoding: binary\r\n\
         Content-ID: 4\r\n\
         \r\n\
         PATCH $3 HTTP/1.1\r\n\
         Accept: application/json\r\n\
         Content-Type: application/json\r\n\
         If-Match: *\r\n\
         \r\n\
         {{\"msdyn_name\":\"f\"}}\r\n\
         --changeset_1_2\r\n\
         Content-Type: application/http\r\n\
         Content-Transfer-Encoding: binary\r\n\
         Content-ID: 5\r\n\
         \r\n\
         DELETE /api/data/v9.2/msdyn_sessionevents({G1}) HTTP/1.1\r\n\
         Accept: application/json\r\n\
         \r\n\
         \r\n\
         --changeset_1_2--\r\n\
         \r\n\
         --batch_1--\r\n"
    );
    assert_eq!(String::from_utf8_lossy(request.body()), expected);
}

#[test]
fn continue_on_error_is_a_preference_of_the_batch() {
    let mut batch = Batch::new().continue_on_error(true);
    batch.add(WhoAmI);
    let request = batch.request(&org()).unwrap();
    assert_eq!(request.headers()["prefer"], "odata.continue-on-error");
}

#[test]
fn a_reference_sets_a_polymorphic_lookup() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let user = set.add(SystemUser::create().first_name("A"));
    set.add(Thing::create().party(user.record()));
    let again: dataverse_entity::Bind<Party> = dataverse_entity::BindTo::bind(user.record());
    assert!(format!("{again:?}").contains("systemuser($1)"), "{again:?}");
    assert!(body(&batch).contains("{\"new_Party_systemuser@odata.bind\":\"$1\"}"));
}

#[test]
fn references_are_written_in_urls_and_links() {
    let events: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let session = set.add(OcSession::create().subject("s"));
    let event = set.add(SessionEvent::create().name("e"));
    set.add(OcSession::associate(session.record(), events, event.record()));
    set.add(SessionEvent::update(event.record()).name("f").single_column());
    set.add(SessionEvent::delete(event.record()));
    let body = body(&batch);
    for part in [
        "POST $1/msdyn_ocsession_sessionevent_nested/$ref HTTP/1.1\r\n",
        "{\"@odata.id\":\"$2\"}",
        "PUT $2/msdyn_name HTTP/1.1\r\n",
        "DELETE $2 HTTP/1.1\r\n",
    ] {
        assert!(body.contains(part), "{part}\n{body}");
    }
}

#[test]
fn a_reference_names_an_earlier_message_of_the_same_change_set() {
    let mut batch = Batch::new();
    let mut first = batch.change_set();
    let session = first.add(OcSession::create().subject("s"));
    // After the change set.
    batch.add(SessionEvent::create().session(session.record()));
    assert!(refusal(&batch).contains(
        "`$1` is a record of a change set, which only a later request of that change set can name"
    ));
    // In another change set.
    let mut batch = Batch::new();
    let mut first = batch.change_set();
    let session = first.add(OcSession::create().subject("s"));
    batch.change_set().add(SessionEvent::create().session(session.record()));
    assert!(refusal(&batch).contains("`$1` is a record of another change set"));
    // In another batch, at the same index.
    let mut batch = Batch::new();
    let mut other = batch.change_set();
    other.add(OcSession::create().subject("t"));
    other.add(SessionEvent::create().session(session.record()));
    assert!(refusal(&batch).contains("`$1` is a record of another change set"));
    // Outside of a batch.
    let alone = SessionEvent::create().session(session.record());
    assert!(refusal(&alone).contains("which only a later request of that change set can name"));
    assert!(alone.to_json().is_err());
}

#[test]
fn a_change_set_refuses_reads() {
    let mut batch = Batch::new();
    batch.change_set().add(ClaimsToWrite(Name::retrieve(event())));
    assert!(refusal(&batch).contains("Retrieve reads, but a change set takes only messages that write"));
}

#[test]
fn a_batch_of_more_than_a_thousand_requests_is_split() {
    let mut batch = Batch::new();
    assert!(refusal(&batch).contains("the batch has no requests"));
    for number in 0..1001 {
        batch.add(SessionEvent::create().name(number.to_string()));
    }
    let mut set = batch.change_set();
    for _ in 0..999 {
        set.add(SessionEvent::delete(event()));
    }
    assert_eq!(batch.len(), 2000);
    assert!(
        refusal(&batch).contains("has 2000 requests, Dataverse accepts 1000; split it with `Batch::split`")
    );
    let batches = batch.split();
    assert_eq!(batches.iter().map(Batch::len).collect::<Vec<_>>(), [1000, 1000]);
    let mut large = Batch::new();
    let mut set = large.change_set();
    for _ in 0..1001 {
        set.add(SessionEvent::delete(event()));
    }
    // A change set is never split, so one that is too large is refused.
    assert!(refusal(&large.split().remove(0)).contains("has 1001 requests"));
}

#[test]
fn urls_in_a_batch_may_be_twice_as_long() {
    let query = || {
        Name::query()
            .filter(Filter::any_of((0..1000).map(|number| SessionEvent::NAME.eq(format!("e{number}")))))
    };
    assert!(refusal(&query()).contains("Dataverse takes 32768"));
    let mut batch = Batch::new();
    batch.add(query());
    assert!(body(&batch).len() > 32_768);
}

/// A reply as Dataverse writes it.
fn reply(status: u16, parts: &str) -> http::Response<bytes::Bytes> {
    let parts = parts.replace('\n', "\r\n");
    response(status, &[("Content-Type", "multipart/mixed; boundary=batchresponse_1a2b")], parts)
}

fn part(status: &str, headers: &str, body: &str) -> String {
    format!(
        "--batchresponse_1a2b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n\
         HTTP/1.1 {status}\n{headers}OData-Version: 4.0\n\n{body}\n"
    )
}

const END: &str = "--batchresponse_1a2b--\n";

fn entity_id(set: &str, id: &str) -> String {
    format!(
        "Location: https://x/{set}({id})\nOData-EntityId: https://example.crm.dynamics.com/api/data/v9.2/{set}({id})\n"
    )
}

fn error_body(code: &str) -> String {
    format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"no\"}}}}")
}

/// A record of an elastic table is named by its partition, too (use-elastic-tables).
#[test]
fn a_part_may_name_its_record_by_more_than_an_id() {
    let mut batch = Batch::new();
    let created = batch.add(SessionEvent::create().name("a"));
    let upserted = batch.add(SessionEvent::upsert(SessionEvent::NAME.key("a"), SessionEvent::create()));
    let key = format!("msdyn_sessioneventid={G1},partitionid='a,''b'");
    let parts = part("204 No Content", &entity_id("msdyn_sessionevents", &key), "")
        + &part("204 No Content", &entity_id("msdyn_sessionevents", &key), "")
        + END;
    let reply = batch.response(reply(200, &parts)).unwrap();
    assert_eq!(reply.get(&created).unwrap(), event());
    assert_eq!(reply.get(&upserted).unwrap().id, Some(event()));
}

#[test]
fn answers_have_the_types_of_their_messages() {
    let mut batch = Batch::new();
    let created = batch.add(SessionEvent::create().name("a"));
    let page = batch.add(Name::query());
    let deleted = batch.add(SessionEvent::delete(event()));
    let parts = part("204 No Content", &entity_id("msdyn_sessionevents", G1), "")
        + &part(
            "200 OK",
            "Content-Type: application/json; odata.metadata=minimal\n",
            "{\"value\":[{\"msdyn_name\":\"n\"}]}",
        )
        + &part("204 No Content", "", "")
        + END;
    let reply = batch.response(reply(200, &parts)).unwrap();
    assert!(reply.is_success());
    assert_eq!(reply.get(&created).unwrap(), event());
    assert_eq!(reply.get(&page).unwrap().records[0].name.as_deref(), Some("n"));
    reply.get(&deleted).unwrap();
}

#[test]
fn line_feeds_alone_and_quoted_boundaries_are_read() {
    let mut batch = Batch::new();
    let deleted = batch.add(SessionEvent::delete(event()));
    let body =
        "preamble\n--b 1\nContent-Type: application/http\n\nHTTP/1.1 204 No Content\n\n\n--b 1--\nepilogue";
    let answer = response(200, &[("Content-Type", "Multipart/Mixed; charset=utf-8; boundary=\"b 1\"")], body);
    batch.response(answer).unwrap().get(&deleted).unwrap();
}

/// Some services leave out the empty line after the headers of an answer without a body.
#[test]
fn an_answer_may_end_with_its_headers() {
    for end in ["", "\n", "\n\n"] {
        let mut batch = Batch::new();
        let created = batch.add(SessionEvent::create().name("a"));
        let header = entity_id("msdyn_sessionevents", G1);
        let head = format!("HTTP/1.1 204 No Content\n{}", header.trim_end());
        let body = format!("--batchresponse_1a2b\nContent-Type: application/http\n\n{head}{end}\n{END}");
        let id = batch.response(reply(200, &body)).unwrap().get(&created).unwrap();
        assert_eq!(id.to_string(), G1, "{end:?}");
    }
}

#[test]
fn the_first_failure_stops_a_batch() {
    let mut batch = Batch::new();
    let first = batch.add(SessionEvent::delete(event()));
    let second = batch.add(SessionEvent::update(event()).name("u"));
    let third = batch.add(SessionEvent::delete(event()));
    let parts = part("204 No Content", "", "") + &part("404 Not Found", "", &error_body("0x80040217")) + END;
    let reply = batch.response(reply(404, &parts)).unwrap();
    assert!(!reply.is_success());
    reply.get(&first).unwrap();
    let error = reply.get(&second).unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "message 2 of the batch: 404 Not Found, code 0x80040217: no");
    let error = reply.get(&third).unwrap_err();
    assert!(error.is_not_carried_out());
    assert_eq!(
        error.to_string(),
        "message 3 of the batch: not carried out, because an earlier message of the batch failed"
    );
}

#[test]
fn with_continue_on_error_each_message_has_its_own_outcome() {
    let mut batch = Batch::new().continue_on_error(true);
    let parts_added: Vec<_> = (0..3).map(|_| batch.add(SessionEvent::delete(event()))).collect();
    let parts = part("204 No Content", "", "")
        + &part("429 Too Many Requests", "Retry-After: 5\n", &error_body("0x80072322"))
        + &part("204 No Content", "", "")
        + END;
    let reply = batch.response(reply(200, &parts)).unwrap();
    reply.get(&parts_added[0]).unwrap();
    let error = reply.get(&parts_added[1]).unwrap_err();
    assert!(error.is_throttled());
    assert_eq!(error.retry_after().unwrap().as_secs(), 5);
    reply.get(&parts_added[2]).unwrap();
}

fn change_set_reply(inner: &str) -> String {
    format!(
        "--batchresponse_1a2b\nContent-Type: multipart/mixed; boundary=changesetresponse_3c\n\n{inner}--changesetresponse_3c--\n"
    )
}

fn inner(id: Option<u32>, headers: &str) -> String {
    let id = id.map(|id| format!("Content-ID: {id}\n")).unwrap_or_default();
    format!(
        "--changesetresponse_3c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n{id}\n\
         HTTP/1.1 204 No Content\n{headers}\n\n"
    )
}

#[test]
fn answers_of_a_change_set_are_told_apart_by_content_id() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let session = set.add(OcSession::create().subject("s"));
    let event = set.add(SessionEvent::create().name("e"));
    let (first, second) = (entity_id("msdyn_ocsessions", G2), entity_id("msdyn_sessionevents", G1));
    let swapped = change_set_reply(&(inner(Some(2), &second) + &inner(Some(1), &first))) + END;
    let in_order = change_set_reply(&(inner(None, &first) + &inner(None, &second))) + END;
    for parts in [swapped, in_order] {
        let reply = batch.response(reply(200, &parts)).unwrap();
        assert_eq!(reply.get(&session).unwrap().to_string(), G2);
        assert_eq!(reply.get(&event).unwrap().to_string(), G1);
    }
}

#[test]
fn the_failed_part_of_a_change_set_is_named() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let first = set.add(SessionEvent::create().name("a"));
    let second = set.add(SessionEvent::delete(event()));
    let failure = |id: &str| {
        format!(
            "--batchresponse_1a2b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n{id}\n\
             HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{}\n{END}",
            error_body("0x80040217")
        )
    };
    let named = batch.response(reply(404, &failure("Content-ID: 2\n"))).unwrap();
    let error = named.get(&second).unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        "request 2 of the change set (item 1 of the batch): 404 Not Found, code 0x80040217: no"
    );
    let error = named.get(&first).unwrap_err();
    assert!(error.is_not_carried_out());
    assert!(
        error
            .to_string()
            .contains("not carried out, because request 2 of the change set failed: 404 Not Found"),
        "{error}"
    );
    let unnamed = batch.response(reply(404, &failure(""))).unwrap();
    // The answer of Dataverse may lack the content-id of the failing part.
    for error in [unnamed.get(&first).unwrap_err(), unnamed.get(&second).unwrap_err()] {
        assert!(error.is_not_found());
        assert_eq!((error.code(), error.status().unwrap().as_u16()), (Some(0x8004_0217), 404));
        assert!(
            error.to_string().contains("the answer does not say which request failed: 404 Not Found"),
            "{error}"
        );
    }
}

#[test]
fn a_batch_refused_as_a_whole_is_one_error() {
    let mut batch = Batch::new();
    batch.add(SessionEvent::delete(event()));
    let error = batch
        .response(response(400, &[("Content-Type", "application/json")], error_body("0x80048d19")))
        .unwrap_err();
    assert_eq!(error.code(), Some(0x8004_8d19));
    let html =
        batch.response(response(503, &[("Content-Type", "text/html")], "<html>busy</html>")).unwrap_err();
    assert!(html.is_unavailable());
    let answer = part("404 Not Found", "", &error_body("0x80040217")) + END;
    let mut answer = reply(404, &answer);
    answer.headers_mut().insert("x-ms-service-request-id", "88".parse().unwrap());
    let handle = batch.add(WhoAmI);
    let error = batch.response(answer).unwrap().get(&handle).unwrap_err();
    assert!(error.is_not_carried_out());
    let yes = batch.response(response(200, &[], "{}")).unwrap_err();
    assert!(yes.is_decode() && yes.to_string().contains("is not `multipart/mixed`"), "{yes}");
}

fn broken(body: &str) -> Error {
    let mut batch = Batch::new();
    batch.add(SessionEvent::delete(event()));
    batch.response(reply(200, body)).unwrap_err()
}

#[test]
fn malformed_and_incomplete_answers_are_errors() {
    for (body, why) in [
        ("", "no part begins with the boundary"),
        ("--other\n\n--other--\n", "no part begins with the boundary"),
        (
            "--batchresponse_1a2b\nContent-Type: application/http\n\nHTTP/1.1 204 No",
            "it ends before the last boundary; 0 whole parts",
        ),
        (
            "--batchresponse_1a2b\nContent-Type: application/http\n\nnot http\n--batchresponse_1a2b--\n",
            "cannot be read",
        ),
        (
            "--batchresponse_1a2b\nbad header\n\nHTTP/1.1 204 No Content\n\n\n--batchresponse_1a2b--\n",
            "cannot be read",
        ),
    ] {
        let error = broken(body);
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(why), "{why}: {error}");
    }
    let two = part("204 No Content", "", "") + &part("204 No Content", "", "") + END;
    assert!(broken(&two).to_string().contains("it has more parts than the batch has messages"));
    let as_set = change_set_reply(&inner(None, "")) + END;
    assert!(broken(&as_set).to_string().contains("a message is answered as a change set"));
}

#[test]
fn a_change_set_that_is_answered_in_part_is_an_error() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    set.add(SessionEvent::delete(event()));
    set.add(SessionEvent::delete(event()));
    for (inner, why) in [
        (inner(Some(1), "") + &inner(Some(1), ""), "two parts of a change set have the same content-id"),
        (inner(Some(1), "") + &inner(Some(9), ""), "a part of a change set answers no request of it"),
    ] {
        let error = batch.response(reply(200, &(change_set_reply(&inner) + END))).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn replies_of_a_split_batch_are_put_together() {
    let mut batch = Batch::new();
    let parts: Vec<_> =
        (0..1500).map(|number| batch.add(SessionEvent::create().name(number.to_string()))).collect();
    let batches = batch.split();
    let mut number = 0u128;
    let replies: Vec<BatchReply> = batches
        .iter()
        .map(|batch| {
            let answers: String = (0..batch.len())
                .map(|_| {
                    number += 1;
                    part(
                        "204 No Content",
                        &entity_id("s", &dataverse_entity::Uuid::from_u128(number).to_string()),
                        "",
                    )
                })
                .collect();
            batch.response(reply(200, &(answers + END))).unwrap()
        })
        .collect();
    let joined = BatchReply::join(replies).unwrap();
    for (part, number) in parts.iter().zip(1u128..) {
        assert_eq!(joined.get(part).unwrap().uuid().as_u128(), number);
    }
    let mut other = Batch::new();
    let foreign = other.add(WhoAmI);
    assert!(joined.get(&foreign).unwrap_err().to_string().contains("the handle is that of another batch"));
}

#[test]
fn a_missing_part_has_an_unknown_outcome_unless_a_failure_explains_it() {
    let messages = |on| {
        let mut batch = Batch::new().continue_on_error(on);
        let parts: Vec<_> = (0..3).map(|_| batch.add(SessionEvent::delete(event()))).collect();
        (batch, parts)
    };
    let (done, failed) =
        (part("204 No Content", "", ""), part("404 Not Found", "", &error_body("0x80040217")));
    // Under continue-on-error the server goes on after a failure, so a failure explains nothing.
    for (on, answer) in
        [(true, done.clone() + &failed), (true, done.clone() + &done), (false, done.clone() + &done)]
    {
        let (batch, parts) = messages(on);
        let reply = batch.response(reply(200, &(answer + END))).unwrap();
        reply.get(&parts[0]).unwrap();
        let error = reply.get(&parts[2]).unwrap_err();
        assert!(error.is_outcome_unknown() && !error.is_not_carried_out(), "{error}");
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
        assert!(!reply.is_success());
    }
    // The connection ends in the middle: parts that arrived whole keep their answer.
    let (batch, parts) = messages(false);
    let cut = done + &failed + "--batchresponse_1a2b\nContent-Type: application/http\n\nHTTP/1.1 20";
    let reply = batch.response(reply(404, &cut)).unwrap();
    reply.get(&parts[0]).unwrap();
    assert!(reply.get(&parts[2]).unwrap_err().is_outcome_unknown());
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let first = set.add(SessionEvent::delete(event()));
    let second = set.add(SessionEvent::delete(event()));
    let answer = change_set_reply(&inner(Some(1), "")) + END;
    let reply = batch.response(self::reply(200, &answer)).unwrap();
    reply.get(&first).unwrap();
    assert!(reply.get(&second).unwrap_err().is_outcome_unknown());
    assert!(!reply.is_success());
    let answer = change_set_reply(&(inner(Some(1), "") + &inner(Some(2), ""))) + END;
    assert!(batch.response(self::reply(200, &answer)).unwrap().is_success());
}

/// Support asks for `x-ms-service-request-id`. Only the answer to the whole batch has it.
#[test]
fn the_error_of_a_part_has_the_request_id_of_its_batch() {
    let mut batch = Batch::new();
    let deleted = batch.add(SessionEvent::delete(event()));
    let mut answer = reply(404, &(part("404 Not Found", "", &error_body("0x80040217")) + END));
    let id = "b6e13f85-17a0-4ee9-bb6a-a15f9fb4c4c2";
    answer.headers_mut().insert("x-ms-service-request-id", http::HeaderValue::from_static(id));
    let error = batch.response(answer).unwrap().get(&deleted).unwrap_err();
    assert_eq!(error.request_id(), Some(id));
}

#[test]
fn updates_that_change_nothing_are_not_sent() {
    let row = format!("{{\"msdyn_sessioneventid\":\"{G1}\",\"msdyn_name\":\"n\"}}");
    let same = Record::<SessionEvent>::from_json(&row).unwrap();
    let nothing = SessionEvent::changes(&same, &same).unwrap();
    assert_eq!(nothing.known_answer(), Some(()));
    assert_eq!((&nothing).with(RequestOptions::new()).known_answer(), Some(()));
    assert_eq!(
        nothing.clone().if_match("W/\"1\"").known_answer(),
        None,
        "only the server can compare the etag"
    );
    assert_eq!(SessionEvent::create().known_answer(), None);
    let mut batch = Batch::new();
    let first = batch.add(nothing.clone());
    let mut set = batch.change_set();
    let second = set.add(nothing.clone());
    let third = set.add(SessionEvent::delete(event()));
    set.add(nothing.clone());
    let mut only_nothing = batch.change_set();
    let fourth = only_nothing.add(nothing.clone());
    let last = batch.add(SessionEvent::delete(event()));
    let request = batch.request(&org()).unwrap();
    let body = str::from_utf8(request.body()).unwrap();
    assert_eq!(body.matches(" HTTP/1.1").count(), 2, "{body}");
    assert!(!body.contains("PATCH") && body.contains("Content-ID: 3"), "{body}");
    // Without content-ids, answers follow the order of the requests that were sent.
    let answer =
        change_set_reply(&inner(None, "")) + &part("404 Not Found", "", &error_body("0x80040217")) + END;
    let reply = batch.response(reply(404, &answer)).unwrap();
    for part in [&first, second.part(), third.part(), fourth.part()] {
        reply.get(part).unwrap();
    }
    assert!(reply.get(&last).unwrap_err().is_not_found());
    let mut batch = Batch::new();
    let part = batch.add(Box::new(nothing));
    let reply = batch.known_answer().unwrap();
    assert!(reply.is_success());
    reply.get(&part).unwrap();
    assert!(Batch::new().known_answer().is_none());
}

/// A change set is complete without an answer to the update that needs no request, and the rest of a split
/// batch is sent.
#[test]
fn a_change_set_succeeds_without_the_updates_that_are_not_sent() {
    let row = format!("{{\"msdyn_sessioneventid\":\"{G1}\",\"msdyn_name\":\"n\"}}");
    let same = Record::<SessionEvent>::from_json(&row).unwrap();
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let nothing = set.add(SessionEvent::changes(&same, &same).unwrap());
    let deleted = set.add(SessionEvent::delete(event()));
    let reply = batch.response(reply(200, &(change_set_reply(&inner(None, "")) + END))).unwrap();
    reply.get(&nothing).unwrap();
    reply.get(&deleted).unwrap();
    assert!(reply.is_success());
}

/// The first answer was lost and the batch sent again: a message may now fail because the first attempt was
/// carried out.
#[test]
fn a_failure_of_a_batch_sent_twice_has_an_unknown_outcome() {
    let again = |answer: String| {
        let mut response = reply(404, &answer);
        Repeated::mark(&mut response);
        response
    };
    let gone = |headers| part("404 Not Found", headers, &error_body("0x80040217"));
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let update = set.add(SessionEvent::update(event()).name("n"));
    let deleted = set.add(SessionEvent::delete(event()));
    let reply = batch.response(again(gone("Content-ID: 2\n") + END)).unwrap();
    reply.get(&deleted).unwrap();
    let error = reply.get(&update).unwrap_err();
    assert!(error.is_outcome_unknown() && error.to_string().contains("sent again"), "{error}");
    // The server stops at the failure, so the outcome of later messages is unknown, too.
    let mut batch = Batch::new();
    let deleted = batch.add(SessionEvent::delete(event()));
    let after = batch.add(SessionEvent::update(event()).name("n"));
    let reply = batch.response(again(gone("") + END)).unwrap();
    reply.get(&deleted).unwrap();
    assert!(reply.get(&after).unwrap_err().is_outcome_unknown());
}

#[test]
fn handles_are_typed_by_the_answer() {
    struct Pending {
        created: Vec<Part<Id<SessionEvent>>>,
    }
    let mut batch = Batch::new();
    let plain = batch.add(SessionEvent::create().name("a"));
    let wrapped = batch.add(SessionEvent::create().name("b").with(RequestOptions::new().tag("t")));
    let pending = Pending { created: vec![plain, wrapped] };
    assert_ne!(pending.created[0], pending.created[1]);
    assert_eq!(pending.created[0].clone(), pending.created[0]);
    assert!(batch.request(&org()).is_ok());
}

#[test]
fn replies_are_joined_in_the_order_of_their_batches_only() {
    let replies = || {
        let mut batch = Batch::new();
        (0..2500).for_each(|_| {
            batch.add(SessionEvent::delete(event()));
        });
        let failed = Error::not_carried_out("a test");
        batch.split().iter().map(|each| BatchReply::failed(each, &failed)).collect::<Vec<_>>()
    };
    assert!(BatchReply::join(replies()).is_some());
    for order in [[0, 2, 1], [1, 0, 2], [2, 1, 0], [0, 0, 1]] {
        let replies = replies();
        assert!(BatchReply::join(order.map(|index| replies[index].clone())).is_none(), "{order:?}");
    }
    let (mut one, mut other) = (replies(), replies());
    one.truncate(1);
    assert!(BatchReply::join(one.into_iter().chain(other.drain(1..))).is_none(), "of two batches");
    assert!(BatchReply::join([]).is_none());
}

#[test]
fn a_record_that_did_not_change_is_an_answer_in_a_batch() {
    let mut batch = Batch::new();
    let first = batch.add(SessionEvent::retrieve(event()).if_changed("W/\"1\""));
    let second = batch.add(SessionEvent::delete(event()));
    let answer = part("304 Not Modified", "", "") + &part("204 No Content", "", "") + END;
    let reply = batch.response(reply(200, &answer)).unwrap();
    assert!(reply.is_success());
    assert!(reply.get(&first).unwrap().is_none());
    reply.get(&second).unwrap();
    // It did not fail, so the outcome of the missing part after it is unknown.
    let reply = batch.response(self::reply(200, &(part("304 Not Modified", "", "") + END))).unwrap();
    assert!(reply.get(&second).unwrap_err().is_outcome_unknown());
}

#[test]
fn content_ids_inside_a_part_are_read() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let session = set.add(OcSession::create().subject("s"));
    let event = set.add(SessionEvent::create().name("e"));
    let (first, second) = (entity_id("msdyn_ocsessions", G2), entity_id("msdyn_sessionevents", G1));
    // Among the headers of the response, and not of the part.
    let inside =
        inner(None, &format!("Content-ID: 2\n{second}")) + &inner(None, &format!("Content-ID: 1\n{first}"));
    let reply = batch.response(reply(200, &(change_set_reply(&inside) + END))).unwrap();
    assert_eq!(reply.get(&session).unwrap().to_string(), G2);
    assert_eq!(reply.get(&event).unwrap().to_string(), G1);
    let failure = format!(
        "--batchresponse_1a2b\nContent-Type: application/http\n\nHTTP/1.1 412 Precondition Failed\nContent-ID: 2\n\n{}\n{END}",
        error_body("0x80040237")
    );
    let reply = batch.response(self::reply(412, &failure)).unwrap();
    assert!(reply.get(&event).unwrap_err().is_duplicate());
    assert!(reply.get(&session).unwrap_err().is_not_carried_out());
}

#[test]
fn a_refused_change_set_without_a_content_id_is_the_error_of_each_part() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let parts = [set.add(SessionEvent::create().name("a")), set.add(SessionEvent::create().name("b"))];
    let refused = format!(
        "--batchresponse_1a2b\nContent-Type: application/http\n\nHTTP/1.1 429 Too Many Requests\nRetry-After: 5\n\
         x-ms-service-request-id: 77\n\n{}\n{END}",
        error_body("0x80072322")
    );
    let reply = batch.response(reply(429, &refused)).unwrap();
    for part in &parts {
        let error = reply.get(part).unwrap_err();
        assert!(error.is_throttled());
        assert_eq!((error.retry_after().unwrap().as_secs(), error.request_id()), (5, Some("77")));
    }
}
