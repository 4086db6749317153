//! Expanded records: the fields that hold the records of a navigation property.

use super::fields::{Fields, FillExpand, FromRow};
use super::write::ExpandedRows;
use crate::metadata::{Many, One, TargetTable};
use crate::table::RowPlan;
use crate::{Entity, Projection};

/// A type of a field that holds expanded records: `Option<Box<T>>` or `Option<T>` for a single-valued
/// navigation property, `Vec<T>` or [`Expanded<T>`] for a collection. `T` is a table or a projection.
///
/// Only the library implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold expanded records",
    label = "use `Option<Box<T>>` for one record, `Vec<T>` or `Expanded<T>` for several, where `T` derives `DataverseEntity`"
)]
pub trait ExpandField<'de>: ExpandShape + Sized {
    /// Returns a field that holds no records.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Returns the field as the destination of expanded records.
    #[doc(hidden)]
    fn fill(&mut self) -> &mut dyn FillExpand<'de>;
}

/// The table, the cardinality and the columns of a field of expanded records.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold expanded records",
    label = "use `Option<Box<T>>` for one record, `Vec<T>` or `Expanded<T>` for several, where `T` derives `DataverseEntity`"
)]
pub trait ExpandShape {
    /// The table whose records are expanded.
    type Table: Entity;

    /// The cardinality: [`One`] or [`Many`].
    type Count;

    /// The table's names.
    const TABLE: TargetTable = Self::Table::TABLE;

    /// Whether the field holds a collection.
    const IS_MANY: bool;

    /// Whether the records themselves expand others.
    const EXPANDS: bool;

    /// Returns the plan of each record: its columns, and the records that it expands.
    fn plan() -> &'static RowPlan;

    /// Returns the records, for writing.
    fn rows(&self) -> &dyn ExpandedRows;
}

#[diagnostic::do_not_recommend]
impl<T: Projection> ExpandShape for Option<T> {
    type Table = T::Table;
    type Count = One;

    const IS_MANY: bool = false;

    const EXPANDS: bool = !T::PLAN.expands.is_empty();

    fn plan() -> &'static RowPlan {
        T::PLAN
    }

    fn rows(&self) -> &dyn ExpandedRows {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Projection> ExpandShape for Vec<T> {
    type Table = T::Table;
    type Count = Many;

    const IS_MANY: bool = true;

    const EXPANDS: bool = !T::PLAN.expands.is_empty();

    fn plan() -> &'static RowPlan {
        T::PLAN
    }

    fn rows(&self) -> &dyn ExpandedRows {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Projection> ExpandShape for Expanded<T> {
    type Table = T::Table;
    type Count = Many;

    const IS_MANY: bool = true;

    const EXPANDS: bool = !T::PLAN.expands.is_empty();

    fn plan() -> &'static RowPlan {
        T::PLAN
    }

    fn rows(&self) -> &dyn ExpandedRows {
        self
    }
}

/// The expanded records of a collection, up to 5,000, and Dataverse's link to them.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{SystemUser, Team};
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(of = SystemUser)]
/// struct Member {
///     #[attr(logical = "fullname")]
///     full_name: Option<String>,
/// }
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(of = Team)]
/// struct TeamWithMembers {
///     #[expand(nav = "teammembership_association")]
///     members: Expanded<Member>,
/// }
///
/// let json = r#"{"teammembership_association":[{"fullname":"Ann Lee"}]}"#;
/// let team: Record<TeamWithMembers> = Record::from_json(json)?;
/// assert_eq!(team.members.iter().next().unwrap().full_name.as_deref(), Some("Ann Lee"));
/// # Ok::<(), DecodeError>(())
/// ```
///
/// Dataverse answers with up to 5,000 records of a collection, whatever the page size. To read more records,
/// query the collection with `query_related`. There is one exception: if the query has a page size and
/// expands something within an expanded record, Dataverse answers with a page of the collection. `next_page`
/// then reads the next page.
///
/// In a [`Record`](crate::Record), serde writes a collection as an array, with the link next to it.
/// Elsewhere, such as in a struct that derives serde's traits, serde writes the object with which Dataverse
/// answers a query of a collection:
///
/// ```
/// use dataverse_entity::Expanded;
///
/// let names = Expanded::new(vec!["Ann", "Bob"]);
/// assert_eq!(serde_json::to_string(&names)?, r#"{"value":["Ann","Bob"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Expanded<T> {
    /// The records.
    pub records: Vec<T>,
    /// The link of the collection, byte for byte.
    ///
    /// In an answer with several records, every collection has a link, even if the collection is complete or
    /// empty. A link therefore does not mean that there are more records. A link without a `$skiptoken` finds
    /// the same records again; `next_page` checks this.
    pub next_link: Option<String>,
}

impl<T> Expanded<T> {
    /// Returns these records, without a link.
    pub const fn new(records: Vec<T>) -> Self {
        Self { records, next_link: None }
    }

    /// Returns the number of records that the response holds.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether the response holds no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns the records, in the order of the response.
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.records.iter()
    }
}

impl<T> FromIterator<T> for Expanded<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        Self::new(records.into_iter().collect())
    }
}

impl<T> IntoIterator for Expanded<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Expanded<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.iter()
    }
}

impl<T> Default for Expanded<T> {
    fn default() -> Self {
        Self { records: Vec::new(), next_link: None }
    }
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

#[diagnostic::do_not_recommend]
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

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> FillExpand<'de> for Vec<T> {
    fn is_collection(&self) -> bool {
        true
    }

    fn begin(&mut self) -> &mut dyn Fields<'de> {
        let index = self.len();
        self.push(T::blank());
        &mut self[index]
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

#[diagnostic::do_not_recommend]
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
