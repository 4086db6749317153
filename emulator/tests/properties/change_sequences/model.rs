//! The model: the data after changes, and the status of each.

use std::collections::{BTreeMap, BTreeSet};

/// A table with a few records that may exist: its entity set, its key and the column that is read back.
pub(super) type Set = (&'static str, &'static str, &'static str);

const ACCOUNTS: Set = ("accounts", "accountid", "name");
const CONTACTS: Set = ("contacts", "contactid", "lastname");
const OPPORTUNITIES: Set = ("opportunities", "opportunityid", "name");
const COMPETITORS: Set = ("competitors", "competitorid", "name");
pub(super) const SETS: [Set; 4] = [ACCOUNTS, CONTACTS, OPPORTUNITIES, COMPETITORS];

/// One of the records that may exist: its entity set and a number.
pub(super) type Key = (&'static str, usize);

pub(super) fn id(number: usize) -> String {
    format!("0d2c7a10-1111-4111-8111-00000000000{number}")
}

pub(super) fn url((set, number): Key) -> String {
    format!("{set}({})", id(number))
}

pub(super) fn set_of((set, _): Key) -> Set {
    *SETS.iter().find(|(each, _, _)| *each == set).unwrap()
}

/// A record of the model.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Record {
    pub(super) name: Option<String>,
    /// An account's contact, or the customer of a contact.
    pub(super) lookup: Option<Key>,
    /// Number of changes, each of which changes the etag.
    pub(super) changes: usize,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) records: BTreeMap<Key, Record>,
    /// Opportunities and competitors.
    pub(super) pairs: BTreeSet<(usize, usize)>,
    /// Number of all changes, so that a record that is created again differs from the old one.
    pub(super) changes: usize,
}

/// The condition on the version of a record.
#[derive(Debug, Clone, Copy)]
pub(super) enum Match {
    Anything,
    /// `If-Match: *`
    Something,
    /// `If-None-Match: *`
    Nothing,
    ThisVersion,
    AnotherVersion,
}

/// A request that changes something.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Create(Key, String),
    Upsert(Key, String, Match),
    /// A `PUT` of the one column, or a `DELETE`.
    Put(Key, Option<String>, Match),
    Delete(Key, Match),
    /// Sets or clears a lookup with `@odata.bind`, which creates the record if it does not exist.
    Bind(Key, Option<Key>),
    /// Sets or clears an account's contact with `$ref`.
    Refer(usize, Option<usize>),
    /// Adds an account to the collection of a contact, or removes it.
    Join(usize, usize, bool),
    /// Associates or disassociates an opportunity and a competitor, from either side.
    Pair(usize, usize, bool, bool),
}

use Change::*;

/// Returns whether a name is short enough for its column.
fn fits((set, _): Key, name: &str) -> bool {
    let max_length = match set {
        "accounts" => 160,
        "contacts" => 50,
        "opportunities" => 300,
        _ => 100,
    };
    name.encode_utf16().count() <= max_length
}

impl Model {
    fn has(&self, key: Key) -> bool {
        self.records.contains_key(&key)
    }

    /// Changes a record, and creates it if it does not exist.
    fn change(&mut self, key: Key, change: impl FnOnce(&mut Record)) {
        self.changes += 1;
        let record = self.records.entry(key).or_default();
        record.changes = self.changes;
        change(record);
    }

    /// Returns the status of a request whose condition fails; `seen` has the versions that the client knows.
    fn condition(&self, key: Key, matched: Match, seen: &Model) -> Option<u16> {
        let version = |model: &Model| model.records.get(&key).map(|record| record.changes);
        match (matched, version(self)) {
            (Match::Anything, _) | (Match::Something, Some(_)) | (Match::Nothing, None) => None,
            (Match::ThisVersion, Some(version))
                if seen.records.get(&key).is_some_and(|each| each.changes == version) =>
            {
                None
            }
            (Match::Something | Match::ThisVersion | Match::AnotherVersion, None) => Some(404),
            _ => Some(412),
        }
    }

    /// Carries out a request and returns its status. A request that fails changes nothing.
    pub(super) fn apply(&mut self, change: &Change, seen: &Model) -> u16 {
        match change {
            Create(key, name) if !fits(*key, name) => 400,
            Create(key, _) if self.has(*key) => 412,
            Create(key, name) => {
                self.change(*key, |record| record.name = Some(name.clone()));
                204
            }
            Upsert(key, name, matched) => match self.condition(*key, *matched, seen) {
                Some(status) => status,
                None if !fits(*key, name) => 400,
                None => {
                    self.change(*key, |record| record.name = Some(name.clone()));
                    204
                }
            },
            Put(key, _, _) | Delete(key, _) if !self.has(*key) => 404,
            Put(key, name, matched) => match self.condition(*key, *matched, seen) {
                Some(status) => status,
                None if !name.as_ref().is_none_or(|name| fits(*key, name)) => 400,
                // A competitor must have a name.
                None if name.is_none() && key.0 == "competitors" => 400,
                None => {
                    self.change(*key, |record| record.name = name.clone());
                    204
                }
            },
            Delete(key, matched) => match self.condition(*key, *matched, seen) {
                Some(status) => status,
                None => {
                    self.delete(*key);
                    204
                }
            },
            Bind(_, Some(target)) if !self.has(*target) => 404,
            Bind(key, target) => {
                self.change(*key, |record| record.lookup = *target);
                204
            }
            Refer(..) | Join(..) | Pair(..) => self.relate(change),
        }
    }

    /// Carries out a request for a reference between records.
    fn relate(&mut self, change: &Change) -> u16 {
        match change {
            Refer(account, contact) => {
                let target = contact.map(|contact| ("contacts", contact));
                if !self.has(("accounts", *account)) || target.is_some_and(|target| !self.has(target)) {
                    return 404;
                }
                self.change(("accounts", *account), |record| record.lookup = target);
                204
            }
            Join(contact, account, yes) => {
                let (one, other) = (("contacts", *contact), ("accounts", *account));
                let is_member = self.records.get(&other).is_some_and(|record| record.lookup == Some(one));
                if !self.has(one) || !self.has(other) || !yes && !is_member {
                    return 404;
                }
                self.change(other, |record| record.lookup = yes.then_some(one));
                204
            }
            Pair(one, other, yes, _) => {
                if !self.has(("opportunities", *one)) || !self.has(("competitors", *other)) {
                    return 404;
                }
                if *yes {
                    self.pairs.insert((*one, *other));
                } else {
                    self.pairs.remove(&(*one, *other));
                }
                204
            }
            _ => unreachable!("a change of a record itself"),
        }
    }

    /// Deletes a record and the contacts whose customer it is. Clears it as the contact of accounts.
    fn delete(&mut self, key: Key) {
        self.records.remove(&key);
        self.pairs.retain(|(one, other)| key != ("opportunities", *one) && key != ("competitors", *other));
        let referring: Vec<Key> =
            self.records.iter().filter(|(_, each)| each.lookup == Some(key)).map(|(each, _)| *each).collect();
        for each in referring {
            match each {
                ("contacts", _) => self.delete(each),
                _ => self.change(each, |record| record.lookup = None),
            }
        }
    }
}
