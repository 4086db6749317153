//! What is asked about the column of a query before its rows are cut: its last value, and whether rows lack one.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value as Json;

use super::cut::Cut;
use crate::Projection;
use crate::column::Value;
use crate::message::http::{Error, Organization, Reply};
use crate::message::message::Message;

/// Reads the last value of the column by which a query is cut, as a number; `None` if no row has one.
pub(super) struct Last<'c, P: Projection> {
    cut: &'c Cut<P>,
}

/// Reads whether any row of the query has no value in the column.
pub(super) struct Missing<'c, P: Projection> {
    cut: &'c Cut<P>,
}

impl<'c, P: Projection> Last<'c, P> {
    pub(super) fn new(cut: &'c Cut<P>) -> Self {
        Self { cut }
    }
}

impl<'c, P: Projection> Missing<'c, P> {
    pub(super) fn new(cut: &'c Cut<P>) -> Self {
        Self { cut }
    }
}

impl<P: Projection> Message for Last<'_, P> {
    type Output = Option<i128>;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.cut.last_request(org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Option<i128>, Error> {
        let (reply, rows) = rows(response)?;
        let Some(row) = rows.first() else { return Ok(None) };
        let name = self.cut.column_name();
        let number = match &row[name] {
            Json::String(text) => self.cut.number(&Value::Text(text.into())),
            Json::Number(number) => self.cut.number(&Value::Number(number.to_string().into())),
            _ => None,
        };
        number.map(Some).ok_or_else(|| reply.unreadable(format!("its row has no value of `{name}`")))
    }
}

impl<P: Projection> Message for Missing<'_, P> {
    type Output = bool;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.cut.missing_request(org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<bool, Error> {
        rows(response).map(|(_, rows)| !rows.is_empty())
    }
}

/// Returns the rows of an answer.
fn rows(response: Response<Bytes>) -> Result<(Reply, Vec<Json>), Error> {
    let reply = Reply::accepted(response)?;
    let mut answer: Json = reply.json()?;
    match answer["value"].take() {
        Json::Array(rows) => Ok((reply, rows)),
        _ => Err(reply.unreadable("it has no rows")),
    }
}
