//! Conditions on the records of a table.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::ops;

use super::expression::{Expression, Join};
use crate::Entity;
use crate::encode::EncodeError;

/// A condition on the records of the table `T`, made by the methods of its [columns](super::Column).
///
/// Join conditions with [`and`](Self::and), [`or`](Self::or) and [`not`](Self::not), or with `&`, `|` and
/// `!`. Parentheses follow from the order of the calls.
///
/// ```
/// use dataverse_entity::tables::{EventType, SessionEvent};
///
/// let ended = SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd);
/// let filter = ended & (SessionEvent::NAME.starts_with("Chat") | SessionEvent::NAME.is_null());
/// assert_eq!(
///     filter.to_odata()?,
///     "(msdyn_eventtype eq 192350005 and (startswith(msdyn_name, 'Chat') or msdyn_name eq null))"
/// );
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
pub struct Filter<T> {
    expression: Expression,
    table: PhantomData<fn() -> T>,
}

impl<T> Filter<T> {
    pub(crate) const fn new(expression: Expression) -> Self {
        Self { expression, table: PhantomData }
    }

    pub(crate) fn expression(self) -> Expression {
        self.expression
    }

    /// Adds conditions to those of a message.
    #[cfg(feature = "messages")]
    pub(crate) fn add(to: &mut Option<Self>, conditions: Option<Self>) {
        *to = match (to.take(), conditions) {
            (Some(earlier), Some(later)) => Some(earlier.and(later)),
            (earlier, later) => earlier.or(later),
        };
    }

    /// Finds records that meet both conditions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(self.expression.join(Join::And, other.expression))
    }

    /// Finds records that meet one condition or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::new(self.expression.join(Join::Or, other.expression))
    }

    /// Finds records that do not meet this condition.
    ///
    /// [`Column::ne`](super::Column::ne) finds records without a value. No source says whether `not` before
    /// `eq` does: write `ne` if that matters.
    ///
    /// Dataverse takes no `not` before its query functions (`is_in`, the date functions, …). For some of
    /// them, another method is the opposite, such as [`is_not_in`](super::Column::is_not_in).
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let filter = SessionEvent::NAME.contains("test").not();
    /// assert_eq!(filter.to_odata()?, "not (contains(msdyn_name, 'test'))");
    ///
    /// let refused = SessionEvent::CREATED_ON.today().not();
    /// assert!(refused.to_odata().is_err());
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    #[expect(clippy::should_implement_trait, reason = "it is implemented, too")]
    #[must_use]
    pub fn not(self) -> Self {
        Self::new(Expression::Not(Box::new(self.expression)).bounded())
    }

    /// Finds records that meet all conditions. Returns `None` for an empty list, which every record meets;
    /// `filter` takes `None`, too.
    ///
    /// ```
    /// use dataverse_entity::query::Filter;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let words = ["late", "again"];
    /// let filter = Filter::all_of(words.map(|word| SessionEvent::NAME.contains(word))).unwrap();
    /// assert_eq!(filter.to_odata()?, "(contains(msdyn_name, 'late') and contains(msdyn_name, 'again'))");
    ///
    /// assert_eq!(Filter::<SessionEvent>::all_of([]), None);
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn all_of(conditions: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut conditions = conditions.into_iter().peekable();
        conditions.peek().is_some().then(|| Self::join_all(Join::And, conditions))
    }

    /// Finds records that meet at least one of the conditions.
    ///
    /// No record meets one of an empty list. A request with such a filter is an error before it is sent:
    /// without a filter it would find every record.
    ///
    /// ```
    /// use dataverse_entity::query::Filter;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let filter = Filter::any_of(["Chat", "Call"].map(|start| SessionEvent::NAME.starts_with(start)));
    /// assert_eq!(filter.to_odata()?, "(startswith(msdyn_name, 'Chat') or startswith(msdyn_name, 'Call'))");
    ///
    /// assert!(Filter::<SessionEvent>::any_of([]).to_odata().is_err());
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    #[must_use]
    pub fn any_of(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::join_all(Join::Or, conditions)
    }

    fn join_all(operator: Join, conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<_> = conditions.into_iter().map(|each| each.expression).collect();
        Self::new(match parts.len() {
            1 => parts.remove(0),
            _ => Expression::Joined { operator, parts, is_list: true }.bounded(),
        })
    }

    /// Applies the condition to the rows of a link of a FetchXML query, named by the link's alias. Joined
    /// with conditions on the query's own table, it can be one side of an `or`.
    ///
    /// ```
    /// use dataverse_entity::message::Link;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// let by_text = SessionEvent::NAME.eq("Chat").or(OcSession::SUBJECT.eq("Chat").on_link("session"));
    /// let session = Link::<_, OcSession>::to_one(SessionEvent::SESSION).alias("session");
    /// let xml = SessionEvent::fetch().filter(by_text).link(session).to_xml()?;
    /// assert!(xml.contains(
    ///     "<condition entityname=\"session\" attribute=\"subject\" operator=\"eq\" value=\"Chat\"/>"
    /// ));
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    #[cfg(feature = "messages")]
    #[must_use]
    pub fn on_link<U>(self, alias: impl Into<String>) -> Filter<U> {
        let condition = Box::new(self.expression);
        Filter::new(Expression::OnLink { alias: alias.into(), condition }.bounded())
    }

    /// Creates a condition from the text of an OData expression. The text is percent-encoded, but neither
    /// checked nor escaped: never build it from text that users type.
    ///
    /// ```
    /// use dataverse_entity::query::Filter;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let filter = SessionEvent::NAME.is_not_null() & Filter::raw_unescaped("endswith(msdyn_name,'!')");
    /// assert_eq!(filter.to_odata()?, "(msdyn_name ne null and (endswith(msdyn_name,'!')))");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn raw_unescaped(odata: impl Into<String>) -> Self {
        Self::new(Expression::Raw(odata.into()))
    }
}

impl<T: Entity> Filter<T> {
    /// Returns the condition as the value of `$filter`, before percent-encoding.
    ///
    /// # Errors
    ///
    /// Returns an error if OData or Dataverse cannot express the condition: `not` before a query function, a
    /// query function on a related record, a lookup without a navigation property, an empty list, a condition
    /// on a link, or more than 200 levels.
    pub fn to_odata(&self) -> Result<String, EncodeError> {
        self.expression.text().map_err(|problem| EncodeError::new(T::METADATA.logical_name, None, problem))
    }
}

impl<T> ops::BitAnd for Filter<T> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<T> ops::BitOr for Filter<T> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<T> ops::Not for Filter<T> {
    type Output = Self;

    fn not(self) -> Self {
        Self::not(self)
    }
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone())
    }
}

impl<T> PartialEq for Filter<T> {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression
    }
}

impl<T> Eq for Filter<T> {}

impl<T> Hash for Filter<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.expression.hash(state);
    }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expression.text() {
            Ok(text) => write!(f, "Filter({text})"),
            Err(problem) => write!(f, "Filter(cannot be written: {problem})"),
        }
    }
}
