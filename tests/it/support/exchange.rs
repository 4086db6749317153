//! Requests as text, and responses from text.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use bytes::Bytes;
use dataverse_entity::message::{Message, Organization};
use http::{Request, Response};

/// The organization of all tests.
pub fn org() -> Organization {
    Organization::new("https://example.crm.dynamics.com").unwrap()
}

/// The folder for what foreign parsers read after the tests (`tests/interop/parsers/run.sh`).
pub fn interop_file(name: &str) -> File {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("interop");
    std::fs::create_dir_all(&folder).unwrap();
    File::create(folder.join(name)).unwrap()
}

static URLS: LazyLock<Mutex<File>> = LazyLock::new(|| Mutex::new(interop_file("urls.txt")));

/// Leaves a URL for foreign parsers.
pub fn record_url(request: &Request<Bytes>) {
    writeln!(URLS.lock().unwrap(), "{}", request.uri()).unwrap();
}

/// The request of a message, without what every request has (which is checked here): method and path, the
/// other headers in the order of their names, and the body after an empty line.
pub fn request(message: &impl Message) -> String {
    let request = message.request(&org()).unwrap();
    record_url(&request);
    assert_eq!(request.uri().scheme_str(), Some("https"));
    assert_eq!(request.uri().host(), Some("example.crm.dynamics.com"));
    for (name, value) in
        [("accept", "application/json"), ("odata-version", "4.0"), ("odata-maxversion", "4.0")]
    {
        let all: Vec<_> = request.headers().get_all(name).iter().collect();
        assert_eq!(all, [value], "{name}");
    }
    text(&request, "/api/data/v9.2/")
}

fn text(request: &Request<Bytes>, root: &str) -> String {
    let target = request.uri().path_and_query().unwrap().as_str();
    let target = target.strip_prefix(root).unwrap_or_else(|| panic!("{target} is not of the service"));
    let mut lines = vec![format!("{} {target}", request.method())];
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .filter(|(name, value)| {
            let always = ["accept", "odata-version", "odata-maxversion"].contains(&name.as_str());
            let word_null = *name == "if-none-match" && *value == "null";
            !(always || word_null)
        })
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    lines.extend(headers);
    if !request.body().is_empty() {
        lines.push(String::new());
        lines.push(String::from_utf8(request.body().to_vec()).unwrap());
    }
    lines.join("\n")
}

/// Returns why a message cannot be sent.
pub fn refusal(message: &impl Message) -> String {
    let error = message.request(&org()).unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    error.to_string()
}

/// An answer.
pub fn response(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).unwrap()
}
