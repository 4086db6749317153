//! Properties: filters and orders against a naive evaluation in memory, sequences of operations against a model.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dataverse_emulator::Emulator;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::Api;

/// A datetime column beside those that accounts have.
const COLUMNS: &str = r#"{"LogicalName":"account","Attributes":[
    {"LogicalName":"new_when","AttributeType":"DateTime","DateTimeBehavior":{"Value":"UserLocal"}}]}"#;

fn api() -> Api {
    Api::of(Emulator::builder().definitions(COLUMNS).counting_ids().trace(0).build().unwrap())
}

/// A row as the naive evaluation has it.
#[derive(Debug, Clone)]
struct Row {
    name: Option<String>,
    fax: Option<String>,
    employees: Option<i64>,
    /// In hundredths.
    revenue: Option<i64>,
    on_hold: bool,
    /// In seconds since 2026 began.
    when: Option<i64>,
    contact: Option<Option<String>>,
    tasks: Vec<Option<String>>,
}

impl Row {
    fn body(&self) -> Value {
        let mut body = json!({
            "name": self.name, "fax": self.fax, "numberofemployees": self.employees, "creditonhold": self.on_hold,
            "revenue": self.revenue.map(|hundredths| hundredths as f64 / 100.0), "new_when": self.when.map(time),
        });
        if let Some(last_name) = &self.contact {
            body["primarycontactid"] = json!({"firstname": "x", "lastname": last_name});
        }
        let tasks: Vec<Value> = self.tasks.iter().map(|subject| json!({"subject": subject})).collect();
        body["Account_Tasks"] = json!(tasks);
        body
    }
}

fn time(seconds: i64) -> String {
    format!("2026-01-01T00:{:02}:{:02}Z", seconds / 60, seconds % 60)
}

/// Few characters, so that texts meet: both cases, accents, quotes, wildcards, blanks, what is beyond 16 bits.
fn text() -> impl Strategy<Value = String> {
    let letters =
        vec!['a', 'A', 'b', 'é', 'É', '\'', '%', '_', '[', ']', '^', '-', ' ', '&', '+', '#', '😀', '"', ')'];
    proptest::collection::vec(select(letters), 0..5).prop_map(|all| all.into_iter().collect())
}

fn row() -> impl Strategy<Value = Row> {
    let maybe = proptest::option::of::<BoxedStrategy<String>>;
    (
        maybe(text().boxed()),
        maybe(text().boxed()),
        proptest::option::of(0..4_i64),
        proptest::option::of(select(vec![0, 50, 100, 150, 200, 1_000_000_000_050])),
        any::<bool>(),
        proptest::option::of(0..300_i64),
        proptest::option::of(maybe(text().boxed())),
        proptest::collection::vec(maybe(text().boxed()), 0..3),
    )
        .prop_map(|(name, fax, employees, revenue, on_hold, when, contact, tasks)| Row {
            name,
            fax,
            employees,
            revenue,
            on_hold,
            when,
            contact,
            tasks,
        })
}

/// What two sides are compared by.
const OPERATORS: [&str; 6] = ["eq", "ne", "gt", "ge", "lt", "le"];

#[derive(Debug, Clone)]
enum Condition {
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    Name(&'static str, Option<String>),
    LastName(&'static str, Option<String>),
    Employees(&'static str, Option<i64>),
    Revenue(&'static str, Option<i64>),
    When(&'static str, Option<i64>),
    OnHold(bool),
    Columns(&'static str),
    Numbers(&'static str),
    Text(&'static str, String),
    In(bool, Vec<i64>),
    Between(bool, i64, i64),
    Tasks(&'static str, &'static str, Option<String>),
}

use Condition::*;

fn condition() -> impl Strategy<Value = Condition> {
    let operator = || select(OPERATORS.to_vec());
    let leaf = prop_oneof![
        (operator(), proptest::option::of(text())).prop_map(|(operator, value)| Name(operator, value)),
        (operator(), proptest::option::of(text())).prop_map(|(operator, value)| LastName(operator, value)),
        (operator(), proptest::option::of(0..4_i64)).prop_map(|(operator, value)| Employees(operator, value)),
        (operator(), proptest::option::of(select(vec![50, 100, 125, 1_000_000_000_050])))
            .prop_map(|(operator, value)| Revenue(operator, value)),
        (operator(), proptest::option::of(0..300_i64)).prop_map(|(operator, value)| When(operator, value)),
        any::<bool>().prop_map(OnHold),
        operator().prop_map(Columns),
        operator().prop_map(Numbers),
        (select(vec!["contains", "startswith", "endswith"]), text())
            .prop_filter("not supported, or not defined", |(name, text)| {
                let trailing = *name == "startswith" && text.starts_with('%')
                    || *name == "endswith" && text.ends_with('%');
                !trailing && !text.contains("[]") && !text.contains("[^]")
            })
            .prop_map(|(name, text)| Text(name, text)),
        (any::<bool>(), proptest::collection::vec(0..4_i64, 1..3)).prop_map(|(yes, all)| In(yes, all)),
        (any::<bool>(), 0..4_i64, 0..4_i64).prop_map(|(yes, low, high)| Between(yes, low, high)),
        (select(vec!["any", "all"]), operator(), proptest::option::of(text()))
            .prop_map(|(lambda, operator, value)| Tasks(lambda, operator, value)),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| And(one.into(), other.into())),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| Or(one.into(), other.into())),
            inner
                .prop_filter("the server takes no `not` before a function", |inner| !matches!(
                    inner,
                    In(..) | Between(..)
                ))
                .prop_map(|inner| Not(inner.into())),
        ]
    })
}

fn quoted(text: &Option<String>) -> String {
    text.as_ref().map_or("null".to_owned(), |text| format!("'{}'", text.replace('\'', "''")))
}

fn number<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map_or("null".to_owned(), T::to_string)
}

impl Condition {
    fn odata(&self) -> String {
        let function = |name: &str, all: &[i64]| {
            let all: Vec<String> = all.iter().map(|each| format!("\"{each}\"")).collect();
            let all = all.join(",");
            format!("Microsoft.Dynamics.CRM.{name}(PropertyName='numberofemployees',PropertyValues=[{all}])")
        };
        match self {
            And(one, other) => format!("({} and {})", one.odata(), other.odata()),
            Or(one, other) => format!("({} or {})", one.odata(), other.odata()),
            Not(inner) => format!("not ({})", inner.odata()),
            Name(operator, value) => format!("name {operator} {}", quoted(value)),
            LastName(operator, value) => format!("primarycontactid/lastname {operator} {}", quoted(value)),
            Employees(operator, value) => format!("numberofemployees {operator} {}", number(value)),
            Revenue(operator, value) => {
                format!("revenue {operator} {}", number(&value.map(|value| value as f64 / 100.0)))
            }
            When(operator, value) => format!("new_when {operator} {}", number(&value.map(time))),
            OnHold(value) => format!("creditonhold eq {value}"),
            Columns(operator) => format!("name {operator} fax"),
            Numbers(operator) => format!("revenue {operator} numberofemployees"),
            Text(name, text) => format!("{name}(name,{})", quoted(&Some(text.clone()))),
            In(yes, all) => function(if *yes { "In" } else { "NotIn" }, all),
            Between(yes, low, high) => function(if *yes { "Between" } else { "NotBetween" }, &[*low, *high]),
            Tasks(lambda, operator, value) => {
                format!("Account_Tasks/{lambda}(t:t/subject {operator} {})", quoted(value))
            }
        }
    }

    /// The naive evaluation.
    fn holds(&self, row: &Row) -> bool {
        let texts = |operator: &str, one: &Option<String>, other: &Option<String>| {
            compare(operator, one.as_deref().map(plain), other.as_deref().map(plain))
        };
        match self {
            And(one, other) => one.holds(row) && other.holds(row),
            Or(one, other) => one.holds(row) || other.holds(row),
            Not(inner) => !inner.holds(row),
            Name(operator, value) => texts(operator, &row.name, value),
            LastName(operator, value) => texts(operator, &row.contact.clone().flatten(), value),
            Employees(operator, value) => compare(operator, row.employees, *value),
            Revenue(operator, value) => compare(operator, row.revenue, *value),
            When(operator, value) => compare(operator, row.when, *value),
            OnHold(value) => row.on_hold == *value,
            Columns(operator) => texts(operator, &row.name, &row.fax),
            Numbers(operator) => {
                compare(operator, row.revenue, row.employees.map(|employees| employees * 100))
            }
            Text(name, text) => row.name.as_ref().is_some_and(|value| {
                let pattern = match *name {
                    "startswith" => format!("{text}%"),
                    "endswith" => format!("%{text}"),
                    _ => format!("%{text}%"),
                };
                matches(&letters(value), &letters(&pattern))
            }),
            In(yes, all) => row.employees.is_some_and(|employees| all.contains(&employees)) == *yes,
            Between(yes, low, high) => {
                row.employees.is_some_and(|employees| *low <= employees && employees <= *high) == *yes
            }
            Tasks(lambda, operator, value) => {
                let mut tasks = row.tasks.iter().map(|subject| texts(operator, subject, value));
                if *lambda == "any" { tasks.any(|holds| holds) } else { tasks.all(|holds| holds) }
            }
        }
    }
}

/// What is null differs from all values, is equal to null, and comes before and after nothing.
fn compare<T: Ord>(operator: &str, one: Option<T>, other: Option<T>) -> bool {
    match (operator, one, other) {
        ("eq", one, other) => one == other,
        ("ne", one, other) => one != other,
        (_, Some(one), Some(other)) => match one.cmp(&other) {
            Ordering::Less => operator.starts_with('l'),
            Ordering::Equal => operator.ends_with('e'),
            Ordering::Greater => operator.starts_with('g'),
        },
        _ => false,
    }
}

/// The letters as comparisons see them: by hand, for the letters that the texts here have.
fn letters(text: &str) -> Vec<char> {
    let letter = |letter| match letter {
        'A' => 'a',
        'é' | 'É' => 'e',
        other => other,
    };
    text.chars().map(letter).collect()
}

fn plain(text: &str) -> Vec<char> {
    letters(text.trim_end_matches(' '))
}

/// `LIKE`, by its definition.
fn matches(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|skipped| matches(&text[skipped..], rest)),
        ['_', rest @ ..] => !text.is_empty() && matches(&text[1..], rest),
        ['[', rest @ ..] => {
            let Some(end) = rest.iter().position(|each| *each == ']') else { return false };
            let (class, rest) = (&rest[..end], &rest[end + 1..]);
            let Some((first, text)) = text.split_first() else { return false };
            let (negated, class) = class.strip_prefix(&['^']).map_or((false, class), |class| (true, class));
            (in_class(class, *first) != negated) && matches(text, rest)
        }
        [letter, rest @ ..] => text.first() == Some(letter) && matches(&text[1..], rest),
    }
}

fn in_class(class: &[char], letter: char) -> bool {
    match class {
        [from, '-', to, rest @ ..] => (*from <= letter && letter <= *to) || in_class(rest, letter),
        [one, rest @ ..] => *one == letter || in_class(rest, letter),
        [] => false,
    }
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["accountid"].as_str().unwrap().to_owned()).collect()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn filters_find_what_a_naive_evaluation_finds(
        rows in proptest::collection::vec(row(), 1..12),
        conditions in proptest::collection::vec(condition(), 12),
    ) {
        let api = api();
        let created: Vec<String> = rows.iter().map(|row| api.create("accounts", &row.body())).collect();
        for condition in &conditions {
            let filter = condition.odata();
            let found = api.send("GET", &format!("accounts?$select=name&$filter={}", encoded(&filter)), "").expect(200);
            let expected: Vec<&String> =
                created.iter().zip(&rows).filter(|(_, row)| condition.holds(row)).map(|(id, _)| id).collect();
            let found = ids(found.json()["value"].as_array().unwrap());
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{}", filter);
        }
    }

    #[test]
    fn pages_are_the_naive_order_whatever_changes_in_between(
        rows in proptest::collection::vec(row(), 1..20),
        order in proptest::collection::vec((select(vec!["name", "numberofemployees", "revenue", "new_when"]), any::<bool>()), 0..3),
        size in 1..5_usize,
        disturb in any::<bool>(),
    ) {
        let api = api();
        let created: Vec<String> = rows.iter().map(|row| api.create("accounts", &row.body())).collect();
        let mut expected: Vec<usize> = (0..rows.len()).collect();
        expected.sort_by(|one, other| {
            let (one, other) = (&rows[*one], &rows[*other]);
            order.iter().fold(Ordering::Equal, |so_far, (column, descending)| {
                let by = match *column {
                    "name" => one.name.as_deref().map(plain).cmp(&other.name.as_deref().map(plain)),
                    "numberofemployees" => one.employees.cmp(&other.employees),
                    "revenue" => one.revenue.cmp(&other.revenue),
                    _ => one.when.cmp(&other.when),
                };
                so_far.then(if *descending { by.reverse() } else { by })
            })
        });
        let by: Vec<String> = order.iter().map(|(column, descending)| format!("{column}{}", if *descending { " desc" } else { "" })).collect();
        // One column twice is an error of the query's own; the naive order does not care.
        let by = if by.is_empty() { String::new() } else { format!("&$orderby={}", by.join(",")) };
        let pages = api.with("Prefer", &format!("odata.maxpagesize={size}"));
        let (mut found, mut next) = (Vec::new(), Some(format!("accounts?$select=fax{by}").replace(' ', "%20")));
        while let Some(target) = next {
            let page = pages.send("GET", &target, "").expect(200).json();
            let read = ids(page["value"].as_array().unwrap());
            next = page["@odata.nextLink"].as_str().map(|link| link.split("/v9.2/").nth(1).unwrap().to_owned());
            if disturb && next.is_some() {
                // What was read already is deleted, and what is not sorted by is changed.
                api.delete(&format!("accounts({})", read[0])).expect(204);
                let last = &created[*expected.last().unwrap()];
                if !read.contains(last) {
                    api.patch(&format!("accounts({last})"), &json!({"fax": "changed"})).expect(204);
                }
            }
            found.extend(read);
        }
        let expected: Vec<String> = expected.into_iter().map(|place| created[place].clone()).collect();
        prop_assert_eq!(found, expected);
    }
}

/// One thing done to one of a few records.
#[derive(Debug, Clone)]
enum Step {
    Create(usize, String),
    Upsert(usize, String, Match),
    Clear(usize),
    Delete(usize, Match),
    /// Creates and updates in a change set; it fails if the name is too long.
    Together(Vec<(usize, String)>),
}

/// The condition of a request.
#[derive(Debug, Clone, Copy)]
enum Match {
    Anything,
    Something,
    Nothing,
    ThisVersion,
    AnotherVersion,
}

fn step() -> impl Strategy<Value = Step> {
    let which = || 0..4_usize;
    let name = || prop_oneof![text(), Just("x".repeat(161))];
    let conditions =
        vec![Match::Anything, Match::Something, Match::Nothing, Match::ThisVersion, Match::AnotherVersion];
    prop_oneof![
        (which(), name()).prop_map(|(which, name)| Step::Create(which, name)),
        (which(), name(), select(conditions.clone()))
            .prop_map(|(which, name, condition)| Step::Upsert(which, name, condition)),
        which().prop_map(Step::Clear),
        (which(), select(conditions)).prop_map(|(which, condition)| Step::Delete(which, condition)),
        proptest::collection::vec((which(), name()), 1..4).prop_map(Step::Together),
    ]
}

fn record(which: usize) -> String {
    format!("0d2c7a10-1111-4111-8111-00000000000{which}")
}

/// The names of the records that there should be.
type Model = BTreeMap<usize, Option<String>>;

fn apply(api: &Api, model: &mut Model, step: &Step) {
    let fits = |name: &str| name.encode_utf16().count() <= 160;
    match step {
        Step::Create(which, name) => {
            let status = match (model.contains_key(which), fits(name)) {
                (_, false) => 400,
                (true, true) => 412,
                (false, true) => 204,
            };
            api.post("accounts", &json!({"accountid": record(*which), "name": name})).expect(status);
            if status == 204 {
                model.insert(*which, Some(name.clone()));
            }
        }
        Step::Upsert(which, name, condition) => {
            let (api, there) = (conditioned(api, *which, *condition), model.contains_key(which));
            let status = match (condition, there) {
                (Match::Something | Match::ThisVersion | Match::AnotherVersion, false) => 404,
                (Match::Nothing, true) | (Match::AnotherVersion, true) => 412,
                _ if fits(name) => 204,
                _ => 400,
            };
            api.patch(&format!("accounts({})", record(*which)), &json!({"name": name})).expect(status);
            if status == 204 {
                model.insert(*which, Some(name.clone()));
            }
        }
        Step::Clear(which) => {
            let status = if model.contains_key(which) { 204 } else { 404 };
            api.delete(&format!("accounts({})/name", record(*which))).expect(status);
            model.entry(*which).and_modify(|name| *name = None);
        }
        Step::Delete(which, condition) => {
            let api = conditioned(api, *which, *condition);
            let status = match (condition, model.contains_key(which)) {
                (_, false) => 404,
                (Match::AnotherVersion, true) => 412,
                _ => 204,
            };
            api.delete(&format!("accounts({})", record(*which))).expect(status);
            if status == 204 {
                model.remove(which);
            }
        }
        Step::Together(all) => {
            let mut body = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n".to_owned();
            for (number, (which, name)) in all.iter().enumerate() {
                body.push_str(&format!(
                    "--c\r\nContent-Type: application/http\r\nContent-ID: {number}\r\n\r\nPATCH accounts({}) HTTP/1.1\r\n\r\n{}\r\n",
                    record(*which),
                    json!({"name": name})
                ));
            }
            body.push_str("--c--\r\n--b--\r\n");
            let status = if all.iter().all(|(_, name)| fits(name)) { 200 } else { 400 };
            api.with("Content-Type", "multipart/mixed; boundary=b")
                .send("POST", "$batch", body)
                .expect(status);
            if status == 200 {
                model.extend(all.iter().map(|(which, name)| (*which, Some(name.clone()))));
            }
        }
    }
}

fn conditioned(api: &Api, which: usize, condition: Match) -> Api {
    let etag = || {
        let answer = api.get(&format!("accounts({})", record(which)));
        answer.header("etag").unwrap_or("W/\"1\"").to_owned()
    };
    match condition {
        Match::Anything => api.clone(),
        Match::Something => api.with("If-Match", "*"),
        Match::Nothing => api.with("If-None-Match", "*"),
        Match::ThisVersion => api.with("If-Match", &etag()),
        Match::AnotherVersion => api.with("If-Match", "W/\"2\""),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn operations_leave_what_a_model_says(steps in proptest::collection::vec(step(), 1..25)) {
        let api = api();
        let mut model = Model::new();
        for step in &steps {
            apply(&api, &mut model, step);
        }
        let rows = api.rows("accounts?$select=name");
        let found: BTreeMap<String, Option<String>> = rows
            .iter()
            .map(|row| (row["accountid"].as_str().unwrap().to_owned(), row["name"].as_str().map(str::to_owned)))
            .collect();
        let expected: BTreeMap<String, Option<String>> =
            model.into_iter().map(|(which, name)| (record(which), name)).collect();
        prop_assert_eq!(found, expected);
    }
}

/// Texts that mean something to SQL, to OData, to XML, to JSON or to paths.
const HOSTILE: [&str; 18] = [
    "'; DROP TABLE \"t:account\"; --",
    "' or '1' eq '1",
    "\" OR \"\"=\"",
    "name eq 'x') or (1 eq 1",
    "1;DELETE FROM \"t:account\"",
    "?1",
    "\\",
    "\\\"}",
    "]]>",
    "<a b='c'/>&amp;",
    "%27%22%3B",
    "../../../etc/passwd",
    "$batch",
    "a\u{7f}b\u{1}c",
    "\r\nInjected: yes",
    "@p1",
    "NULL",
    "😀\u{202e}'",
];

#[test]
fn no_text_gets_out_of_its_place() {
    let api = api();
    let witness = api.create("accounts", &json!({"name": "witness", "fax": "1"}));
    for hostile in HOSTILE {
        // As a value it comes back as it was, and is found by itself alone.
        let id = api.create("accounts", &json!({"name": hostile}));
        assert_eq!(api.get(&format!("accounts({id})")).json()["name"], *hostile);
        let literal = encoded(&format!("'{}'", hostile.replace('\'', "''")));
        let found = |query: String| {
            let answer = api.send("GET", &format!("accounts?$select=name&{query}"), "").expect(200).json();
            ids(answer["value"].as_array().unwrap())
        };
        assert_eq!(found(format!("$filter=name%20eq%20{literal}")), [id.as_str()], "{hostile}");
        assert_eq!(found(format!("$filter=name%20eq%20@p1&@p1={literal}")), [id.as_str()], "{hostile}");
        api.delete(&format!("accounts({id})")).expect(204);

        // Everywhere else it is refused, or does nothing.
        let text = encoded(hostile);
        for target in [
            format!("accounts?$select={text}"),
            format!("accounts?$orderby={text}"),
            format!("accounts?$orderby=name%20{text}"),
            format!("accounts?$filter={text}"),
            format!("accounts?$filter=name%20eq%20{text}"),
            format!("accounts?$filter={text}%20eq%201"),
            format!("accounts?$filter=contains(name,{literal})"),
            format!(
                "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName={literal},PropertyValues=[\"1\"])"
            )
            .replace('"', "%22"),
            format!("accounts?$filter=Microsoft.Dynamics.CRM.{text}(PropertyName='name')"),
            format!("accounts?$expand={text}"),
            format!("accounts?$expand=primarycontactid($select={text})"),
            format!("accounts?$apply=groupby(({text}))"),
            format!("accounts?$apply=aggregate($count%20as%20{text})"),
            format!("accounts?$skiptoken={text}"),
            format!("accounts?$deltatoken={text}"),
            format!("accounts?$top={text}"),
            format!("accounts?fetchXml={text}"),
            format!("accounts?{text}={text}"),
            format!("accounts({text})"),
            format!("accounts(name={literal})"),
            format!("accounts({text}=1)"),
            format!("accounts({witness})/{text}"),
            text.clone(),
            format!("EntityDefinitions(LogicalName={literal})"),
            format!("WhoAmI({text})"),
        ] {
            let answer = api.send("GET", &target, "");
            assert!(
                answer.status.as_u16() < 500 || answer.status.as_u16() == 501,
                "{target}: {}",
                answer.text()
            );
        }
        for body in [
            json!({hostile: 1}),
            json!({format!("{hostile}@odata.bind"): "/contacts(1)"}),
            json!({"primarycontactid@odata.bind": hostile}),
            json!({"accountid": hostile}),
            json!({"primarycontactid": {"@odata.type": hostile}}),
        ] {
            let answer = api.post("accounts", &body);
            assert!(answer.status.as_u16() < 500, "{body}: {}", answer.text());
            if answer.status.as_u16() == 204 {
                api.delete(&format!("accounts({})", answer.id())).expect(204);
            }
        }
        if http::HeaderValue::from_str(hostile).is_ok() {
            for header in
                ["MSCRMCallerID", "CallerObjectId", "If-Match", "If-None-Match", "Prefer", "Content-Type"]
            {
                let answer = api.with(header, hostile).get(&format!("accounts({witness})"));
                assert!(answer.status.as_u16() < 500, "{header}: {}", answer.text());
                let answer = api
                    .with(header, &format!("odata.include-annotations=\"{hostile}\""))
                    .send("POST", "$batch", hostile);
                assert!(answer.status.as_u16() < 500, "{header}: {}", answer.text());
            }
        }
    }
    let rows = api.rows("accounts?$select=name,fax");
    assert_eq!((rows.len(), &rows[0]["name"], &rows[0]["fax"]), (1, &json!("witness"), &json!("1")));
}
