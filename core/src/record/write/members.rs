//! The members of a record, as Dataverse names and orders them.

use std::borrow::Cow;

use serde_core::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::rows::{ExpandedRows, WriteRow};
use crate::column::{Value, WrittenCell};
use crate::encode::EncodeError;
use crate::metadata::{AttributeMetadata, AttributeSource, SourcePart};
use crate::record::fields::Head;
use crate::record::read::{FORMATTED_VALUE, LOOKUP_LOGICAL_NAME};
use crate::table::{ExpandPlan, RowPlan};

/// A record to write.
#[derive(Clone, Copy)]
pub(super) struct RowMembers<'r> {
    pub(super) row: &'r dyn WriteRow,
    pub(super) plan: &'static RowPlan,
}

impl Serialize for RowMembers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(etag) = self.row.head().and_then(Head::etag) {
            map.serialize_entry("@odata.etag", etag)?;
        }
        for (index, column) in self.plan.columns.iter().copied().enumerate() {
            let cell = self.row.cell(index);
            if let Some(source) = column.source {
                if let (true, Value::Text(text)) = (self.is_alone(index, source), &cell.value) {
                    self.annotation(&mut map, source.attribute_of, source.part, text)?;
                }
                continue;
            }
            if !column.is_valid_odata_attribute() {
                continue;
            }
            self.check(column, &cell.value).map_err(S::Error::custom)?;
            if let Some(text) = self.display(column, &cell) {
                self.annotation(&mut map, column.logical_name, SourcePart::Name, &text)?;
            }
            if let Some(text) = self.table(column, &cell) {
                self.annotation(&mut map, column.logical_name, SourcePart::Type, &text)?;
            }
            // Dataverse never answers with an unreadable column, but the program may have filled its field.
            if column.is_valid_for_read || cell.value != Value::Null {
                map.serialize_entry(&*property(column), &cell.value)?;
            }
        }
        for (index, expand) in self.plan.expands.iter().enumerate() {
            let Some(rows) = self.row.expanded(index) else { continue };
            map.serialize_entry(expand.navigation, &Nested { rows, expand })?;
            if let Some(link) = rows.next_link() {
                map.serialize_entry(&format!("{}@odata.nextLink", expand.navigation), link)?;
            }
        }
        map.end()
    }
}

impl<'r> RowMembers<'r> {
    /// Writes the annotation that holds a part of a column, such as the name of a lookup's record.
    fn annotation<M: SerializeMap>(
        &self,
        map: &mut M,
        column: &str,
        part: SourcePart,
        text: &str,
    ) -> Result<(), M::Error> {
        let annotation = match part {
            SourcePart::Name => FORMATTED_VALUE,
            SourcePart::Type => LOOKUP_LOGICAL_NAME,
            SourcePart::YomiName => return Ok(()),
        };
        let property = self.plan.table.attribute(column).map_or(Cow::Borrowed(column), property);
        map.serialize_entry(&format!("{property}@{annotation}"), text)
    }

    /// Returns the formatted value of a column. If another column of the struct is read from the same
    /// annotation, the value of that column decides, so that it reads back the same.
    fn display(&self, column: &'static AttributeMetadata, cell: &WrittenCell<'r>) -> Option<Cow<'r, str>> {
        if let Some(text) = self.taken_from(column.logical_name, SourcePart::Name) {
            return text;
        }
        let formatted = || self.row.head()?.formatted_value(column.logical_name);
        cell.display.or_else(formatted).map(Cow::Borrowed)
    }

    /// Returns the logical name of a lookup's table.
    fn table(&self, column: &'static AttributeMetadata, cell: &WrittenCell<'r>) -> Option<Cow<'r, str>> {
        match cell.table {
            Some(table) => Some(Cow::Borrowed(table)),
            None => self.taken_from(column.logical_name, SourcePart::Type).flatten(),
        }
    }

    /// Returns the value of the struct's column that is read from this part of another column, if there is
    /// one.
    fn taken_from(&self, attribute_of: &str, part: SourcePart) -> Option<Option<Cow<'r, str>>> {
        let index = self.reader_of(attribute_of, part)?;
        Some(match self.row.cell(index).value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Returns the first column that is read from this part of another column.
    fn reader_of(&self, attribute_of: &str, part: SourcePart) -> Option<usize> {
        let is_it = |source: AttributeSource| source.attribute_of == attribute_of && source.part == part;
        self.plan.columns.iter().position(|column| column.source.is_some_and(is_it))
    }

    /// Returns whether a column that is read from an annotation must write the annotation. It must if the
    /// struct has neither the column with the annotation nor an earlier column that is read from the
    /// annotation.
    fn is_alone(&self, index: usize, AttributeSource { attribute_of, part, .. }: AttributeSource) -> bool {
        let is_read = self
            .plan
            .columns
            .iter()
            .any(|column| column.logical_name == attribute_of && column.is_valid_odata_attribute());
        !is_read && self.reader_of(attribute_of, part) == Some(index)
    }

    fn check(&self, column: &'static AttributeMetadata, value: &Value<'_>) -> Result<(), EncodeError> {
        match value {
            Value::Double(number) if !number.is_finite() => Err(EncodeError::new(
                self.plan.table.logical_name,
                Some(column.logical_name),
                format!("{number} has no form in JSON"),
            )),
            _ => Ok(()),
        }
    }
}

/// Returns the name of a column in a response.
fn property(column: &AttributeMetadata) -> Cow<'_, str> {
    if column.attribute_type.is_lookup() {
        Cow::Owned(format!("_{}_value", column.logical_name))
    } else {
        Cow::Borrowed(column.logical_name)
    }
}

/// The expanded records of a navigation property: an array, or an object or `null`.
struct Nested<'r> {
    rows: &'r dyn ExpandedRows,
    expand: &'static ExpandPlan,
}

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plan = (self.expand.plan)();
        let mut rows = (0..).map_while(|index| self.rows.row(index)).map(|row| RowMembers { row, plan });
        if self.expand.is_many {
            return serializer.collect_seq(rows);
        }
        rows.next().serialize(serializer)
    }
}
