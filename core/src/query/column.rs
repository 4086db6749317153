//! A column that knows its table, its kind, and what it holds.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::comparand::Comparand;
use super::expression::{Expression, Operand};
use super::filter::Filter;
use super::kinds::{self, Comparable, Leading, Nullable, Ordered, Sortable, Textual};
use super::order::{Direction, Order};
use super::path::{Path, PathProblem, Steps};
use crate::column::query_kinds;
use crate::encode::like_pattern;
use crate::metadata::{AttributeMetadata, EntityMetadata};
use crate::reference::BindTo;
use crate::{Entity, Id};

/// A column of the table `T`, of the kind `K`, that holds values of `V` (for a lookup: points to records of
/// `V`).
///
/// The derive declares one for each field, as an associated const in capitals. Its methods make
/// [filters](Filter) and [orders](Order):
///
/// ```
/// use dataverse_entity::tables::{EventType, SessionEvent};
///
/// let filter = SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd).and(SessionEvent::NAME.contains("100%"));
/// assert_eq!(
///     filter.to_odata().unwrap(),
///     "(msdyn_eventtype eq 192350005 and contains(msdyn_name, '100[%]'))"
/// );
/// ```
///
/// A column is a small value: copy it, compare it, keep it in consts, lists and maps.
///
/// ```
/// use std::collections::HashMap;
///
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::query::{Column, Filter, kinds};
/// use dataverse_entity::tables::SessionEvent;
///
/// type TextOf<T> = Column<T, kinds::Text, String>;
///
/// fn either<T>(column: TextOf<T>, one: &str, other: &str) -> Filter<T> {
///     column.eq(one).or(column.eq(other))
/// }
///
/// let by_name: HashMap<&str, TextOf<SessionEvent>> = HashMap::from([("name", SessionEvent::NAME)]);
/// let filter = either(by_name["name"], "Accepted", "Rejected");
/// assert_eq!(filter.to_odata().unwrap(), "(msdyn_name eq 'Accepted' or msdyn_name eq 'Rejected')");
/// ```
pub struct Column<T, K, V> {
    /// Navigation properties from the table of the query to that of the column.
    steps: Steps,
    attribute: &'static AttributeMetadata,
    types: PhantomData<ColumnTypes<T, K, V>>,
}

/// The types that a column only names.
type ColumnTypes<T, K, V> = fn() -> (T, K, V);

/// Returns the column at this index of a table's metadata. The compiler resolves a function faster than it finds one among
/// the methods of all columns. With [`Column::new`], generated code would need another const for each column, because `new`
/// borrows the metadata.
#[doc(hidden)]
pub const fn column<T, K, V>(table: &'static EntityMetadata, index: usize) -> Column<T, K, V> {
    Column::new(&table.attributes[index])
}

impl<T, K, V> Column<T, K, V> {
    /// Creates a column from its metadata. Only for generated code, which gets the types right.
    #[doc(hidden)]
    pub const fn new(attribute: &'static AttributeMetadata) -> Self {
        Self { steps: Steps::NONE, attribute, types: PhantomData }
    }

    /// Returns the metadata of the column.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// assert_eq!(SessionEvent::NAME.metadata().logical_name, "msdyn_name");
    /// assert_eq!(SessionEvent::SESSION.metadata().read_name().as_deref(), Some("_msdyn_omnichannelsession_value"));
    /// ```
    pub fn metadata(&self) -> &'static AttributeMetadata {
        self.attribute
    }

    /// Returns the property, with the navigation properties that lead to it.
    pub(crate) const fn path(self) -> Path {
        Path { steps: self.steps, attribute: self.attribute }
    }

    /// Returns the property of a column of the table itself.
    ///
    /// # Errors
    ///
    /// Returns an error if the column is one of a related record, or has no property.
    #[cfg(feature = "messages")]
    pub(crate) fn direct_property(&self) -> Result<String, &'static str> {
        if !self.steps.is_empty() {
            return Err("a column of a related record cannot be read by itself");
        }
        self.attribute.read_name().ok_or("the Web API has no property for the column")
    }

    fn compare<C: Comparand<K, V>>(self, operator: &'static str, value: C) -> Filter<T> {
        let right = Operand::Literal(value.literal());
        Filter::new(Expression::Compare { left: self.path(), operator, right })
    }

    fn compare_column<W>(self, operator: &'static str, other: Column<T, K, W>) -> Filter<T> {
        let right = Operand::Column(other.path());
        Filter::new(Expression::Compare { left: self.path(), operator, right })
    }

    fn null(self, operator: &'static str) -> Filter<T> {
        Filter::new(Expression::Compare { left: self.path(), operator, right: Operand::Null })
    }
}

impl<T, K, V> Column<T, K, V> {
    // Each comparison has its bound on the method. With a bound on the impl, the compiler would try the
    // methods of `PartialEq` and `Iterator` that have the same names, and report those.

    /// Finds records whose column equals the value. Dataverse ignores case when it compares text.
    ///
    /// ```
    /// use dataverse_entity::tables::{EventType, SessionEvent};
    ///
    /// let named = SessionEvent::NAME.eq("O'Brien");
    /// assert_eq!(named.to_odata()?, "msdyn_name eq 'O''Brien'");
    ///
    /// let ended = SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd);
    /// assert_eq!(ended.to_odata()?, "msdyn_eventtype eq 192350005");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn eq<C: Comparand<K, V>>(self, value: C) -> Filter<T>
    where
        K: Comparable,
    {
        self.compare("eq", value)
    }

    /// Finds records whose column does not equal the value or has no value. To leave out records without a
    /// value, add [`is_not_null`](Self::is_not_null).
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let has_another_name = SessionEvent::NAME.ne("Accepted").and(SessionEvent::NAME.is_not_null());
    /// assert_eq!(has_another_name.to_odata().unwrap(), "(msdyn_name ne 'Accepted' and msdyn_name ne null)");
    /// ```
    pub fn ne<C: Comparand<K, V>>(self, value: C) -> Filter<T>
    where
        K: Comparable,
    {
        self.compare("ne", value)
    }

    /// Finds records in which this column equals another of the same kind.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let never_changed = SessionEvent::CREATED_ON.eq_column(SessionEvent::MODIFIED_ON);
    /// assert_eq!(never_changed.to_odata()?, "createdon eq modifiedon");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn eq_column<W>(self, other: Column<T, K, W>) -> Filter<T>
    where
        K: Comparable,
    {
        self.compare_column("eq", other)
    }

    /// Finds records in which this column does not equal another of the same kind. No source says whether
    /// Dataverse finds records in which only one of the two has a value.
    pub fn ne_column<W>(self, other: Column<T, K, W>) -> Filter<T>
    where
        K: Comparable,
    {
        self.compare_column("ne", other)
    }

    /// Finds records whose column is greater than the value; for dates, later.
    pub fn gt<C: Comparand<K, V>>(self, value: C) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare("gt", value)
    }

    /// Finds records whose column is greater than or equal to the value; for dates, not earlier.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let since: Timestamp = "2024-09-18T08:00:00Z".parse()?;
    /// let recent = SessionEvent::CREATED_ON.ge(since);
    /// assert_eq!(recent.to_odata()?, "createdon ge 2024-09-18T08:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ge<C: Comparand<K, V>>(self, value: C) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare("ge", value)
    }

    /// Finds records whose column is less than the value; for dates, earlier.
    pub fn lt<C: Comparand<K, V>>(self, value: C) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare("lt", value)
    }

    /// Finds records whose column is less than or equal to the value; for dates, not later.
    pub fn le<C: Comparand<K, V>>(self, value: C) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare("le", value)
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Ordered,
{
    /// Finds records in which this column is greater than another of the same kind.
    pub fn gt_column<W>(self, other: Column<T, K, W>) -> Filter<T> {
        self.compare_column("gt", other)
    }

    /// Finds records in which this column is greater than or equal to another of the same kind.
    pub fn ge_column<W>(self, other: Column<T, K, W>) -> Filter<T> {
        self.compare_column("ge", other)
    }

    /// Finds records in which this column is less than another of the same kind.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let changed = SessionEvent::CREATED_ON.lt_column(SessionEvent::MODIFIED_ON);
    /// assert_eq!(changed.to_odata().unwrap(), "createdon lt modifiedon");
    /// ```
    pub fn lt_column<W>(self, other: Column<T, K, W>) -> Filter<T> {
        self.compare_column("lt", other)
    }

    /// Finds records in which this column is less than or equal to another of the same kind.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let in_order = SessionEvent::CREATED_ON.le_column(SessionEvent::MODIFIED_ON);
    /// assert_eq!(in_order.to_odata().unwrap(), "createdon le modifiedon");
    /// ```
    pub fn le_column<W>(self, other: Column<T, K, W>) -> Filter<T> {
        self.compare_column("le", other)
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Nullable,
{
    /// Finds records whose column has no value.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let without_session = SessionEvent::SESSION.is_null();
    /// assert_eq!(without_session.to_odata()?, "_msdyn_omnichannelsession_value eq null");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn is_null(self) -> Filter<T> {
        self.null("eq")
    }

    /// Finds records whose column has a value.
    pub fn is_not_null(self) -> Filter<T> {
        self.null("ne")
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Textual,
{
    /// Finds records whose text contains `text`, ignoring case; `%`, `_` and `[` are matched literally.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let filter = SessionEvent::NAME.contains("50%");
    /// assert_eq!(filter.to_odata()?, "contains(msdyn_name, '50[%]')");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn contains(self, text: impl AsRef<str>) -> Filter<T> {
        self.text_function("contains", &like_pattern(text.as_ref()))
    }

    /// Finds records whose text starts with `text`, ignoring case; `%`, `_` and `[` are matched literally.
    pub fn starts_with(self, text: impl AsRef<str>) -> Filter<T> {
        self.text_function("startswith", &like_pattern(text.as_ref()))
    }

    /// Finds records whose text ends with `text`, ignoring case; `%`, `_` and `[` are matched literally.
    pub fn ends_with(self, text: impl AsRef<str>) -> Filter<T> {
        self.text_function("endswith", &like_pattern(text.as_ref()))
    }

    /// Finds records whose text contains a match of `pattern`: `%` matches any text, `_` any character,
    /// `[a-c]` a character of the set and `[^a-c]` one outside it. For text that users type, use
    /// [`contains`](Self::contains).
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let numbered = SessionEvent::NAME.contains_pattern("Chat [0-9]");
    /// assert_eq!(numbered.to_odata()?, "contains(msdyn_name, 'Chat [0-9]')");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn contains_pattern(self, pattern: impl AsRef<str>) -> Filter<T> {
        self.text_function("contains", pattern.as_ref())
    }

    fn text_function(self, function: &'static str, pattern: &str) -> Filter<T> {
        Filter::new(Expression::Text { function, path: self.path(), pattern: pattern.to_owned() })
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Sortable,
{
    /// Orders records by this column, ascending. `order_by` does the same with the column alone.
    pub fn asc(self) -> Order<T> {
        Order::new(self.path(), Direction::Ascending)
    }

    /// Orders records by this column, descending.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// assert_eq!(SessionEvent::CREATED_ON.desc().to_string(), "createdon desc");
    /// ```
    pub fn desc(self) -> Order<T> {
        Order::new(self.path(), Direction::Descending)
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Leading,
{
    /// Returns a column of the record that this lookup points to.
    ///
    /// ```
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// let filter = SessionEvent::SESSION.to(OcSession::SUBJECT).starts_with("Chat");
    /// assert_eq!(filter.to_odata().unwrap(), "startswith(msdyn_omnichannelsession/subject, 'Chat')");
    /// ```
    pub fn to<R: Entity, L, W>(self, column: Column<R, L, W>) -> Column<T, L, W>
    where
        Id<R>: BindTo<V>,
    {
        let steps = match self.attribute.navigation.to(R::TABLE.logical_name) {
            Some(property) => self.steps.and(property, R::TABLE.logical_name),
            None => self.steps.but(PathProblem::NoNavigation),
        };
        Column { steps: steps.join(column.steps), attribute: column.attribute, types: PhantomData }
    }
}

impl<T, K, V> Column<T, K, V> {
    /// Returns this column as a column of `U`, whose navigation property leads to `T`.
    pub(super) fn seen_through<U>(self, navigation: &'static str) -> Column<U, K, V>
    where
        T: Entity,
    {
        let steps = Steps::NONE.and(navigation, T::TABLE.logical_name).join(self.steps);
        Column { steps, attribute: self.attribute, types: PhantomData }
    }
}

/// Implements the capabilities of each kind for its columns. Methods are bound on the column, not on the
/// kind: editors then complete only the methods that apply, and the compiler reports the others in the
/// trait's words.
macro_rules! of_kinds {
    ($($kind:ident: $($capability:ident)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl<T, V> kinds::$capability for Column<T, kinds::$kind, V> {}
    )*)*};
}

query_kinds!(of_kinds);

impl<T, K, V> kinds::Sealed for Column<T, K, V> {}

impl<T, K, V> Clone for Column<T, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K, V> Copy for Column<T, K, V> {}

/// Two columns of a table are equal if they are the same column, reached on the same path.
impl<T, K, V> PartialEq for Column<T, K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.path() == other.path()
    }
}

impl<T, K, V> Eq for Column<T, K, V> {}

impl<T, K, V> Hash for Column<T, K, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path().hash(state);
    }
}

impl<T, K, V> fmt::Debug for Column<T, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column({})", self.path().text())
    }
}
