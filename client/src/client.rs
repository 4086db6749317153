//! Sending a message: token, attempts, and what is told about them.

use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;
use std::sync::Arc;

use bytes::Bytes;
use dataverse_entity_core::message::{
    Batch, BatchReply, Error, Message, Organization, RequestOptions, RequestSummary,
};
use http::header::{AUTHORIZATION, LOCATION, USER_AGENT};
use http::{HeaderValue, Request, Response, StatusCode, Uri};
use tracing::{Instrument, Span, field};

use crate::retry::RetryPolicy;
use crate::token::AccessToken;
use crate::token_cache::TokenCache;
use crate::transport::{Transport, TransportError};

/// Sends messages to an organization. It is cheap to clone, and its clones share connections and the token.
///
/// A future of the client may be dropped at any time: the client stays as it was. Whether a request that was under way is
/// carried out is then not known.
#[derive(Clone)]
pub struct Client(Arc<Parts>);

/// What a client has of its own, and what it shares.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) shared: Arc<Shared>,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) options: RequestOptions,
}

/// What a client shares with those that were made of it.
pub(crate) struct Shared {
    pub(crate) org: Organization,
    pub(crate) tokens: TokenCache,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) user_agent: HeaderValue,
    /// How many requests at once the server recommends; 0 where it has said nothing.
    pub(crate) dop_hint: AtomicUsize,
}

impl Client {
    pub(crate) fn from_parts(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Returns a client with these options, and with those of this client where they say nothing. The two share
    /// connections and the token.
    ///
    /// ```
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::message::RequestOptions;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::{SessionEvent, SystemUser};
    /// # async fn run(client: Client, user: dataverse_entity::Id<SystemUser>) -> Result<(), dataverse_entity::Error> {
    /// let on_behalf = client.with_options(RequestOptions::new().impersonate_user(user));
    /// on_behalf.execute(SessionEvent::create().name("Accepted")).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_options(&self, options: RequestOptions) -> Self {
        self.with(|parts| parts.options = options.or(&parts.options))
    }

    /// Returns a client with this retry policy. The two share connections and the token.
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        self.with(|parts| parts.retry = policy)
    }

    /// Returns a client with this timeout of an attempt. The two share connections and the token.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(|parts| parts.timeout = timeout)
    }

    fn with(&self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Parts::clone(&self.0);
        change(&mut parts);
        Self(Arc::new(parts))
    }

    /// Returns the options of all that this client sends.
    pub fn options(&self) -> &RequestOptions {
        &self.0.options
    }

    /// The organization.
    pub fn organization(&self) -> &Organization {
        &self.0.shared.org
    }

    /// How many requests at once the server recommends (`x-ms-dop-hint`), if it has said so.
    pub fn recommended_concurrency(&self) -> Option<usize> {
        match self.0.shared.dop_hint.load(Ordering::Relaxed) {
            0 => None,
            hint => Some(hint),
        }
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.0.retry
    }

    /// Sends a message and reads the answer. [`RetryPolicy`] says when it is sent again.
    ///
    /// # Errors
    ///
    /// The message cannot be expressed, no token or no answer was to be had, the server refused, or its answer cannot be
    /// read. [`Error::attempts`] says how often it was sent.
    pub async fn execute<M: Message>(&self, message: M) -> Result<M::Output, Error> {
        if let Some(output) = message.known_answer() {
            return Ok(output);
        }
        let outgoing = self.prepare(&message)?;
        let (outgoing, sent) = self.deliver(outgoing).await;
        outgoing.read(&message, sent)
    }

    /// What is sent for a message. The message itself is not needed again until there is an answer.
    pub(crate) fn prepare<M: Message>(&self, message: &M) -> Result<Outgoing, Error> {
        let request = message.request_with(&self.0.shared.org, &self.0.options)?;
        let summary = RequestSummary::of(&request);
        let span = tracing::info_span!(
            "dataverse",
            message = message.message_name(),
            method = summary.method().as_str(),
            path = summary.path(),
            attempts = field::Empty,
            status = field::Empty,
            code = field::Empty,
        );
        Ok(Outgoing { request, summary, span, is_idempotent: message.is_idempotent() })
    }

    pub(crate) async fn deliver(&self, mut outgoing: Outgoing) -> (Outgoing, Sent) {
        let request = core::mem::take(&mut outgoing.request);
        let sent = self.send(request, outgoing.is_idempotent).instrument(outgoing.span.clone()).await;
        (outgoing, sent)
    }

    /// Sends a batch, in several requests if it has more messages than Dataverse takes at once.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute), of the first request. If a later one fails as a whole, the reply has its error for each
    /// of its messages, and keeps the answers before it. Unless the batch
    /// [continues on errors](Batch::continue_on_error), what comes after a failure is not sent.
    pub async fn execute_batch(&self, batch: Batch) -> Result<BatchReply, Error> {
        let mut replies: Vec<BatchReply> = Vec::new();
        for batch in batch.split() {
            let has_failed = replies.iter().any(|reply| !reply.is_success());
            if has_failed && !batch.continues_on_error() {
                let error = Error::not_carried_out("an earlier message of the batch failed");
                replies.push(BatchReply::failed(&batch, &error));
                continue;
            }
            replies.push(match self.execute(&batch).await {
                Ok(reply) => reply,
                Err(error) if replies.is_empty() => return Err(error),
                Err(error) => BatchReply::failed(&batch, &error),
            });
        }
        BatchReply::join(replies).ok_or_else(|| Error::invalid_request("the batch has no requests"))
    }

    /// Sends a request until there is an answer to keep, and says how many attempts that took.
    async fn send(&self, request: Request<Bytes>, is_idempotent: bool) -> Sent {
        let mut delays = self.0.retry.backoff_delays();
        let mut attempts = 0;
        let mut token_was_refused = false;
        loop {
            attempts += 1;
            let token = self.0.shared.tokens.token(&self.0.shared.org).await;
            let token = token.map_err(|error| Error::token(error).with_attempts(attempts))?;
            Span::current().record("attempts", attempts);
            let (error, delay) = match self.attempt(&request, token.as_ref()).await {
                Ok(response) if response.status() == StatusCode::UNAUTHORIZED && !token_was_refused => {
                    // The server did nothing; a token can have been revoked before its end.
                    token_was_refused = true;
                    let Some(token) = token else { return Ok((response, attempts)) };
                    self.0.shared.tokens.forget(&token).await;
                    tracing::info!("the server no longer takes the token; trying with a new one");
                    continue;
                }
                Ok(response) => match failure(&response) {
                    None => return Ok((response, attempts)),
                    Some(error) => match self.0.retry.delay(&error, is_idempotent, delays.next()) {
                        None => return Ok((response, attempts)),
                        Some(delay) => (error, delay),
                    },
                },
                Err(error) => match self.0.retry.delay(&error, is_idempotent, delays.next()) {
                    None => return Err(error.with_attempts(attempts)),
                    Some(delay) => (error, delay),
                },
            };
            tracing::warn!(attempt = attempts, delay_ms = delay.as_millis(), %error, "trying again");
            tokio::time::sleep(delay).await;
        }
    }

    async fn attempt(
        &self,
        request: &Request<Bytes>,
        token: Option<&AccessToken>,
    ) -> Result<Response<Bytes>, Error> {
        let mut request = request.clone();
        let headers = request.headers_mut();
        headers.entry(USER_AGENT).or_insert_with(|| self.0.shared.user_agent.clone());
        if let Some(token) = token {
            request.headers_mut().insert(AUTHORIZATION, bearer(token)?);
        }
        let answer = tokio::time::timeout(self.0.timeout, self.0.shared.transport.send(request)).await;
        let response = answer.map_err(|_| {
            let seconds = self.0.timeout.as_secs_f64();
            TransportError::timed_out(format!("nothing within {seconds} seconds"))
        })??;
        if let Some(hint) = response.headers().get("x-ms-dop-hint") {
            let hint = hint.to_str().ok().and_then(|hint| hint.trim().parse().ok());
            self.0.shared.dop_hint.store(hint.unwrap_or(0), Ordering::Relaxed);
        }
        refuse_redirect(&response)?;
        Ok(response)
    }
}

/// A message on its way.
pub(crate) struct Outgoing {
    request: Request<Bytes>,
    summary: RequestSummary,
    span: Span,
    is_idempotent: bool,
}

/// The answer, and how many attempts it took.
pub(crate) type Sent = Result<(Response<Bytes>, u32), Error>;

impl Outgoing {
    /// What the answer says.
    pub(crate) fn read<M: Message>(self, message: &M, sent: Sent) -> Result<M::Output, Error> {
        let result = sent.and_then(|(response, attempts)| {
            self.span.record("status", response.status().as_u16());
            message.response(response).map_err(|error| error.with_attempts(attempts))
        });
        result.map_err(|error| {
            if let Some(code) = error.code() {
                self.span.record("code", field::display(format_args!("0x{code:08X}")));
            }
            error.with_request(self.summary)
        })
    }
}

/// The header never shows its value in `Debug`.
fn bearer(token: &AccessToken) -> Result<HeaderValue, Error> {
    let value = HeaderValue::try_from(format!("Bearer {}", token.secret()));
    let mut value = value.map_err(|_| Error::token("the token cannot stand in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// What may be worth another attempt.
fn failure(response: &Response<Bytes>) -> Option<Error> {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        .then(|| Error::refused(status, response.headers(), response.body()))
}

/// Where a redirect leads is not asked for: the token would go along.
fn refuse_redirect(response: &Response<Bytes>) -> Result<(), Error> {
    let status = response.status();
    if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
        return Ok(());
    }
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let location = location.and_then(|location| location.parse::<Uri>().ok());
    let host = location.as_ref().and_then(Uri::authority).map_or("another address", |host| host.as_str());
    Err(Error::unreadable(
        status,
        format!("it is a redirect to {host}, which is not followed, because the token would go along"),
    ))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("org", &self.0.shared.org)
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
