//! The outcomes of a message about several records: it may succeed for some records and fail for others.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;
use uuid::Uuid;

use super::{CreateMultiple, DeleteMultiple, UpdateMultiple, UpsertMultiple};
use crate::draft::{CreateDraft, Draft, UpdateDraft, is_empty};
use crate::message::http::{Error, Organization, Preferences, prefer};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::record::without_bom;
use crate::{Entity, Id};

/// The annotations with the details of an error, which the request asks for.
const NEEDED: &str = "Microsoft.PowerApps.CDS.ErrorDetails.*";

/// The end of the name of the annotation that has the outcome of each record.
const DETAILS: &str = "Plugin.BulkApiErrorDetails";

/// A message about several records. Only this library implements it.
pub trait Multiple: Message + Sized {
    /// The answer for one record.
    type Each;

    #[doc(hidden)]
    fn count(&self) -> usize;

    /// Whether the request holds the record. It leaves out an update without columns.
    #[doc(hidden)]
    fn is_sent(&self, index: usize) -> bool {
        let _ = index;
        true
    }

    #[doc(hidden)]
    fn all(&self, output: Self::Output) -> Vec<Self::Each>;

    #[doc(hidden)]
    fn one(id: Option<Uuid>) -> Option<Self::Each>;

    /// Returns the message that answers with an outcome for each record, in order.
    ///
    /// In an elastic table, such a message may succeed for some records and fail for others. Dataverse then
    /// answers with an error whose details hold the outcome of each record; this message asks for the details
    /// and reads them. A standard table refuses without details. That is the error of the message as a whole,
    /// and nothing was done.
    ///
    /// Dataverse sends one code and message, those of the first record that failed. Records that failed with
    /// the same status get them, too. The error of any other record has its own status and no code.
    ///
    /// ```
    /// use dataverse_entity::bytes::Bytes;
    /// use dataverse_entity::http::Response;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let message = SessionEvent::create_multiple([SessionEvent::create().name("Accepted")]).outcomes();
    /// let body = r#"{"Ids":["6f9619ff-8b86-d011-b42d-00cf4fc964ff"]}"#;
    /// let outcomes = message.response(Response::new(Bytes::from(body)))?;
    /// assert!(outcomes[0].as_ref().is_ok_and(|id| id.to_string().starts_with("6f9619ff")));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    fn outcomes(self) -> Outcomes<Self> {
        Outcomes { message: self }
    }
}

/// A message about several records that answers with an outcome for each. [`Multiple::outcomes`] makes one.
#[must_use = "a message does nothing until it is sent"]
pub struct Outcomes<M> {
    message: M,
}

message_type!(Outcomes<M> of M where [] { message });

#[diagnostic::do_not_recommend]
impl<M: Multiple> Message for Outcomes<M> {
    type Output = Vec<Result<M::Each, Error>>;

    fn message_name(&self) -> &'static str {
        self.message.message_name()
    }

    fn is_idempotent(&self) -> bool {
        self.message.is_idempotent()
    }

    fn known_answer(&self) -> Option<Self::Output> {
        let output = self.message.known_answer()?;
        Some(self.message.all(output).into_iter().map(Ok).collect())
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let mut request = self.message.request(org)?;
        let said = request.extensions().get::<Preferences>().cloned().unwrap_or_default();
        prefer(&mut request, Preferences { needed_annotations: &[NEEDED], ..said })?;
        Ok(request)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        let details = if response.status().is_success() { None } else { details(response.body()) };
        let Some(details) = details else {
            let output = self.message.response(response)?;
            return Ok(self.message.all(output).into_iter().map(Ok).collect());
        };
        let failed = details.iter().filter(|detail| !detail.status.is_success());
        let first = failed.min_by_key(|detail| detail.index).map(|detail| detail.status);
        let refused = |status| match first {
            Some(first) if first != status => Error::refused(status, response.headers(), OF_ANOTHER),
            _ => Error::refused(status, response.headers(), response.body()),
        };
        let outcome = |index: usize| match details.iter().find(|detail| detail.index == index) {
            Some(Detail { id, status, .. }) if status.is_success() => M::one(*id).ok_or_else(|| {
                Error::unreadable(
                    *status,
                    "the record was created, and the details of the answer do not name it",
                )
            }),
            Some(detail) => Err(refused(detail.status)),
            None => Err(Error::outcome_unknown("the details of the answer leave the record out")
                .with_headers(response.headers().clone())),
        };
        // The details number the records that were sent, not all records of the message.
        let mut sent = 0..;
        let each = (0..self.message.count()).map(|index| match self.message.is_sent(index) {
            true => outcome(sent.next().unwrap_or(index)),
            false => M::one(None).ok_or_else(|| refused(response.status())),
        });
        Ok(each.collect())
    }
}

#[diagnostic::do_not_recommend]
impl<M: Multiple> WriteMessage for Outcomes<M> {}

/// The body of the error of a record that failed with another status than the first one. Dataverse explains
/// only the first failure.
const OF_ANOTHER: &[u8] =
    br#"{"error":{"code":"","message":"the answer explains only the first failure, that of another record"}}"#;

/// The outcome of one record in the details.
struct Detail {
    index: usize,
    id: Option<Uuid>,
    status: StatusCode,
}

/// Reads the details of a refusal, if it has any. They are JSON, or JSON in a text.
fn details(body: &Bytes) -> Option<Vec<Detail>> {
    let body: Value = serde_json::from_slice(without_bom(body)).ok()?;
    let error = body.get("error")?.as_object()?;
    let (_, details) = error.iter().find(|(name, _)| name.ends_with(DETAILS))?;
    let parsed;
    let details = match details {
        Value::String(text) => {
            parsed = serde_json::from_str::<Value>(text).ok()?;
            &parsed
        }
        other => other,
    };
    details.as_array()?.iter().map(detail).collect()
}

fn detail(detail: &Value) -> Option<Detail> {
    let number = |name| {
        let value = detail.get(name)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    };
    Some(Detail {
        index: usize::try_from(number("RequestIndex")?).ok()?,
        id: detail.get("Id").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok()),
        status: StatusCode::from_u16(u16::try_from(number("StatusCode")?).ok()?).ok()?,
    })
}

impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> Multiple for CreateMultiple<T, D> {
    type Each = Id<T>;

    fn count(&self) -> usize {
        self.drafts.len()
    }

    fn all(&self, ids: Vec<Id<T>>) -> Vec<Id<T>> {
        ids
    }

    fn one(id: Option<Uuid>) -> Option<Id<T>> {
        id.map(Id::new)
    }
}

impl<T: Entity, D: Draft<Table = T, Kind = UpdateDraft>> Multiple for UpdateMultiple<T, D> {
    type Each = ();

    fn count(&self) -> usize {
        self.drafts.len()
    }

    fn is_sent(&self, index: usize) -> bool {
        self.drafts.get(index).is_some_and(|draft| !is_empty(draft))
    }

    fn all(&self, (): ()) -> Vec<()> {
        vec![(); self.count()]
    }

    fn one(_: Option<Uuid>) -> Option<()> {
        Some(())
    }
}

impl<T: Entity, D: Draft<Table = T>> Multiple for UpsertMultiple<T, D> {
    type Each = ();

    fn count(&self) -> usize {
        self.records.len()
    }

    fn all(&self, (): ()) -> Vec<()> {
        vec![(); self.count()]
    }

    fn one(_: Option<Uuid>) -> Option<()> {
        Some(())
    }
}

impl<T: Entity> Multiple for DeleteMultiple<T> {
    type Each = ();

    fn count(&self) -> usize {
        self.records.len()
    }

    fn all(&self, (): ()) -> Vec<()> {
        vec![(); self.count()]
    }

    fn one(_: Option<Uuid>) -> Option<()> {
        Some(())
    }
}
