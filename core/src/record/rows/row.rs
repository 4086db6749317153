//! Rows whose columns are found by name.

use core::fmt;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_core::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_core::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::dataverse_row::DataverseRow;
use crate::column::{Cell, Held, ReadColumn, SharedStrings, Value};
use crate::record::error::DecodeError;
use crate::record::read::{MemberName, json_value};

const FORMATTED_VALUE: &str = "OData.Community.Display.V1.FormattedValue";
const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

/// A row of FetchXML or `$apply`, whose columns have the names of the answer. No struct of a table declares
/// such columns: aliases, aggregates, and columns of linked tables.
///
/// [`get`](Self::get) reads a column as any type that a field of a table can have: numbers keep every digit,
/// options become values of an enum, lookups have their table. A struct that derives
/// [`DataverseRow`](trait@DataverseRow) reads all columns at once.
///
/// ```
/// use dataverse_entity::tables::{EventType, SystemUser};
/// use dataverse_entity::{Id, Lookup, Row};
///
/// let row = Row::from_json(br#"{
///     "events": 12,
///     "type@OData.Community.Display.V1.FormattedValue": "Session end",
///     "type": 192350005,
///     "owner.systemuserid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
/// }"#)?;
/// assert_eq!(row.get::<i64>("events")?, Some(12));
/// assert_eq!(row.get::<EventType>("type")?, Some(EventType::SessionEnd));
/// assert_eq!(row.formatted_value("type"), Some("Session end"));
/// let owner: Option<Id<SystemUser>> = row.get("owner.systemuserid")?;
/// assert!(owner.is_some());
/// // Dataverse leaves out columns without a value.
/// assert_eq!(row.get::<String>("owner.fullname")?, None);
/// assert!(!row.contains("owner.fullname"));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
///
/// # Names
///
/// The name of a column is:
///
/// - its alias, if the query gives one;
/// - for a column of a link entity without an alias, the alias of the link and the logical name of the
///   column, as in `owner.fullname`;
/// - for a grouped column of a related record in `$apply`, the related *table* and the column, as in
///   `contact_fullname`;
/// - otherwise its property.
///
/// A lookup is found by its logical name, too: `ownerid` for `_ownerid_value`.
#[derive(Clone, PartialEq, Default)]
pub struct Row {
    /// The members of the object, annotations included.
    members: BTreeMap<Box<str>, Value<'static>>,
}

impl Row {
    /// Reads a row from a JSON object.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a JSON object, or if a member appears twice.
    ///
    /// ```
    /// use dataverse_entity::Row;
    ///
    /// let row = Row::from_json(br#"{"accounts":12}"#)?;
    /// assert_eq!(row.len(), 1);
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DecodeError> {
        serde_json::from_slice(json).map_err(|error| {
            DecodeError::of_row(None, format!("the row is not a JSON object of columns: {error}"))
        })
    }

    /// Returns the value of a column; `None` if it is null or missing. Numbers are read from their own text,
    /// so a decimal keeps every digit.
    ///
    /// # Errors
    ///
    /// Returns an error if the type cannot hold the value; the error names the column.
    ///
    /// ```
    /// use dataverse_entity::Row;
    ///
    /// let row = Row::from_json(br#"{"city":"Paris","accounts":12}"#)?;
    /// assert_eq!(row.get::<String>("city")?.as_deref(), Some("Paris"));
    /// assert_eq!(row.get::<String>("accounts").unwrap_err().column(), Some("accounts"));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn get<V>(&self, name: &str) -> Result<Option<V>, DecodeError>
    where
        Option<V>: for<'de> ReadColumn<'de>,
    {
        read_cell(self.found(name), name)
    }

    /// Reads the row as a struct.
    ///
    /// # Errors
    ///
    /// Returns an error if a column has a value that its field cannot hold, or no value although the field is
    /// not an `Option`.
    pub fn read<R: DataverseRow>(&self) -> Result<R, DecodeError> {
        R::from_row(self.clone())
    }

    /// Returns whether the row has the column, with a value or null. FetchXML and `$apply` leave out columns
    /// without a value, so a missing column has no value or is not in the query.
    ///
    /// ```
    /// use dataverse_entity::Row;
    ///
    /// let row = Row::from_json(br#"{"city":null}"#)?;
    /// assert!(row.contains("city") && row.is_null("city"));
    /// assert!(!row.contains("street") && !row.is_null("street"));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn contains(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// Returns whether the row has the column, and its value is null.
    pub fn is_null(&self, name: &str) -> bool {
        self.member(name).is_some_and(|(_, value)| matches!(value, Value::Null))
    }

    /// Returns the formatted value of a column, if the request asked for formatted values: the label of an
    /// option, the name of a lookup's record, or a number or a date in the format of the caller's language.
    pub fn formatted_value(&self, name: &str) -> Option<&str> {
        self.annotation(name, FORMATTED_VALUE)
    }

    /// Returns the logical name of a lookup's table, if the request asked for that annotation.
    ///
    /// ```
    /// use dataverse_entity::Row;
    ///
    /// let row = Row::from_json(br#"{
    ///     "owner@Microsoft.Dynamics.CRM.lookuplogicalname": "team",
    ///     "owner": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    /// }"#)?;
    /// assert_eq!(row.lookup_table("owner"), Some("team"));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn lookup_table(&self, name: &str) -> Option<&str> {
        self.annotation(name, LOOKUP_TABLE)
    }

    /// Returns an annotation of a column by its full name, if it is text.
    pub fn annotation(&self, name: &str, annotation: &str) -> Option<&str> {
        // The answer may have an annotation of a column without its value.
        let key = self.member(name).map_or(name, |(key, _)| key);
        match self.members.get(&*format!("{key}@{annotation}"))? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a column in the JSON of the answer.
    ///
    /// ```
    /// use dataverse_entity::Row;
    ///
    /// let row = Row::from_json(br#"{"total":12.50}"#)?;
    /// assert_eq!(row.json("total").as_deref(), Some("12.50"));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn json(&self, name: &str) -> Option<String> {
        self.member(name).map(|(_, value)| json_text(value).into_owned())
    }

    /// Returns the names of the columns, in alphabetical order.
    ///
    /// ```
    /// use dataverse_entity::Row;
    ///
    /// let row = Row::from_json(br#"{"city":"Paris","accounts":12}"#)?;
    /// assert_eq!(row.names().collect::<Vec<_>>(), ["accounts", "city"]);
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(|name| &**name).filter(|name| !name.contains('@'))
    }

    /// Returns the number of columns.
    pub fn len(&self) -> usize {
        self.names().count()
    }

    /// Returns whether the row has no column.
    pub fn is_empty(&self) -> bool {
        self.names().next().is_none()
    }

    /// Returns whether the row has an etag.
    pub(crate) fn has_etag(&self) -> bool {
        self.members.contains_key("@odata.etag")
    }

    /// Finds the member of a column.
    fn member(&self, name: &str) -> Option<(&str, &Value<'static>)> {
        let get = |name: &str| self.members.get_key_value(name).map(|(key, value)| (&**key, value));
        if name.contains('@') {
            return None;
        }
        // Older servers escape the dot as in XML names.
        get(name)
            .or_else(|| get(&format!("_{name}_value")))
            .or_else(|| name.contains('.').then(|| get(&name.replace('.', "_x002e_"))).flatten())
    }

    fn found(&self, name: &str) -> Found<'_> {
        let Some((key, value)) = self.member(name) else { return Found::default() };
        let annotation = |annotation: &str| self.members.get(&*format!("{key}@{annotation}"));
        Found { value: Some(value), display: annotation(FORMATTED_VALUE), table: annotation(LOOKUP_TABLE) }
    }

    /// Reads a column into a field.
    pub(super) fn column<F: for<'de> ReadColumn<'de>>(&self, name: &str) -> Result<F, DecodeError> {
        read_cell(self.found(name), name)
    }

    /// Reads the formatted value of a column into a field.
    pub(super) fn formatted<F: for<'de> ReadColumn<'de>>(&self, name: &str) -> Result<F, DecodeError> {
        let value = self.found(name).display;
        read_cell(Found { value, ..Found::default() }, name)
    }

    pub(super) fn insert(&mut self, name: &str, value: Value<'_>) -> bool {
        match self.members.entry(name.into()) {
            Entry::Vacant(entry) => {
                entry.insert(owned(value));
                true
            }
            Entry::Occupied(_) => false,
        }
    }
}

/// The value and the annotations of a column in a row.
#[derive(Default)]
struct Found<'r> {
    value: Option<&'r Value<'static>>,
    display: Option<&'r Value<'static>>,
    table: Option<&'r Value<'static>>,
}

fn read_cell<F: for<'de> ReadColumn<'de>>(found: Found<'_>, name: &str) -> Result<F, DecodeError> {
    let value = found.value.map_or(Held::new(Value::Null), held);
    let (display, table) = (found.display.map(held), found.table.map(held));
    let mut field = F::blank();
    let cell = Cell::new(&value, display.as_ref(), table.as_ref());
    match field.read(cell, &mut SharedStrings::default()) {
        Ok(()) => Ok(field),
        Err(error) => Err(DecodeError::of_row_value(name, error)),
    }
}

fn held<'v>(value: &'v Value<'static>) -> Held<'v> {
    Held::new(borrowed(value))
}

fn owned(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Null => Value::Null,
        Value::Boolean(value) => Value::Boolean(value),
        Value::Integer(value) => Value::Integer(value),
        Value::Double(value) => Value::Double(value),
        Value::Number(text) => Value::Number(Cow::Owned(text.into_owned())),
        Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
        Value::Guid(guid) => Value::Guid(guid),
        Value::Instant(seconds) => Value::Instant(seconds),
        Value::Json(text) => Value::Json(Cow::Owned(text.into_owned())),
    }
}

fn borrowed<'v>(value: &'v Value<'static>) -> Value<'v> {
    match value {
        Value::Number(text) => Value::Number(Cow::Borrowed(text)),
        Value::Text(text) => Value::Text(Cow::Borrowed(text)),
        Value::Json(text) => Value::Json(Cow::Borrowed(text)),
        other => other.clone(),
    }
}

/// Returns the value in JSON.
fn json_text<'v>(value: &'v Value<'static>) -> Cow<'v, str> {
    match value {
        Value::Null => Cow::Borrowed("null"),
        Value::Boolean(true) => Cow::Borrowed("true"),
        Value::Boolean(false) => Cow::Borrowed("false"),
        Value::Number(text) | Value::Json(text) => Cow::Borrowed(text),
        Value::Text(text) => Cow::Owned(serde_json::Value::from(&**text).to_string()),
        // No row holds these.
        Value::Integer(_) | Value::Double(_) | Value::Guid(_) | Value::Instant(_) => {
            Cow::Owned(value.to_literal(true).value().to_owned())
        }
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.members.iter().map(|(name, value)| (name, json_text(value)));
        f.debug_map().entries(members.map(|(name, text)| (name, RawText(text)))).finish()
    }
}

struct RawText<'v>(Cow<'v, str>);

impl fmt::Debug for RawText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Writes the JSON object from which the row was read. Works only with `serde_json`.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, value) in &self.members {
            let text = json_text(value).into_owned();
            map.serialize_entry(&**name, &RawValue::from_string(text).map_err(S::Error::custom)?)?;
        }
        map.end()
    }
}

/// Reads a row from a JSON object. Works only with `serde_json`.
impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowVisitor;

        impl<'de> Visitor<'de> for RowVisitor {
            type Value = Row;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of columns")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
                let mut row = Row::default();
                while let Some(MemberName(name)) = map.next_key()? {
                    let raw: Box<RawValue> = map.next_value()?;
                    if !row.insert(&name, json_value(&raw)) {
                        return Err(A::Error::custom(format!("the member `{name}` appears twice")));
                    }
                }
                Ok(row)
            }
        }

        deserializer.deserialize_map(RowVisitor)
    }
}
