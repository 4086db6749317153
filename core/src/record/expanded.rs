//! Expanded records: what is behind a navigation property, read along with the record.

use super::error::DecodeError;
use super::fields::{Fields, FromRow, ReadContext};
use super::row::{Content, Nest};
use crate::checks::is_broken;
use crate::column::{Value, ValueError};
use crate::metadata::same;
use crate::metadata::{AttributeMetadata, EntityMetadata, Navigation, TargetTable};
use crate::query::{Many, One};
use crate::table::RowPlan;
use crate::{Entity, Projection};

/// A field that holds expanded records: `Option<Box<T>>` or `Option<T>` behind a single-valued navigation property,
/// `Vec<T>` or [`Expanded<T>`] behind a collection, where `T` reads a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold expanded records",
    label = "not a type for `#[expand(…)]`",
    note = "use `Option<Box<T>>` for one record, `Vec<T>` or `Expanded<T>` for several, where `T` derives `DataverseEntity`"
)]
pub trait ExpandField<'de>: ExpandShape + Sized {
    /// A field that holds no records.
    #[doc(hidden)]
    fn blank() -> Self;

    /// The field as what is filled from a response.
    #[doc(hidden)]
    fn fill(&mut self) -> &mut dyn FillExpand<'de>;
}

/// A field that is filled with expanded records, whatever its type.
#[doc(hidden)]
pub trait FillExpand<'de> {
    /// Is there a place for several?
    fn is_collection(&self) -> bool;

    /// Adds a record in which nothing is read yet.
    fn begin(&mut self) -> &mut dyn Fields<'de>;

    /// Takes the link to more records.
    fn put_next_link(&mut self, _: String) {}
}

/// What a field that holds expanded records reads of each.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold expanded records",
    label = "not a type for `#[expand(…)]`",
    note = "use `Option<Box<T>>` for one record, `Vec<T>` or `Expanded<T>` for several, where `T` derives `DataverseEntity`"
)]
pub trait ExpandShape {
    /// The table whose records are expanded.
    type Table: Entity;

    /// How many records there can be.
    type Count;

    /// The table's names.
    const TABLE: TargetTable = Self::Table::TABLE;

    /// What is read of each record.
    fn plan() -> &'static RowPlan;
}

#[diagnostic::do_not_recommend]
impl<T: Projection> ExpandShape for Option<T> {
    type Table = T::Table;
    type Count = One;

    fn plan() -> &'static RowPlan {
        T::PLAN
    }
}

#[diagnostic::do_not_recommend]
impl<T: Projection> ExpandShape for Vec<T> {
    type Table = T::Table;
    type Count = Many;

    fn plan() -> &'static RowPlan {
        T::PLAN
    }
}

#[diagnostic::do_not_recommend]
impl<T: Projection> ExpandShape for Expanded<T> {
    type Table = T::Table;
    type Count = Many;

    fn plan() -> &'static RowPlan {
        T::PLAN
    }
}

/// Several expanded records, and the link to more of them if the response did not hold all.
#[derive(Debug, Clone, PartialEq)]
pub struct Expanded<T> {
    /// The records.
    pub records: Vec<T>,
    /// Where the rest is to be fetched, byte for byte.
    pub next_link: Option<String>,
}

impl<T> Default for Expanded<T> {
    fn default() -> Self {
        Self { records: Vec::new(), next_link: None }
    }
}

/// Fills a field with what was found behind its navigation property.
pub(super) fn fill<'de>(
    field: &mut dyn FillExpand<'de>,
    nest: Nest<'de>,
    table: &'static EntityMetadata,
    navigation: &'static str,
    context: &mut ReadContext,
) -> Result<(), DecodeError> {
    if let Some(link) = nest.next_link {
        field.put_next_link(link.into_owned());
    }
    let collection = field.is_collection();
    match nest.content {
        None | Some(Content::Null) => Ok(()),
        Some(Content::One(mut row)) if !collection => {
            row.fill_inner(field.begin(), context).map_err(|error| error.within(navigation, None))
        }
        Some(Content::Many(rows)) if collection => {
            rows.into_iter().enumerate().try_for_each(|(place, mut row)| {
                row.fill_inner(field.begin(), context).map_err(|error| error.within(navigation, Some(place)))
            })
        }
        Some(Content::One(_)) => Err(unexpected(
            table,
            navigation,
            "an array of expanded records, because the field is a collection",
            "an object",
        )),
        Some(Content::Many(rows)) => Err(unexpected(
            table,
            navigation,
            "one expanded record, because the field is not a collection",
            &format!("an array of {}", rows.len()),
        )),
        Some(Content::Other(text)) => {
            let expected = if collection { "an array of expanded records" } else { "one expanded record" };
            Err(unexpected(table, navigation, expected, &text))
        }
    }
}

fn unexpected(
    table: &'static EntityMetadata,
    navigation: &'static str,
    expected: &'static str,
    found: &str,
) -> DecodeError {
    let found = Value::Json(found.to_owned().into());
    DecodeError::value(table, navigation, ValueError::new(expected, &found))
}

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> ExpandField<'de> for Option<T> {
    fn blank() -> Self {
        None
    }

    fn fill(&mut self) -> &mut dyn FillExpand<'de> {
        self
    }
}

impl<'de, T: FromRow<'de>> FillExpand<'de> for Option<T> {
    fn is_collection(&self) -> bool {
        false
    }

    fn begin(&mut self) -> &mut dyn Fields<'de> {
        self.insert(T::blank())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> ExpandField<'de> for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill(&mut self) -> &mut dyn FillExpand<'de> {
        self
    }
}

impl<'de, T: FromRow<'de>> FillExpand<'de> for Vec<T> {
    fn is_collection(&self) -> bool {
        true
    }

    fn begin(&mut self) -> &mut dyn Fields<'de> {
        let place = self.len();
        self.push(T::blank());
        &mut self[place]
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> ExpandField<'de> for Expanded<T> {
    fn blank() -> Self {
        Self::default()
    }

    fn fill(&mut self) -> &mut dyn FillExpand<'de> {
        self
    }
}

impl<'de, T: FromRow<'de>> FillExpand<'de> for Expanded<T> {
    fn is_collection(&self) -> bool {
        true
    }

    fn begin(&mut self) -> &mut dyn Fields<'de> {
        self.records.begin()
    }

    fn put_next_link(&mut self, link: String) {
        self.next_link = Some(link);
    }
}

/// Fails to compile where the table declares a lookup with this navigation property that leads to other tables than
/// the field reads.
#[doc(hidden)]
#[track_caller]
pub const fn assert_expands(table: &'static EntityMetadata, navigation: &str, read: TargetTable) {
    if is_broken(table) || read.logical_name.is_empty() {
        return;
    }
    let mut place = 0;
    while place < table.attributes.len() {
        assert!(
            leads_to(&table.attributes[place], navigation, read.logical_name),
            "the navigation property leads to another table than this field reads"
        );
        place += 1;
    }
}

/// Does the lookup, if it has this navigation property, lead to the table?
const fn leads_to(lookup: &AttributeMetadata, navigation: &str, table: &str) -> bool {
    match lookup.navigation {
        Navigation::One(name) if same(name, navigation) => {
            let targets = lookup.attribute_type.targets();
            let mut at = 0;
            while at < targets.len() && !stands_for(targets[at].logical_name, table) {
                at += 1;
            }
            at < targets.len()
        }
        Navigation::PerTarget(each) => {
            let mut at = 0;
            while at < each.len()
                && (!same(each[at].property, navigation) || stands_for(each[at].table, table))
            {
                at += 1;
            }
            at == each.len()
        }
        _ => true,
    }
}

/// Fails to compile where the name is nearly that of a lookup's navigation property, and of none to the letter: the
/// lookup's logical name, or other letters.
#[doc(hidden)]
#[track_caller]
pub const fn assert_navigation(table: &'static EntityMetadata, navigation: &str) {
    let (mut declared, mut nearly) = (false, false);
    let mut place = 0;
    while place < table.attributes.len() {
        let lookup = &table.attributes[place];
        match lookup.navigation {
            Navigation::One(name) => {
                declared |= same(name, navigation);
                nearly |= nearly_same(name, lookup.logical_name, navigation);
            }
            Navigation::PerTarget(each) => {
                let mut at = 0;
                while at < each.len() {
                    declared |= same(each[at].property, navigation);
                    nearly |= nearly_same(each[at].property, lookup.logical_name, navigation);
                    at += 1;
                }
            }
            Navigation::None => {}
        }
        place += 1;
    }
    assert!(
        declared || !nearly,
        "no lookup of the table has this navigation property, but one has nearly this name; write the name that its \
         `nav` has, in the same letters"
    );
}

/// Is it the table? A name that is empty is that of a table of which the derive has said already what is wrong.
const fn stands_for(target: &str, read: &str) -> bool {
    target.is_empty() || same(target, read)
}

/// Is it the property's name in other letters, or the column's name in place of it?
const fn nearly_same(property: &str, logical_name: &str, written: &str) -> bool {
    if same(logical_name, written) {
        return true;
    }
    let (property, written) = (property.as_bytes(), written.as_bytes());
    if property.len() != written.len() {
        return false;
    }
    let mut place = 0;
    while place < property.len() {
        if !property[place].eq_ignore_ascii_case(&written[place]) {
            return false;
        }
        place += 1;
    }
    true
}
