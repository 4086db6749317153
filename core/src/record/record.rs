//! One record, with its etag and its formatted values.

use core::ops::{Deref, DerefMut};

use super::etag::Etag;
use super::fields::{Fields, FillExpand, FromRow, Head};
use crate::column::{Cell, SharedStrings, ValueError};
use crate::table::RowPlan;
use crate::{Entity, Id, Projection};

/// One record: the struct, its etag, and its formatted values if the decoder keeps them.
///
/// ```
/// use dataverse_entity::Record;
/// use dataverse_entity::tables::Team;
///
/// let json = r#"{"@odata.etag":"W/\"1\"","name":"Sales",
///                "teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#;
/// let team: Record<Team> = Record::from_json(json)?;
/// assert_eq!(team.name.as_deref(), Some("Sales"));
/// assert_eq!(team.etag(), Some("W/\"1\""));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
///
/// A record derefs to the struct. Its own methods are `new`, `with_etag`, `etag`, `id`, `formatted_value`,
/// `formatted_values`, `into_inner` and `from_json`; no release adds others. If the struct has a method with
/// one of these names, call it through [`AsRef`], as in `record.as_ref().id()`.
///
/// # serde
///
/// serde reads a record from the JSON of Dataverse's answer, and writes the same form. A program can answer
/// its own callers with a record, cache it, or put it on a queue and read it back. The members are those of
/// the struct's columns:
///
/// | field | member |
/// |---|---|
/// | a column | its logical name; `null` for `None` and for an empty `MultiSelect` |
/// | a lookup | `_name_value`, with the annotations `lookuplogicalname` and `FormattedValue` if table and name are known |
/// | a column without a property (`name_of`, `type_of`) | that annotation of the other column; none for `NoProperty` and `yomi_name_of` |
/// | formatted values | `name@OData.Community.Display.V1.FormattedValue` |
/// | the etag | `@odata.etag` |
/// | expanded records | an object, `null`, or an array with its `@odata.nextLink` |
///
/// A written record reads back as an equal record, with two exceptions. Formatted values get lost, unless you
/// read with [`Decoder::formatted_values`](crate::Decoder::formatted_values). A lookup to any table loses its
/// entity set, because no answer has it. Decimals keep every digit in JSON text, but not in a
/// `serde_json::Value`, whose numbers are floats.
///
/// For another form, derive serde's traits for the struct and write `record.into_inner()`.
///
/// ```
/// use dataverse_entity::Record;
/// use dataverse_entity::tables::Team;
///
/// # let answer = r#"{"@odata.etag":"W/\"1\"","teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"Sales"}"#;
/// let team: Record<Team> = Record::from_json(answer)?;
/// let cached = serde_json::to_string(&team)?;
/// assert_eq!(serde_json::from_str::<Record<Team>>(&cached)?, team);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Examples
///
/// ```
/// use dataverse_entity::Record;
/// use dataverse_entity::tables::Team;
///
/// // A record made by a test or a fake equals one that was read.
/// let json = r#"{"@odata.etag":"W/\"1\"","teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#;
/// let read: Record<Team> = Record::from_json(json)?;
/// let made = Record::new(read.clone().into_inner()).with_etag("W/\"1\"");
/// assert_eq!(made, read);
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record<T> {
    data: T,
    head: Head,
}

impl<T: Entity> Record<T> {
    /// Returns the id of the record; `None` if the struct's field is an `Option` without a value.
    pub fn id(&self) -> Option<Id<T>> {
        Entity::id(&self.data)
    }
}

impl<T> Record<T> {
    /// Returns a record without etag and formatted values.
    pub const fn new(data: T) -> Self {
        Self { data, head: Head { etag: None, formatted: Vec::new() } }
    }

    /// Sets the etag.
    ///
    /// ```
    /// use dataverse_entity::Record;
    ///
    /// assert_eq!(Record::new(()).with_etag("W/\"7\"").etag(), Some("W/\"7\""));
    /// ```
    #[must_use]
    pub fn with_etag(mut self, etag: impl AsRef<str>) -> Self {
        self.head.etag = Some(Etag::new(etag.as_ref()));
        self
    }

    /// Returns the etag, byte for byte, for conditional requests.
    pub fn etag(&self) -> Option<&str> {
        self.head.etag()
    }

    /// Returns the formatted value of the column with this logical name, if the response had one and the
    /// [`Decoder`](crate::Decoder) keeps them. For a lookup, this is the name of the record.
    ///
    /// ```
    /// use dataverse_entity::{Decoder, tables::Team};
    ///
    /// let json = r#"{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","teamtype":0,
    ///                "teamtype@OData.Community.Display.V1.FormattedValue":"Owner"}"#;
    /// let team = Decoder::new().formatted_values(true).record::<Team>(json)?;
    /// assert_eq!(team.formatted_value("teamtype"), Some("Owner"));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn formatted_value(&self, logical_name: &str) -> Option<&str> {
        self.head.formatted_value(logical_name)
    }

    /// Returns the formatted values, with the logical names of their columns.
    pub fn formatted_values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.head.formatted.iter().map(|(name, text)| (*name, &**text))
    }

    pub(super) const fn own_head(&self) -> &Head {
        &self.head
    }

    /// Returns the struct.
    ///
    /// ```
    /// use dataverse_entity::{Record, tables::Team};
    ///
    /// let record: Record<Team> = Record::from_json(r#"{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#)?;
    /// let team: Team = record.into_inner();
    /// assert_eq!(team.name, None);
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn into_inner(self) -> T {
        self.data
    }
}

impl<T> From<T> for Record<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

impl<T> AsRef<T> for Record<T> {
    fn as_ref(&self) -> &T {
        &self.data
    }
}

impl<T> AsMut<T> for Record<T> {
    fn as_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

impl<T> Deref for Record<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> DerefMut for Record<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

/// A record reads what its struct reads, so that a field can hold expanded records with their etags.
#[diagnostic::do_not_recommend]
impl<T: Projection> Projection for Record<T> {
    type Table = T::Table;

    const PLAN: &'static RowPlan = T::PLAN;
}

impl<'de, T: Fields<'de>> Fields<'de> for Record<T> {
    fn read_column(
        &mut self,
        index: usize,
        cell: Cell<'_, 'de>,
        strings: &mut SharedStrings,
    ) -> Result<(), ValueError> {
        self.data.read_column(index, cell, strings)
    }

    fn expand_mut(&mut self, index: usize) -> Option<&mut dyn FillExpand<'de>> {
        self.data.expand_mut(index)
    }

    fn head_mut(&mut self) -> Option<&mut Head> {
        Some(&mut self.head)
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> FromRow<'de> for Record<T> {
    fn blank() -> Self {
        Self { data: T::blank(), head: Head { etag: None, formatted: Vec::new() } }
    }
}
