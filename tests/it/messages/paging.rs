//! Pages end when the server says so, and not before.
//!
//! How a page names the next one: `@odata.nextLink` (webapi/query/page-results), or for FetchXML
//! `morerecords` and, where there is one, `fetchxmlpagingcookie` (fetchxml/page-results: queries that are
//! sorted by a linked table's column have no cookie, and `page` alone leads on).

use dataverse_entity::message::{Aggregate, FetchXml, Message, Paged, Query, TrackChanges};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use serde_json::{Value, json};

use crate::support::exchange::{self, org};

const XML: &str = "<fetch count=\"2\"><entity name=\"msdyn_sessionevent\"/></fetch>";

/// A cookie as the documentation prints it: an element whose attribute is percent-encoded twice.
fn cookie(text: &str, number: &str) -> String {
    let twice = text.replace('<', "%253c").replace('>', "%253e").replace('"', "%2522").replace(' ', "%2520");
    format!("<cookie pagenumber=\"{number}\" pagingcookie=\"{twice}\" istracking=\"False\" />")
}

/// Reads a page of the message, and returns the message for the page after it.
fn after<M: Paged>(message: &M, page: &Value) -> Option<M> {
    let page = message.response(exchange::response(200, &[], page.to_string())).unwrap();
    message.next_page(&page)
}

/// The root element of a FetchXML query as it is sent.
fn root(message: &FetchXml<SessionEvent>) -> String {
    let sent = message.request(&org()).unwrap();
    let query = sent.uri().query().unwrap().strip_prefix("fetchXml=").unwrap();
    let text = percent_encoding::percent_decode_str(query).decode_utf8().unwrap();
    text.split_once('>').unwrap().0.to_owned()
}

fn fetch_page(rows: usize, members: Value) -> Value {
    let mut page = json!({ "value": vec![json!({ "msdyn_sessioneventid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff" }); rows] });
    for (name, value) in members.as_object().unwrap() {
        page[format!("@Microsoft.Dynamics.CRM.{name}")] = value.clone();
    }
    page
}

#[test]
fn fetch_xml_asks_for_the_next_page_while_the_server_has_more() {
    let first = SessionEvent::fetch_xml(XML);
    let good = cookie("<cookie page=\"1\"/>", "2");
    let with_cookie =
        "<fetch count=\"2\" page=\"2\" paging-cookie=\"&lt;cookie page=&quot;1&quot;/&gt;\"".to_owned();
    let without = "<fetch count=\"2\" page=\"2\"".to_owned();
    let unusable = [
        json!(null),
        json!(""),
        json!("<cookie pagenumber=\"2\" istracking=\"False\" />"),
        json!("<cookie pagenumber=\"2\" pagingcookie=\"\" />"),
        json!("<cookie"),
        json!("not XML"),
        json!("<cookie pagingcookie=\"%ff%fe\"/>"),
    ];
    for rows in [2, 0] {
        let page = fetch_page(rows, json!({ "morerecords": true, "fetchxmlpagingcookie": good }));
        assert_eq!(root(&after(&first, &page).unwrap()), with_cookie, "{page}");
        let page = fetch_page(rows, json!({ "morerecords": true }));
        assert_eq!(root(&after(&first, &page).unwrap()), without, "{page}");
        for cookie in &unusable {
            let page = fetch_page(rows, json!({ "morerecords": true, "fetchxmlpagingcookie": cookie }));
            assert_eq!(root(&after(&first, &page).unwrap()), without, "{page}");
        }
        let page = fetch_page(rows, json!({ "morerecords": "true" }));
        assert_eq!(root(&after(&first, &page).unwrap()), without, "{page}");
    }
    // No `morerecords`, but a cookie or a link: there are more rows.
    let page = fetch_page(2, json!({ "fetchxmlpagingcookie": good }));
    assert_eq!(root(&after(&first, &page).unwrap()), with_cookie);
}

#[test]
fn fetch_xml_ends_when_the_server_says_so() {
    let first = SessionEvent::fetch_xml(XML);
    let good = cookie("<cookie page=\"1\"/>", "2");
    for page in [
        fetch_page(2, json!({})),
        fetch_page(0, json!({})),
        fetch_page(2, json!({ "morerecords": false, "fetchxmlpagingcookie": good })),
        fetch_page(2, json!({ "morerecords": "False" })),
        fetch_page(0, json!({ "fetchxmlpagingcookie": good })),
    ] {
        assert!(after(&first, &page).is_none(), "{page}");
    }
    // A query with `top` has one page, and Dataverse refuses `page` next to it: "The top attribute can't be
    // specified with paging attribute page".
    let top = SessionEvent::fetch_xml("<fetch top=\"2\"><entity name=\"msdyn_sessionevent\"/></fetch>");
    assert!(after(&top, &fetch_page(2, json!({ "morerecords": true }))).is_none());
    // A value of another type is an error, not the last page.
    let odd = fetch_page(2, json!({ "morerecords": 1 })).to_string();
    let error = first.response(exchange::response(200, &[], odd)).unwrap_err().to_string();
    assert!(error.contains("`@Microsoft.Dynamics.CRM.morerecords` is not a boolean"), "{error}");
}

#[test]
fn fetch_xml_counts_pages_from_the_page_of_the_query() {
    let xml = "<fetch page=\"3\" count=\"2\"><entity name=\"msdyn_sessionevent\"/></fetch>";
    let more = fetch_page(2, json!({ "morerecords": true }));
    let fourth = after(&SessionEvent::fetch_xml(xml), &more).unwrap();
    assert_eq!(root(&fourth), "<fetch count=\"2\" page=\"4\"");
    assert_eq!(root(&after(&fourth, &more).unwrap()), "<fetch count=\"2\" page=\"5\"");
    // A cookie with an earlier page number is not used.
    let back = fetch_page(2, json!({ "morerecords": true, "fetchxmlpagingcookie": cookie("<x/>", "1") }));
    assert!(root(&after(&fourth, &back).unwrap()).starts_with("<fetch count=\"2\" page=\"5\" "));
}

#[test]
fn fetch_xml_follows_a_link() {
    let link = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?fetchXml=x&$skiptoken=2";
    let page = json!({ "value": [], "@odata.nextLink": link });
    let next = after(&SessionEvent::fetch_xml(XML), &page).unwrap();
    assert_eq!(next.request(&org()).unwrap().uri().to_string(), link);
}

#[test]
fn links_of_empty_pages_are_followed() {
    let link = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?$skiptoken=2";
    let page = json!({ "value": [], "@odata.nextLink": link });
    let sent = |request: http::Request<bytes::Bytes>| assert_eq!(request.uri().to_string(), link);
    let query: Query<SessionEvent> = SessionEvent::query();
    sent(after(&query, &page).unwrap().request(&org()).unwrap());
    let changes: TrackChanges<SessionEvent> = SessionEvent::track_changes();
    sent(after(&changes, &page).unwrap().request(&org()).unwrap());
    let aggregate: Aggregate<SessionEvent> = SessionEvent::aggregate().count("n");
    sent(after(&aggregate, &page).unwrap().request(&org()).unwrap());
}

/// Follows the pages that `page` makes of a number until there is an error.
fn until_error<M: Paged>(first: M, page: impl Fn(usize) -> Value, most: usize) -> (usize, String) {
    let mut message = first;
    for step in 0..most {
        message = after(&message, &page(step)).unwrap();
        if let Err(error) = message.request(&org()) {
            assert!(!error.is_invalid_request(), "{error}");
            return (step + 1, error.to_string());
        }
    }
    panic!("no error in {most} pages");
}

#[test]
fn links_in_a_circle_are_an_error() {
    let link = |step: usize| {
        let link = format!("https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?x={step}");
        json!({ "value": [], "@odata.nextLink": link })
    };
    let circle = "the server's links lead in a circle";
    for (length, most) in [(1, 2), (2, 5), (7, 21)] {
        let page = |step: usize| link(step % length);
        let query: Query<SessionEvent> = SessionEvent::query();
        let changes: TrackChanges<SessionEvent> = SessionEvent::track_changes();
        for (steps, error) in [
            until_error(query, page, most),
            until_error(changes, page, most),
            until_error(SessionEvent::aggregate().count("n"), page, most),
            until_error(SessionEvent::fetch_xml(XML), page, most),
        ] {
            assert!(error.contains(circle), "{steps}: {error}");
        }
        let page = |step: usize| {
            let cookie = cookie(&format!("<x n=\"{}\"/>", step % length), &(step + 2).to_string());
            fetch_page(2, json!({ "morerecords": true, "fetchxmlpagingcookie": cookie }))
        };
        let (_, error) = until_error(SessionEvent::fetch_xml(XML), page, most);
        assert!(error.contains(circle), "{error}");
    }
    // No cookie and no rows, yet `morerecords` every time.
    let page = |_| fetch_page(0, json!({ "morerecords": true }));
    let (steps, error) = until_error(SessionEvent::fetch_xml(XML), page, 200);
    assert_eq!(steps, 101);
    assert!(error.contains("sent 100 pages in a row without rows and without a paging cookie"), "{error}");
}
