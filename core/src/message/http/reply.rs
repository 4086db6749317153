//! Reads answers.

use bytes::Bytes;
use http::{HeaderName, Response, StatusCode, header};
use serde_core::de::DeserializeOwned;
use uuid::Uuid;

use super::entity_id::entity_id;
use super::error::Error;
use super::preferences::PREFERENCE_APPLIED;
use crate::record::{
    DataverseRow, DecodeError, Decoder, FromRow, Page, Record, RowPage, read_rows, without_bom,
};

const ODATA_ENTITY_ID: HeaderName = HeaderName::from_static("odata-entityid");

/// An answer with a success status.
pub(crate) struct Reply(Response<Bytes>);

impl Reply {
    /// Turns a refusal into an error, and removes the byte order mark that some gateways put before JSON.
    pub(crate) fn accepted(response: Response<Bytes>) -> Result<Self, Error> {
        if !response.status().is_success() {
            return Err(Error::from_response(&response));
        }
        Ok(Self(response.map(|body| body.slice_ref(without_bom(&body)))))
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.0.status()
    }

    pub(crate) fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// Reads an answer that needs no body, and ignores any body.
    pub(crate) fn nothing(self) {}

    /// Returns the id of the record that the answer to a create or upsert names; `None` if the answer names the
    /// record by an alternate key.
    pub(crate) fn entity_id(&self) -> Option<Uuid> {
        // The header need not be ASCII: it may hold a partition id in any script, without encoding.
        let url = |name| Some(String::from_utf8_lossy(self.0.headers().get(name)?.as_bytes()));
        [&ODATA_ENTITY_ID, &header::LOCATION].into_iter().filter_map(url).find_map(|url| entity_id(&url))
    }

    pub(crate) fn record<T: for<'de> FromRow<'de>>(&self) -> Result<Record<T>, Error> {
        self.check_json()?;
        self.decoder().record(self.body()).map_err(|error| self.decode_error(error))
    }

    pub(crate) fn page<T: for<'de> FromRow<'de>>(&self) -> Result<Page<T>, Error> {
        self.check_json()?;
        self.decoder().page(self.body()).map_err(|error| self.decode_error(error))
    }

    /// Reads a page of rows whose columns are found by name.
    pub(crate) fn rows(&self) -> Result<RowPage, Error> {
        self.check_json()?;
        read_rows(self.body()).map_err(|error| self.decode_error(error))
    }

    /// Reads the rows of a page as structs.
    pub(crate) fn rows_as<R: DataverseRow>(&self, page: RowPage) -> Result<RowPage<R>, Error> {
        page.read_as().map_err(|error| Error::decode(self.status(), error))
    }

    /// Reads any other JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.check_json()?;
        serde_json::from_slice(self.body()).map_err(|error| self.unreadable(json_problem(&error)))
    }

    /// Reads any other JSON. An empty body is read as `null`, which is `()` or `None`.
    pub(crate) fn json_or_nothing<T: DeserializeOwned>(&self, what: &str) -> Result<T, Error> {
        if !self.body().is_empty() {
            return self.json();
        }
        let nothing = serde_json::from_str("null");
        nothing.map_err(|_| {
            self.unreadable(format!(
                "{what} has an empty answer; read it as `()`, or as an `Option` if some answers have a value"
            ))
        })
    }

    pub(crate) fn unreadable(&self, problem: impl Into<String>) -> Error {
        Error::unreadable(self.status(), problem).with_headers(self.0.headers().clone())
    }

    pub(crate) fn decode_error(&self, error: DecodeError) -> Error {
        Error::decode(self.status(), error).with_headers(self.0.headers().clone())
    }

    /// Returns the decoder for the answer. It keeps formatted values if the answer says that it has
    /// annotations.
    fn decoder(&self) -> Decoder {
        let applied = self.0.headers().get_all(PREFERENCE_APPLIED).iter();
        let annotated = applied
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.contains("odata.include-annotations"));
        Decoder::new().formatted_values(annotated)
    }

    /// Refuses an answer that is empty or HTML, as gateways in front of the server send it. The error does
    /// not quote the body, which may hold a token.
    pub(crate) fn check_json(&self) -> Result<(), Error> {
        let first = self.body().iter().copied().find(|byte| !byte.is_ascii_whitespace());
        if first.is_some_and(|first| first != b'<') {
            return Ok(());
        }
        let media_type = self.0.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type =
            media_type.and_then(|value| value.split(';').next()).filter(|value| value.len() < 80);
        Err(self.unreadable(match (first, media_type) {
            (None, _) => "it is not JSON: (empty body)".to_owned(),
            (Some(_), Some(media_type)) => {
                format!("it is not JSON but `{media_type}`, {} bytes", self.body().len())
            }
            (Some(_), None) => format!("it is not JSON, {} bytes", self.body().len()),
        }))
    }
}

/// Returns serde's text without the value that it quotes, because any answer may hold a token.
fn json_problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.find(" at line ").unwrap_or(text.len());
    let (problem, at) = text.split_at(end);
    let is_name = ["missing field", "duplicate field"].iter().any(|start| problem.starts_with(start));
    let problem = match problem.rsplit_once(", expected ") {
        _ if is_name || !error.is_data() => problem.to_owned(),
        Some((found, expected)) => {
            let found = found.split(['"', '`', '\'']).next().unwrap_or_default().trim_end();
            format!("{found}, expected {expected}")
        }
        None => "it does not have the form that is read".to_owned(),
    };
    format!("{problem}{at}")
}
