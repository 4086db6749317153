//! How answers are taken apart.

use bytes::Bytes;
use http::{HeaderName, Response, StatusCode, header};
use serde_core::de::DeserializeOwned;
use uuid::Uuid;

use super::entity_id::entity_id;
use super::error::{Error, excerpt};
use super::preferences::PREFERENCE_APPLIED;
use crate::record::{DataverseRow, Decoder, FromRow, Page, Record, RowPage, read_rows};

const ODATA_ENTITY_ID: HeaderName = HeaderName::from_static("odata-entityid");

/// An answer whose status says yes.
pub(crate) struct Reply(Response<Bytes>);

impl Reply {
    /// Turns a refusal into an error.
    pub(crate) fn accepted(response: Response<Bytes>) -> Result<Self, Error> {
        if response.status().is_success() {
            return Ok(Self(response));
        }
        Err(Error::refused(response.status(), response.headers(), response.body()))
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.0.status()
    }

    pub(crate) fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// Nothing is expected; a body that is there all the same says nothing.
    pub(crate) fn nothing(self) {}

    /// The record that a create or upsert names, if it is named by its id: an upsert by an alternate key names the key.
    pub(crate) fn entity_id(&self) -> Option<Uuid> {
        // A partition id may hold characters of any script, and they may stand there as they are.
        let url = |name| Some(String::from_utf8_lossy(self.0.headers().get(name)?.as_bytes()));
        [&ODATA_ENTITY_ID, &header::LOCATION].into_iter().filter_map(url).find_map(|url| entity_id(&url))
    }

    pub(crate) fn record<T: for<'de> FromRow<'de>>(&self) -> Result<Record<T>, Error> {
        self.check_json()?;
        self.decoder().record(self.body()).map_err(|error| Error::decode(self.status(), error))
    }

    pub(crate) fn page<T: for<'de> FromRow<'de>>(&self) -> Result<Page<T>, Error> {
        self.check_json()?;
        self.decoder().page(self.body()).map_err(|error| Error::decode(self.status(), error))
    }

    /// A page of rows by name.
    pub(crate) fn rows(&self) -> Result<RowPage, Error> {
        self.check_json()?;
        read_rows(self.body()).map_err(|error| Error::decode(self.status(), error))
    }

    /// The rows of a page as structs.
    pub(crate) fn rows_as<R: DataverseRow>(&self, page: RowPage) -> Result<RowPage<R>, Error> {
        let mut rows = Vec::with_capacity(page.rows.len());
        for (index, row) in page.rows.into_iter().enumerate() {
            match R::from_row(row) {
                Ok(row) => rows.push(row),
                Err(error) => return Err(Error::decode(self.status(), error.at(Some(index), None))),
            }
        }
        let mut read = RowPage::new(rows);
        read.info = page.info;
        Ok(read)
    }

    /// Any other JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.check_json()?;
        let body = self.body().strip_prefix(b"\xEF\xBB\xBF").unwrap_or(self.body());
        serde_json::from_slice(body)
            .map_err(|error| Error::unreadable(self.status(), format!("{error}: {}", excerpt(self.body()))))
    }

    pub(crate) fn unreadable(&self, problem: impl Into<String>) -> Error {
        Error::unreadable(self.status(), problem)
    }

    /// Formatted values are kept where the answer says that annotations were asked for.
    fn decoder(&self) -> Decoder {
        let applied = self.0.headers().get_all(PREFERENCE_APPLIED).iter();
        let annotated = applied
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.contains("odata.include-annotations"));
        Decoder::new().formatted_values(annotated)
    }

    /// A gateway that answers for the server does so in HTML, or not at all.
    pub(crate) fn check_json(&self) -> Result<(), Error> {
        let first = self.body().iter().copied().find(|byte| !byte.is_ascii_whitespace());
        match first {
            Some(b'<') | None => Err(self.unreadable(format!("it is not JSON: {}", excerpt(self.body())))),
            Some(_) => Ok(()),
        }
    }
}
