//! Requests for definitions.

use bytes::Bytes;
use dataverse_entity::client::Client;
use dataverse_entity::message::{Error, Message, Organization};
use http::{Request, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;

use super::PullError;

/// Reads a part of the definitions.
#[derive(Debug, Clone)]
struct Definitions {
    path: String,
    accept: &'static str,
}

impl Message for Definitions {
    type Output = Bytes;

    fn message_name(&self) -> &'static str {
        "RetrieveEntityDefinitions"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let url = format!("{}{}", org.root_url(), self.path);
        let request = Request::get(url).header("accept", self.accept).header("odata-version", "4.0");
        request.body(Bytes::new()).map_err(|error| Error::invalid_request(error.to_string()))
    }

    fn response(&self, response: Response<Bytes>) -> Result<Bytes, Error> {
        match response.status().is_success() {
            true => Ok(response.into_body()),
            false => Err(Error::from_response(&response)),
        }
    }
}

/// Sends a request to a path below the root of the Web API. `what` names what is read, for errors.
pub(crate) async fn get(client: &Client, what: &str, path: String) -> Result<String, PullError> {
    send(client, what, Definitions { path, accept: "application/json" }).await
}

/// Sends a request for XML, as [`get`] does for JSON.
pub(super) async fn get_xml(client: &Client, what: &str, path: String) -> Result<String, PullError> {
    send(client, what, Definitions { path, accept: "application/xml" }).await
}

async fn send(client: &Client, what: &str, message: Definitions) -> Result<String, PullError> {
    let body =
        client.execute(message).await.map_err(|error| PullError::Org { what: what.to_owned(), error })?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// Reads an answer that is JSON.
pub(super) fn json<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, PullError> {
    match text.trim_start().starts_with('<') {
        true => Err(PullError::answer(what, "the answer is a page, and not JSON")),
        false => serde_json::from_str(text).map_err(|error| PullError::answer(what, error)),
    }
}

/// The characters of a literal that a URL cannot hold as they are.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-').remove(b'.').remove(b'~');

/// Returns a text as a literal of OData: in quotes, with its own quotes doubled, and percent-encoded for a URL.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", utf8_percent_encode(&text.replace('\'', "''"), RESERVED))
}
