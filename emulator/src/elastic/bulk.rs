//! `CreateMultiple`, `UpdateMultiple`, `UpsertMultiple` and `DeleteMultiple` of an elastic table. Each record
//! succeeds or fails by itself.

use http::StatusCode;

use super::key::of_target;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::read::version_of;
use crate::row_id::guid_of;
use crate::schema::Table;
use crate::session::{Call, Session};
use crate::write::{Draft, Purpose, create, delete, replace, update};

/// The annotation with the outcome of each record.
const DETAILS: &str = "Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails";

/// A bulk message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Message {
    Create,
    Update,
    Upsert,
    Delete,
}

/// The outcome of one target: the row's id, and the status or the refusal.
struct Outcome {
    id: Option<String>,
    result: Result<StatusCode>,
}

/// Carries out a message. A record that fails does not undo the others.
pub(crate) fn all(call: &Call<'_>, table: &Table, message: Message, body: &Json) -> Result<Outgoing> {
    let session = call.session;
    let Some(Json::Array(targets)) = body.get("Targets") else {
        return Err(Refusal::payload(&table.entity_set_name, "the parameter 'Targets' is missing"));
    };
    // A target that is not a row of the table fails the message before any change.
    for target in targets {
        let of = target.text("@odata.type").map(|name| name.trim_start_matches('#'));
        if of != Some(table.type_name().as_str()) {
            let problem = format!("every target needs the '@odata.type' '{}'", table.type_name());
            return Err(Refusal::payload(&table.entity_set_name, &problem));
        }
        if let Err(refusal) = Draft::read(session, table, Purpose::Create, target)
            && ["0x0", "0x80048d19"].contains(&refusal.code)
        {
            return Err(refusal);
        }
        let has_key = target.text(&table.primary_id).or_else(|| target.text("@odata.id")).is_some();
        if matches!(message, Message::Update | Message::Delete) && !has_key {
            return Err(Refusal::payload(&table.entity_set_name, "every target needs its primary key"));
        }
    }
    let mut outcomes = Vec::new();
    for target in targets {
        outcomes.push(separately(session, || one(session, table, message, target))?);
    }
    answer(call, message, &outcomes)
}

/// Does the work as a whole or not at all. A failure of the service itself fails the whole message.
fn separately(session: &Session<'_>, work: impl FnOnce() -> Outcome) -> Result<Outcome> {
    session.connection.execute_batch("SAVEPOINT target")?;
    let outcome = work();
    if let Err(refusal) = &outcome.result {
        session.connection.execute_batch("ROLLBACK TO target")?;
        if refusal.status.is_server_error() {
            session.connection.execute_batch("RELEASE target")?;
            return Err(refusal.clone());
        }
    }
    session.connection.execute_batch("RELEASE target")?;
    Ok(outcome)
}

fn one(session: &Session<'_>, table: &Table, message: Message, target: &Json) -> Outcome {
    let named = match of_target(session, table, target) {
        Ok(named) => named,
        Err(refusal) => return Outcome { id: None, result: Err(refusal) },
    };
    match (message, named) {
        // An upsert that names no row creates one.
        (Message::Create, named) | (Message::Upsert, named @ None) => {
            match Draft::read(session, table, Purpose::Create, target)
                .and_then(|draft| create(session, draft))
            {
                Ok(id) => Outcome { id: Some(id), result: Ok(StatusCode::CREATED) },
                Err(refusal) => Outcome { id: named, result: Err(refusal) },
            }
        }
        (_, None) => {
            let refusal = Refusal::payload(&table.entity_set_name, "every target needs its primary key");
            Outcome { id: None, result: Err(refusal) }
        }
        (Message::Update, Some(id)) => {
            let draft = Draft::read(session, table, Purpose::Update, target);
            let result = draft.and_then(|draft| update(session, &id, draft)).map(|()| StatusCode::OK);
            Outcome { id: Some(id), result }
        }
        (Message::Upsert, Some(id)) => Outcome { result: upsert(session, table, &id, target), id: Some(id) },
        (Message::Delete, Some(id)) => {
            let result = delete(session, table, &id).map(|()| StatusCode::NO_CONTENT);
            Outcome { id: Some(id), result }
        }
    }
}

fn upsert(session: &Session<'_>, table: &Table, id: &str, target: &Json) -> Result<StatusCode> {
    let mut draft = Draft::read(session, table, Purpose::Upsert, target)?;
    draft.id = Some(guid_of(id).to_owned());
    draft.set_partition(id);
    if version_of(session, table, id)?.is_some() {
        return replace(session, table, id, draft).map(|()| StatusCode::OK);
    }
    create(session, draft).map(|_| StatusCode::CREATED)
}

/// Returns the answer, which is the first failure's, if any, with the outcome of every record.
fn answer(call: &Call<'_>, message: Message, outcomes: &[Outcome]) -> Result<Outgoing> {
    let failed = outcomes.iter().find_map(|outcome| outcome.result.as_ref().err());
    let Some(refusal) = failed else {
        if message != Message::Create {
            return Ok(Outgoing::no_content());
        }
        let context =
            format!("{}/$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse", call.session.root);
        let ids = outcomes.iter().filter_map(|outcome| outcome.id.as_deref());
        let ids = Json::Array(ids.map(|id| guid_of(id).into()).collect());
        return Ok(Outgoing::json(
            StatusCode::OK,
            &object([("@odata.context", context.into()), ("Ids", ids)]),
        ));
    };
    let mut error = vec![
        ("code".to_owned(), refusal.code.into()),
        ("message".to_owned(), refusal.message.as_str().into()),
    ];
    if call.preferences.wants(DETAILS) {
        let details = Json::Array(outcomes.iter().enumerate().map(detail).collect());
        let text = String::from_utf8_lossy(&details.to_bytes()).into_owned();
        error.push((format!("@{DETAILS}"), Json::Text(text)));
    }
    Ok(Outgoing::json(refusal.status, &object([("error", Json::Object(error))])))
}

fn detail((index, outcome): (usize, &Outcome)) -> Json {
    let status = match &outcome.result {
        Ok(status) => *status,
        Err(refusal) => refusal.status,
    };
    object([
        ("RequestIndex", Json::Number(index.to_string())),
        ("Id", outcome.id.as_deref().map_or(Json::Null, |id| guid_of(id).into())),
        ("StatusCode", Json::Number(status.as_u16().to_string())),
    ])
}
