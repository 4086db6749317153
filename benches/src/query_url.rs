//! The request of a query: select, expand, filter with a text that needs escaping, order, top. Every variant
//! gives an `http::Request` with the same headers.

use core::fmt::Write;
use std::borrow::Cow;

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::{self, Request};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::lines::EventLine;
use crate::{Group, Sizes};

const ROOT: &str = "https://contoso.crm4.dynamics.com/api/data/v9.2";

/// Characters that a query does not encode.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Clone, Copy)]
struct QueryInput {
    text: &'static str,
    since: Timestamp,
}

pub fn group(sizes: Sizes) -> Group {
    let org = Organization::new("https://contoso.crm4.dynamics.com").expect("an address");
    let since = "2026-03-02T10:02:00Z".parse().expect("a time");
    let wanted = QueryInput { text: "100% O'Brien & Co [x]", since };
    let expected = ours(&org, &wanted);
    for (name, other) in [("format!", formatted(&wanted)), ("url", with_url(&wanted))] {
        assert_eq!(expected.headers(), other.headers(), "{name}");
        assert_eq!(options(&expected), options(&other), "{name}");
    }
    let count = |request: &Request<Bytes>| request.headers().len();
    let write = |request: fn(&QueryInput) -> Request<Bytes>| {
        move || count(std::hint::black_box(&request(std::hint::black_box(&wanted))))
    };
    Group::new("Writing the request of a query", "ratio")
        .input(1, expected.uri().to_string().len())
        .calls(sizes.calls)
        .gives(count(&expected))
        .variant("dataverse-entity", move || {
            count(std::hint::black_box(&ours(&org, std::hint::black_box(&wanted))))
        })
        .variant("`format!` and `percent-encoding`", write(formatted))
        .variant("`url::Url::query_pairs_mut`", write(with_url))
}

/// Returns the decoded options of a query: encoders differ in the characters that they encode.
fn options(request: &Request<Bytes>) -> Vec<(String, String)> {
    let url = url::Url::parse(&request.uri().to_string()).expect("a URL");
    assert_eq!(url.path(), "/api/data/v9.2/msdyn_sessionevents");
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn ours(org: &Organization, wanted: &QueryInput) -> Request<Bytes> {
    EventLine::query()
        .filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd))
        .filter(SessionEvent::SESSION.to(OcSession::SUBJECT).contains(wanted.text))
        .filter(SessionEvent::CREATED_ON.ge(wanted.since))
        .order_by(SessionEvent::CREATED_ON.desc())
        .order_by(SessionEvent::NAME.asc())
        .top(50)
        .request(org)
        .expect("a request")
}

fn filter(wanted: &QueryInput) -> String {
    format!(
        "((msdyn_eventtype eq 192350005 and contains(msdyn_omnichannelsession/subject, '{}')) and createdon ge {})",
        literal(wanted.text),
        wanted.since
    )
}

/// Returns a text in quotes, with its wildcards escaped.
fn literal(text: &str) -> Cow<'_, str> {
    if !text.contains(['\'', '[', '%', '_']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\'' => out.push_str("''"),
            '[' | '%' | '_' => {
                let _ = write!(out, "[{letter}]");
            }
            other => out.push(other),
        }
    }
    out.into()
}

fn formatted(wanted: &QueryInput) -> Request<Bytes> {
    request(&format!(
        "{ROOT}/msdyn_sessionevents?$select=msdyn_name,createdon\
         &$expand=msdyn_omnichannelsession($select=subject)&$filter={}\
         &$orderby=createdon%20desc,msdyn_name%20asc&$top={}",
        utf8_percent_encode(&filter(wanted), QUERY),
        50
    ))
}

fn with_url(wanted: &QueryInput) -> Request<Bytes> {
    let mut url = url::Url::parse(ROOT).expect("a URL");
    url.path_segments_mut().expect("a path").push("msdyn_sessionevents");
    url.query_pairs_mut()
        .append_pair("$select", "msdyn_name,createdon")
        .append_pair("$expand", "msdyn_omnichannelsession($select=subject)")
        .append_pair("$filter", &filter(wanted))
        .append_pair("$orderby", "createdon desc,msdyn_name asc")
        .append_pair("$top", "50");
    request(url.as_str())
}

fn request(url: &str) -> Request<Bytes> {
    Request::get(url)
        .header(http::header::ACCEPT, "application/json")
        .header("odata-maxversion", "4.0")
        .header("odata-version", "4.0")
        .header(http::header::IF_NONE_MATCH, "null")
        .body(Bytes::new())
        .expect("a request")
}
