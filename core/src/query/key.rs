//! Alternate keys from typed columns.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::column::Column;
use super::comparand::Comparand;
use super::kinds::KeyKind;
use crate::Entity;
use crate::encode::Literal;
use crate::reference::{Address, IntoRecord, RecordRef};

/// Values of the columns of an alternate key, which name a record of `T`.
///
/// If the table declares alternate keys, the columns must be those of one of them.
///
/// ```
/// use dataverse_entity::message::{Message, Organization, Retrieve};
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// let key = SessionEvent::NAME.key("O'Brien").and(SessionEvent::IMPORT_SEQUENCE_NUMBER.key(7));
/// let request = Retrieve::<SessionEvent>::new(key).request(&org).unwrap();
/// assert!(request.uri().path().ends_with("/msdyn_sessionevents(msdyn_name='O''Brien',importsequencenumber=7)"));
/// ```
pub struct AlternateKeyValues<T> {
    parts: Vec<(String, Literal)>,
    table: PhantomData<fn() -> T>,
}

impl<T, K, V> Column<T, K, V>
where
    Self: KeyKind,
{
    /// Names a record by this value of the column. If the key has several columns, add the others with
    /// [`and`](AlternateKeyValues::and).
    ///
    /// Dataverse finds no record by a text that contains one of `/ < > * % & : \ ? +`, percent-encoded or
    /// not. A request with such a key is an error before it is sent.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let deletion = SessionEvent::delete(SessionEvent::NAME.key("Chat 7")).request(&org)?;
    /// assert_eq!(deletion.uri().path(), "/api/data/v9.2/msdyn_sessionevents(msdyn_name='Chat%207')");
    ///
    /// let refused = SessionEvent::delete(SessionEvent::NAME.key("50%")).request(&org);
    /// assert!(refused.is_err());
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn key<C: Comparand<K, V>>(self, value: C) -> AlternateKeyValues<T> {
        AlternateKeyValues { parts: vec![(self.path().text(), value.literal())], table: PhantomData }
    }
}

impl<T> AlternateKeyValues<T> {
    /// Adds another column of the key.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> IntoRecord<T> for AlternateKeyValues<T> {
    fn into_record(self) -> RecordRef<T> {
        RecordRef::new(Address::Key { parts: self.parts, declared: T::METADATA.keys })
    }
}

impl<T> Clone for AlternateKeyValues<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), table: PhantomData }
    }
}

impl<T> PartialEq for AlternateKeyValues<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl<T> Eq for AlternateKeyValues<T> {}

impl<T> Hash for AlternateKeyValues<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts.hash(state);
    }
}

impl<T> fmt::Debug for AlternateKeyValues<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AlternateKeyValues({})", Address::Key { parts: self.parts.clone(), declared: &[] })
    }
}
