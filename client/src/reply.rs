//! An answer with its HTTP status and headers.

use core::fmt;

use http::{HeaderMap, StatusCode};

/// An answer to a message: what the message reads from it, and the status and headers that came with it.
///
/// ```no_run
/// # use dataverse_entity::client::Client;
/// # use dataverse_entity::prelude::*;
/// # use dataverse_entity::tables::SessionEvent;
/// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
/// let reply = client.send(&SessionEvent::create().name("Accepted")).await?;
/// println!("{:?} by request {:?}", reply.status(), reply.request_id());
/// let id = reply.into_inner();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Reply<T> {
    output: T,
    status: Option<StatusCode>,
    headers: HeaderMap,
    attempts: u32,
}

impl<T> Reply<T> {
    pub(crate) fn new(output: T, status: StatusCode, headers: HeaderMap, attempts: u32) -> Self {
        Self { output, status: Some(status), headers, attempts }
    }

    /// Creates the reply of a message whose answer is known without a request.
    pub(crate) fn known(output: T) -> Self {
        Self { output, status: None, headers: HeaderMap::new(), attempts: 0 }
    }

    /// Returns what the message reads from the answer.
    pub fn get(&self) -> &T {
        &self.output
    }

    /// Returns what the message reads from the answer, by value.
    pub fn into_inner(self) -> T {
        self.output
    }

    /// Returns the HTTP status; `None` if the answer was known, so that nothing was sent.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the id that the service gave the request (`x-ms-service-request-id`, else `req_id`).
    /// Microsoft's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        ["x-ms-service-request-id", "req_id"].into_iter().find_map(|name| self.header(name))
    }

    /// Returns the session token of an elastic table (`x-ms-session-token`). A read with
    /// [this token](dataverse_entity_core::message::RequestOptions::session_token) sees what this message
    /// wrote.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::message::RequestOptions;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
    /// let reply = client.send(&SessionEvent::create().name("Accepted")).await?;
    /// let options = reply.session_token().map_or_else(RequestOptions::new, |token| {
    ///     RequestOptions::new().session_token(token)
    /// });
    /// let event = client.execute(SessionEvent::retrieve(*reply.get()).with(options)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn session_token(&self) -> Option<&str> {
        self.header("x-ms-session-token")
    }

    /// Returns the number of attempts; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("output", &self.output)
            .finish_non_exhaustive()
    }
}
