//! Pages have the naive order, even while rows change between them.

use std::cmp::Ordering;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value as Json, json};

use crate::filters::on_accounts;
use crate::naive::*;
use crate::support::Api;

/// A column to sort by, and whether it is descending.
type By = (Column, bool);

fn by() -> impl Strategy<Value = Vec<By>> {
    proptest::collection::vec((select(FROM_ACCOUNT.to_vec()), any::<bool>()), 0..4)
}

/// `$orderby`, or nothing.
fn option(order: &[By]) -> String {
    let all: Vec<String> = order
        .iter()
        .map(|((name, _), descending)| format!("{name}{}", if *descending { " desc" } else { " asc" }))
        .collect();
    if all.is_empty() { String::new() } else { format!("&$orderby={}", encoded(&all.join(","))) }
}

/// Null sorts first, lookups sort by the name of their record, and of equal rows the older one is first.
fn naive_order(world: &World, order: &[By], one: usize, other: usize) -> Ordering {
    let key = |index: usize, (name, _): Column| match world.value(&world.accounts[index], name) {
        Some(Value::Contact(contact)) => world.full_name(*contact).map(Value::Text),
        value => value.cloned(),
    };
    let mut ordering = Ordering::Equal;
    for (column, descending) in order {
        let by = match (key(one, *column), key(other, *column)) {
            (Some(one), Some(other)) => crate::naive::order(&one, &other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        };
        ordering = ordering.then(if *descending { by.reverse() } else { by });
    }
    ordering.then(one.cmp(&other))
}

/// Follows the next links. Calls `between` before each page but the first, with the ids read so far.
fn pages(api: &Api, target: &str, size: usize, mut between: impl FnMut(&[String])) -> Vec<Json> {
    let api = api.with("Prefer", &format!("odata.maxpagesize={size}"));
    let (mut all, mut read): (Vec<Json>, Vec<String>) = (Vec::new(), Vec::new());
    let mut next = Some(target.to_owned());
    while let Some(target) = next {
        let page = api.send("GET", &target, "").expect(200).json();
        next = page["@odata.nextLink"].as_str().map(|link| link.split("/v9.2/").nth(1).unwrap().to_owned());
        read.extend(ids(&page, "accountid"));
        all.push(page);
        assert!(all.len() < 1000, "the pages do not end");
        if next.is_some() {
            between(&read);
        }
    }
    all
}

/// A change between two pages.
#[derive(Debug, Clone)]
enum Change {
    Insert(Record),
    /// Changes a column that does not sort.
    Describe(Index, String),
    /// Changes all columns that can sort.
    Move(Index, Record),
    Delete(Index),
    /// Deletes the last record of the page.
    DeleteLast,
    MoveLast(Record),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        account(CONTACTS).prop_map(Change::Insert),
        (any::<Index>(), text()).prop_map(|(which, text)| Change::Describe(which, text)),
        (any::<Index>(), account(CONTACTS)).prop_map(|(which, row)| Change::Move(which, row)),
        any::<Index>().prop_map(Change::Delete),
        Just(Change::DeleteLast),
        account(CONTACTS).prop_map(Change::MoveLast),
    ]
}

proptest! {
    #![proptest_config(crate::cases(48))]

    #[test]
    fn pages_have_the_naive_order(
        world in world(16),
        order in by(),
        filter in proptest::option::of(on_accounts()),
        size in 1..5_usize,
    ) {
        let mut world = world;
        let (api, known) = world.fill();
        let chosen = |index: &usize| filter.as_ref().is_none_or(|each| each.holds(&world, &world.accounts[*index]));
        let mut expected: Vec<usize> = (0..world.accounts.len()).filter(chosen).collect();
        expected.sort_by(|one, other| naive_order(&world, &order, *one, *other));
        let expected: Vec<&String> = expected.into_iter().map(|index| &known.accounts[index]).collect();

        let filter = filter.map_or(String::new(), |each| format!("&$filter={}", encoded(&each.odata("", &known))));
        let target = format!("accounts?$select=accountid&$count=true{filter}{}", option(&order));
        let pages = pages(&api, &target, size, |_| {});
        let found: Vec<String> = pages.iter().flat_map(|page| ids(page, "accountid")).collect();
        prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected.clone());
        prop_assert!(pages.iter().all(|page| page["@odata.count"] == expected.len()));
        let (last, full) = pages.split_last().unwrap();
        prop_assert!(full.iter().all(|page| ids(page, "accountid").len() == size));
        prop_assert!(full.is_empty() || !ids(last, "accountid").is_empty());
        let count = api.send("GET", &format!("accounts/$count?{}", filter.trim_start_matches('&')), "").expect(200);
        prop_assert_eq!(count.text(), format!("\u{feff}{}", expected.len()));
        let top = api.send("GET", &format!("accounts?$select=accountid&$top={size}{filter}{}", option(&order)), "");
        let first: Vec<&String> = expected.into_iter().take(size).collect();
        let found = ids(&top.expect(200).json(), "accountid");
        prop_assert_eq!(found.iter().collect::<Vec<_>>(), first);
    }

    #[test]
    fn no_row_that_stays_is_missed_or_seen_twice(
        world in world(16),
        order in by(),
        size in 1..4_usize,
        changes in proptest::collection::vec(proptest::collection::vec(change(), 0..4), 12),
    ) {
        let mut world = world;
        let (api, known) = world.fill();
        let there = known.accounts.clone();
        let (mut moved, mut gone, mut turn) = (Vec::new(), Vec::new(), changes.iter());
        let target = format!("accounts?$select=accountid{}", option(&order));
        let pages = pages(&api, &target, size, |read| {
            for change in turn.next().into_iter().flatten() {
                let which = match change {
                    Change::Describe(which, _) | Change::Move(which, _) | Change::Delete(which) => which.get(&there).clone(),
                    Change::Insert(_) => String::new(),
                    Change::DeleteLast | Change::MoveLast(_) => read.last().unwrap().clone(),
                };
                if gone.contains(&which) {
                    continue;
                }
                let url = format!("accounts({which})");
                match change {
                    Change::Insert(row) => drop(add(&api, row, &known)),
                    Change::Describe(_, text) => drop(api.patch(&url, &json!({"description": text})).expect(204)),
                    Change::Move(_, row) | Change::MoveLast(row) => {
                        api.patch(&url, &change_of(row, &known)).expect(204);
                        moved.push(which);
                    }
                    Change::Delete(_) | Change::DeleteLast => {
                        api.delete(&url).expect(204);
                        gone.push(which);
                    }
                }
            }
        });
        let found: Vec<String> = pages.iter().flat_map(|page| ids(page, "accountid")).collect();
        let mut expected: Vec<usize> = (0..there.len()).collect();
        expected.retain(|index| !moved.contains(&there[*index]) && !gone.contains(&there[*index]));
        expected.sort_by(|one, other| naive_order(&world, &order, *one, *other));
        let expected: Vec<&String> = expected.into_iter().map(|index| &there[index]).collect();
        let stayed: Vec<&String> = found.iter().filter(|id| expected.contains(id)).collect();
        prop_assert_eq!(stayed, expected);
        // The others are seen at most once, if they did not move.
        for id in found.iter().filter(|id| !moved.contains(id)) {
            prop_assert_eq!(found.iter().filter(|each| *each == id).count(), 1);
        }
    }
}

/// Returns the body that moves a row to another position in any order.
fn change_of(row: &Record, known: &Ids) -> Json {
    let mut body = body(row, &ACCOUNT, known);
    if body.get("primarycontactid@odata.bind").is_none() {
        body["primarycontactid@odata.bind"] = Json::Null;
    }
    body
}
