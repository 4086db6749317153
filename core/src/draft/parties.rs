//! Party lists: the participants of an activity, and their roles.
//!
//! A party list is not a property of the activity. Its parties are records of `activityparty` in a collection
//! that all party lists of the activity share, `<table>_activity_parties`. The `participationtypemask` of a
//! party says to which list it belongs.

use std::sync::Arc;

use crate::column::{Value, WriteValue, Written};
use crate::metadata::{EntityMetadata, Navigation};
use crate::query::AlternateKeyValues;
use crate::reference::{Address, AnyRecord, AnyTable, Bind, BoundRecord, EntityNames, Id, Lookup, Scope};
use crate::reference::{BindTo, IntoRecord, LookupTarget, RecordRef};
use crate::{Entity, Record};

/// A participant of an activity: a record, or an email address without a record.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::{Party, table_ref};
///
/// table_ref!(pub Contact, logical = "contact", set = "contacts", id = "contactid");
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "email", set = "emails", activity)]
/// struct Email {
///     #[attr(logical = "activityid", primary_id, create_only)]
///     id: Id<Email>,
///     #[attr(logical = "to", party_list)]
///     to: NoProperty,
/// }
///
/// let contact: Id<Contact> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let email = Email::create().to([Party::from(contact), Party::email_address("ann@contoso.com")]);
/// assert_eq!(
///     email.to_json()?,
///     concat!(
///         r#"{"email_activity_parties":[{"partyid_contact@odata.bind":"#,
///         r#""/contacts(6f9619ff-8b86-d011-b42d-00cf4fc964ff)","participationtypemask":2},"#,
///         r#"{"addressused":"ann@contoso.com","participationtypemask":2}]}"#,
///     )
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    record: Option<Bind<AnyTable>>,
    address: Option<Arc<str>>,
}

impl Party {
    /// Returns a party for a record: an id, an alternate key, a record or lookup that was read, or an
    /// [`AnyRecord`].
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::{Party, tables::SystemUser};
    ///
    /// let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// assert_eq!(Party::record(user), Party::from(user));
    /// # Ok::<(), dataverse_entity::ParseIdError>(())
    /// ```
    pub fn record(record: impl BindTo<AnyTable>) -> Self {
        Self { record: Some(record.bind()), address: None }
    }

    /// Returns a party for an email address without a record.
    ///
    /// Dataverse accepts such a party only if the organization allows unresolved recipients.
    pub fn email_address(address: impl Into<Arc<str>>) -> Self {
        Self { record: None, address: Some(address.into()) }
    }

    /// Sets which of the record's email addresses is used.
    #[must_use]
    pub fn address_used(mut self, address: impl Into<Arc<str>>) -> Self {
        self.address = Some(address.into());
        self
    }

    pub(super) fn bound(&self) -> Option<BoundRecord<'_>> {
        self.record.as_ref().map(Bind::record)
    }

    pub(super) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<Id<T>> for Party {
    fn from(id: Id<T>) -> Self {
        Self::record(id)
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<&Id<T>> for Party {
    fn from(id: &Id<T>) -> Self {
        Self::record(*id)
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<RecordRef<T>> for Party {
    fn from(record: RecordRef<T>) -> Self {
        Self::record(record)
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<&RecordRef<T>> for Party {
    fn from(record: &RecordRef<T>) -> Self {
        Self::record(record.clone())
    }
}

/// Returns a party for the record to which a lookup points.
#[diagnostic::do_not_recommend]
impl<T> From<Lookup<T>> for Party {
    fn from(lookup: Lookup<T>) -> Self {
        Self::record(AnyRecord::from(lookup))
    }
}

#[diagnostic::do_not_recommend]
impl<T> From<&Lookup<T>> for Party {
    fn from(lookup: &Lookup<T>) -> Self {
        Self::record(AnyRecord::from(lookup))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> From<Record<T>> for Party {
    fn from(record: Record<T>) -> Self {
        Self::record(record.into_record())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> From<&Record<T>> for Party {
    fn from(record: &Record<T>) -> Self {
        Self::record(record.into_record())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> From<AlternateKeyValues<T>> for Party {
    fn from(key: AlternateKeyValues<T>) -> Self {
        Self::record(key.into_record())
    }
}

impl From<AnyRecord> for Party {
    fn from(record: AnyRecord) -> Self {
        Self::record(record)
    }
}

/// The parties of one list of a create or update.
///
/// ```
/// use dataverse_entity::{Party, PartyList};
///
/// let list: PartyList = [Party::email_address("ann@contoso.com")].into_iter().collect();
/// assert_eq!(list.parties().len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartyList(Arc<[Party]>);

impl PartyList {
    /// Returns the parties.
    pub fn parties(&self) -> &[Party] {
        &self.0
    }
}

impl<P: Into<Party>> FromIterator<P> for PartyList {
    fn from_iter<I: IntoIterator<Item = P>>(parties: I) -> Self {
        Self(parties.into_iter().map(Into::into).collect())
    }
}

#[diagnostic::do_not_recommend]
impl WriteValue for PartyList {
    fn written(&self) -> Written<'_> {
        Written::Parties(&self.0)
    }
}

/// A value to which a party list can be set: a list of ids, records or [`Party`]s, or a [`PartyList`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of parties",
    label = "write a list, as in `.to([contact])`; for records of several tables `.to([Party::from(contact), Party::from(user)])`"
)]
pub trait IntoParties {
    /// Returns the parties.
    fn into_parties(self) -> PartyList;
}

impl<I: IntoIterator<Item: Into<Party>>> IntoParties for I {
    fn into_parties(self) -> PartyList {
        self.into_iter().collect()
    }
}

impl IntoIterator for PartyList {
    type Item = Party;
    type IntoIter = std::vec::IntoIter<Party>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().cloned().collect::<Vec<_>>().into_iter()
    }
}

/// Returns the `participationtypemask` of the parties of a list, by the logical name of its column. The
/// numbers are those of Microsoft's page on activity parties (activityparty-entity).
pub(super) fn participation(column: &str) -> Option<u8> {
    Some(match column {
        "from" => 1,
        "to" => 2,
        "cc" => 3,
        "bcc" => 4,
        "requiredattendees" => 5,
        "optionalattendees" => 6,
        "organizer" => 7,
        "resources" => 10,
        "customer" | "customers" => 11,
        "related" => 13,
        _ => return None,
    })
}

/// Returns the name of the collection of all parties of an activity.
pub(super) fn collection(table: &EntityMetadata) -> String {
    format!("{}_activity_parties", table.logical_name)
}

/// The navigation property from a party to its record.
const PARTY: Navigation = Navigation::Pattern("partyid_{table}");

/// Writes a party: `{"partyid_contact@odata.bind":"/contacts(guid)","participationtypemask":2}`.
pub(super) fn party(party: &Party, participation: u8, scope: Option<Scope>) -> Result<String, String> {
    let mut body = super::json::JsonObject::new(96);
    if let Some(record) = party.bound() {
        let (property, entity_set) = record.destination(&PARTY)?;
        if let Address::Id(id) = record.address {
            body.bind(&property).reference(entity_set, *id);
        } else {
            let names = EntityNames { entity_set, primary_id: record.primary_id() };
            let url = record.address.url(&names, scope)?;
            let slash = if matches!(record.address, Address::Content(_)) { "" } else { "/" };
            body.bind(&property).value(&Value::Text(format!("{slash}{url}").into()));
        }
    }
    if let Some(address) = party.address() {
        body.name("addressused").value(&Value::Text(address.into()));
    }
    body.name("participationtypemask").value(&Value::Integer(participation.into()));
    Ok(body.finish())
}
