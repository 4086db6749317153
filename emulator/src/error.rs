//! Refusals: Dataverse's own codes and texts, as far as they are documented.

use http::StatusCode;
use rusqlite::ErrorCode;

pub(crate) use crate::excerpt::excerpt;
use crate::excerpt::shortened;
use crate::json::{Json, object};
use crate::schema::Schema;

/// A refusal: an HTTP status, a Dataverse code and a message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Seconds, in a `Retry-After` header.
    pub(crate) retry_after: Option<u32>,
}

pub(crate) type Result<T, E = Refusal> = core::result::Result<T, E>;

/// Returns Dataverse's message about a body that it cannot use.
fn payload(entity_set: &str, inner: &str) -> String {
    format!(
        "Error identified in Payload provided by the user for Entity :'{entity_set}', For more information on this error \
         please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : {inner}"
    )
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: shortened(message.into()), retry_after: None }
    }

    /// Returns a 400 with the code of most parse errors.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "0x0", message)
    }

    /// Returns a 400 for a query that Dataverse's documentation rules out.
    pub(crate) fn query_not_supported(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "0x80060888", message)
    }

    /// Returns a 501 for what Dataverse has and this service lacks.
    pub(crate) fn not_implemented(what: &str) -> Self {
        let what = excerpt(what);
        let message = format!("{what} is not supported by this emulator of Dataverse.");
        Self::new(StatusCode::NOT_IMPLEMENTED, "0x80060888", message)
    }

    pub(crate) fn unknown_segment(segment: &str) -> Self {
        let segment = excerpt(segment);
        let message = format!("Resource not found for the segment '{segment}'.");
        Self::new(StatusCode::NOT_FOUND, "0x8006088a", message)
    }

    /// Refuses an entity set that the service lacks. The message is Dataverse's, followed by what to do.
    pub(crate) fn unknown_set(schema: &Schema, name: &str) -> Self {
        let mut refusal = Self::unknown_segment(name);
        let meant =
            schema.table(&name.to_ascii_lowercase()).or_else(|| schema.set(&name.to_ascii_lowercase()));
        if let Some(table) = meant {
            let (set, table) = (&table.entity_set_name, &table.logical_name);
            refusal.message.push_str(&format!(" (The entity set of the table '{table}' is '{set}'.)"));
            return refusal;
        }
        refusal.message.push_str(
            " (This emulator has no table with that entity set: `EmulatorBuilder::table`, `EmulatorBuilder::definitions` or `--definitions` \
             adds one.)",
        );
        refusal
    }

    /// Refuses a function or action that does not exist, or does not take this method.
    pub(crate) fn no_resource(uri: &str) -> Self {
        let uri = excerpt(uri);
        let message = format!("No HTTP resource was found that matches the request URI '{uri}'.");
        Self::new(StatusCode::NOT_FOUND, "", message)
    }

    pub(crate) fn method_not_allowed(method: &http::Method) -> Self {
        let method = excerpt(method.as_str());
        let message = format!("The requested resource does not support http method '{method}'.");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "0x0", message)
    }

    pub(crate) fn no_property(property: &str, table: &str) -> Self {
        let property = excerpt(property);
        Self::bad(format!(
            "Could not find a property named '{property}' on type 'Microsoft.Dynamics.CRM.{table}'."
        ))
    }

    pub(crate) fn invalid_property(property: &str, table: &str) -> Self {
        let property = excerpt(property);
        Self::bad(format!(
            "An error occurred while validating input parameters: Microsoft.Crm.CrmException: Invalid property '{property}' was \
             found in entity 'Microsoft.Dynamics.CRM.{table}'. ---> Microsoft.OData.ODataException: Does not support untyped value in non-open type."
        ))
    }

    pub(crate) fn undeclared_annotation(property: &str, entity_set: &str) -> Self {
        let property = excerpt(property);
        let inner = format!(
            "Microsoft.OData.ODataException: An undeclared property '{property}' which only has property annotations in the \
             payload but no property value was found in the payload. In OData, only declared navigation properties and \
             declared named streams can be represented as properties without values."
        );
        Self::payload(entity_set, &inner)
    }

    pub(crate) fn payload(entity_set: &str, inner: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "0x80048d19", payload(entity_set, inner))
    }

    pub(crate) fn scalar_lookup() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "0x80048d19",
            "CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.",
        )
    }

    pub(crate) fn literal(literal: &str, edm_type: &str) -> Self {
        let literal = excerpt(literal);
        Self::bad(format!("Cannot convert the literal '{literal}' to the expected type '{edm_type}'."))
    }

    pub(crate) fn too_early(time: &str) -> Self {
        let shown = |part: Option<&str>| part.unwrap_or_default().to_owned();
        let date = format!("{}/{}/{}", shown(time.get(5..7)), shown(time.get(8..10)), shown(time.get(..4)));
        let message = format!(
            "DateTime is less than minumum value supported by CrmDateTime. Actual value: {date} {}, Minimum value supported: \
             01/01/1753 00:00:00",
            shown(time.get(11..19))
        );
        Self::new(StatusCode::BAD_REQUEST, "0x80040239", message)
    }

    /// Refuses an expanded record in a body whose message does not create it.
    pub(crate) fn deep_update() -> Self {
        Self::query_not_supported("Deep update of navigation properties is not allowed.")
    }

    /// Refuses, in strict mode only, what no source describes.
    pub(crate) fn undocumented(what: &str) -> Self {
        Self::bad(format!("Strict mode: {what}: no documentation describes it."))
    }

    /// Refuses, in strict mode only, digits that Dataverse would round off.
    pub(crate) fn digits(column: &str, table: &str, digits: u32) -> Self {
        Self::bad(format!(
            "Strict mode: the column '{column}' of the table '{table}' keeps {digits} decimal places, and the value has \
             more."
        ))
    }

    pub(crate) fn record_not_found(table: &str, id: &str) -> Self {
        let id = excerpt(crate::row_id::guid_of(id));
        let message = format!("Entity '{table}' With Id = {id} Does Not Exist");
        Self::new(StatusCode::NOT_FOUND, "0x80040217", message)
    }

    pub(crate) fn key_not_found(table: &str) -> Self {
        let message = format!("A record with the specified key values does not exist in {table} entity");
        Self::new(StatusCode::NOT_FOUND, "0x80060891", message)
    }

    pub(crate) fn not_a_key(table: &str) -> Self {
        Self::bad(format!(
            "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.{table}'. Ensure that the names and \
             number of key properties match the declared or alternate key properties for the resource \
             'Microsoft.Dynamics.CRM.{table}'."
        ))
    }

    pub(crate) fn exists() -> Self {
        let message = "A record with matching key values already exists.";
        Self::new(StatusCode::PRECONDITION_FAILED, "0x80040237", message)
    }

    pub(crate) fn duplicate_id() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "0x80040237", "Cannot insert duplicate key.")
    }

    pub(crate) fn duplicate_key(key: &str) -> Self {
        let message = format!(
            "Entity Key {key} violated. A record with the same value for {key} already exists. A duplicate record cannot be \
             created. Select one or more unique values and try again."
        );
        Self::new(StatusCode::PRECONDITION_FAILED, "0x80060892", message)
    }

    pub(crate) fn version_mismatch() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "0x80060882",
            "The version of the existing record doesn't match the RowVersion property provided.",
        )
    }

    pub(crate) fn state_and_status(status: i64, state: &str, table: &str, id: &str) -> Self {
        let message =
            format!("{status} is not a valid status code for state code {state} on {table} with Id {id}.");
        Self::new(StatusCode::BAD_REQUEST, "0x80048408", message)
    }

    pub(crate) fn status_transition(from: i64, to: i64, table: &str, id: &str) -> Self {
        let message = format!(
            "The status {from} of {table} with Id {id} cannot be followed by {to}: the transition is not allowed."
        );
        Self::new(StatusCode::BAD_REQUEST, "0x80048408", message)
    }

    pub(crate) fn too_long(column: &str, table: &str, max_length: usize) -> Self {
        let message = format!(
            "A validation error occurred.  The length of the '{column}' attribute of the '{table}' entity exceeded the maximum \
             allowed length of '{max_length}'."
        );
        Self::new(StatusCode::BAD_REQUEST, "0x80044331", message)
    }

    pub(crate) fn out_of_range(value: &str, column: &str, table: &str, accepted: &str) -> Self {
        let value = excerpt(value);
        let message = format!(
            "A validation error occurred.  The value {value} of '{column}' on record of type '{table}' is outside the valid \
             range. {accepted}"
        );
        Self::new(StatusCode::BAD_REQUEST, "0x8004431a", message)
    }

    pub(crate) fn required(column: &str, table: &str) -> Self {
        let message =
            format!("Attribute '{column}' of entity '{table}' is system required and cannot be NULL.");
        Self::new(StatusCode::BAD_REQUEST, "0x80040203", message)
    }

    /// Refuses, in strict mode only, a value that Dataverse would silently ignore.
    pub(crate) fn ignored(column: &str, table: &str, purpose: &str) -> Self {
        let message = format!(
            "Strict mode: the column '{column}' of the table '{table}' is not valid for {purpose}: Dataverse would ignore \
             its value without an error."
        );
        Self::new(StatusCode::BAD_REQUEST, "0x80040203", message)
    }

    /// Refuses a record that the privilege of a user does not reach.
    pub(crate) fn access_denied(right: &str, table: &str, id: &str, user: &str) -> Self {
        let id = crate::row_id::guid_of(id);
        let message = format!(
            "Principal with id {user} does not have {right} right(s) for record with id {id} of entity {table}."
        );
        Self::new(StatusCode::FORBIDDEN, "0x80048306", message)
    }

    /// Refuses what needs a privilege that no role of the user has.
    pub(crate) fn missing_privilege(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "0x80040220", message)
    }

    /// Refuses a user without any role.
    pub(crate) fn no_roles(user: &str, privilege: &str) -> Self {
        let message = format!(
            "RetrievePrivilegeForUser: The user with id {user} has not been assigned any roles. They need a role with the \
             {privilege} privilege."
        );
        Self::new(StatusCode::FORBIDDEN, "0x80042f09", message)
    }

    pub(crate) fn user_disabled() -> Self {
        Self::new(StatusCode::FORBIDDEN, "0x80040225", "The specified user is disabled.")
    }

    pub(crate) fn restricted(table: &str) -> Self {
        let message = format!(
            "The object you tried to delete is associated with another object and cannot be deleted: a record of '{table}' \
             still refers to it."
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "0x80040227", message)
    }

    /// Returns Dataverse's answer to a request that makes its own code fail.
    pub(crate) fn unexpected() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "0x80040216", "An unexpected error occurred.")
    }

    /// Reports a failure of the service itself, which is never the caller's fault.
    pub(crate) fn internal(error: impl core::fmt::Display) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "0x80040216",
            format!("An unexpected error occurred: {error}"),
        )
    }

    /// Refuses a request that took too long, waited too long for other writes, or lost its caller.
    pub(crate) fn timeout() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "0x80044151", "SQL timeout expired.")
    }

    /// Returns the body of the answer, with annotations of the error.
    pub(crate) fn body(&self, annotations: Vec<(String, Json)>) -> Vec<u8> {
        let mut error =
            vec![("code".to_owned(), self.code.into()), ("message".to_owned(), self.message.as_str().into())];
        error.extend(annotations);
        object([("error", Json::Object(error))]).to_bytes()
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::timeout()
            }
            _ => Self::internal(error),
        }
    }
}
