//! Filters find what a naive evaluation finds.

use std::cmp::Ordering;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::naive::*;
use crate::support::Api;

/// A condition on an account, a contact or a task.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// A column, an operator and a value; the value may come first.
    Compare(Column, &'static str, Option<Value>, bool),
    Columns(Column, &'static str, Column),
    /// A column, a text function and its argument; `Some` compares it with `true` or `false`.
    Like(Column, &'static str, String, Option<bool>),
    In(Column, bool, Vec<Value>),
    Between(Column, bool, Value, Value),
    /// `any` or `all` of an account's tasks.
    Tasks(bool, Box<Condition>),
    HasTasks,
}

use Condition::*;

/// Returns the operators for a kind of column.
fn operators(kind: Kind) -> &'static [&'static str] {
    match kind {
        Flag | Kind::Contact => &["eq", "ne"],
        _ => &["eq", "ne", "gt", "ge", "lt", "le"],
    }
}

/// Any number can be compared with any column of numbers.
fn literal_kind(kind: Kind, other: usize) -> Kind {
    match kind {
        Integer | Money | Double => [Integer, Money, Double][other % 3],
        kind => kind,
    }
}

fn leaf(columns: &'static [Column], contacts: usize) -> impl Strategy<Value = Condition> {
    let column = || select(columns.to_vec());
    let texts: Vec<Column> = columns.iter().copied().filter(|(_, kind)| *kind == Kind::Text).collect();
    // A query function names a column, not a path.
    let own: Vec<Column> = columns.iter().copied().filter(|(name, _)| !name.contains('/')).collect();
    let ordered: Vec<Column> = own.iter().copied().filter(|(_, kind)| operators(*kind).len() > 2).collect();
    prop_oneof![
        5 => (column(), 0..6_usize, draw(), 0..3_usize, prop::bool::weighted(0.2)).prop_map(
            move |(column, operator, draw, kind, turned)| {
                let all = operators(column.1);
                let value = draw.held(literal_kind(column.1, kind), contacts);
                Compare(column, all[operator % all.len()], value, turned)
            }
        ),
        2 => (column(), 0..6_usize, 0..columns.len()).prop_map(|(column, operator, other)| {
            // The types must match, and the columns must be in the same table.
            let integers = |kind| matches!(kind, Integer | Choice);
            let of = |column: Column| column.0.rsplit_once('/').map(|(path, _)| path);
            let fits = |other: &&Column| {
                let same = other.1 == column.1 || integers(other.1) && integers(column.1);
                same && of(**other) == of(column)
            };
            let others: Vec<&Column> = columns.iter().filter(fits).collect();
            let all = operators(column.1);
            Columns(column, all[operator % all.len()], *others[other % others.len()])
        }),
        3 => (select(texts), select(vec!["contains", "startswith", "endswith"]), text(), any::<Option<bool>>())
            .prop_filter("refused, or not defined", |(_, function, text, _)| {
                let outer = *function == "startswith" && text.starts_with('%')
                    || *function == "endswith" && text.ends_with('%');
                !outer && !text.contains("[]") && !text.contains("[^]")
            })
            .prop_map(|(column, function, text, compared)| Like(column, function, text, compared)),
        2 => (select(own), any::<bool>(), proptest::collection::vec(draw(), 1..4)).prop_map(
            move |(column, yes, draws)| {
                In(column, yes, draws.iter().filter_map(|draw| draw.some(column.1, contacts)).collect())
            }
        ),
        1 => (select(ordered), any::<bool>(), draw(), draw()).prop_map(move |(column, yes, low, high)| {
            let value = |draw: Draw| draw.some(column.1, contacts).unwrap();
            Between(column, yes, value(low), value(high))
        }),
    ]
}

fn tree(leaf: impl Strategy<Value = Condition> + 'static) -> impl Strategy<Value = Condition> {
    leaf.prop_recursive(4, 24, 3, |inner| {
        let some = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            some.clone().prop_map(And),
            some.prop_map(Or),
            inner.prop_map(|inner| match inner {
                // `not` before a function is refused.
                In(..) | Between(..) => inner,
                inner => Not(inner.into()),
            }),
        ]
    })
}

/// Conditions on accounts.
pub(crate) fn on_accounts() -> impl Strategy<Value = Condition> {
    tree(prop_oneof![
        8 => leaf(&FROM_ACCOUNT, CONTACTS),
        2 => (any::<bool>(), tree(leaf(&TASK, 0))).prop_map(|(all, inner)| Tasks(all, inner.into())),
        1 => Just(HasTasks),
    ])
}

fn on_contacts() -> impl Strategy<Value = Condition> {
    tree(leaf(&CONTACT, 0))
}

impl Condition {
    /// Returns the condition as OData; `prefix` precedes every property in a lambda.
    pub(crate) fn odata(&self, prefix: &str, ids: &Ids) -> String {
        let joined = |all: &[Condition], word: &str| {
            let all: Vec<String> = all.iter().map(|each| each.odata(prefix, ids)).collect();
            format!("({})", all.join(word))
        };
        let function = |name: &str, column: &Column, values: &[&Value]| {
            let values: Vec<String> =
                values.iter().map(|value| json!(plain(value, ids)).to_string()).collect();
            let column = if column.1 == Kind::Contact { "primarycontactid" } else { column.0 };
            format!(
                "Microsoft.Dynamics.CRM.{name}(PropertyName='{column}',PropertyValues=[{}])",
                values.join(",")
            )
        };
        match self {
            And(all) => joined(all, " and "),
            Or(all) => joined(all, " or "),
            Not(inner) => format!("not ({})", inner.odata(prefix, ids)),
            Compare((name, _), operator, value, false) => {
                format!("{prefix}{name} {operator} {}", literal(value.as_ref(), ids))
            }
            Compare((name, _), operator, value, true) => {
                let turned = match *operator {
                    "gt" => "lt",
                    "ge" => "le",
                    "lt" => "gt",
                    "le" => "ge",
                    same => same,
                };
                format!("{} {turned} {prefix}{name}", literal(value.as_ref(), ids))
            }
            Columns((one, _), operator, (other, _)) => format!("{prefix}{one} {operator} {prefix}{other}"),
            Like((name, _), function, text, compared) => {
                let text = literal(Some(&Value::Text(text.clone())), ids);
                let compared = compared.map_or(String::new(), |flag| format!(" eq {flag}"));
                format!("{function}({prefix}{name},{text}){compared}")
            }
            In(column, yes, all) => {
                function(if *yes { "In" } else { "NotIn" }, column, &all.iter().collect::<Vec<_>>())
            }
            Between(column, yes, low, high) => {
                function(if *yes { "Between" } else { "NotBetween" }, column, &[low, high])
            }
            Tasks(all, inner) => {
                let lambda = if *all { "all" } else { "any" };
                format!("Account_Tasks/{lambda}(t:{})", inner.odata("t/", ids))
            }
            HasTasks => "Account_Tasks/any()".to_owned(),
        }
    }

    /// Returns the naive evaluation.
    pub(crate) fn holds(&self, world: &World, record: &Record) -> bool {
        let value = |column: &Column| world.value(record, column.0);
        match self {
            And(all) => all.iter().all(|each| each.holds(world, record)),
            Or(all) => all.iter().any(|each| each.holds(world, record)),
            Not(inner) => !inner.holds(world, record),
            Compare(column, operator, wanted, _) => compare(operator, value(column), wanted.as_ref()),
            Columns(one, operator, other) => compare(operator, value(one), value(other)),
            Like(column, function, text, compared) => {
                let pattern = match *function {
                    "startswith" => format!("{text}%"),
                    "endswith" => format!("%{text}"),
                    _ => format!("%{text}%"),
                };
                let found = match value(column) {
                    Some(Value::Text(value)) => like(&letters(value), &letters(&pattern)),
                    _ => false,
                };
                found == compared.unwrap_or(true)
            }
            In(column, yes, all) => {
                all.iter().any(|wanted| compare("eq", value(column), Some(wanted))) == *yes
            }
            Between(column, yes, low, high) => {
                let value = value(column);
                (compare("ge", value, Some(low)) && compare("le", value, Some(high))) == *yes
            }
            Tasks(true, inner) => record.tasks.iter().all(|task| inner.holds(world, task)),
            Tasks(false, inner) => record.tasks.iter().any(|task| inner.holds(world, task)),
            HasTasks => !record.tasks.is_empty(),
        }
    }
}

/// Null differs from all values, is equal to null, and is before and after nothing.
fn compare(operator: &str, one: Option<&Value>, other: Option<&Value>) -> bool {
    let ordering = match (one, other) {
        (Some(one), Some(other)) => Some(order(one, other)),
        (None, None) if matches!(operator, "eq" | "ne") => Some(Ordering::Equal),
        _ => None,
    };
    match operator {
        "eq" => ordering == Some(Ordering::Equal),
        "ne" => ordering != Some(Ordering::Equal),
        "gt" => ordering == Some(Ordering::Greater),
        "lt" => ordering == Some(Ordering::Less),
        "ge" => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        _ => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
    }
}

proptest! {
    #![proptest_config(crate::cases(40))]

    #[test]
    fn filters_find_what_a_naive_evaluation_finds(
        world in world(14),
        on_accounts in proptest::collection::vec(on_accounts(), 12),
        on_contacts in proptest::collection::vec(on_contacts(), 4),
    ) {
        let mut world = world;
        let (api, known) = world.fill();
        let accounts = on_accounts.iter().map(|each| ("accounts", "accountid", &known.accounts, &world.accounts, each));
        let contacts = on_contacts.iter().map(|each| ("contacts", "contactid", &known.contacts, &world.contacts, each));
        for (set, key, known_ids, records, condition) in accounts.chain(contacts) {
            let filter = condition.odata("", &known);
            let answer = api.send("GET", &format!("{set}?$select={key}&$count=true&$filter={}", encoded(&filter)), "");
            prop_assert_eq!(answer.status.as_u16(), 200, "{}: {}", filter, answer.text());
            let records = known_ids.iter().zip(records);
            let expected: Vec<&String> =
                records.filter(|(_, record)| condition.holds(&world, record)).map(|(id, _)| id).collect();
            let answer = answer.json();
            let found = ids(&answer, key);
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected.clone(), "{}", filter);
            prop_assert_eq!(&answer["@odata.count"], expected.len());
        }
    }
}

/// A list has texts as in JSON.
#[test]
fn quotes_in_lists() {
    let api = Api::new();
    for name in ["a\"", "\"", "\"]", "a\\", "\\\"", "a\",\"b", "(\""] {
        let id = api.create("accounts", &json!({"name": name}));
        let list = serde_json::to_string(&[name]).unwrap();
        let filter = format!("Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues={list})");
        let answer = api.send("GET", &format!("accounts?$select=name&$filter={}", encoded(&filter)), "");
        assert_eq!(ids(&answer.expect(200).json(), "accountid"), [id], "{filter}");
    }
}

/// No value is before or after null.
#[test]
fn paths_before_and_after_null() {
    let api = Api::new();
    api.create("accounts", &json!({"primarycontactid": {"lastname": "a"}}));
    for (filter, count) in [
        ("primarycontactid/lastname gt null", 0),
        ("null ge primarycontactid/lastname", 0),
        ("not (primarycontactid/lastname lt null)", 1),
        ("primarycontactid/lastname le null or primarycontactid/lastname eq 'a'", 1),
    ] {
        let answer =
            api.get(&format!("accounts?$select=name&$count=true&$filter={filter}")).expect(200).json();
        assert_eq!(ids(&answer, "accountid").len(), count, "{filter}");
    }
}
