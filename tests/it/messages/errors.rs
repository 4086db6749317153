//! The text of errors, what it leaves out, and the kind of each error.

use std::collections::HashSet;
use std::error::Error as _;

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::{HeaderMap, Method, Request, StatusCode};
use dataverse_entity::message::{
    Action, Batch, ErrorKind, Function, RequestSummary, TrackChanges, TransportFailure, WhoAmI,
};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Error, Page};

use crate::support::exchange::{org, refusal, response};

const G1: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const BOM: &str = "\u{FEFF}";

fn event() -> Id<SessionEvent> {
    G1.parse().unwrap()
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn refused(status: u16, headers: &[(&str, &str)], body: &str) -> Error {
    SessionEvent::delete(event()).response(response(status, headers, body.to_owned())).unwrap_err()
}

fn with_code(status: u16, code: &str) -> Error {
    refused(status, &[], &format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"m\"}}}}"))
}

/// An error with a source, as HTTP clients return.
#[derive(Debug)]
struct Cause(&'static str, Option<Box<Cause>>);

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.1.as_deref().map(|cause| cause as _)
    }
}

fn cause() -> Cause {
    Cause("cannot connect", Some(Box::new(Cause("connection refused", None))))
}

/// An error of every kind.
fn every_kind() -> Vec<(Error, ErrorKind)> {
    let decode = Record::<Name>::from_json("{\"msdyn_name\":5}").unwrap_err();
    let mut kinds = vec![
        (Error::other(cause()), ErrorKind::Other),
        (Error::token(cause()), ErrorKind::Token),
        (Error::transport(TransportFailure::NotSent, cause()), ErrorKind::NotSent),
        (Error::transport(TransportFailure::NoAnswer, cause()), ErrorKind::NoAnswer),
        (Error::transport(TransportFailure::TimedOut, cause()), ErrorKind::TimedOut),
        (Error::decode(StatusCode::OK, decode.clone()), ErrorKind::Decode),
        (Error::from(decode), ErrorKind::Decode),
        (Error::unreadable(StatusCode::OK, "no"), ErrorKind::Decode),
        (Error::invalid_request("no"), ErrorKind::InvalidRequest),
        (Error::not_carried_out("another failed"), ErrorKind::NotCarriedOut),
        (
            SessionEvent::update(SessionEvent::NAME.key("a")).name("b").request(&org()).unwrap_err(),
            ErrorKind::InvalidRequest,
        ),
    ];
    // Codes and statuses: Microsoft's reference of error codes, and its page on service protection API
    // limits.
    for (status, code, kind) in [
        (404, "0x80040217", ErrorKind::NotFound),
        (404, "0x80060891", ErrorKind::NotFound),
        (412, "0x80060882", ErrorKind::Conflict),
        (412, "0x80040237", ErrorKind::Duplicate),
        (412, "0x80060892", ErrorKind::Duplicate),
        (500, "0x80040333", ErrorKind::Duplicate),
        (429, "0x80072322", ErrorKind::Throttled),
        (429, "0x80072321", ErrorKind::Throttled),
        (429, "0x80072326", ErrorKind::Throttled),
        (403, "0x80040220", ErrorKind::PermissionDenied),
        (403, "0x80048405", ErrorKind::PermissionDenied),
        (400, "0x80044352", ErrorKind::DeltaLinkExpired),
        (400, "0x8004E023", ErrorKind::AggregateLimit),
        (400, "0x80040265", ErrorKind::Plugin),
        (400, "0x80060888", ErrorKind::Refused),
        (401, "", ErrorKind::Unauthorized),
        (412, "", ErrorKind::Conflict),
        (404, "0x0", ErrorKind::NotFound),
        (403, "", ErrorKind::PermissionDenied),
        // RFC 6585, 4: a gateway that limits the rate sends no code of Dataverse.
        (429, "", ErrorKind::Throttled),
        (502, "", ErrorKind::Unavailable),
        (503, "0x0", ErrorKind::Unavailable),
        (504, "", ErrorKind::Unavailable),
    ] {
        kinds.push((with_code(status, code), kind));
    }
    kinds
}

#[test]
fn an_error_is_of_one_kind_and_each_predicate_follows_from_it() {
    type Predicate = fn(&Error) -> bool;
    let predicates: [(Predicate, &[ErrorKind]); 18] = [
        (Error::is_not_found, &[ErrorKind::NotFound]),
        (Error::is_not_unique, &[ErrorKind::NotUnique]),
        (Error::is_conflict, &[ErrorKind::Conflict]),
        (Error::is_duplicate, &[ErrorKind::Duplicate]),
        (Error::is_throttled, &[ErrorKind::Throttled]),
        (Error::is_unavailable, &[ErrorKind::Unavailable]),
        (Error::is_permission_denied, &[ErrorKind::PermissionDenied]),
        (Error::is_unauthorized, &[ErrorKind::Unauthorized]),
        (Error::is_token, &[ErrorKind::Token]),
        (Error::is_delta_link_expired, &[ErrorKind::DeltaLinkExpired]),
        (Error::is_aggregate_limit, &[ErrorKind::AggregateLimit]),
        (Error::is_plugin, &[ErrorKind::Plugin]),
        (Error::is_invalid_request, &[ErrorKind::InvalidRequest]),
        (Error::is_not_carried_out, &[ErrorKind::NotCarriedOut]),
        (Error::is_outcome_unknown, &[ErrorKind::OutcomeUnknown, ErrorKind::NoAnswer, ErrorKind::TimedOut]),
        (Error::is_decode, &[ErrorKind::Decode]),
        (Error::is_transport, &[ErrorKind::NotSent, ErrorKind::NoAnswer, ErrorKind::TimedOut]),
        (Error::is_timeout, &[ErrorKind::TimedOut]),
    ];
    for (error, kind) in every_kind() {
        assert_eq!(error.kind(), kind, "{error}");
        for (is, kinds) in predicates {
            assert_eq!(is(&error), kinds.contains(&kind), "{error}");
        }
    }
}

/// `source` does not return a cause that the text already quotes.
#[test]
fn a_chain_says_each_thing_once() {
    for (error, kind) in every_kind() {
        let mut texts = vec![error.to_string()];
        let mut source = error.source();
        while let Some(each) = source {
            texts.push(each.to_string());
            source = each.source();
        }
        let chain = texts.join(": ");
        for text in &texts[1..] {
            assert_eq!(chain.matches(text.as_str()).count(), 1, "{chain}");
        }
        let is_made_of_one = matches!(
            kind,
            ErrorKind::Other
                | ErrorKind::Token
                | ErrorKind::NotSent
                | ErrorKind::NoAnswer
                | ErrorKind::TimedOut
        );
        assert_eq!(error.get_ref().is_some(), is_made_of_one, "{error}");
        if is_made_of_one {
            assert!(chain.ends_with("cannot connect: connection refused"), "{chain}");
            assert!(error.get_ref().unwrap().is::<Cause>());
        }
    }
    let decode = Error::from(Record::<Name>::from_json("{\"msdyn_name\":5}").unwrap_err());
    assert_eq!(decode.to_string().matches("expected a string, found 5").count(), 1, "{decode}");
    assert!(decode.source().is_none() && decode.decode_error().is_some());
}

#[test]
fn errors_can_be_cloned_sent_and_converted() {
    fn is_value<T: Clone + Send + Sync + std::error::Error + 'static>() {}
    is_value::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    fn read() -> Result<Record<Name>, Error> {
        Ok(Record::from_json("[")?)
    }
    assert!(read().unwrap_err().is_decode());
    let shared = Error::other("a");
    let mine = shared.clone().with_attempts(3);
    assert_eq!((shared.attempts(), mine.attempts()), (1, 3), "a clone changes by itself");
    let outcomes = [Ok(1), Err(shared), Ok(2)];
    assert!(outcomes.into_iter().collect::<Result<Vec<_>, _>>().is_err());
    let kinds: HashSet<ErrorKind> = every_kind().into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds.len(), 19);
}

#[test]
fn a_refusal_names_host_request_id_and_retry_after() {
    let request = Request::patch(
        "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts(accountnumber='A-1')?x=secret",
    );
    let summary = RequestSummary::of(&request.body(()).unwrap());
    assert_eq!((summary.method(), summary.host()), (&Method::PATCH, Some("contoso.crm4.dynamics.com")));
    assert_eq!(summary.path(), "/api/data/v9.2/accounts(accountnumber='…')");
    let headers = [("x-ms-service-request-id", "1f2e"), ("REQ_ID", "other"), ("Retry-After", "17")];
    let error = refused(429, &headers, r#"{"error":{"code":"0x80072322","message":"slow\n down"}}"#);
    let error = error.with_request(summary);
    assert_eq!(
        error.to_string(),
        "PATCH contoso.crm4.dynamics.com/api/data/v9.2/accounts(accountnumber='…'): 429 Too Many Requests, \
         code 0x80072322: slow down (retry after 17 s; request id 1f2e)"
    );
    assert_eq!((error.request_id(), error.headers().len()), (Some("1f2e"), 3));
    assert_eq!(refused(500, &[("REQ_ID", "77")], "").request_id(), Some("77"));
    let challenge = [("WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/t")];
    let error = refused(401, &challenge, "");
    assert!(
        error
            .to_string()
            .ends_with("(WWW-Authenticate: Bearer authorization_uri=https://login.microsoftonline.com/t)"),
        "{error}"
    );
    let traced = refused(
        400,
        &[],
        r#"{"error":{"code":"0x80040265","message":"m","@Microsoft.PowerApps.CDS.TraceText":"line 1\r\n\u001b[31mline 2"}}"#,
    );
    assert_eq!(traced.trace(), Some("line 1\nline 2"));
    assert!(!traced.to_string().contains("line") && format!("{traced:?}").contains("line 1\nline 2"));
}

/// The code decides what a program does; the message is for people.
#[test]
fn a_refusal_without_a_message_keeps_its_code() {
    for body in [r#"{"error":{"code":"0x80060891"}}"#, r#"{"error":{"code":"0x80060891","message":null}}"#] {
        let error = refused(400, &[], body);
        assert_eq!((error.kind(), error.message()), (ErrorKind::NotFound, Some("")), "{error}");
        assert_eq!(error.to_string(), "400 Bad Request, code 0x80060891");
    }
    // Other JSON is quoted, as is any body that Dataverse did not write.
    assert_eq!(refused(400, &[], r#"{"code":"x"}"#).message(), Some(r#"{"code":"x"}"#));
}

/// The status says whether the request was carried out. Headers that the error already has are kept.
#[test]
fn an_error_keeps_the_status_and_the_headers_of_its_answer() {
    let unreadable = Record::<Name>::from_json("[").unwrap_err();
    assert_eq!(Error::unreadable(StatusCode::CREATED, "no").status(), Some(StatusCode::CREATED));
    assert_eq!(Error::decode(StatusCode::CREATED, unreadable.clone()).status(), Some(StatusCode::CREATED));
    assert_eq!(Error::from(unreadable).status(), None);
    let headers = |all: &[(&str, &str)]| response(200, all, "").headers().clone();
    let error = Error::refused(StatusCode::CONFLICT, &headers(&[("req_id", "part")]), b"")
        .with_headers(headers(&[("req_id", "batch"), ("via", "a"), ("via", "b")]));
    assert_eq!(error.request_id(), Some("part"));
    let all = |name: &str| error.headers().get_all(name).iter().cloned().collect::<Vec<_>>();
    assert_eq!(
        (all("req_id"), all("via")),
        (vec!["part".parse().unwrap()], vec!["a".parse().unwrap(), "b".parse().unwrap()])
    );
}

#[test]
fn quoted_server_text_is_cut_and_has_no_control_characters() {
    let hostile = "\u{1b}]0;title\u{7}\u{1b}[31mred\u{202e}\r\n".repeat(500_000);
    let json = serde_json::json!({ "error": { "code": "0x1", "message": hostile,
        "innererror": { "stacktrace": hostile } } });
    for body in [hostile.clone(), json.to_string()] {
        let error = refused(500, &[], &body);
        for text in [error.to_string(), error.message().unwrap().to_owned(), format!("{error:?}")] {
            assert!(text.len() < 30_000 && text.contains("red red"), "{}", text.len());
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r']));
        }
        assert!(!error.to_string().contains('\n') && error.to_string().len() < 2_200);
    }
}

/// serde quotes the variants that it does not know.
#[derive(Debug, serde::Deserialize)]
enum Light {
    Red,
    Green,
}

/// Any success may contain a secret, such as an access token.
#[test]
fn the_body_of_a_success_is_never_shown() {
    const SECRET: &str = "eyJ0eXAiOiJKV1Qi";
    let bodies = [
        format!("<html>{SECRET}</html>"),
        format!("\"{SECRET}\""),
        format!("{{\"access_token\":\"{SECRET}\"}}"),
        format!("{{\"value\":\"{SECRET}\"}}"),
        format!("{{\"UserId\":\"{SECRET}\"}}"),
        format!("[\"{SECRET}\"]"),
        format!("{{\"Ids\":[\"{SECRET}\"]}}"),
        format!("{{\"IsValid\":\"{SECRET}\"}}"),
        format!("{{\"EntityRecordCountCollection\":\"{SECRET}\"}}"),
        format!("{{\"PrincipalAccesses\":\"{SECRET}\"}}"),
        SECRET.to_owned(),
    ];
    for body in bodies {
        let answer = || response(200, &[], body.clone());
        let errors = [
            Function::<u32>::unbound("F").response(answer()).err(),
            Function::<Light>::unbound("F").response(answer()).err(),
            Action::<std::collections::HashMap<String, bool>>::unbound("A").response(answer()).err(),
            WhoAmI.response(answer()).err(),
            SessionEvent::create_multiple([SessionEvent::create()]).response(answer()).err(),
            SessionEvent::create().response(answer()).err(),
            SessionEvent::count().response(answer()).err(),
            SessionEvent::total_count().response(answer()).err(),
            SessionEvent::query().response(answer()).err(),
            SessionEvent::fetch().rows().response(answer()).err(),
            SessionEvent::retrieve(event()).response(answer()).err(),
            SessionEvent::retrieve_shared_principals_and_access(event()).response(answer()).err(),
            SessionEvent::track_changes().response(answer()).err(),
            Batch::new().response(answer()).err(),
            Some(Error::from_response(&answer())),
            Some(Error::refused(StatusCode::OK, &HeaderMap::new(), body.as_bytes())),
        ];
        for error in errors.into_iter().flatten() {
            assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
        }
    }
    let error = Function::<u32>::unbound("F").response(response(200, &[], "\"abc\"")).unwrap_err();
    assert!(error.to_string().contains("invalid type: string, expected u32"), "{error}");
}

#[test]
fn a_byte_order_mark_before_json_is_skipped_everywhere() {
    let with = |body: &str| response(200, &[], format!("{BOM}{body}"));
    let row = format!("{{\"msdyn_sessioneventid\":\"{G1}\",\"msdyn_name\":\"n\"}}");
    let page = format!("{{\"value\":[{row}]}}");
    assert_eq!(Name::retrieve(event()).response(with(&row)).unwrap().name.as_deref(), Some("n"));
    assert_eq!(Name::query().response(with(&page)).unwrap().records.len(), 1);
    assert_eq!(Record::<Name>::from_json(&format!("{BOM}{row}")).unwrap().name.as_deref(), Some("n"));
    assert_eq!(Page::<Name>::from_json(&format!("{BOM}{page}")).unwrap().records.len(), 1);
    assert_eq!(Function::<u32>::unbound("F").response(with("5")).unwrap(), 5);
    assert_eq!(Action::<u32>::unbound("A").response(with("5")).unwrap(), 5);
    assert!(Action::<Option<u32>>::unbound("A").response(with("")).unwrap().is_none());
    let ids = format!("{{\"Ids\":[\"{G1}\"]}}");
    assert!(SessionEvent::create_multiple([SessionEvent::create()]).response(with(&ids)).is_ok());
    let refusal = format!("{BOM}{{\"error\":{{\"code\":\"0x80040217\",\"message\":\"m\"}}}}");
    assert_eq!(refused(404, &[], &refusal).code(), Some(0x8004_0217));
    let column = SessionEvent::retrieve_column(event(), SessionEvent::NAME);
    assert_eq!(column.response(with("{\"value\":\"n\"}")).unwrap().as_deref(), Some("n"));
    assert_eq!(SessionEvent::count().response(with("7")).unwrap(), 7);
    let mut batch = Batch::new();
    let part = batch.add(Name::retrieve(event()));
    let body = format!(
        "--r\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{BOM}{row}\r\n--r--\r\n"
    );
    let reply =
        batch.response(response(200, &[("Content-Type", "multipart/mixed; boundary=r")], body)).unwrap();
    assert_eq!(reply.get(&part).unwrap().name.as_deref(), Some("n"));
}

#[test]
fn a_conditional_create_that_is_refused_is_a_duplicate() {
    // Microsoft's page on conditional operations shows an empty code.
    let empty = r#"{"error":{"code":"","message":"A record with matching key values already exists."}}"#;
    let create = SessionEvent::upsert(event(), SessionEvent::create()).only_create(true);
    let answer = || response(412, &[], empty);
    assert!(create.response(answer()).unwrap_err().is_duplicate());
    assert!(create.clone().returning::<Name>().response(answer()).unwrap_err().is_duplicate());
    let mismatch = r#"{"error":{"code":"0x80060882","message":"m"}}"#;
    assert!(create.response(response(412, &[], mismatch)).unwrap_err().is_conflict());
    let upsert = create.only_create(false);
    assert!(upsert.response(answer()).unwrap_err().is_conflict());
}

#[test]
fn functions_may_answer_nothing() {
    Function::<()>::unbound("F").response(response(204, &[], "")).unwrap();
    assert_eq!(Function::<Option<u32>>::unbound("F").response(response(204, &[], "")).unwrap(), None);
    let error = Function::<u32>::unbound("F").response(response(204, &[], "")).unwrap_err();
    assert!(error.to_string().contains("the function has an empty answer; read it as `()`"), "{error}");
}

#[test]
fn a_delta_without_changes_may_be_an_empty_object() {
    let link = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?$deltatoken=1";
    for body in ["{}", " { }\n", "\u{FEFF}{}"] {
        let page = TrackChanges::<Name>::since(link).response(response(200, &[], body)).unwrap();
        assert!(page.records.is_empty() && page.deleted.is_empty());
        assert_eq!(page.info.delta_link.as_deref(), Some(link), "the link stays valid for the next time");
    }
    assert!(
        TrackChanges::<Name>::new().response(response(200, &[], "{}")).is_err(),
        "there are no changes of nothing"
    );
}

#[test]
fn an_update_refuses_a_column_of_the_key_that_names_it() {
    let update = || SessionEvent::update(SessionEvent::NAME.key("a")).name("b");
    let text =
        "it is part of the alternate key that names the record, and Dataverse drops it without an error";
    assert!(refusal(&update()).contains(text));
    assert!(refusal(&update().if_match("W/\"1\"")).contains(text));
    assert!(update().to_json().unwrap_err().to_string().contains(text));
    assert!(update().validate().unwrap_err().to_string().contains(text));
    assert!(SessionEvent::update(event()).name("b").request(&org()).is_ok());
    let _: Bytes = SessionEvent::update(SessionEvent::NAME.key("a")).request(&org()).unwrap().into_body();
}
