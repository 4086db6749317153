//! The answer to a batch.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use crate::http::{JSON, Outgoing};
use crate::session::random_id;

pub(super) struct Writer {
    boundary: String,
    body: Vec<u8>,
}

impl Writer {
    pub(super) fn new(start: &str) -> Self {
        Self { boundary: format!("{start}_{}", random_id()), body: Vec::new() }
    }

    fn text(&mut self, text: &str) {
        self.body.extend_from_slice(text.as_bytes());
    }

    /// Adds the answer to a request.
    pub(super) fn answer(&mut self, answer: &Outgoing, content_id: Option<&str>) {
        self.text(&format!(
            "--{}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n",
            self.boundary
        ));
        if let Some(content_id) = content_id {
            self.text(&format!("Content-ID: {content_id}\r\n"));
        }
        let reason = answer.status.canonical_reason().unwrap_or("");
        self.text(&format!("\r\nHTTP/1.1 {} {reason}\r\n", answer.status.as_str()));
        for (name, value) in &answer.headers {
            self.text(&format!("{}: ", display_name(name.as_str())));
            self.body.extend_from_slice(value.as_bytes());
            if name == CONTENT_TYPE
                && answer.status.is_success()
                && value.as_bytes().starts_with(JSON.as_bytes())
            {
                self.text("; odata.streaming=true");
            }
            self.text("\r\n");
        }
        self.text("\r\n");
        self.body.extend_from_slice(&answer.body);
        self.text("\r\n");
    }

    /// Adds the answers of a change set.
    pub(super) fn change_set(&mut self, answers: &[(Outgoing, Option<String>)]) {
        let mut inner = Self::new("changesetresponse");
        for (answer, content_id) in answers {
            inner.answer(answer, content_id.as_deref());
        }
        let (body, boundary) = inner.close();
        self.text(&format!(
            "--{}\r\nContent-Type: multipart/mixed; boundary={boundary}\r\n\r\n",
            self.boundary
        ));
        self.body.extend_from_slice(&body);
    }

    fn close(mut self) -> (Vec<u8>, String) {
        self.text(&format!("--{}--\r\n", self.boundary));
        (self.body, self.boundary)
    }

    pub(super) fn finish(self, status: StatusCode) -> Outgoing {
        let (body, boundary) = self.close();
        let mut answer = Outgoing::empty(status);
        if let Ok(value) = HeaderValue::from_str(&format!("multipart/mixed; boundary={boundary}")) {
            answer.headers.insert(CONTENT_TYPE, value);
        }
        answer.body = Bytes::from(body);
        answer
    }
}

/// Returns a header's name in the case that Dataverse uses.
fn display_name(name: &str) -> String {
    match name {
        "odata-version" => "OData-Version".to_owned(),
        "odata-entityid" => "OData-EntityId".to_owned(),
        "etag" => "ETag".to_owned(),
        _ => name
            .split('-')
            .map(|word| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map(|first| first.to_ascii_uppercase())
                    .into_iter()
                    .chain(letters)
                    .collect::<String>()
            })
            .collect::<Vec<_>>()
            .join("-"),
    }
}
