//! The values of functions' parameters.

use serde_core::Serialize;
use uuid::Uuid;

use crate::column::{DateTimeValue, WriteValue, Written};
use crate::encode::Literal;
use crate::message::http::NAMESPACE;
use crate::metadata::EntityMetadata;
use crate::reference::{EntityNames, IntoRecord};
use crate::{Entity, Id};

/// The value of a function's parameter. Most values convert into one: texts, numbers, `bool`s, ids, dates,
/// and `Option`s of them.
///
/// ```
/// use dataverse_entity::message::{Function, Message, Organization, Parameter};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let call = Function::<serde_json::Value>::unbound("RetrieveEntity")
///     .parameter("LogicalName", "account")
///     .parameter("EntityFilters", Parameter::member("EntityFilters", "Attributes"))
///     .parameter("RetrieveAsIfPublished", false);
/// let request = call.request(&org)?;
/// assert_eq!(
///     request.uri().query(),
///     Some("@p1=%27account%27&@p2=Microsoft.Dynamics.CRM.EntityFilters%27Attributes%27&@p3=false")
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter(Result<String, String>);

impl Parameter {
    /// Creates the value `null`.
    pub fn null() -> Self {
        Self(Ok("null".to_owned()))
    }

    /// Creates the value that names a record.
    pub fn record<T: Entity>(record: impl IntoRecord<T>) -> Self {
        let table: &EntityMetadata = T::METADATA;
        let url = record.into_record().address().url(&EntityNames::of(table), None);
        Self(url.map(|url| serde_json::json!({ "@odata.id": url }).to_string()))
    }

    /// Creates the value of members of an enum type of Dataverse, such as
    /// `member("AccessRights", "ReadAccess,WriteAccess")`.
    pub fn member(enum_type: &str, members: &str) -> Self {
        let is_name = |text: &str, more: &str| {
            !text.is_empty() && text.chars().all(|each| each.is_ascii_alphanumeric() || more.contains(each))
        };
        if !is_name(enum_type, "_") || !is_name(members, "_, ") {
            return Self(Err(format!(
                "{enum_type:?} and {members:?} are not the names of an enum and its members"
            )));
        }
        Self(Ok(format!("{NAMESPACE}.{enum_type}'{members}'")))
    }

    /// Creates a value that is written as JSON: a complex value or a collection.
    ///
    /// ```
    /// use dataverse_entity::message::{Function, Message, Organization, Parameter};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let call = Function::<serde_json::Value>::unbound("RetrieveTotalRecordCount")
    ///     .parameter("EntityNames", Parameter::json(&["account", "contact"]));
    /// assert_eq!(
    ///     call.request(&org)?.uri().query(),
    ///     Some("@p1=%5B%22account%22%2C%22contact%22%5D")
    /// );
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn json(value: &impl Serialize) -> Self {
        Self(serde_json::to_string(value).map_err(|error| error.to_string()))
    }

    pub(super) fn text(&self) -> Result<&str, String> {
        self.0.as_deref().map_err(Clone::clone)
    }

    fn literal(literal: &Literal) -> Self {
        Self(Ok(literal.odata()))
    }

    fn bare(value: &impl WriteValue) -> Self {
        match value.written() {
            Written::Value(value) => Self::literal(&value.to_literal(false)),
            Written::Reference(record) => Self(Err(format!("{record} is not the value of a parameter"))),
            Written::Parties(_) => Self(Err("a list of parties is not the value of a parameter".to_owned())),
        }
    }
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::literal(&Literal::text(text))
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::literal(&Literal::text(text))
    }
}

impl<T> From<Id<T>> for Parameter {
    fn from(id: Id<T>) -> Self {
        Self::bare(&id.uuid())
    }
}

impl<V> From<Option<V>> for Parameter
where
    Self: From<V>,
{
    fn from(value: Option<V>) -> Self {
        value.map_or_else(Self::null, Self::from)
    }
}

macro_rules! bare {
    ($($(#[$cfg:meta])? $type:ty),+ $(,)?) => {$(
        $(#[$cfg])?
        impl From<$type> for Parameter {
            fn from(value: $type) -> Self {
                Self::bare(&value)
            }
        }
    )+};
}

bare!(
    bool,
    i32,
    i64,
    f64,
    Uuid,
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal,
);

#[diagnostic::do_not_recommend]
impl<V: DateTimeValue + WriteValue> From<V> for Parameter {
    fn from(value: V) -> Self {
        Self::bare(&value)
    }
}
