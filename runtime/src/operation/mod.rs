//! Messages: every request of a table as a value.
//!
//! An [`Operation`] becomes an [`http::Request`] and reads the [`http::Response`]; nothing here does I/O, so any HTTP
//! client will do, and a test needs none. One file a message.

mod body;
mod create;
mod error;
mod macros;
mod options;
mod organization;
mod preferences;
mod reply;
mod request;
mod retrieve;

use bytes::Bytes;
use http::{Request, Response};

pub use create::{Create, CreateReturning};
pub use error::{Error, RequestSummary};
#[cfg(feature = "client")]
pub(crate) use error::{Kind, Transport};
pub use options::{BypassLogic, RequestOptions, WithOptions};
pub use organization::Organization;
pub use preferences::Annotations;
pub use retrieve::{Retrieve, RetrieveIfChanged};

use crate::Projection;
use crate::encode::query_value;

/// A message: a value that becomes a request and reads the answer to it.
///
/// ```
/// use dataverse_entity::operation::{Operation, Organization};
/// # #[cfg(feature = "tables")] {
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let draft = SessionEvent::create().name("Accepted");
/// let request: http::Request<bytes::Bytes> = draft.request(&org)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.body(), r#"{"msdyn_name":"Accepted"}"#);
/// # }
/// # Ok::<(), dataverse_entity::operation::Error>(())
/// ```
pub trait Operation {
    /// What the answer says.
    type Output;

    /// Name of the message in Dataverse's terms, such as `Create`.
    fn message(&self) -> &'static str;

    /// The request.
    ///
    /// # Errors
    ///
    /// The message cannot be expressed: nothing was sent, and [`Error::is_invalid_request`] is true.
    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error>;

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// The server refused, or the answer cannot be read.
    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error>;

    /// Does it make no difference whether the request arrives once or twice? Only then may a client send it again when
    /// it does not know whether it arrived. Reading makes no difference; a create or an action does.
    fn is_repeatable(&self) -> bool {
        false
    }

    /// The same message with other options: on whose behalf it is sent, what it bypasses, and more.
    fn with(self, options: RequestOptions) -> WithOptions<Self>
    where
        Self: Sized,
    {
        WithOptions::new(self, options)
    }
}

/// A message whose answer is one page of many.
pub trait Paged: Operation + Sized {
    /// What a page holds.
    type Item;

    /// The message that reads the page behind this one; `None` where it is the last.
    fn next(&self, page: &Self::Output) -> Option<Self>;

    /// What the page holds, in its order.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

impl<O: Operation> Operation for &O {
    type Output = O::Output;

    fn message(&self) -> &'static str {
        O::message(self)
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        O::request(self, org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        O::response(self, response)
    }

    fn is_repeatable(&self) -> bool {
        O::is_repeatable(self)
    }
}

/// What the struct expands, encoded.
fn expand_of<P: Projection>() -> Option<String> {
    P::expand().map(|expand| encode_expand(&expand))
}

/// `$`, `;`, `=`, `,` and parentheses are the syntax of `$expand` and stand as they are.
fn encode_expand(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for part in text.split_inclusive(['$', ';', '=', ',', '/', '(', ')']) {
        let (body, syntax) = match part.char_indices().next_back() {
            Some((place, last)) if "$;=,/()".contains(last) => part.split_at(place),
            _ => (part, ""),
        };
        encoded.push_str(&query_value(body));
        encoded.push_str(syntax);
    }
    encoded
}
