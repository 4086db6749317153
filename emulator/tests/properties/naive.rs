//! Accounts, contacts and tasks in memory, and the comparison of values. Nothing here asks the service.

use std::cmp::Ordering;
use std::time::Duration;

use dataverse_emulator::Emulator;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::support::Api;

/// The time at which the clock starts.
const START: &str = "2026-03-04T10:30:00Z";

/// A value that is not null. Numbers are in hundred-thousandths, times in seconds and dates in days since the
/// clock's start; an id is the index of a contact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    Time(i64),
    Date(i64),
    Contact(usize),
}

pub(crate) use Kind::*;

/// The kind of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Money,
    Double,
    Flag,
    Choice,
    Time,
    Date,
    Contact,
}

/// A column, by its name in queries.
pub(crate) type Column = (&'static str, Kind);

pub(crate) const ACCOUNT: [Column; 14] = [
    ("name", Text),
    ("fax", Text),
    ("address1_city", Text),
    ("numberofemployees", Integer),
    ("sharesoutstanding", Integer),
    ("revenue", Money),
    ("creditlimit", Money),
    ("address1_latitude", Double),
    ("address1_longitude", Double),
    ("creditonhold", Flag),
    ("accountcategorycode", Choice),
    ("createdon", Time),
    ("lastusedincampaign", Time),
    ("_primarycontactid_value", Contact),
];

pub(crate) const CONTACT: [Column; 4] =
    [("firstname", Text), ("lastname", Text), ("birthdate", Date), ("anniversary", Date)];

/// The columns of accounts, and of the contact of an account.
pub(crate) const FROM_ACCOUNT: [Column; 17] = {
    let mut all = [("primarycontactid/lastname", Text); 17];
    let mut index = 0;
    while index < ACCOUNT.len() {
        all[index] = ACCOUNT[index];
        index += 1;
    }
    all[15] = ("primarycontactid/firstname", Text);
    all[16] = ("primarycontactid/birthdate", Date);
    all
};

pub(crate) const TASK: [Column; 3] = [("subject", Text), ("category", Text), ("scheduledstart", Time)];

/// A record: the values of its columns, and the tasks that belong to it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) cells: Vec<(&'static str, Option<Value>)>,
    pub(crate) tasks: Vec<Record>,
}

impl Record {
    fn cell(&self, name: &str) -> Option<&Value> {
        self.cells.iter().find(|(each, _)| *each == name).and_then(|(_, value)| value.as_ref())
    }

    pub(crate) fn set(&mut self, name: &'static str, value: Option<Value>) {
        self.cells.retain(|(each, _)| *each != name);
        self.cells.push((name, value));
    }
}

/// All records.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) contacts: Vec<Record>,
    pub(crate) accounts: Vec<Record>,
}

/// The ids that the service gave.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(crate) contacts: Vec<String>,
    pub(crate) accounts: Vec<String>,
}

impl World {
    /// Returns the value at the end of a path that starts at an account, a contact or a task.
    pub(crate) fn value<'w>(&'w self, record: &'w Record, path: &str) -> Option<&'w Value> {
        match path.strip_prefix("primarycontactid/") {
            None => record.cell(path),
            Some(path) => match record.cell("_primarycontactid_value") {
                Some(Value::Contact(index)) => self.contacts[*index].cell(path),
                _ => None,
            },
        }
    }

    /// Returns the full name of a contact.
    pub(crate) fn full_name(&self, index: usize) -> Option<String> {
        let contact = &self.contacts[index];
        let names = ["firstname", "lastname"].map(|name| match contact.cell(name) {
            Some(Value::Text(text)) => format!("{text} "),
            _ => String::new(),
        });
        let all = names.concat().trim_end_matches(' ').to_owned();
        (!all.is_empty()).then_some(all)
    }

    /// Creates all records in a new service.
    pub(crate) fn fill(&mut self) -> (Api, Ids) {
        let builder = Emulator::builder().clock(START.parse().unwrap()).sequential_ids(true).trace_limit(0);
        let (api, mut ids) = (Api::of(builder.build().unwrap()), Ids::default());
        for contact in &self.contacts {
            ids.contacts.push(api.create("contacts", &body(contact, &CONTACT, &ids)));
        }
        let mut now = 0;
        for (index, account) in self.accounts.iter_mut().enumerate() {
            // Some are created at the same time.
            if index % 3 == 1 {
                api.emulator.advance(Duration::from_secs(20));
                now += 20;
            }
            account.set("createdon", Some(Value::Time(now)));
            let id = add(&api, account, &ids);
            ids.accounts.push(id);
        }
        (api, ids)
    }
}

/// Creates an account.
pub(crate) fn add(api: &Api, account: &Record, ids: &Ids) -> String {
    let mut made = body(account, &ACCOUNT, ids);
    // Only an update can set it.
    let used = made.as_object_mut().unwrap().remove("lastusedincampaign");
    made["Account_Tasks"] = account.tasks.iter().map(|task| body(task, &TASK, ids)).collect();
    let id = api.create("accounts", &made);
    api.patch(&format!("accounts({id})"), &json!({"lastusedincampaign": used})).expect(204);
    id
}

/// Returns the body that creates a record.
pub(crate) fn body(record: &Record, columns: &[Column], ids: &Ids) -> Json {
    let mut body = json!({});
    for (name, kind) in columns.iter().filter(|(name, _)| *name != "createdon") {
        let value = record.cell(name);
        match (kind, value) {
            (Contact, Some(Value::Contact(index))) => {
                body["primarycontactid@odata.bind"] = format!("/contacts({})", ids.contacts[*index]).into();
            }
            (Contact, _) => {}
            (_, value) => body[*name] = value.map_or(Json::Null, json_of),
        }
    }
    body
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Flag(flag) => json!(flag),
        Value::Number(_) => serde_json::from_str(&plain(value, &Ids::default())).unwrap(),
        other => json!(plain(other, &Ids::default())),
    }
}

/// Returns a value without quotes.
pub(crate) fn plain(value: &Value, ids: &Ids) -> String {
    let start: Timestamp = START.parse().unwrap();
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => {
            let (sign, digits) = (if *number < 0 { "-" } else { "" }, number.unsigned_abs());
            let text = format!("{sign}{}.{:05}", digits / 100_000, digits % 100_000);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Flag(flag) => flag.to_string(),
        Value::Time(seconds) => (start + seconds.seconds()).to_string(),
        Value::Date(days) => (jiff::civil::date(2026, 3, 4) + days.days()).to_string(),
        Value::Contact(index) => ids.contacts[*index].clone(),
    }
}

/// Returns a value as a literal of OData.
pub(crate) fn literal(value: Option<&Value>, ids: &Ids) -> String {
    match value {
        None => "null".to_owned(),
        Some(Value::Text(text)) => format!("'{}'", text.replace('\'', "''")),
        Some(other) => plain(other, ids),
    }
}

/// Returns the order of two values.
pub(crate) fn order(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => folded(one).cmp(&folded(other)),
        (Value::Number(one), Value::Number(other))
        | (Value::Time(one), Value::Time(other))
        | (Value::Date(one), Value::Date(other)) => one.cmp(other),
        (Value::Flag(one), Value::Flag(other)) => one.cmp(other),
        (Value::Contact(one), Value::Contact(other)) => one.cmp(other),
        _ => panic!("{one:?} and {other:?} do not compare"),
    }
}

/// Returns a text without case, accents and trailing blanks.
pub(crate) fn folded(text: &str) -> Vec<char> {
    letters(text.trim_end_matches(' '))
}

/// Returns the letters without case and accents: by hand, for those of [`PIECES`] and ASCII.
pub(crate) fn letters(text: &str) -> Vec<char> {
    let one = |letter: char| match letter {
        '\u{301}' => None,
        'é' | 'É' => Some('e'),
        'ü' | 'Ü' => Some('u'),
        other => Some(other.to_ascii_lowercase()),
    };
    text.chars().filter_map(one).collect()
}

/// T-SQL's `LIKE` by its definition. Both sides are letters without case and accents.
pub(crate) fn like(text: &[char], pattern: &[char]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
    let one = |fits: &dyn Fn(char) -> bool, rest: &[char]| match text.split_first() {
        Some((letter, text)) => fits(*letter) && like(text, rest),
        None => false,
    };
    match first {
        '%' => like(text, rest) || !text.is_empty() && like(&text[1..], pattern),
        '_' => one(&|_| true, rest),
        '[' => match rest.iter().position(|each| *each == ']') {
            Some(end) => {
                let negated = rest[0] == '^';
                let class = &rest[usize::from(negated)..end];
                one(&|letter| in_class(class, letter) != negated, &rest[end + 1..])
            }
            None => false,
        },
        wanted => one(&|letter| letter == *wanted, rest),
    }
}

fn in_class(class: &[char], letter: char) -> bool {
    match class {
        [] => false,
        [from, '-', to, rest @ ..] => (from..=to).contains(&&letter) || in_class(rest, letter),
        [one, rest @ ..] => *one == letter || in_class(rest, letter),
    }
}

/// Few pieces, so that texts are often equal: both cases, accents in two encodings, quotes, wildcards,
/// blanks, and characters with a meaning in a URL.
const PIECES: [&str; 36] = [
    "a", "A", "b", "B", "e", "é", "É", "e\u{301}", "ü", "U", "'", "\"", "%", "_", "[", "]", "^", "-", " ",
    "  ", "😀", "&", "+", "#", "(", ")", ",", ";", "\\", "/", "=", "@", "$", "?", "ß", "1",
];

pub(crate) fn text() -> impl Strategy<Value = String> {
    // Mostly from the first few pieces, which are equal to one another.
    let piece = prop_oneof![2 => select(PIECES[..10].to_vec()), 3 => select(PIECES.to_vec())];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

/// A value for a column of any kind.
#[derive(Debug, Clone)]
pub(crate) struct Draw {
    there: bool,
    text: String,
    number: usize,
    flag: bool,
    small: i64,
}

pub(crate) fn draw() -> impl Strategy<Value = Draw> {
    (prop::bool::weighted(0.7), text(), 0..1000_usize, any::<bool>(), 0..4_i64)
        .prop_map(|(there, text, number, flag, small)| Draw { there, text, number, flag, small })
}

impl Draw {
    /// Returns a value that a column can hold, or null.
    pub(crate) fn held(&self, kind: Kind, contacts: usize) -> Option<Value> {
        self.there.then(|| self.some(kind, contacts)).flatten()
    }

    /// Returns a value. Returns `None` for the id of a contact if there are no contacts.
    pub(crate) fn some(&self, kind: Kind, contacts: usize) -> Option<Value> {
        let number = |all: &[i64]| Some(Value::Number(all[self.number % all.len()]));
        let whole = 100_000;
        match kind {
            Text => Some(Value::Text(self.text.clone())),
            Integer => number(&[0, whole, 2 * whole, 3 * whole, 1_000_000_000 * whole]),
            Money => {
                number(&[0, whole / 2, whole, 150_000, 2 * whole, 1_000, 1_000_000_000 * whole + 50_000])
            }
            Double => number(&[-90 * whole, -150_000, -1, 0, 1, 50_000, whole, 2 * whole, 3_345_678]),
            Flag => Some(Value::Flag(self.flag)),
            Choice => number(&[whole, 2 * whole]),
            Time => Some(Value::Time(self.small * 20)),
            Date => Some(Value::Date(self.small * 30 - 60)),
            Contact => (contacts > 0).then(|| Value::Contact(self.number % contacts)),
        }
    }
}

fn record(columns: &'static [Column], contacts: usize) -> impl Strategy<Value = Record> {
    proptest::collection::vec(draw(), columns.len()).prop_map(move |draws| {
        let cells = columns.iter().zip(&draws);
        let cells = cells.map(|((name, kind), draw)| (*name, draw.held(*kind, contacts))).collect();
        Record { cells, tasks: Vec::new() }
    })
}

/// Returns an account whose contact is one of `contacts`.
pub(crate) fn account(contacts: usize) -> impl Strategy<Value = Record> {
    let tasks = proptest::collection::vec(record(&TASK, 0), 0..3);
    (record(&ACCOUNT, contacts), tasks).prop_map(|(account, tasks)| Record { tasks, ..account })
}

pub(crate) const CONTACTS: usize = 4;

pub(crate) fn world(most: usize) -> impl Strategy<Value = World> {
    let contacts = proptest::collection::vec(record(&CONTACT, 0), CONTACTS);
    let accounts = proptest::collection::vec(account(CONTACTS), 1..most);
    (contacts, accounts).prop_map(|(contacts, accounts)| World { contacts, accounts })
}

/// Returns the ids of the rows of an answer.
pub(crate) fn ids(answer: &Json, key: &str) -> Vec<String> {
    let rows = answer["value"].as_array().expect("a list");
    rows.iter().map(|row| row[key].as_str().expect("an id").to_owned()).collect()
}

/// Returns a text for a URL, with everything but letters and digits encoded.
pub(crate) fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
