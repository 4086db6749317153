//! Random sequences of changes, carried out in the service and in the model.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_emulator::Emulator;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::model::Change::{self, *};
use super::model::{Key, Match, Model, Record, SETS, id, url};
use super::requests::{batch, part, sent};
use crate::naive::text;
use crate::support::Api;

#[derive(Debug, Clone)]
enum Step {
    One(Change),
    /// Creates a record whose id the server chooses.
    Anonymous(String),
    ChangeSet(Vec<Change>),
    /// Independent requests, with or without `odata.continue-on-error`.
    Batch(Vec<Change>, bool),
}

fn key() -> impl Strategy<Value = Key> {
    // Mostly accounts and contacts, because they have more rules.
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

/// Carries out a step in the service and in the model, and compares the statuses.
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

/// Reads everything back and compares it with the model. Returns the new etags: that of a record differs if
/// and only if it was changed.
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
        let api = Api::of(Emulator::builder().sequential_ids(true).trace_limit(0).build().unwrap());
        let (mut model, mut etags, mut anonymous) = (Model::default(), BTreeMap::new(), Vec::new());
        for step in &steps {
            let before = model.clone();
            carry_out(&api, &mut model, &etags, step, &mut anonymous);
            etags = read_back(&api, (&before, &model), &etags, &anonymous);
        }
    }
}
