//! Calls any action by its name.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::{Value, json};

use super::callee::{Callee, call_message};
use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::{Entity, Id};

/// Calls an action by its name, and reads the answer as `R`. Use `()` for an action without an answer.
///
/// An action may change data, so a client does not send it again if it may have been carried out.
///
/// ```
/// use dataverse_entity::message::{Action, Message, Organization};
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Id, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let request = Action::<()>::of_record(event, "new_Escalate").parameter("Level", 2).request(&org)?;
/// assert!(request.uri().path().ends_with("/Microsoft.Dynamics.CRM.new_Escalate"));
/// assert_eq!(request.body(), r#"{"Level":2}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Action<R = ()> {
    callee: Callee,
    parameters: Vec<(String, Result<String, String>)>,
    result: PhantomData<fn() -> R>,
}

impl<R> Action<R> {
    /// Adds a parameter with its value, which is written as JSON.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let value = serde_json::to_string(&value).map_err(|error| error.to_string());
        self.parameters.push((name.into(), value));
        self
    }

    /// Adds a parameter that is a record.
    ///
    /// ```
    /// use dataverse_entity::message::{Action, Message, Organization};
    /// use dataverse_entity::tables::OcSession;
    /// use dataverse_entity::{Id, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let session: Id<OcSession> = Id::new(Uuid::from_u128(7));
    /// let request = Action::<()>::unbound("new_Close").record("Session", session).request(&org)?;
    /// let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    /// assert_eq!(body["Session"]["activityid"], session.to_string());
    /// assert_eq!(body["Session"]["@odata.type"], "Microsoft.Dynamics.CRM.msdyn_ocsession");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn record<T: Entity>(self, name: impl Into<String>, record: Id<T>) -> Self {
        let table = T::METADATA;
        let value: Value = json!({
            table.primary_id_attribute: record.to_string(),
            "@odata.type": format!("{NAMESPACE}.{}", table.logical_name),
        });
        self.parameter(name, value)
    }
}

#[diagnostic::do_not_recommend]
impl<R: DeserializeOwned> Message for Action<R> {
    type Output = R;

    fn message_name(&self) -> &'static str {
        "Action"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let mut members = Vec::new();
        for (name, value) in &self.parameters {
            self.callee.check_name(name)?;
            let value =
                value.as_ref().map_err(|problem| Error::invalid_request(format!("{name}: {problem}")))?;
            members.push(format!("\"{name}\":{value}"));
        }
        let request = RequestBuilder::new(org, Method::POST, self.callee.path(org)?);
        request.json(format!("{{{}}}", members.join(","))).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<R, Error> {
        Reply::accepted(response)?.json_or_nothing("the action")
    }
}

#[diagnostic::do_not_recommend]
impl<R: DeserializeOwned> WriteMessage for Action<R> {}

call_message!(Action, "an action");
