//! The trait of all messages, and the messages that wrap another one.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use super::http::{Error, Organization, RequestBuilder, RequestOptions};

/// A message: a value that builds a request and reads the answer to it.
///
/// A reference, a `Box` or an `Arc` is a message, too, if it points to a message or to a trait object of one.
/// Implement the trait for a request of Dataverse that this crate does not have; methods added later have
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
    /// The type of the value that the answer holds.
    type Output;

    /// Returns the name of the message in Dataverse's terms, such as `Create`.
    fn message_name(&self) -> &'static str;

    /// Builds the request.
    ///
    /// # Errors
    ///
    /// Returns an error if the request cannot be built. The error
    /// [is an invalid request](Error::is_invalid_request).
    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error>;

    /// Builds the request with options. An option of the message itself wins over these.
    ///
    /// A client and a batch call this with their options; [`with`](Self::with) adds options to the message. A
    /// message that wraps another one must pass the call on to it.
    ///
    /// ```
    /// use dataverse_entity::message::{Message, Organization, RequestOptions};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let of_client = RequestOptions::new().solution("Base").tag("import");
    /// let create = SessionEvent::create().name("Accepted").with(RequestOptions::new().solution("Loans"));
    /// let request = create.request_with(&org, &of_client)?;
    /// assert_eq!(request.headers()["mscrm.solutionuniquename"], "Loans");
    /// assert_eq!(request.uri().query(), Some("tag=import"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`request`](Self::request), and if a header or the URL cannot hold an
    /// option.
    fn request_with(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        let mut request = self.request(org)?;
        options.apply(&mut request)?;
        Ok(request)
    }

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// Returns an error if the server refused, or if the answer cannot be read.
    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error>;

    /// Returns whether sending the request twice leaves the server in the same state as sending it once.
    ///
    /// If it is unknown whether a request arrived, a client sends it again only if it is idempotent. Reading
    /// is idempotent; a create or an action is not.
    fn is_idempotent(&self) -> bool {
        false
    }

    /// Returns the answer if it is known without a request. For example, an update without columns changes
    /// nothing.
    ///
    /// Neither a client nor a batch sends such a message. [`request`](Self::request) still builds its
    /// request.
    ///
    /// ```
    /// use dataverse_entity::Uuid;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
    /// assert_eq!(SessionEvent::update(event).known_answer(), Some(()));
    /// assert_eq!(SessionEvent::update(event).name("Closed").known_answer(), None);
    /// ```
    fn known_answer(&self) -> Option<Self::Output> {
        None
    }

    /// Returns the request before it is built, for a batch, which writes it as text. Only messages of the library have
    /// it: those whose `request` builds the same, and whose options do not change how it is built.
    #[doc(hidden)]
    fn __unbuilt<'o>(&self, _: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        None
    }

    /// Marks the message as idempotent, for example a create with an id of its own, or an action that sets
    /// the same value again. A client then sends the request again even if it is unknown whether the first
    /// attempt arrived.
    ///
    /// If the first attempt of a create was carried out, Dataverse refuses the second as a
    /// [duplicate](Error::is_duplicate). An upsert has no such problem.
    ///
    /// ```
    /// use dataverse_entity::message::Action;
    /// use dataverse_entity::prelude::*;
    ///
    /// let publish = Action::<()>::unbound("PublishAllXml");
    /// assert!(!publish.is_idempotent());
    /// assert!(publish.assume_idempotent().is_idempotent());
    /// ```
    fn assume_idempotent(self) -> AssumeIdempotent<Self>
    where
        Self: Sized,
    {
        AssumeIdempotent(self)
    }

    /// Adds options to the message, such as the user on whose behalf it is sent. If two calls set the same
    /// option, the first call wins.
    ///
    /// ```
    /// use dataverse_entity::message::RequestOptions;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let user = Uuid::from_u128(7);
    /// let on_behalf = RequestOptions::new().impersonate_object_id(user);
    /// let request = SessionEvent::query().with(on_behalf).request(&org)?;
    /// assert_eq!(request.headers()["callerobjectid"], user.to_string().as_str());
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    fn with(self, options: RequestOptions) -> WithOptions<Self>
    where
        Self: Sized,
    {
        WithOptions { message: self, options }
    }
}

/// A message that is answered in pages. The pages of a query continue with the server's link:
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::Response;
/// use dataverse_entity::message::Paged;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let link = "https://contoso.crm4.dynamics.com/api/data/v9.2/msdyn_sessionevents?$skiptoken=2";
/// let body = format!(r#"{{"value":[],"@odata.nextLink":"{link}"}}"#);
///
/// let query = SessionEvent::query();
/// let page = query.response(Response::new(Bytes::from(body)))?;
/// let next = query.next_page(&page).expect("there is another page");
/// assert_eq!(next.request(&org)?.uri(), link);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "the answer to `{Self}` does not come in pages",
    label = "send it with `execute`; `Table::query()`, `Table::fetch()` and `Table::track_changes()` are answered in pages"
)]
pub trait Paged: Message + Sized {
    /// The items of a page, such as records.
    type Item;

    /// Returns the message that reads the page after this one; `None` after the last.
    fn next_page(&self, page: &Self::Output) -> Option<Self>;

    /// Returns the items of the page, in order.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// A message with options. [`Message::with`] makes one.
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

    /// Returns the message by value, without the options.
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

/// A message that the caller marked as idempotent. [`Message::assume_idempotent`] makes one.
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

    fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        self.0.__unbuilt(org)
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

            fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
                (**self).__unbuilt(org)
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

/// A message that changes data. A change set takes only such messages, because Dataverse refuses a `GET` in a
/// change set.
///
/// Drafts and the messages of this crate that write implement it. A message of your own that writes needs one
/// line: `impl WriteMessage for MyMessage {}`.
pub trait WriteMessage: Message {}

#[diagnostic::do_not_recommend]
impl<M: WriteMessage> WriteMessage for WithOptions<M> {}

#[diagnostic::do_not_recommend]
impl<M: WriteMessage> WriteMessage for AssumeIdempotent<M> {}

/// A [`Message`], as the bound of functions that send one. Every message implements it.
///
/// This is a separate trait to get shorter compiler errors: with `Message` as the bound, they would list all
/// drafts of the program.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "a message starts at the table: `Table::create()`, `Table::update(id)`, `Table::retrieve(id)`, `Table::query()`, `Table::delete(id)`, …"
)]
pub trait Sendable: Message {}

#[diagnostic::do_not_recommend]
impl<M: Message + ?Sized> Sendable for M {}

/// A [`WriteMessage`], as the bound of functions that take one. Every message that writes implements it.
///
/// This is a separate trait to get shorter compiler errors, as [`Sendable`] is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a change set",
    label = "a change set holds messages that write, such as creates, updates and deletes; add a message that reads to the batch itself"
)]
pub trait Changing: WriteMessage {}

#[diagnostic::do_not_recommend]
impl<M: WriteMessage + ?Sized> Changing for M {}
