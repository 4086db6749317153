//! Navigation properties, for filters on related records.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::column::Column;
use super::expression::Expression;
use super::filter::Filter;
use super::kinds::Comparable;
use crate::Entity;
use crate::metadata::{Many, One};

/// A navigation property from the table `T` to records of the table `R`. `N` says whether it leads to [`One`]
/// record or to [`Many`].
///
/// The derive declares one for each `#[expand(…)]` field, as an associated const in capitals. Declare others
/// with [`Related::one`] and [`Related::many`]:
///
/// ```
/// use dataverse_entity::query::{Many, Related};
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
///
/// let filter = EVENTS.any(SessionEvent::NAME.eq("Accepted"));
/// assert_eq!(
///     filter.to_odata().unwrap(),
///     "msdyn_ocsession_sessionevent_nested/any(o:o/msdyn_name eq 'Accepted')"
/// );
/// ```
pub struct Related<T, R, N> {
    navigation: &'static str,
    types: PhantomData<RelatedTypes<T, R, N>>,
}

/// The types that a navigation property only names.
type RelatedTypes<T, R, N> = fn() -> (T, R, N);

impl<T, R> Related<T, R, Many> {
    /// Declares a navigation property to any number of records, such as a one-to-many relationship.
    ///
    /// # Panics
    ///
    /// Panics if the name is not made of letters, digits and `_`. In a const, that is a compile error.
    #[track_caller]
    pub const fn many(navigation: &'static str) -> Self {
        Self::checked(navigation)
    }

    /// Finds records that have at least one related record that meets the condition.
    ///
    /// ```
    /// use dataverse_entity::query::{Many, Related};
    /// use dataverse_entity::tables::{EventType, OcSession, SessionEvent};
    ///
    /// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
    ///
    /// let ended = EVENTS.any(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd));
    /// assert_eq!(
    ///     ended.to_odata()?,
    ///     "msdyn_ocsession_sessionevent_nested/any(o:o/msdyn_eventtype eq 192350005)"
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn any(self, condition: Filter<R>) -> Filter<T> {
        self.lambda("any", Some(condition))
    }

    /// Finds records that have at least one related record.
    ///
    /// ```
    /// use dataverse_entity::query::{Many, Related};
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
    ///
    /// assert_eq!(EVENTS.exists().to_odata()?, "msdyn_ocsession_sessionevent_nested/any()");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn exists(self) -> Filter<T> {
        self.lambda("any", None)
    }

    /// Finds records whose related records all meet the condition, among them those without any related
    /// record.
    pub fn all(self, condition: Filter<R>) -> Filter<T> {
        self.lambda("all", Some(condition))
    }

    fn lambda(self, quantifier: &'static str, condition: Option<Filter<R>>) -> Filter<T> {
        let predicate = condition.map(|condition| Box::new(condition.expression()));
        let navigation = vec![self.navigation];
        Filter::new(Expression::Lambda { navigation, quantifier, predicate }.bounded())
    }
}

impl<T, R: Entity> Related<T, R, One> {
    /// Declares a navigation property to one record, such as that of a lookup.
    ///
    /// # Panics
    ///
    /// Panics if the name is not made of letters, digits and `_`. In a const, that is a compile error.
    #[track_caller]
    pub const fn one(navigation: &'static str) -> Self {
        Self::checked(navigation)
    }

    /// Returns a column of the related record, for filters and orders.
    ///
    /// ```
    /// use dataverse_entity::query::{One, Related};
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// const SESSION: Related<SessionEvent, OcSession, One> = Related::one("msdyn_omnichannelsession");
    ///
    /// let filter = SESSION.to(OcSession::SUBJECT).eq("Chat");
    /// assert_eq!(filter.to_odata()?, "msdyn_omnichannelsession/subject eq 'Chat'");
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn to<K: Comparable, V>(self, column: Column<R, K, V>) -> Column<T, K, V> {
        column.seen_through(self.navigation)
    }
}

impl<T, R, N> Related<T, R, N> {
    #[track_caller]
    const fn checked(navigation: &'static str) -> Self {
        assert!(
            is_identifier(navigation.as_bytes()),
            "a navigation property is a name of letters, digits and `_`; write it as the relationship's definition does"
        );
        Self { navigation, types: PhantomData }
    }

    /// Returns the name of the navigation property.
    pub const fn name(&self) -> &'static str {
        self.navigation
    }
}

/// Creates a navigation property. Only for generated code, which checks the name.
#[doc(hidden)]
pub const fn related<T, R, N>(navigation: &'static str) -> Related<T, R, N> {
    Related { navigation, types: PhantomData }
}

const fn is_identifier(name: &[u8]) -> bool {
    if name.is_empty() || name[0].is_ascii_digit() {
        return false;
    }
    let mut index = 0;
    while index < name.len() {
        if !name[index].is_ascii_alphanumeric() && name[index] != b'_' {
            return false;
        }
        index += 1;
    }
    true
}

impl<T, R, N> Clone for Related<T, R, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, R, N> Copy for Related<T, R, N> {}

impl<T, R, N> PartialEq for Related<T, R, N> {
    fn eq(&self, other: &Self) -> bool {
        self.navigation == other.navigation
    }
}

impl<T, R, N> Eq for Related<T, R, N> {}

impl<T, R, N> Hash for Related<T, R, N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.navigation.hash(state);
    }
}

impl<T, R, N> fmt::Debug for Related<T, R, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Related({})", self.navigation)
    }
}
