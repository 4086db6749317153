//! Alternate keys, from typed columns.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::column::Column;
use super::comparand::Comparand;
use super::kinds::KeyKind;
use crate::Entity;
use crate::encode::Literal;
use crate::reference::{Address, IntoRecord, RecordRef};

/// Values of the columns of an alternate key: a record of `T` that is named by them.
///
/// Where the table declares alternate keys, the columns have to be those of one of them.
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
    /// This column with this value, as (a part of) an alternate key.
    ///
    /// Dataverse finds no record by a text with `/ < > * % & : \ ? +` in it, whether percent-encoded or not; a request
    /// with such a key is refused before it is sent.
    pub fn key<C: Comparand<K, V>>(self, value: C) -> AlternateKeyValues<T> {
        AlternateKeyValues { parts: vec![(self.path().text(), value.literal())], table: PhantomData }
    }
}

impl<T> AlternateKeyValues<T> {
    /// The key with another column.
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
