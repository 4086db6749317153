//! Our requests next to those that two established clients send for the same: npm's `dynamics-web-api` 2.5.0
//! and Microsoft's `PowerPlatform-Dataverse-Client` 1.1.0 for Python, recorded from the wire. Every
//! difference is listed here, with its reason.

use std::collections::BTreeMap;

use bytes::Bytes;
use dataverse_entity::message::{Action, Annotations, Batch, Function, Message, Organization, WhoAmI};
use dataverse_entity::message::{PrincipalRef, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{ExpandOptions, Many, Related};
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};
use dataverse_entity::{Id, Uuid};
use http::Request;
use percent_encoding::percent_decode_str;

use crate::support::exchange;

const JAVASCRIPT: &str = include_str!("../../fixtures/dynamics-web-api-2.5.0.txt");
const PYTHON: &str = include_str!("../../fixtures/powerplatform-dataverse-client-python-1.1.0.txt");

const G1: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const G2: &str = "0d2c7a10-1111-4111-8111-111111111111";

// Reasons for differences.
const NULL: &str = "header if-none-match: null, theirs none"; // Microsoft's documentation tells clients to send it always
const CHARSET: &str = "header content-type: application/json, theirs application/json; charset=utf-8"; // JSON is UTF-8 anyway
const NO_BODY: &str = "header content-type: none, theirs application/json"; // they send it without a body, too
const PLUS: &str = "spelling of the query"; // `+` and `%24` are the spelling of forms; `%20` and `$` mean the same
const SPACES: &str = "spelling of the body"; // spaces between the members, and their order
const DELETE_ANY: &str = "header if-match: none, theirs *"; // deletes any version, as does a request without it

fn event() -> Id<SessionEvent> {
    G1.parse().unwrap()
}

fn session() -> Id<OcSession> {
    G2.parse().unwrap()
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct NameAndType {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
    #[attr(logical = "msdyn_eventtype")]
    _event_type: Option<EventType>,
}

/// The recordings expand a collection with the made-up name `events` and a column that sessions lack. This is
/// the nearest real one.
#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
struct Session {
    #[attr(logical = "subject")]
    _subject: Option<String>,
    #[expand(nav = "events")]
    _events: Vec<Name>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct WithSession {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
    #[expand(nav = "msdyn_omnichannelsession")]
    _session: Option<Box<Subject>>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
struct Subject {
    #[attr(logical = "subject")]
    _subject: Option<String>,
}

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("events");

#[derive(Debug)]
struct Recorded {
    method: String,
    target: String,
    headers: BTreeMap<String, String>,
    body: String,
}

fn recordings(text: &str) -> Vec<Recorded> {
    let text = text.replace("\r\n", "\n");
    let rule = "-".repeat(78);
    let requests = text.split(&rule).map(str::trim_start).filter(|request| !request.is_empty());
    requests
        .map(|request| {
            let (head, body) = request.split_once("\n\n").unwrap();
            let mut lines = head.lines();
            let line = lines.next().unwrap();
            let (method, rest) = line.split_once(' ').unwrap();
            let target = rest.strip_suffix(" HTTP/1.1").unwrap();
            let headers = lines.map(|line| line.split_once(": ").unwrap());
            Recorded {
                method: method.to_owned(),
                target: target.to_owned(),
                headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect(),
                body: body.trim_end().to_owned(),
            }
        })
        .collect()
}

/// Returns the recording at this index, after checking its method and the beginning of its path.
fn recorded(text: &str, place: usize, method: &str, path: &str) -> Recorded {
    let recording = recordings(text).swap_remove(place);
    assert_eq!(recording.method, method);
    let path = format!("/api/data/v9.2/{path}");
    assert!(recording.target.starts_with(&path), "{} is not {path}", recording.target);
    recording
}

/// Headers that belong to the HTTP client and not to the message.
const OF_THE_SENDER: [&str; 8] = [
    "host",
    "connection",
    "content-length",
    "authorization",
    "user-agent",
    "accept-encoding",
    "x-ms-client-request-id",
    "x-ms-correlation-id",
];

fn differences(ours: &Request<Bytes>, theirs: &Recorded) -> Vec<String> {
    let mut found = Vec::new();
    let target = ours.uri().path_and_query().unwrap().as_str();
    assert_eq!(ours.method(), theirs.method.as_str());
    let (our_path, our_query) = target.split_once('?').unwrap_or((target, ""));
    let (their_path, their_query) = theirs.target.split_once('?').unwrap_or((&theirs.target, ""));
    if our_path != their_path {
        found.push(format!("path: {our_path}, theirs {their_path}"));
    }
    let (ours_read, theirs_read) = (options(our_query), options(their_query));
    let mut names: Vec<_> = ours_read.keys().chain(theirs_read.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (our, their) = (ours_read.get(name), theirs_read.get(name));
        if our != their {
            let show = |value: Option<&String>| value.cloned().unwrap_or_else(|| "none".to_owned());
            found.push(format!("{name}: {}, theirs {}", show(our), show(their)));
        }
    }
    if ours_read == theirs_read && our_query != their_query {
        found.push(PLUS.to_owned());
    }
    found.extend(header_differences(ours, theirs));
    let our_body = String::from_utf8_lossy(ours.body()).into_owned();
    if our_body != theirs.body && !our_body.starts_with("--") {
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(read(&our_body), read(&theirs.body), "{our_body}\n{}", theirs.body);
        found.push(SPACES.to_owned());
    }
    found
}

fn options(query: &str) -> BTreeMap<String, String> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn header_differences(ours: &Request<Bytes>, theirs: &Recorded) -> Vec<String> {
    let ours: BTreeMap<String, String> = ours
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()))
        .collect();
    let mut names: Vec<_> = ours.keys().chain(theirs.headers.keys()).collect();
    names.sort();
    names.dedup();
    let none = "none".to_owned();
    let mut found = Vec::new();
    for name in names.into_iter().filter(|name| !OF_THE_SENDER.contains(&name.as_str())) {
        let (our, their) = (ours.get(name).unwrap_or(&none), theirs.headers.get(name).unwrap_or(&none));
        if our != their {
            found.push(format!("header {name}: {our}, theirs {their}"));
        }
    }
    found
}

#[track_caller]
fn compare(ours: &impl Message, theirs: &Recorded, explained: &[&str]) {
    let request = ours.request(&exchange::org()).unwrap();
    exchange::record_url(&request);
    let mut found = differences(&request, theirs);
    found.sort();
    let mut explained: Vec<_> = explained.iter().map(|text| (*text).to_owned()).collect();
    explained.sort();
    assert_eq!(found, explained, "{} {}", theirs.method, theirs.target);
}

#[track_caller]
fn javascript(place: usize, method: &str, path: &str, ours: &impl Message, explained: &[&str]) {
    compare(ours, &recorded(JAVASCRIPT, place, method, path), explained);
}

#[track_caller]
fn python(place: usize, method: &str, path: &str, ours: &impl Message, explained: &[&str]) {
    compare(ours, &recorded(PYTHON, place, method, path), explained);
}

#[test]
fn create() {
    let full = SessionEvent::create().id(event()).name("O'Brien").event_type(EventType::from(192_350_005));
    javascript(0, "POST", "msdyn_sessionevents", &full, &[NULL, CHARSET]);
    python(2, "POST", "msdyn_sessionevents", &full, &[NULL, SPACES]);
    let returning = SessionEvent::create().name("r").returning::<Name>();
    javascript(1, "POST", "msdyn_sessionevents?", &returning, &[NULL, CHARSET]);
    let bound = SessionEvent::create().name("b").session(session());
    javascript(2, "POST", "msdyn_sessionevents", &bound, &[NULL, CHARSET]);
    python(3, "POST", "msdyn_sessionevents", &bound, &[NULL, SPACES]);
    let checked = SessionEvent::create().name("d").with(RequestOptions::new().detect_duplicates(true));
    javascript(4, "POST", "msdyn_sessionevents", &checked, &[NULL, CHARSET]);
}

#[test]
fn retrieve() {
    javascript(5, "GET", "msdyn_sessionevents(", &NameAndType::retrieve(event()), &[NULL]);
    let annotated = NameAndType::retrieve(event()).annotations(Annotations::all());
    python(5, "GET", "msdyn_sessionevents(", &annotated, &[NULL, NO_BODY]);
    let conditional = Name::retrieve(event()).annotations(Annotations::all()).if_changed("W/\"123\"");
    javascript(6, "GET", "msdyn_sessionevents(", &conditional, &[]);
    let key = SessionEvent::NAME.key("O'Brien").and(SessionEvent::EVENT_TYPE.key(EventType::from(1)));
    javascript(8, "GET", "msdyn_sessionevents(msdyn_name=", &Name::retrieve(key), &[NULL]);
}

#[test]
fn expand() {
    // A session has no column of the name that they select.
    javascript(
        7,
        "GET",
        "msdyn_sessionevents(",
        &WithSession::retrieve(event()),
        &[
            NULL,
            "$expand: msdyn_omnichannelsession($select=subject), theirs msdyn_omnichannelsession($select=msdyn_name)",
        ],
    );
    // They select nothing and get all columns of the session; ours fetches what the struct reads.
    python(
        6,
        "GET",
        "msdyn_sessionevents(",
        &WithSession::retrieve(event()),
        &[
            NULL,
            NO_BODY,
            "$expand: msdyn_omnichannelsession($select=subject), theirs msdyn_omnichannelsession",
        ],
    );
    let narrowed = ExpandOptions::new()
        .filter(SessionEvent::EVENT_TYPE.is_not_null())
        .order_by(SessionEvent::NAME.desc())
        .top(1);
    // The same options in another order, which does not matter.
    javascript(
        12,
        "GET",
        "msdyn_ocsessions?",
        &Session::query().expand(EVENTS, narrowed),
        &[
            NULL,
            "$select: subject, theirs msdyn_name",
            "$expand: events($select=msdyn_name;$filter=msdyn_eventtype ne null;$orderby=msdyn_name desc;$top=1), \
             theirs events($select=msdyn_name;$filter=msdyn_eventtype ne null;$top=1;$orderby=msdyn_name desc)",
        ],
    );
}

#[test]
fn query() {
    let both = || {
        Name::query()
            .filter(SessionEvent::NAME.contains("O'Br"))
            .filter(SessionEvent::EVENT_TYPE.eq(EventType::from(192_350_005)))
            .filter(SessionEvent::SESSION.eq(session()))
            .order_by(SessionEvent::NAME.asc())
            .order_by(SessionEvent::EVENT_TYPE.desc())
            .top(5)
            .count(true)
    };
    // Their filter is the caller's text; ours has parentheses around each pair.
    javascript(
        9,
        "GET",
        "msdyn_sessionevents?",
        &both(),
        &[
            NULL,
            "$filter: ((contains(msdyn_name, 'O''Br') and msdyn_eventtype eq 192350005) and \
             _msdyn_omnichannelsession_value eq 0d2c7a10-1111-4111-8111-111111111111), theirs \
             contains(msdyn_name,'O''Br') and msdyn_eventtype eq 192350005 and \
             _msdyn_omnichannelsession_value eq 0d2c7a10-1111-4111-8111-111111111111",
        ],
    );
    let since = SessionEvent::EVENT_TIME.ge("2024-01-01T00:00:00Z".parse::<Timestamp>().unwrap());
    python(7, "GET", "msdyn_sessionevents?", &both().filter(since), &[NULL, NO_BODY, PLUS]);
    let every_character = SessionEvent::NAME.eq("a & b # c + d % é");
    javascript(10, "GET", "msdyn_sessionevents?", &Name::query().filter(every_character.clone()), &[NULL]);
    // They select nothing, so they fetch all columns.
    python(
        9,
        "GET",
        "msdyn_sessionevents?",
        &Name::query().filter(every_character),
        &[NULL, NO_BODY, "$select: msdyn_name, theirs none"],
    );
    let paged = Name::query().page_size(10).annotations(Annotations::formatted_values());
    // The same preferences in another order.
    javascript(
        11,
        "GET",
        "msdyn_sessionevents?",
        &paged,
        &[
            NULL,
            "header prefer: odata.maxpagesize=10,odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\", \
             theirs odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\",odata.maxpagesize=10",
        ],
    );
    python(8, "GET", "msdyn_sessionevents?", &paged, &[NULL, NO_BODY, PLUS]);
    let listed = SessionEvent::EVENT_TYPE.is_in([1, 2].map(EventType::from));
    python(12, "GET", "msdyn_sessionevents?", &Name::query().filter(listed), &[NULL, NO_BODY, PLUS]);
    javascript(13, "GET", "msdyn_sessionevents/$count", &SessionEvent::count(), &[NULL]);
    let impersonated = Name::query()
        .with(RequestOptions::new().impersonate_user(PrincipalRef::user(Uuid::parse_str(G2).unwrap())));
    javascript(
        30,
        "GET",
        "msdyn_sessionevents?",
        &impersonated,
        // Their header keeps caches from answering in another way.
        &[NULL, "header cache-control: none, theirs no-cache"],
    );
}

#[test]
fn update() {
    let draft = || SessionEvent::update(event()).name("u");
    javascript(15, "PATCH", "msdyn_sessionevents(", &draft(), &[CHARSET]);
    python(13, "PATCH", "msdyn_sessionevents(", &draft(), &[SPACES]);
    javascript(16, "PATCH", "msdyn_sessionevents(", &draft().if_match("W/\"123\""), &[CHARSET]);
    javascript(17, "PATCH", "msdyn_sessionevents(", &draft().returning::<Name>(), &[CHARSET]);
    let single = SessionEvent::update(event()).name("sp").single_column();
    javascript(18, "PUT", "msdyn_sessionevents(", &single, &[NULL, CHARSET]);
    let cleared = SessionEvent::update(event()).clear_name().single_column();
    javascript(33, "DELETE", "msdyn_sessionevents(", &cleared, &[NULL]);
}

#[test]
fn upsert() {
    let upsert = || SessionEvent::upsert(event(), SessionEvent::create().name("up"));
    javascript(19, "PATCH", "msdyn_sessionevents(", &upsert(), &[NULL, CHARSET]);
    javascript(20, "PATCH", "msdyn_sessionevents(", &upsert().only_create(true), &[CHARSET]);
    javascript(21, "PATCH", "msdyn_sessionevents(", &upsert().only_update(true), &[CHARSET]);
    let by_key = SessionEvent::upsert(
        SessionEvent::NAME.key("O'Brien"),
        SessionEvent::create().event_type(EventType::from(1)),
    );
    python(15, "PATCH", "msdyn_sessionevents(msdyn_name=", &by_key, &[NULL, SPACES]);
}

#[test]
fn delete() {
    javascript(31, "DELETE", "msdyn_sessionevents(", &SessionEvent::delete(event()), &[NULL]);
    javascript(
        32,
        "DELETE",
        "msdyn_sessionevents(",
        &SessionEvent::delete(event()).if_match("W/\"123\""),
        &[],
    );
    python(
        17,
        "DELETE",
        "msdyn_sessionevents(",
        &SessionEvent::delete(event()),
        &[NULL, DELETE_ANY, NO_BODY],
    );
}

#[test]
fn associate() {
    // The recordings were made on another host.
    let url = format!("http://127.0.0.1:5101/api/data/v9.2/msdyn_sessionevents({G1})");
    let mut theirs = recorded(JAVASCRIPT, 22, "POST", "msdyn_ocsessions(");
    assert_eq!(theirs.body, serde_json::json!({ "@odata.id": url }).to_string());
    theirs.body = theirs.body.replace("http://127.0.0.1:5101/", "https://example.crm.dynamics.com/");
    compare(&OcSession::associate(session(), EVENTS, event()), &theirs, &[NULL, CHARSET]);
    javascript(
        23,
        "DELETE",
        "msdyn_ocsessions(",
        &OcSession::disassociate(session(), EVENTS, event()),
        &[NULL],
    );
}

#[test]
fn fetch_xml_and_operations_by_name() {
    let xml = "<fetch page=\"1\" mapping=\"logical\"><entity name=\"msdyn_sessionevent\"><attribute name=\"msdyn_name\"/></entity></fetch>";
    // Paging needs the cookie, which is an annotation.
    let paging = "header prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\", theirs none";
    javascript(26, "GET", "msdyn_sessionevents?fetchXml=", &Name::fetch_xml(xml), &[NULL, paging]);
    let xml = "<fetch><entity name='msdyn_sessionevent'><attribute name='msdyn_name'/></entity></fetch>";
    python(20, "GET", "msdyn_sessionevents?fetchXml=", &Name::fetch_xml(xml), &[NULL, NO_BODY, PLUS]);
    javascript(27, "GET", "WhoAmI()", &WhoAmI, &[NULL]);
    let call = Function::<serde_json::Value>::unbound("GetTimeZoneCodeByLocalizedName")
        .parameter("LocalizedStandardName", "Pacific Standard Time")
        .parameter("LocaleId", 1033);
    let _ = &call;
    let theirs = recordings(JAVASCRIPT)
        .into_iter()
        .find(|recording| recording.target.contains("GetTimeZoneCode"))
        .unwrap();
    compare(&call, &theirs, &[NULL]);
    let action = Action::<()>::of_record(event(), "Foo").parameter("A", 1);
    let theirs =
        recordings(JAVASCRIPT).into_iter().find(|recording| recording.target.ends_with("CRM.Foo")).unwrap();
    compare(&action, &theirs, &[NULL, CHARSET]);
}

#[test]
fn bulk() {
    let drafts = ["a", "b"].map(|name| SessionEvent::create().name(name));
    python(
        4,
        "POST",
        "msdyn_sessionevents/Microsoft.Dynamics.CRM.CreateMultiple",
        &SessionEvent::create_multiple(drafts),
        &[NULL, SPACES],
    );
    let updates =
        [event(), Id::new(Uuid::parse_str(G2).unwrap())].map(|id| SessionEvent::update(id).name("u"));
    python(
        14,
        "POST",
        "msdyn_sessionevents/Microsoft.Dynamics.CRM.UpdateMultiple",
        &SessionEvent::update_multiple(updates),
        &[NULL, SPACES],
    );
    let upserts = [("a", 1), ("b", 2)].map(|(name, kind)| {
        (SessionEvent::NAME.key(name), SessionEvent::create().event_type(EventType::from(kind)))
    });
    python(
        16,
        "POST",
        "msdyn_sessionevents/Microsoft.Dynamics.CRM.UpsertMultiple",
        &SessionEvent::upsert_multiple(upserts),
        &[NULL, SPACES],
    );
}

/// Returns the lines of a batch in a form that all senders share: boundaries are numbered in the order in
/// which they occur, URLs are paths.
fn batch_lines(body: &str) -> Vec<String> {
    let mut boundaries: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in body.replace("\\r\\n", "").replace('\r', "").lines() {
        let mut line =
            line.replace("http://127.0.0.1:5101", "").replace("https://127.0.0.1:5102", "").replace('"', "'");
        if let Some(boundary) = line.strip_prefix("--") {
            let name = boundary.strip_suffix("--").unwrap_or(boundary).to_owned();
            if !boundaries.contains(&name) {
                boundaries.push(name);
            }
        }
        if let Some((_, boundary)) = line.split_once("boundary=") {
            let name = boundary.trim_matches('\'').to_owned();
            if !boundaries.contains(&name) {
                boundaries.push(name);
            }
        }
        for (place, boundary) in boundaries.iter().enumerate() {
            line = line.replace(boundary, &format!("boundary{place}"));
        }
        lines.push(line.replace("; boundary", ";boundary").replace("='boundary1'", "=boundary1"));
    }
    lines
}

/// Returns the lines that only one of the two has.
fn apart(ours: &[String], theirs: &[String]) -> (Vec<String>, Vec<String>) {
    let only = |one: &[String], other: &[String]| {
        let mut rest = other.to_vec();
        let mut found = Vec::new();
        for line in one.iter().filter(|line| !line.is_empty()) {
            match rest.iter().position(|each| each == line) {
                Some(place) => drop(rest.remove(place)),
                None => found.push(line.clone()),
            }
        }
        found
    };
    (only(ours, theirs), only(theirs, ours))
}

#[track_caller]
fn compare_batch(batch: &Batch, theirs: &Recorded, ours_only: &[&str], theirs_only: &[&str]) {
    let request = batch.request(&exchange::org()).unwrap();
    let ours = batch_lines(&String::from_utf8_lossy(request.body()));
    let (ours, theirs) = apart(&ours, &batch_lines(&theirs.body));
    assert_eq!(
        (ours, theirs),
        (
            ours_only.iter().map(|line| (*line).to_owned()).collect(),
            theirs_only.iter().map(|line| (*line).to_owned()).collect()
        )
    );
}

// Our parts have `Accept`; those of their change sets do not.
const ACCEPT: &str = "Accept: application/json";

#[test]
fn batches() {
    let all = recordings(JAVASCRIPT);
    let batches: Vec<_> = all.iter().filter(|recording| recording.target.ends_with("$batch")).collect();

    let mut batch = Batch::new();
    let mut set = batch.change_set();
    set.add(SessionEvent::create().name("b1"));
    set.add(SessionEvent::update(event()).name("b2").if_match("W/\"123\""));
    set.add(SessionEvent::delete(event()));
    compare_batch(
        &batch,
        batches[0],
        // Content-ids can be any numbers; ours count the requests.
        &[ACCEPT, "Content-ID: 2", ACCEPT, "Content-ID: 3", ACCEPT],
        // A deletion has no content, so ours sends no content type.
        &["Content-ID: 100001", "Content-ID: 100002", "Content-Type: application/json"],
    );

    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let parent = set.add(OcSession::create().subject("p"));
    set.add(SessionEvent::create().name("ch").session(parent.record()));
    compare_batch(
        &batch,
        batches[1],
        &[ACCEPT, "{'subject':'p'}", "Content-ID: 2", ACCEPT],
        // They set a column that sessions lack.
        &["{'msdyn_name':'p'}", "Content-ID: 100001"],
    );

    let mut batch = Batch::new();
    batch.add(Name::query().filter(SessionEvent::NAME.eq("O'Brien")));
    batch.add(Name::retrieve(event()));
    let path = "GET /api/data/v9.2/msdyn_sessionevents?$select=msdyn_name&$filter=msdyn_name%20eq%20";
    compare_batch(
        &batch,
        batches[2],
        // Quotes are percent-encoded in queries, so that no URL parser rewrites them.
        &[&format!("{path}%27O%27%27Brien%27 HTTP/1.1")],
        &[&format!("{path}'O''Brien' HTTP/1.1")],
    );

    let mut batch = Batch::new().continue_on_error(true);
    batch.add(SessionEvent::create().name("x"));
    batch.add(Name::query());
    compare_batch(&batch, batches[3], &[ACCEPT], &[]);
    let found = header_differences(&batch.request(&exchange::org()).unwrap(), batches[3]);
    // Each sender has its own boundaries.
    assert!(found.iter().all(|each| each.starts_with("header content-type") || each == NULL), "{found:?}");

    let all = recordings(PYTHON);
    let batches: Vec<_> = all.iter().filter(|recording| recording.target.ends_with("$batch")).collect();
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    set.add(SessionEvent::create().name("p"));
    set.add(SessionEvent::create().name("O'ch"));
    set.add(SessionEvent::update(event()).name("u"));
    set.add(SessionEvent::delete(event()));
    batch.add(Name::retrieve(event()));
    batch.add(Name::query().filter(SessionEvent::NAME.eq("O'Brien")));
    let entry = "Content-Type: application/json; type=entry";
    compare_batch(
        &batch,
        batches[0],
        &[
            ACCEPT,
            "Content-Type: application/json",
            "{'msdyn_name':'p'}",
            ACCEPT,
            "Content-Type: application/json",
            "{'msdyn_name':'O'ch'}",
            ACCEPT,
            "Content-Type: application/json",
            "{'msdyn_name':'u'}",
            ACCEPT,
            ACCEPT,
            &format!("{path}%27O%27%27Brien%27 HTTP/1.1"),
            ACCEPT,
        ],
        &[
            // `type=entry` belongs to an older format of OData.
            entry,
            "{'msdyn_name': 'p'}",
            entry,
            // They bind the event to another event, which our types refuse.
            "{'msdyn_name': 'O'ch', 'msdyn_omnichannelsession@odata.bind': '$1'}",
            entry,
            "{'msdyn_name': 'u'}",
            // Every version meets their condition.
            "If-Match: *",
            // Spaces in a request line are not HTTP.
            "GET /api/data/v9.2/msdyn_sessionevents?$select=msdyn_name&$filter=msdyn_name eq 'O''Brien' HTTP/1.1",
        ],
    );
}

#[test]
fn the_organization_has_the_root_url_of_the_recordings() {
    let org = Organization::new("http://127.0.0.1:5101").unwrap();
    assert_eq!(org.root_url(), "http://127.0.0.1:5101/api/data/v9.2/");
    assert_eq!(recordings(JAVASCRIPT).len(), 38);
    assert_eq!(recordings(PYTHON).len(), 26);
}
