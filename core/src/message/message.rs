//! What every message is, and the messages that wrap another one.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use super::http::{Error, Organization, RequestOptions};

/// A message: a value that becomes a request and reads the answer to it.
///
/// A reference to a message, a `Box` and an `Arc` of one are messages, too, trait objects included. The trait is open: a
/// request of Dataverse that this crate does not have can be a message of your own. Methods that are added later have
/// default bodies.
///
/// ```
/// use dataverse_entity::message::{Message, Organization};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let draft = SessionEvent::create().name("Accepted");
/// let request: http::Request<bytes::Bytes> = draft.request(&org)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.body(), r#"{"msdyn_name":"Accepted"}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "a message starts at the table: `Table::create()`, `Table::update(id)`, `Table::retrieve(id)`, `Table::query()`, `Table::delete(id)`, …"
)]
pub trait Message {
    /// What the answer says.
    type Output;

    /// Name of the message in Dataverse's terms, such as `Create`.
    fn message_name(&self) -> &'static str;

    /// The request.
    ///
    /// # Errors
    ///
    /// The message cannot be expressed: nothing was sent, and [`Error::is_invalid_request`] is true.
    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error>;

    /// Returns the request with options: each is applied where the message does not say the same thing itself.
    ///
    /// A client and a batch call this with their own options, and [`with`](Self::with) with those of the message, so the
    /// wish that is said nearest to the message wins. A message that wraps another one passes the call on to it.
    ///
    /// ```
    /// use dataverse_entity::message::{Message, Organization, RequestOptions};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let outer = RequestOptions::new().solution("everywhere").tag("import");
    /// let create = SessionEvent::create().name("Accepted").with(RequestOptions::new().solution("here"));
    /// let request = create.request_with(&org, &outer)?;
    /// assert_eq!(request.headers()["mscrm.solutionuniquename"], "here");
    /// assert_eq!(request.uri().query(), Some("tag=import"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request); also if an option cannot be expressed.
    fn request_with(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        let mut request = self.request(org)?;
        options.apply(&mut request)?;
        Ok(request)
    }

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// The server refused, or the answer cannot be read.
    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error>;

    /// Whether the server is in the same state after the request has arrived twice as after it has arrived once.
    ///
    /// Only an idempotent request is sent again when it is not known whether it arrived. Reading is idempotent; a create or
    /// an action is not.
    fn is_idempotent(&self) -> bool {
        false
    }

    /// The answer, where it is known before anything is sent: an update that holds no column changes nothing.
    ///
    /// A client does not send such a message, and neither does a batch. [`request`](Self::request) still builds the request.
    fn known_answer(&self) -> Option<Self::Output> {
        None
    }

    /// Marks the message as one that may be carried out twice: a create with an id of its own, an action that sets what is
    /// set already. A client then sends it again also when it does not know whether it arrived. A create whose first attempt
    /// was carried out is then refused as a [duplicate](Error::is_duplicate); an upsert is not.
    fn assume_idempotent(self) -> AssumeIdempotent<Self>
    where
        Self: Sized,
    {
        AssumeIdempotent(self)
    }

    /// Adds options to the message: on whose behalf it is sent, what it bypasses, and more. Called again, it adds what
    /// the message does not say yet: the options that were added first win.
    fn with(self, options: RequestOptions) -> WithOptions<Self>
    where
        Self: Sized,
    {
        WithOptions { message: self, options }
    }
}

/// A message whose answer is one page of many.
#[diagnostic::on_unimplemented(
    message = "the answer to `{Self}` does not come in pages",
    label = "send it with `execute`; `Table::query()`, `Table::fetch()` and `Table::track_changes()` are answered in pages"
)]
pub trait Paged: Message + Sized {
    /// What a page holds.
    type Item;

    /// The message that reads the page after this one; `None` after the last.
    fn next_page(&self, page: &Self::Output) -> Option<Self>;

    /// What the page holds, in its order.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// A message with options.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a message does nothing until it is sent"]
pub struct WithOptions<M> {
    message: M,
    options: RequestOptions,
}

impl<M> WithOptions<M> {
    /// Returns the message without the options.
    pub fn message(&self) -> &M {
        &self.message
    }

    /// Returns the options.
    pub fn options(&self) -> &RequestOptions {
        &self.options
    }

    /// Gives back the message, without the options.
    pub fn into_inner(self) -> M {
        self.message
    }
}

#[diagnostic::do_not_recommend]
impl<M: Message> Message for WithOptions<M> {
    type Output = M::Output;

    fn message_name(&self) -> &'static str {
        self.message.message_name()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.message.request_with(org, &self.options)
    }

    fn request_with(&self, org: &Organization, outer: &RequestOptions) -> Result<Request<Bytes>, Error> {
        self.message.request_with(org, &self.options.clone().or(outer))
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        self.message.response(response)
    }

    fn is_idempotent(&self) -> bool {
        self.message.is_idempotent()
    }

    fn known_answer(&self) -> Option<Self::Output> {
        self.message.known_answer()
    }
}

#[diagnostic::do_not_recommend]
impl<M: Paged> Paged for WithOptions<M> {
    type Item = M::Item;

    fn next_page(&self, page: &Self::Output) -> Option<Self> {
        let message = self.message.next_page(page)?;
        Some(Self { message, options: self.options.clone() })
    }

    fn items(page: Self::Output) -> Vec<Self::Item> {
        M::items(page)
    }
}

/// A message that the caller knows may be carried out twice.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a message does nothing until it is sent"]
pub struct AssumeIdempotent<M>(M);

#[diagnostic::do_not_recommend]
impl<M: Message> Message for AssumeIdempotent<M> {
    type Output = M::Output;

    fn message_name(&self) -> &'static str {
        self.0.message_name()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.0.request(org)
    }

    fn request_with(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        self.0.request_with(org, options)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        self.0.response(response)
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn known_answer(&self) -> Option<Self::Output> {
        self.0.known_answer()
    }
}

/// Implements [`Message`] for a pointer to a message.
macro_rules! message_behind {
    ($($pointer:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<M: Message + ?Sized> Message for $pointer {
            type Output = M::Output;

            fn message_name(&self) -> &'static str {
                (**self).message_name()
            }

            fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
                (**self).request(org)
            }

            fn request_with(
                &self,
                org: &Organization,
                options: &RequestOptions,
            ) -> Result<Request<Bytes>, Error> {
                (**self).request_with(org, options)
            }

            fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
                (**self).response(response)
            }

            fn is_idempotent(&self) -> bool {
                (**self).is_idempotent()
            }

            fn known_answer(&self) -> Option<Self::Output> {
                (**self).known_answer()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<M: WriteMessage + ?Sized> WriteMessage for $pointer {}
    )+};
}

message_behind!(&M, Box<M>, Arc<M>);

/// A message that changes data. A change set holds no others: Dataverse refuses a `GET` in one.
///
/// The drafts and the messages of this crate that write implement it. For a message of your own, one line does:
/// `impl WriteMessage for MyMessage {}`.
pub trait WriteMessage: Message {}

#[diagnostic::do_not_recommend]
impl<M: WriteMessage> WriteMessage for WithOptions<M> {}

#[diagnostic::do_not_recommend]
impl<M: WriteMessage> WriteMessage for AssumeIdempotent<M> {}

/// A [`Message`], as the bound of what sends one. Every message implements it.
///
/// It is a trait of its own for the compiler's words: with `Message` as the bound, an error lists the drafts of the program.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "a message starts at the table: `Table::create()`, `Table::update(id)`, `Table::retrieve(id)`, `Table::query()`, `Table::delete(id)`, …"
)]
pub trait Sendable: Message {}

#[diagnostic::do_not_recommend]
impl<M: Message + ?Sized> Sendable for M {}

/// A [`WriteMessage`], as the bound of what takes one. Every message that writes implements it.
///
/// It is a trait of its own for the compiler's words, as [`Sendable`] is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a change set",
    label = "a change set holds messages that write, such as creates, updates and deletes; add a message that reads to the batch itself"
)]
pub trait Changing: WriteMessage {}

#[diagnostic::do_not_recommend]
impl<M: WriteMessage + ?Sized> Changing for M {}
