//! Sequences of changes leave what a simple model says, and are answered with the statuses that it says.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_emulator::Emulator;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::naive::text;
use crate::support::Api;

/// A table with a few records that may be there: its entity set, its key and the column that is read back.
type Set = (&'static str, &'static str, &'static str);

const ACCOUNTS: Set = ("accounts", "accountid", "name");
const CONTACTS: Set = ("contacts", "contactid", "lastname");
const OPPORTUNITIES: Set = ("opportunities", "opportunityid", "name");
const COMPETITORS: Set = ("competitors", "competitorid", "name");
const SETS: [Set; 4] = [ACCOUNTS, CONTACTS, OPPORTUNITIES, COMPETITORS];

/// One of the records that may be there: its entity set and a number.
type Key = (&'static str, usize);

fn id(number: usize) -> String {
    format!("0d2c7a10-1111-4111-8111-00000000000{number}")
}

fn url((set, number): Key) -> String {
    format!("{set}({})", id(number))
}

fn set_of((set, _): Key) -> Set {
    *SETS.iter().find(|(each, _, _)| *each == set).unwrap()
}

/// A record of the model.
#[derive(Debug, Clone, Default, PartialEq)]
struct Record {
    name: Option<String>,
    /// An account's contact, or the customer of a contact.
    lookup: Option<Key>,
    /// How often it was changed: as often as its etag.
    changes: usize,
}

#[derive(Debug, Clone, Default)]
struct Model {
    records: BTreeMap<Key, Record>,
    /// Opportunities and competitors.
    pairs: BTreeSet<(usize, usize)>,
    /// Counts all changes, so that a record that is made again does not look like the old one.
    changes: usize,
}

/// What has to be true of the version of a record.
#[derive(Debug, Clone, Copy)]
enum Match {
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
enum Change {
    Create(Key, String),
    Upsert(Key, String, Match),
    /// A `PUT` of the one column, or a `DELETE`.
    Put(Key, Option<String>, Match),
    Delete(Key, Match),
    /// Sets or clears a lookup with `@odata.bind`, which creates the record if it is not there.
    Bind(Key, Option<Key>),
    /// Sets or clears an account's contact with `$ref`.
    Refer(usize, Option<usize>),
    /// Puts an account into the collection of a contact, or takes it out.
    Join(usize, usize, bool),
    /// Makes or breaks a pair of an opportunity and a competitor, from either side.
    Pair(usize, usize, bool, bool),
}

use Change::*;

/// Whether a name is short enough for its column.
fn fits((set, _): Key, name: &str) -> bool {
    let max_length = match set {
        "accounts" => 160,
        "contacts" => 50,
        "opportunities" => 300,
        _ => 100,
    };
    name.encode_utf16().count() <= max_length
}

#[derive(Debug, Clone)]
enum Step {
    One(Change),
    /// Creates a record whose id the server gives.
    Anonymous(String),
    ChangeSet(Vec<Change>),
    /// Requests that are each for themselves, with or without `odata.continue-on-error`.
    Batch(Vec<Change>, bool),
}

fn key() -> impl Strategy<Value = Key> {
    // Accounts and contacts most of all: there are more rules for them.
    let set = select(vec!["accounts", "accounts", "contacts", "contacts", "opportunities", "competitors"]);
    (set, 0..3_usize)
}

fn change() -> impl Strategy<Value = Change> {
    let name = || prop_oneof![4 => text(), 1 => Just("x".repeat(301))];
    let matches = || {
        use Match::*;
        prop_oneof![2 => Just(Anything), 3 => select(vec![Something, Nothing, ThisVersion, AnotherVersion])]
    };
    let without_nothing =
        || matches().prop_map(|each| if matches!(each, Match::Nothing) { Match::Anything } else { each });
    let customer = (select(vec!["accounts", "contacts"]), 0..3_usize);
    prop_oneof![
        3 => (key(), name()).prop_map(|(key, name)| Create(key, name)),
        4 => (key(), name(), matches()).prop_map(|(key, name, matched)| Upsert(key, name, matched)),
        2 => (key(), proptest::option::of(name()), without_nothing())
            .prop_map(|(key, name, matched)| Put(key, name, matched)),
        2 => (key(), without_nothing()).prop_map(|(key, matched)| Delete(key, matched)),
        2 => (0..3_usize, proptest::option::of(0..3_usize)).prop_map(|(account, contact)| {
            Bind(("accounts", account), contact.map(|contact| ("contacts", contact)))
        }),
        2 => (0..3_usize, customer).prop_map(|(contact, customer)| Bind(("contacts", contact), Some(customer))),
        2 => (0..3_usize, proptest::option::of(0..3_usize)).prop_map(|(account, contact)| Refer(account, contact)),
        2 => (0..3_usize, 0..3_usize, any::<bool>()).prop_map(|(one, other, yes)| Join(one, other, yes)),
        3 => (0..3_usize, 0..3_usize, any::<bool>(), any::<bool>())
            .prop_map(|(one, other, yes, turned)| Pair(one, other, yes, turned)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => change().prop_map(Step::One),
        1 => text().prop_map(Step::Anonymous),
        3 => proptest::collection::vec(change(), 1..5).prop_map(Step::ChangeSet),
        1 => (proptest::collection::vec(change(), 1..4), any::<bool>())
            .prop_map(|(all, continues)| Step::Batch(all, continues)),
    ]
}

impl Model {
    fn has(&self, key: Key) -> bool {
        self.records.contains_key(&key)
    }

    /// Changes a record, which is made if it is not there.
    fn change(&mut self, key: Key, change: impl FnOnce(&mut Record)) {
        self.changes += 1;
        let record = self.records.entry(key).or_default();
        record.changes = self.changes;
        change(record);
    }

    /// The status of a request whose condition fails; `seen` are the versions that the client knows.
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

    /// Carries out a request and says its status; nothing is changed by one that fails.
    fn apply(&mut self, change: &Change, seen: &Model) -> u16 {
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
                // A competitor has a name.
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

    /// Deletes a record and the contacts whose customer it is; accounts lose their contact.
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

/// A request as it is sent.
struct Sent {
    method: &'static str,
    target: String,
    header: Option<(&'static str, String)>,
    body: Option<Json>,
}

/// The header for what has to be true of a version; `etag` is that of the record, if it is there.
fn condition(matched: Match, etag: Option<&String>) -> Option<(&'static str, String)> {
    match matched {
        Match::Anything => None,
        Match::Something => Some(("If-Match", "*".to_owned())),
        Match::Nothing => Some(("If-None-Match", "*".to_owned())),
        Match::ThisVersion => Some(("If-Match", etag.cloned().unwrap_or("W/\"1\"".to_owned()))),
        Match::AnotherVersion => Some(("If-Match", "W/\"1\"".to_owned())),
    }
}

/// The request; `etags` are those of the records that are there.
fn sent(change: &Change, etags: &BTreeMap<Key, String>) -> Sent {
    let header = |key: &Key, matched: Match| condition(matched, etags.get(key));
    let (method, target, header, body) = match change {
        Create(key, name) => {
            let (set, primary, column) = set_of(*key);
            ("POST", set.to_owned(), None, Some(json!({primary: id(key.1), column: name})))
        }
        Upsert(key, name, matched) => {
            ("PATCH", url(*key), header(key, *matched), Some(json!({set_of(*key).2: name})))
        }
        Put(key, name, matched) => {
            let body = name.as_ref().map(|name| json!({"value": name}));
            let method = if body.is_some() { "PUT" } else { "DELETE" };
            (method, format!("{}/{}", url(*key), set_of(*key).2), header(key, *matched), body)
        }
        Delete(key, matched) => ("DELETE", url(*key), header(key, *matched), None),
        Bind(key, target) => {
            let property = match (key, target) {
                (("accounts", _), _) => "primarycontactid",
                (_, Some(("accounts", _))) => "parentcustomerid_account",
                _ => "parentcustomerid_contact",
            };
            let target = target.map(|target| format!("/{}", url(target)));
            ("PATCH", url(*key), None, Some(json!({format!("{property}@odata.bind"): target})))
        }
        Refer(account, contact) => {
            let body = contact.map(|contact| json!({"@odata.id": url(("contacts", contact))}));
            let method = if body.is_some() { "PUT" } else { "DELETE" };
            (method, format!("{}/primarycontactid/$ref", url(("accounts", *account))), None, body)
        }
        Join(contact, account, true) => {
            let body = json!({"@odata.id": url(("accounts", *account))});
            (
                "POST",
                format!("{}/account_primary_contact/$ref", url(("contacts", *contact))),
                None,
                Some(body),
            )
        }
        Join(contact, account, false) => {
            let collection = format!("{}/account_primary_contact", url(("contacts", *contact)));
            ("DELETE", format!("{collection}({})/$ref", id(*account)), None, None)
        }
        Pair(one, other, yes, turned) => {
            let (one, other) = (("opportunities", *one), ("competitors", *other));
            let (one, other) = if *turned { (other, one) } else { (one, other) };
            let collection = format!("{}/opportunitycompetitors_association", url(one));
            match (yes, turned) {
                (true, _) => {
                    ("POST", format!("{collection}/$ref"), None, Some(json!({"@odata.id": url(other)})))
                }
                (false, true) => ("DELETE", format!("{collection}({})/$ref", id(other.1)), None, None),
                (false, false) => ("DELETE", format!("{collection}/$ref?$id={}", url(other)), None, None),
            }
        }
    };
    Sent { method, target, header, body }
}

/// A request as a part of a batch.
fn part(boundary: &str, number: usize, sent: &Sent) -> String {
    let header = sent.header.as_ref().map_or(String::new(), |(name, value)| format!("{name}: {value}\r\n"));
    let body = sent.body.as_ref().map_or(String::new(), Json::to_string);
    format!(
        "--{boundary}\r\nContent-Type: application/http\r\nContent-ID: {number}\r\n\r\n{} {} HTTP/1.1\r\n{header}\r\n{body}\r\n",
        sent.method, sent.target
    )
}

/// The status of a batch, and those of its parts.
fn batch(api: &Api, body: String) -> (u16, Vec<u16>) {
    let answer = api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", body);
    let text = answer.text();
    let statuses = text.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 "));
    (answer.status.as_u16(), statuses.map(|line| line[..3].parse().unwrap()).collect())
}

/// Carries out a step in the service and in the model, and holds the statuses against each other.
fn carry_out(
    api: &Api,
    model: &mut Model,
    etags: &BTreeMap<Key, String>,
    step: &Step,
    anonymous: &mut Vec<(String, String)>,
) {
    let seen = model.clone();
    match step {
        Step::One(change) => {
            let request = sent(change, etags);
            let api = match &request.header {
                Some((name, value)) => api.with(name, value),
                None => api.clone(),
            };
            let body = request.body.map_or(String::new(), |body| body.to_string());
            let answer = api.send(request.method, &request.target, body);
            let expected = model.apply(change, &seen);
            assert_eq!(answer.status.as_u16(), expected, "{change:?}: {}", answer.text());
        }
        Step::Anonymous(name) => {
            let id = api.create("accounts", &json!({"name": name}));
            assert!(!anonymous.iter().any(|(each, _)| *each == id), "{id} is there already");
            anonymous.push((id, name.clone()));
        }
        Step::ChangeSet(all) => {
            let mut body = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n".to_owned();
            for (number, change) in all.iter().enumerate() {
                body.push_str(&part("c", number, &sent(change, etags)));
            }
            let answer = batch(api, format!("{body}--c--\r\n--b--\r\n"));
            let mut changed = model.clone();
            let statuses: Vec<u16> = all.iter().map(|change| changed.apply(change, &seen)).collect();
            match statuses.iter().find(|status| **status >= 400) {
                Some(failed) => assert_eq!(answer, (*failed, vec![*failed]), "{all:?}"),
                None => {
                    assert_eq!(answer, (200, statuses), "{all:?}");
                    *model = changed;
                }
            }
        }
        Step::Batch(all, continues) => {
            let parts = all.iter().enumerate().map(|(number, each)| part("b", number, &sent(each, etags)));
            let body = format!("{}--b--\r\n", parts.collect::<String>());
            let api = if *continues { api.with("Prefer", "odata.continue-on-error") } else { api.clone() };
            let answer = batch(&api, body);
            let (mut outer, mut statuses) = (200, Vec::new());
            for change in all {
                let status = model.apply(change, &seen);
                statuses.push(status);
                if status >= 400 && !continues {
                    outer = status;
                    break;
                }
            }
            assert_eq!(answer, (outer, statuses), "{all:?}");
        }
    }
}

/// Reads everything back and holds it against the model. Gives the new etags: a record has another one if it was changed,
/// and only then.
fn read_back(
    api: &Api,
    (before, model): (&Model, &Model),
    etags: &BTreeMap<Key, String>,
    anonymous: &[(String, String)],
) -> BTreeMap<Key, String> {
    let mut found: BTreeMap<Key, Record> = BTreeMap::new();
    let (mut new_etags, mut unknown) = (BTreeMap::new(), Vec::new());
    for (set, primary, column) in SETS {
        let lookup = match set {
            "accounts" => "_primarycontactid_value",
            "contacts" => "_parentcustomerid_value",
            _ => primary,
        };
        let api = api.with("Prefer", "odata.include-annotations=\"*\"");
        for row in api.rows(&format!("{set}?$select={column},{lookup}")) {
            let row_id = row[primary].as_str().unwrap();
            let Some(number) = (0..3).find(|number| id(*number) == row_id) else {
                unknown.push((row_id.to_owned(), row[column].as_str().unwrap().to_owned()));
                continue;
            };
            let target = row[lookup].as_str().filter(|_| lookup != primary).map(|target| {
                let table = &row[format!("{lookup}@Microsoft.Dynamics.CRM.lookuplogicalname")];
                let set = if table == "account" { "accounts" } else { "contacts" };
                (set, (0..3).find(|number| id(*number) == target).expect("a record that is there"))
            });
            let key = (set, number);
            let changes = model.records.get(&key).map_or(0, |record| record.changes);
            let name = row[column].as_str().map(str::to_owned);
            found.insert(key, Record { name, lookup: target, changes });
            new_etags.insert(key, row["@odata.etag"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(found, model.records);
    assert_eq!(unknown, anonymous);
    for (key, etag) in &new_etags {
        if let Some(old) = before.records.get(key) {
            assert_eq!(old.changes == model.records[key].changes, etags[key] == *etag, "the etag of {key:?}");
        }
    }
    let mut pairs = BTreeSet::new();
    for (set, primary) in [("opportunities", "competitorid"), ("competitors", "opportunityid")] {
        for (_, number) in model.records.keys().filter(|(each, _)| *each == set) {
            let target =
                format!("{}/opportunitycompetitors_association?$select={primary}", url((set, *number)));
            for other in api.column(primary, &target) {
                let other = (0..3).find(|number| id(*number) == other.as_str().unwrap()).unwrap();
                pairs.insert(if set == "opportunities" {
                    (set, *number, other)
                } else {
                    (set, other, *number)
                });
            }
        }
    }
    let both =
        |(one, other): &(usize, usize)| [("opportunities", *one, *other), ("competitors", *one, *other)];
    assert_eq!(pairs, model.pairs.iter().flat_map(both).collect());
    new_etags
}

proptest! {
    #![proptest_config(crate::cases(64))]

    #[test]
    fn changes_leave_what_a_model_says(steps in proptest::collection::vec(step(), 1..40)) {
        let api = Api::of(Emulator::builder().counting_ids().trace(0).build().unwrap());
        let (mut model, mut etags, mut anonymous) = (Model::default(), BTreeMap::new(), Vec::new());
        for step in &steps {
            let before = model.clone();
            carry_out(&api, &mut model, &etags, step, &mut anonymous);
            etags = read_back(&api, (&before, &model), &etags, &anonymous);
        }
    }
}
