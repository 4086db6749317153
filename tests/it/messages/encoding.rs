//! Text in a URL, a header or a batch reads back unchanged, with parsers of others: `url` for URLs,
//! `mailparse` for multipart.

use dataverse_entity::Id;
use dataverse_entity::message::{Action, Batch, Function, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};
use proptest::prelude::*;
use url::Url;

use crate::support::exchange;
use crate::support::exchange::{org, record_url};

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
}

fn event() -> Id<SessionEvent> {
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap()
}

/// Any text, often with characters that have a meaning in URLs, OData, JSON, XML, LIKE, headers or multipart.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "'",
        "''",
        "%27",
        "%2527",
        "%",
        "+",
        "&",
        "#",
        "?",
        "/",
        "\\",
        "\"",
        "$",
        ";",
        "=",
        ",",
        "(",
        ")",
        " ",
        "\r\n",
        "\n",
        "\0",
        "\t",
        "--batch_1",
        "--batch_1--",
        "\r\n--batch_1\r\n",
        "--changeset_1_1--",
        "batch_1",
        "changeset_1",
        "$1",
        "{",
        "}",
        "[",
        "]",
        "_",
        "^",
        "<",
        ">",
        "&amp;",
        "]]>",
        "é",
        "👍🏽",
        "\u{feff}",
        "\u{2028}",
        " or 1 eq 1",
        "' or '1' eq '1",
        "@p1",
        "&$top=1",
        "HTTP/1.1\r\n\r\n",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop_oneof![nasty.prop_map(str::to_owned), "\\PC{0,3}"], 0..6)
            .prop_map(|parts| parts.concat()),
    ]
}

fn url(message: &impl Message) -> Url {
    let request = message.request(&org()).unwrap();
    let text = request.uri().to_string();
    if !text.contains("fetchXml") && !text.contains("new_F") {
        record_url(&request);
    }
    let url = Url::parse(&text).unwrap();
    // The parser corrects nothing.
    assert_eq!(url.as_str(), text);
    assert_eq!(url.host_str(), Some("example.crm.dynamics.com"));
    assert_eq!(url.fragment(), None);
    url
}

/// Returns the value of a query option, which occurs once.
fn option(url: &Url, name: &str) -> String {
    let mut values = url.query_pairs().filter(|(each, _)| each == name).map(|(_, value)| value.into_owned());
    let value = values.next().unwrap();
    assert_eq!(values.next(), None);
    value
}

/// Returns the string that an OData literal denotes.
fn literal(text: &str) -> String {
    let inner = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap();
    let halves = inner.replace("''", "\u{0}\u{0}");
    assert!(!halves.contains('\''), "{text} ends early");
    inner.replace("''", "'")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_in_a_filter_reads_back_from_the_url(text in text()) {
        let url = url(&Name::query().filter(SessionEvent::NAME.eq(&text)).top(1));
        let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        prop_assert_eq!(names, ["$select", "$filter", "$top"]);
        let filter = option(&url, "$filter");
        prop_assert_eq!(literal(filter.strip_prefix("msdyn_name eq ").unwrap()), text);
    }

    #[test]
    fn wildcards_in_searched_text_match_literally(text in text()) {
        let url = url(&Name::query().filter(SessionEvent::NAME.contains(&text)));
        let filter = option(&url, "$filter");
        let argument = filter.strip_prefix("contains(msdyn_name, ").unwrap().strip_suffix(')').unwrap();
        // In LIKE, brackets around one character match that character.
        let mut read = String::new();
        let pattern = literal(argument);
        let mut characters = pattern.chars();
        while let Some(each) = characters.next() {
            prop_assert!(each != '%' && each != '_', "{pattern} has a wildcard");
            if each == '[' {
                read.extend(characters.next());
                prop_assert_eq!(characters.next(), Some(']'));
            } else {
                read.push(each);
            }
        }
        prop_assert_eq!(read, text);
    }

    #[test]
    fn text_in_a_list_reads_back_from_the_url(texts in prop::collection::vec(text(), 1..4)) {
        let url = url(&Name::query().filter(SessionEvent::NAME.is_in(&texts)));
        let filter = option(&url, "$filter");
        let start = "Microsoft.Dynamics.CRM.In(PropertyName='msdyn_name',PropertyValues=";
        let list = filter.strip_prefix(start).unwrap().strip_suffix(')').unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<String>>(list).unwrap(), texts);
    }

    #[test]
    fn text_in_an_alternate_key_reads_back_from_the_url(text in text()) {
        let message = Name::retrieve(SessionEvent::NAME.key(&text));
        let unservable = text.chars().any(|each| "/<>*%&:\\?+".contains(each) || each.is_control());
        match message.request(&org()) {
            Err(error) => {
                prop_assert!(unservable, "{error}");
                prop_assert!(error.to_string().contains("cannot be a key value in a URL"));
            }
            Ok(_) => {
                prop_assert!(!unservable);
                let url = url(&message);
                let segments: Vec<_> = url.path_segments().unwrap().collect();
                prop_assert_eq!(segments.len(), 4);
                let segment = percent_encoding::percent_decode_str(segments[3]).decode_utf8().unwrap();
                let value = segment.strip_prefix("msdyn_sessionevents(msdyn_name=").unwrap().strip_suffix(')').unwrap();
                prop_assert_eq!(literal(value), text);
            }
        }
    }

    #[test]
    fn text_in_parameters_and_tags_reads_back_from_the_url(text in text(), tag in text()) {
        let call = Function::<()>::unbound("new_F").parameter("A", text.as_str()).parameter("B", 1);
        let url = url(&call.with(RequestOptions::new().tag(&tag)));
        prop_assert_eq!(literal(&option(&url, "@p1")), text);
        prop_assert_eq!(option(&url, "@p2"), "1");
        prop_assert_eq!(option(&url, "tag"), tag);
    }

    #[test]
    fn text_in_a_header_is_sent_as_it_is_or_refused(text in text()) {
        let message = Name::query().with(RequestOptions::new().solution(&text));
        match message.request(&org()) {
            Ok(request) => {
                prop_assert_eq!(request.headers()["mscrm.solutionuniquename"].as_bytes(), text.as_bytes());
                prop_assert!(!text.contains(['\r', '\n', '\0']));
            }
            Err(error) => {
                prop_assert!(error.is_invalid_request());
                prop_assert!(text.chars().any(|each| each.is_control()), "{error}");
            }
        }
    }

    #[test]
    fn text_in_a_batch_reads_back_from_its_part(texts in prop::collection::vec(text(), 1..5), option in text()) {
        let mut batch = Batch::new();
        batch.add(Name::query().filter(SessionEvent::NAME.eq(&option)));
        let mut set = batch.change_set();
        let session = set.add(OcSession::create().subject(&option));
        for text in &texts {
            set.add(SessionEvent::create().name(text).session(session.record()));
        }
        batch.add(Action::<()>::unbound("new_A").parameter("P", &option));
        let request = batch.request(&org()).unwrap();
        let content_type = request.headers()["content-type"].to_str().unwrap();
        // Readers look for boundaries in different ways, so no text may contain one anywhere.
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let boundary = content_type.split_once("boundary=").unwrap().1;
        prop_assert_eq!(body.matches(&format!("--{boundary}")).count(), 4);
        let inner = format!("--changeset_{}_", boundary.strip_prefix("batch_").unwrap());
        prop_assert_eq!(body.matches(&inner).count(), 1 + texts.len() + 1);
        let message = [format!("Content-Type: {content_type}\r\n\r\n").as_bytes(), request.body()].concat();
        let message = mailparse::parse_mail(&message).unwrap();
        // The batch, the query, the change set, its creates, the action.
        prop_assert_eq!(message.parts().count(), 1 + 1 + 1 + 1 + texts.len() + 1);
        let requests: Vec<(String, String)> = message
            .parts()
            .filter(|part| part.ctype.mimetype == "application/http")
            .map(|part| {
                let text = String::from_utf8(part.get_body_raw().unwrap()).unwrap();
                let (head, body) = text.split_once("\r\n\r\n").unwrap();
                // Every line of the head is the request line or a header.
                assert!(head.lines().skip(1).all(|line| line.split_once(": ").is_some()), "{head}");
                // The parser counts the line break before a boundary as part of the body.
                (head.to_owned(), body.strip_suffix("\r\n").unwrap_or(body).to_owned())
            })
            .collect();
        prop_assert_eq!(requests.len(), texts.len() + 3);
        prop_assert!(requests[0].0.starts_with("GET /api/data/v9.2/msdyn_sessionevents?"));
        let json = |body: &str| serde_json::from_str::<serde_json::Value>(body).unwrap();
        prop_assert_eq!(&json(&requests[1].1)["subject"], &option);
        for (text, (head, body)) in texts.iter().zip(&requests[2..]) {
            prop_assert!(head.starts_with("POST /api/data/v9.2/msdyn_sessionevents HTTP/1.1\r\n"));
            prop_assert_eq!(&json(body)["msdyn_name"], text);
            prop_assert_eq!(&json(body)["msdyn_omnichannelsession@odata.bind"], "$2");
        }
        prop_assert_eq!(&json(&requests[texts.len() + 2].1)["P"], &option);
    }

    #[test]
    fn etags_are_sent_whole_or_refused(text in text()) {
        let message = SessionEvent::update(event()).name("n").if_match(&text);
        if let Ok(request) = message.request(&org()) {
            prop_assert_eq!(request.headers()["if-match"].as_bytes(), text.as_bytes());
            prop_assert!(text == "*" || (text.ends_with('"') && text.matches('"').count() == 2));
        }
    }

    #[test]
    fn no_answer_to_a_batch_makes_the_reader_panic(body in prop::collection::vec(any::<u8>(), 0..200), text in text()) {
        let mut batch = Batch::new();
        let part = batch.add(SessionEvent::delete(event()));
        batch.change_set().add(SessionEvent::delete(event()));
        let framed = format!("--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{text}\r\n--b--\r\n");
        for body in [body, framed.into_bytes(), text.into_bytes()] {
            let answer = exchange::response(200, &[("content-type", "multipart/mixed; boundary=b")], body);
            if let Ok(reply) = batch.response(answer) {
                let _ = reply.get(&part);
            }
        }
    }
}
