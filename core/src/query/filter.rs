//! Conditions on the records of a table.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::ops;

use super::expression::{Expression, Join};
use crate::Entity;
use crate::encode::EncodeError;

/// A condition on the records of the table `T`, made of its columns.
///
/// Join conditions with [`and`](Self::and) and [`or`](Self::or), or with `&` and `|`; parentheses are put where they
/// belong.
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

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(self.expression.join(Join::And, other.expression))
    }

    /// One condition or the other, or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::new(self.expression.join(Join::Or, other.expression))
    }

    /// Finds the records that do not meet this condition.
    ///
    /// [`Column::ne`](super::Column::ne) finds records without a value; no source says whether `not` before `eq` does, so
    /// write `ne` where that matters.
    ///
    /// Dataverse takes no `not` before one of its query functions (`is_in`, the date functions, …); most that have an
    /// opposite have a method for it.
    #[expect(clippy::should_implement_trait, reason = "it is implemented, too")]
    #[must_use]
    pub fn not(self) -> Self {
        Self::new(Expression::Not(Box::new(self.expression)).bounded())
    }

    /// All of these conditions; `None` where there are none, which every record meets.
    pub fn all_of(conditions: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut conditions = conditions.into_iter().peekable();
        conditions.peek().is_some().then(|| Self::join_all(Join::And, conditions))
    }

    /// At least one of these conditions. No record meets one of none: a request with such a filter is refused before it is
    /// sent, since without a filter it would find every record.
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

    /// The same condition on the rows of a link of a FetchXML query, by the link's alias: to join it with conditions on the
    /// table of the query.
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

    /// A condition in OData's own words, taken as it is but for percent-encoding. Nothing is checked and nothing in it is
    /// escaped: never put text into it that comes from elsewhere.
    pub fn raw_unescaped(odata: impl Into<String>) -> Self {
        Self::new(Expression::Raw(odata.into()))
    }
}

impl<T: Entity> Filter<T> {
    /// The condition as the value of `$filter`, before percent-encoding.
    ///
    /// # Errors
    ///
    /// Dataverse has no way to say it: `not` before a query function, a query function on a related record, a path
    /// through a lookup without a navigation property, or nesting to a depth of more than 200 levels.
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
