//! Sends a message: token, attempts, and the tracing events about them.

use core::fmt;
use core::time::Duration;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use dataverse_entity_core::message::{
    Batch, BatchReply, Error, Message, Organization, Repeated, RequestOptions, Sendable,
};
use futures_core::future::BoxFuture;
use http::header::{AUTHORIZATION, COOKIE, LOCATION, SET_COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use tracing::Instrument;

use crate::lock::lock;
use crate::measure;
use crate::outgoing::{Outgoing, Sent};
use crate::reply::Reply;
use crate::retry::{RetryPolicy, may_have_been_carried_out};
use crate::throttle::{Gate, Patience, Queue, Throttle};
use crate::token::AccessToken;
use crate::token_cache::TokenCache;
use crate::transport::{MessageInfo, Transport, TransportError};

/// Sends messages to an organization. A client is cheap to clone; its clones share connections and the token.
///
/// A future of the client may be dropped at any time, as `tokio::time::timeout` does after its time, and the
/// client stays usable. It is then unknown whether Dataverse carries out a request that was under way.
///
/// ```no_run
/// use dataverse_entity::client::{Client, StaticToken};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Error, Organization};
///
/// # async fn run() -> Result<(), Error> {
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::new(org, StaticToken::new("eyJ0…"))?;
/// let id = client.execute(SessionEvent::create().name("Accepted")).await?;
/// client.execute(SessionEvent::update(id).name("Closed")).await?;
/// let open = client.all(SessionEvent::query().filter(SessionEvent::NAME.ne("Closed"))).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Parts>);

/// The settings of one client, and what it shares with others.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) identities: Arc<Identities>,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) options: RequestOptions,
}

/// Who sends the requests of a client: one identity, or those of a pool.
pub(crate) struct Identities {
    /// The first identity. What has to stay with one identity stays with it.
    pub(crate) first: Arc<Shared>,
    pub(crate) others: Vec<Arc<Shared>>,
    pub(crate) queue: Queue,
}

impl Identities {
    pub(crate) fn new(first: Arc<Shared>, others: Vec<Arc<Shared>>) -> Arc<Self> {
        Arc::new(Self { first, others, queue: Queue::default() })
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Shared>> {
        core::iter::once(&self.first).chain(&self.others)
    }
}

/// One identity: what a client shares with its clones and with the clients made from it.
pub(crate) struct Shared {
    pub(crate) org: Organization,
    pub(crate) tokens: TokenCache,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) user_agent: HeaderValue,
    /// The gate that all requests pass.
    pub(crate) gate: Arc<Gate>,
    /// The session token of the latest answer; `None` if the client keeps none.
    pub(crate) session_token: Option<Mutex<Option<String>>>,
}

impl Client {
    pub(crate) fn from_parts(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Returns a client with these options, which win over those of this client. The two clients share
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

    /// Returns a client with this retry policy. The two clients share connections and the token.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::{Client, RetryPolicy};
    /// # fn run(client: Client) -> Client {
    /// let impatient = client.with_retry(RetryPolicy::none());
    /// # impatient
    /// # }
    /// ```
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        self.with(|parts| parts.retry = policy)
    }

    /// Returns a client with this timeout of an attempt. The two clients share connections and the token.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(|parts| parts.timeout = timeout)
    }

    fn with(&self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Parts::clone(&self.0);
        change(&mut parts);
        Self(Arc::new(parts))
    }

    /// Returns the options of all requests.
    pub fn options(&self) -> &RequestOptions {
        &self.0.options
    }

    /// Returns the organization.
    pub fn organization(&self) -> &Organization {
        &self.shared().org
    }

    /// Returns the number of concurrent requests that the server recommends (`x-ms-dop-hint`); `None` if it
    /// recommends none. Of a [pool](Self::pool), that of the first identity.
    pub fn recommended_concurrency(&self) -> Option<usize> {
        self.shared().gate.recommended_concurrency()
    }

    /// Returns how far the limits of Dataverse hold the client back: pauses, refusals, and what is left. Those of
    /// a [pool](Self::pool) are the sums of its identities, and it is paused if all of them are.
    pub fn throttle(&self) -> Throttle {
        let Identities { first, others, .. } = &*self.0.identities;
        others.iter().fold(first.gate.figures(), |sum, other| sum.and(other.gate.figures()))
    }

    /// Returns the gates of all identities.
    pub(crate) fn gates(&self) -> impl Iterator<Item = &Arc<Gate>> {
        self.0.identities.all().map(|identity| &identity.gate)
    }

    /// Returns the first identity.
    fn shared(&self) -> &Shared {
        &self.0.identities.first
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.0.retry
    }

    /// Sends a message and reads the answer. The client's [`RetryPolicy`] says when the message is sent
    /// again.
    ///
    /// Takes the message by value, by reference, or in a `Box` or `Arc`. Trait objects are
    /// `Box<dyn Message<Output = …> + Send + Sync>`.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, id: Id<SessionEvent>) -> Result<(), dataverse_entity::Error> {
    /// match client.execute(SessionEvent::retrieve(id)).await {
    ///     Ok(event) => println!("{:?}", event.name),
    ///     Err(error) if error.is_not_found() => println!("no such event"),
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the request cannot be built, if no token could be obtained, if no answer arrived,
    /// if the server refused, or if its answer cannot be read. [`Error::attempts`] tells how often the
    /// request was sent.
    ///
    /// Outside a tokio runtime, the client sends nothing, and the error
    /// [is an invalid request](Error::is_invalid_request).
    ///
    /// # Panics
    ///
    /// Panics in a tokio runtime without a timer (`enable_time`).
    // Not an `async fn`: of an argument that is no message, the compiler would say so again for the future
    // and at each `.await`.
    pub fn execute<'a, M, R>(&'a self, message: M) -> BoxFuture<'a, Result<R, Error>>
    where
        M: Sendable<Output = R> + Send + Sync + 'a,
    {
        Box::pin(async move { self.send(&message).await.map(Reply::into_inner) })
    }

    /// Sends a message, and returns the status and headers of the answer together with what the message reads
    /// from it. [`Reply`] has an example.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`execute`](Self::execute).
    ///
    /// # Panics
    ///
    /// Panics in a tokio runtime without a timer (`enable_time`).
    pub async fn send<M: Message + ?Sized>(&self, message: &M) -> Result<Reply<M::Output>, Error> {
        if let Some(output) = message.known_answer() {
            return Ok(Reply::known(output));
        }
        let outgoing = self.prepare(message)?;
        let (outgoing, sent) = self.deliver(outgoing).await;
        outgoing.read(message, sent)
    }

    /// Builds the request of a message. The message is not needed again until there is an answer.
    pub(crate) fn prepare<M: Message + ?Sized>(&self, message: &M) -> Result<Outgoing, Error> {
        let request = match self.last_session_token() {
            None => message.request_with(&self.shared().org, &self.0.options)?,
            Some(token) => {
                let kept = RequestOptions::new().session_token(token);
                message.request_with(&self.shared().org, &self.0.options.clone().or(&kept))?
            }
        };
        Ok(Outgoing::new(request, message))
    }

    fn last_session_token(&self) -> Option<String> {
        let kept = self.shared().session_token.as_ref()?;
        lock(kept).clone()
    }

    pub(crate) async fn deliver(&self, mut outgoing: Outgoing) -> (Outgoing, Sent) {
        let request = core::mem::take(&mut outgoing.request);
        let sent = self.send_until_answered(request, &outgoing).instrument(outgoing.span.clone()).await;
        (outgoing, sent)
    }

    /// Sends a batch, in several requests if it has more than the 1,000 messages that Dataverse takes in one.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::message::Batch;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, old: Id<SessionEvent>) -> Result<(), dataverse_entity::Error> {
    /// let mut batch = Batch::new();
    /// let created = batch.add(SessionEvent::create().name("Accepted"));
    /// let deleted = batch.add(SessionEvent::delete(old));
    /// let reply = client.execute_batch(batch).await?;
    /// let id: Id<SessionEvent> = reply.get(&created)?;
    /// reply.get(&deleted)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the first request fails as a whole, in the cases of [`execute`](Self::execute). If
    /// a later request fails as a whole, the reply has its error for each message of that request, and keeps
    /// the answers before it. Unless the batch [continues on errors](Batch::continue_on_error), the client
    /// sends no request after a failure.
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

    /// Sends a request until the retry policy accepts the answer. Returns the answer with the number of
    /// attempts.
    async fn send_until_answered(&self, request: Request<Bytes>, outgoing: &Outgoing) -> Sent {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(Error::invalid_request(
                "a client sends only inside a tokio runtime; await it in one that has its timer enabled",
            ));
        }
        let Parts { identities, timeout, retry, .. } = &*self.0;
        let mut candidates = identities.for_request(&request);
        let patience = Patience::of(retry.deadline_of_throttling());
        let mut delays = retry.backoff_delays();
        let mut attempts: u32 = 0;
        // Whether an earlier attempt may have been carried out.
        let mut is_repeated = false;
        loop {
            let gates: Vec<&Arc<Gate>> = candidates.iter().map(|candidate| &candidate.shared.gate).collect();
            let (index, pass) = match identities.queue.enter(&gates, patience).await {
                Ok(entered) => entered,
                Err(refusal) => return Ok((refusal, attempts)),
            };
            let Candidate { shared, token_was_refused } = candidates[index];
            let has_others = candidates.len() > 1;
            attempts = attempts.saturating_add(1);
            // After the gate: the token may expire during a pause.
            let token = match shared.tokens.token(&shared.org, *timeout).await {
                Ok(token) => token,
                Err(error) => {
                    shared.gate.set_locked_out(true);
                    if has_others {
                        tracing::warn!(target: "dataverse_entity", %error, "trying with another identity");
                        candidates.remove(index);
                        continue;
                    }
                    return Err(error.with_attempts(attempts));
                }
            };
            let info = MessageInfo::new(outgoing.name, outgoing.is_idempotent, attempts);
            let measured = measure::Attempt::start(outgoing);
            let answer = self.attempt(shared, &request, token.as_ref(), info).await;
            let failure = match &answer {
                Ok(response) => failure(response),
                Err(error) => Some(error.clone()),
            };
            measured.end(answer.as_ref().ok().map(Response::status), failure.as_ref());
            let (error, answer) = match answer {
                Ok(response) if response.status() == StatusCode::UNAUTHORIZED && !token_was_refused => {
                    // The server did nothing. A token can be revoked before it expires.
                    candidates[index].token_was_refused = true;
                    let Some(token) = token else { return Ok((response, attempts)) };
                    shared.tokens.forget(&token);
                    tracing::debug!(
                        target: "dataverse_entity",
                        "the server no longer takes the token; trying with a new one"
                    );
                    continue;
                }
                Ok(response) if response.status() == StatusCode::UNAUTHORIZED => {
                    shared.gate.set_locked_out(true);
                    if has_others {
                        tracing::warn!(
                            target: "dataverse_entity",
                            "the server does not take the new token; trying with another identity"
                        );
                        candidates.remove(index);
                        continue;
                    }
                    return Ok((response, attempts));
                }
                Ok(mut response) => {
                    shared.gate.set_locked_out(false);
                    if is_repeated {
                        Repeated::mark(&mut response);
                    }
                    match failure {
                        Some(error) if error.is_throttled() => {
                            // The server did nothing, so the policy does not count the attempt.
                            let pause = pass.refused(&response, &error, retry.backoff_range());
                            measure::refused(&outgoing.server, &error, &pause);
                            // Another identity may have room before that.
                            let may_go_elsewhere = has_others && !matches!(patience, Patience::None);
                            if may_go_elsewhere || patience.lasts(pause.until) {
                                continue;
                            }
                            return Ok((response, attempts));
                        }
                        None => {
                            pass.answered(response.headers());
                            return Ok((response, attempts));
                        }
                        Some(error) => {
                            pass.answered(response.headers());
                            (error, Ok(response))
                        }
                    }
                }
                Err(error) => {
                    drop(pass);
                    (error.clone(), Err(error))
                }
            };
            let Some(delay) = retry.delay(&error, outgoing.is_idempotent, delays.next()) else {
                return match answer {
                    Ok(response) => Ok((response, attempts)),
                    Err(error) => Err(error.with_attempts(attempts)),
                };
            };
            is_repeated |= may_have_been_carried_out(&error);
            tracing::warn!(
                target: "dataverse_entity",
                attempt = attempts,
                delay_ms = delay.as_millis(),
                %error,
                "trying again"
            );
            tokio::time::sleep(delay).await;
        }
    }

    async fn attempt(
        &self,
        shared: &Shared,
        request: &Request<Bytes>,
        token: Option<&AccessToken>,
        info: MessageInfo,
    ) -> Result<Response<Bytes>, Error> {
        let mut request = request.clone();
        request.extensions_mut().insert(info);
        let headers = request.headers_mut();
        headers.entry(USER_AGENT).or_insert_with(|| shared.user_agent.clone());
        if let Some(token) = token {
            headers.insert(AUTHORIZATION, bearer(token)?);
        }
        hide(headers, &[COOKIE.as_str(), "mscrm.sessiontoken"]);
        let answer = tokio::time::timeout(self.0.timeout, shared.transport.send(request)).await;
        let mut response = answer.map_err(|_| {
            let seconds = self.0.timeout.as_secs_f64();
            TransportError::timed_out(format!("nothing within {seconds} seconds"))
        })??;
        hide(response.headers_mut(), &[SET_COOKIE.as_str(), SESSION_TOKEN]);
        if let Some(kept) = &shared.session_token
            && let Some(token) = response.headers().get(SESSION_TOKEN).and_then(|token| token.to_str().ok())
        {
            *lock(kept) = Some(token.to_owned());
        }
        refuse_redirect(&response)?;
        Ok(response)
    }
}

/// An identity that may still send a message.
pub(crate) struct Candidate<'a> {
    pub(crate) shared: &'a Shared,
    /// Whether the server refused a token of it for this message.
    pub(crate) token_was_refused: bool,
}

/// The header of an answer that holds the session token of an elastic table.
const SESSION_TOKEN: &str = "x-ms-session-token";

/// Hides the values of these headers from `Debug`.
fn hide(headers: &mut HeaderMap, names: &[&str]) {
    for (name, value) in headers.iter_mut() {
        if names.contains(&name.as_str()) {
            value.set_sensitive(true);
        }
    }
}

/// Returns the `Authorization` header of a token. Its `Debug` hides the value.
fn bearer(token: &AccessToken) -> Result<HeaderValue, Error> {
    let secret = token.expose_secret();
    if secret.is_empty() {
        return Err(Error::token("the token is empty; use `NoToken` for a server that asks for none"));
    }
    if secret.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
        return Err(Error::token(
            "the token starts with `Bearer `, which the client writes itself; give the token alone",
        ));
    }
    if secret.trim() != secret {
        return Err(Error::token("the token has white space around it; trim the text it is read from"));
    }
    let value = HeaderValue::try_from(format!("Bearer {secret}"));
    let mut value = value.map_err(|_| Error::token("the token has characters that a header cannot hold"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns the refusal in an answer, which may be worth another attempt.
fn failure(response: &Response<Bytes>) -> Option<Error> {
    let status = response.status();
    (status.is_client_error() || status.is_server_error()).then(|| Error::from_response(response))
}

/// Rejects redirects: following one would send the token to another host.
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
        format!("it is a redirect to {host}, which is not followed, because that would send the token there"),
    ))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("org", &self.shared().org)
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
