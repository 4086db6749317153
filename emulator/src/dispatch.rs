//! Dispatches one request that is not a batch, from its path to its answer.

use std::cell::RefCell;
use std::collections::HashMap;

use http::{Method, StatusCode};

use crate::connections::{Cancellation, Connection, Connections};
use crate::definition_writes::Schemas;
use crate::elastic;
use crate::error::{Refusal, Result};
use crate::http::{Incoming, Outgoing, check_negotiation};
use crate::principals::Impersonated;
use crate::session::{Call, Ids, Session};
use crate::uri::{Options, below_service_root, segments};
use crate::{definition_writes, definitions, functions_and_actions, records};

/// Maximum length of a URL in characters, and of one within a batch.
pub(crate) const MAX_URL_LENGTH: usize = 32_768;
const MAX_URL_LENGTH_IN_BATCH: usize = 65_536;

/// Answers one request, or the requests of one batch, from one database.
pub(crate) struct Dispatcher<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) connections: &'a Connections,
    pub(crate) cancellation: &'a Cancellation,
    /// The user of the connection.
    pub(crate) user: &'a str,
    /// The service root, without a slash at its end.
    pub(crate) root: String,
    pub(crate) now: i64,
    pub(crate) strict: bool,
    pub(crate) ids: &'a Ids,
    pub(crate) contents: RefCell<HashMap<String, String>>,
}

/// Splits the target of a request into the path below the service root and the query. The target may be an
/// absolute URL, a path from the root of the host, or a path below the service root.
pub(crate) fn split_target(target: &str) -> (String, String) {
    let target = target.split('#').next().unwrap_or_default();
    // The query may hold a whole URL, as `$id` does.
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    (below_service_root(path).to_owned(), query.to_owned())
}

/// Returns whether a path below the service root is that of a batch.
pub(crate) fn is_batch(path: &str) -> bool {
    path == "$batch" || path == "%24batch"
}

impl Dispatcher<'_> {
    /// Answers a request that is not a batch. Its changes are kept as a whole or not at all.
    pub(crate) fn one(&self, incoming: &Incoming) -> Outgoing {
        if let Some(refused) = self.refused(incoming) {
            return refused;
        }
        let answer = if incoming.method == Method::GET {
            self.connections.read(self.cancellation, |connection| self.dispatch(connection, incoming))
        } else {
            self.write(|connection| self.dispatch(connection, incoming))
        };
        answer.unwrap_or_else(|refusal| Outgoing::refused(refusal, &incoming.preferences()))
    }

    /// Answers a request of a change set. Its changes are kept with the whole change set or not at all.
    pub(crate) fn within(&self, connection: &Connection, incoming: &Incoming) -> Outgoing {
        if let Some(refused) = self.refused(incoming) {
            return refused;
        }
        self.dispatch(connection, incoming)
            .unwrap_or_else(|refusal| Outgoing::refused(refusal, &incoming.preferences()))
    }

    /// Runs the work in one transaction.
    pub(crate) fn write<T, E: From<Refusal>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.connections.write(Some(self.cancellation), |error| Refusal::from(error).into(), work)
    }

    /// Returns the refusal of a request whose URL is too long, or whose caller is gone.
    fn refused(&self, incoming: &Incoming) -> Option<Outgoing> {
        if incoming.path.len() + incoming.query.len() > MAX_URL_LENGTH_IN_BATCH {
            return Some(too_long(MAX_URL_LENGTH_IN_BATCH));
        }
        self.cancellation.is_cancelled().then(|| Refusal::timeout().into())
    }

    fn dispatch(&self, connection: &Connection, incoming: &Incoming) -> Result<Outgoing> {
        check_negotiation(incoming, self.strict)?;
        let impersonated = match (incoming.condition("CallerObjectId"), incoming.condition("MSCRMCallerID")) {
            (Some(id), _) => Some(Impersonated::EntraObject(id)),
            (None, Some(id)) => Some(Impersonated::User(id)),
            (None, None) => None,
        };
        let schema = connection.schema(self.schemas)?;
        let session = Session {
            schema: &schema,
            schemas: Some(self.schemas),
            connection: connection.sql(),
            caller: connection.caller(&schema, self.user, impersonated)?,
            root: self.root.clone(),
            now: self.now,
            strict: self.strict,
            numbers_as_text: incoming.has_numbers_as_text("Content-Type"),
            ids: self.ids,
            contents: &self.contents,
        };
        if incoming.method != Method::GET {
            elastic::forget_expired(&session)?;
        }
        let incoming = &self.with_content(incoming)?;
        let options = Options::parse(&incoming.query)?;
        let segments = segments(&incoming.path)?;
        let Some(first) = segments.first() else {
            return match incoming.method {
                Method::GET => Ok(definitions::service_document(&session)),
                _ => Err(Refusal::method_not_allowed(&incoming.method)),
            };
        };
        match first.name.as_str() {
            "$metadata" if incoming.method == Method::GET => return Ok(definitions::metadata(&session)),
            name if definitions::NAMES.contains(&name) => {
                // Dataverse refuses PATCH, and says so.
                return match incoming.method {
                    _ if incoming.method == Method::GET
                        || incoming.method == Method::PATCH
                        || name.starts_with("Retrieve") =>
                    {
                        definitions::answer(&session, incoming, &options, &segments)
                    }
                    _ => definition_writes::answer(&session, incoming, &segments),
                };
            }
            _ => {}
        }
        let call =
            Call { session: &session, incoming, options: &options, preferences: incoming.preferences() };
        if call.preferences.respond_async {
            return Err(Refusal::not_implemented("The preference respond-async"));
        }
        if let Some(table) = schema.set(&first.name) {
            return records::answer(&call, table, &segments);
        }
        functions_and_actions::at_root(&call, &segments)
    }

    /// Returns the request with the content-id in its path replaced by the record's URL.
    fn with_content(&self, incoming: &Incoming) -> Result<Incoming> {
        let mut incoming = incoming.clone();
        let Some(rest) = incoming.path.strip_prefix('$') else { return Ok(incoming) };
        let (content, rest) = rest.split_once('/').map_or((rest, ""), |(content, rest)| (content, rest));
        if let Some(path) = self.contents.borrow().get(content) {
            let separator = if rest.is_empty() { "" } else { "/" };
            incoming.path = format!("{path}{separator}{rest}");
        } else if content != "metadata" {
            return Err(crate::write::no_content(&format!("${content}")));
        }
        Ok(incoming)
    }
}

pub(crate) fn too_long(max_length: usize) -> Outgoing {
    let message = format!("The URL is longer than {max_length} characters.");
    Refusal::new(StatusCode::URI_TOO_LONG, "0x0", message).into()
}
