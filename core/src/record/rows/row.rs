//! A row by the names of its members.

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

/// A row of an answer, read by the names that the answer gives its columns: those of FetchXML and of `$apply`, whose
/// aliases, aggregates and columns of linked tables no struct of a table declares.
///
/// [`get`](Self::get) reads a column as any type that a field of a table can have: numbers keep every digit, options are
/// those of an enum, lookups know their table. A struct of one's own reads all columns at once: see
/// [`DataverseRow`](trait@DataverseRow).
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
/// // Dataverse leaves out what has no value.
/// assert_eq!(row.get::<String>("owner.fullname")?, None);
/// assert!(!row.contains("owner.fullname"));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
///
/// # Names
///
/// A name is the alias; for a column of a link entity without an alias of its own, the alias of the link and the logical name
/// of the column, as in `owner.fullname`; else the property. A lookup is found by its logical name as well as by its
/// property: `ownerid` for `_ownerid_value`. `$apply` names a grouped column of a related record by the related *table*:
/// `contact_fullname`.
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
    /// Returns an error if the text is not a JSON object, or if a member is there twice.
    pub fn from_json(json: &[u8]) -> Result<Self, DecodeError> {
        serde_json::from_slice(json).map_err(|error| {
            DecodeError::of_row(None, format!("the row is not a JSON object of columns: {error}"))
        })
    }

    /// Returns the value of a column; `None` if it is null or not there. Numbers are read from their own text, so a decimal
    /// keeps every digit.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not one of the type; the error names the column.
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
    /// Returns an error if a column has a value that its field cannot hold, or none where the field is not an `Option`.
    pub fn read<R: DataverseRow>(&self) -> Result<R, DecodeError> {
        R::from_row(self.clone())
    }

    /// Whether the row has the column, be it null. FetchXML and `$apply` leave out columns without a value, so a column that
    /// is not there was not asked for, or has no value.
    pub fn contains(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// Whether the row has the column, and it is null.
    pub fn is_null(&self, name: &str) -> bool {
        self.member(name).is_some_and(|(_, value)| matches!(value, Value::Null))
    }

    /// Returns the formatted value of a column, if formatted values were asked for: the label of an option, the name of the
    /// record that a lookup points to, a number or a date as the caller's language writes it.
    pub fn formatted_value(&self, name: &str) -> Option<&str> {
        self.annotation(name, FORMATTED_VALUE)
    }

    /// Returns the logical name of the table that a lookup points to, if that annotation was asked for.
    pub fn lookup_table(&self, name: &str) -> Option<&str> {
        self.annotation(name, LOOKUP_TABLE)
    }

    /// Returns an annotation of a column by its full name, if it is text.
    pub fn annotation(&self, name: &str, annotation: &str) -> Option<&str> {
        // A column of which only the annotation came has a name all the same.
        let key = self.member(name).map_or(name, |(key, _)| key);
        match self.members.get(&*format!("{key}@{annotation}"))? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a column as it stood in the answer, in JSON.
    pub fn json(&self, name: &str) -> Option<String> {
        self.member(name).map(|(_, value)| json_text(value).into_owned())
    }

    /// The names of the columns, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(|name| &**name).filter(|name| !name.contains('@'))
    }

    /// Returns the number of columns.
    pub fn len(&self) -> usize {
        self.names().count()
    }

    /// Whether the row has no column.
    pub fn is_empty(&self) -> bool {
        self.names().next().is_none()
    }

    /// Whether the row is a record with a version.
    pub(crate) fn has_etag(&self) -> bool {
        self.members.contains_key("@odata.etag")
    }

    /// The member that a name stands for.
    fn member(&self, name: &str) -> Option<(&str, &Value<'static>)> {
        let get = |name: &str| self.members.get_key_value(name).map(|(key, value)| (&**key, value));
        if name.contains('@') {
            return None;
        }
        // Older servers write the dot as an XML name would have it.
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

/// What a row holds of a column.
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

/// The value in JSON.
fn json_text<'v>(value: &'v Value<'static>) -> Cow<'v, str> {
    match value {
        Value::Null => Cow::Borrowed("null"),
        Value::Boolean(true) => Cow::Borrowed("true"),
        Value::Boolean(false) => Cow::Borrowed("false"),
        Value::Number(text) | Value::Json(text) => Cow::Borrowed(text),
        Value::Text(text) => Cow::Owned(serde_json::Value::from(&**text).to_string()),
        // No row is read into these.
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

/// Writes the row as the JSON object that it was read from, for `serde_json`.
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

/// Reads a row from a JSON object, with `serde_json`.
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
                        return Err(A::Error::custom(format!("the member `{name}` stands there twice")));
                    }
                }
                Ok(row)
            }
        }

        deserializer.deserialize_map(RowVisitor)
    }
}
