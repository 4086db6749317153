//! Calls any function by its name.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_core::de::DeserializeOwned;

use super::callee::{Callee, call_message};
use super::parameter::Parameter;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;

/// Calls a function by its name, and reads the answer as `R`. A function changes no data.
///
/// ```
/// use dataverse_entity::message::{Function, Message, Organization};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let call = Function::<serde_json::Value>::unbound("GetTimeZoneCodeByLocalizedName")
///     .parameter("LocalizedStandardName", "Pacific Standard Time")
///     .parameter("LocaleId", 1033);
/// assert_eq!(
///     call.request(&org)?.uri().path_and_query().unwrap().as_str(),
///     "/api/data/v9.2/GetTimeZoneCodeByLocalizedName(LocalizedStandardName=@p1,LocaleId=@p2)\
///      ?@p1=%27Pacific%20Standard%20Time%27&@p2=1033"
/// );
/// # Ok::<(), dataverse_entity::message::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Function<R> {
    callee: Callee,
    parameters: Vec<(String, Parameter)>,
    result: PhantomData<fn() -> R>,
}

impl<R> Function<R> {
    /// Adds a parameter with its value.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Parameter>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }
}

#[diagnostic::do_not_recommend]
impl<R: DeserializeOwned> Message for Function<R> {
    type Output = R;

    fn message_name(&self) -> &'static str {
        "Function"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let mut names = Vec::new();
        for (number, (name, _)) in (1..).zip(&self.parameters) {
            self.callee.check_name(name)?;
            names.push(format!("{name}=@p{number}"));
        }
        let path = format!("{}({})", self.callee.path(org)?, names.join(","));
        let mut request = RequestBuilder::new(org, Method::GET, path);
        for (number, (name, value)) in (1..).zip(&self.parameters) {
            let value =
                value.text().map_err(|problem| Error::invalid_request(format!("{name}: {problem}")))?;
            request = request.encoded_option(&format!("@p{number}"), value);
        }
        request.build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<R, Error> {
        Reply::accepted(response)?.json_or_nothing("the function")
    }
}

call_message!(Function, "a function");
