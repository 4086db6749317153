//! What differs between a wanted column and the org's, and can be changed.

use dataverse_definitions::{Column, Fact, Kind, Named, Number};
use serde_json::{Map, Value, json};

use super::column::required_level;
use super::label::{changed, label};

/// Both values, if both are known and differ.
pub(super) fn values<'v, T: PartialEq>(wanted: &'v Fact<T>, present: &'v Fact<T>) -> Option<(&'v T, &'v T)> {
    match (wanted.known(), present.known()) {
        (Some(wanted), Some(present)) if wanted != present => Some((wanted, present)),
        _ => None,
    }
}

/// The texts of both, if both are known and differ. What else the org says of a managed property does not count.
fn names<'v>(wanted: &'v Fact<Named>, present: &'v Fact<Named>) -> Option<(&'v str, &'v str)> {
    match (wanted.known(), present.known()) {
        (Some(wanted), Some(present)) if wanted.value != present.value => {
            Some((&wanted.value, &present.value))
        }
        _ => None,
    }
}

/// The members of a definition that change, with their names for people.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) members: Map<String, Value>,
    pub(super) told: Vec<String>,
    /// What the changes refuse that was valid before.
    pub(super) narrows: Vec<String>,
    /// What cannot be changed.
    pub(super) fixed: Vec<String>,
}

impl Change {
    fn set(&mut self, member: &str, value: Value, told: impl Into<String>) {
        self.members.insert(member.to_owned(), value);
        self.told.push(told.into());
    }
}

/// Compares a column of the code with the org's. The first change only widens; the second one is the rest.
pub(super) fn change(wanted: &Column, present: &Column) -> (Change, Change) {
    let (mut widening, mut narrowing) = (Change::default(), Change::default());
    if wanted.kind() != present.kind() {
        let problem = format!(
            "the kind is {:?} in the org and {:?} in the code; change the code, or delete the column in the org",
            present.kind(),
            wanted.kind()
        );
        widening.fixed.push(problem);
        return (widening, narrowing);
    }
    for (member, what, wanted, present) in [
        ("DisplayName", "display name", &wanted.display_name, &present.display_name),
        ("Description", "description", &wanted.description, &present.description),
    ] {
        if let Some(text) = changed(wanted, present) {
            widening.set(member, label(&text), what);
        }
    }
    if let Some((level, before)) = names(&wanted.required_level, &present.required_level) {
        match [level, before].contains(&"SystemRequired") {
            true => widening.fixed.push(told_levels(level, before)),
            false => widening.set("RequiredLevel", required_level(level), "required level"),
        }
    }
    limits(&mut widening, &mut narrowing, wanted, present);
    defaults(&mut widening, wanted, present);
    if let Some((code, org)) = names(&wanted.date_time_behavior, &present.date_time_behavior) {
        widening.fixed.push(format!(
            "the behavior is `{}` in the org and `{}` in the code; change the code",
            org, code
        ));
    }
    if wanted.kind() == Kind::String
        && let Some((code, org)) = names(&wanted.format_name, &present.format_name)
    {
        widening.fixed.push(format!(
            "the format is `{}` in the org and `{}` in the code; change one by hand",
            org, code
        ));
    }
    if wanted.is_secured.is_true() && present.is_secured.is_false() {
        narrowing.set("IsSecured", json!(true), "security");
        narrowing.narrows.push("the code secures the column".to_owned());
    }
    (widening, narrowing)
}

fn told_levels(code: &str, org: &str) -> String {
    format!("the required level is `{org}` in the org and `{code}` in the code; change the code")
}

fn limits(widening: &mut Change, narrowing: &mut Change, wanted: &Column, present: &Column) {
    let mut sort = |member: &str, what: &str, value: Value, before: String, is_wider: bool| {
        let change = if is_wider { &mut *widening } else { &mut *narrowing };
        if !is_wider {
            change.narrows.push(format!("the {what} is {before} in the org and {value} in the code"));
        }
        change.set(member, value, what);
    };
    for (member, what, wanted, present) in [
        ("MaxLength", "maximum length", &wanted.max_length, &present.max_length),
        ("Precision", "precision", &wanted.precision, &present.precision),
    ] {
        if let Some((code, org)) = values(wanted, present) {
            sort(member, what, json!(code), org.to_string(), code > org);
        }
    }
    for (member, what, wanted, present, is_upper) in [
        ("MinValue", "minimum", &wanted.min_value, &present.min_value, false),
        ("MaxValue", "maximum", &wanted.max_value, &present.max_value, true),
    ] {
        let Some((code, org)) = values(wanted, present) else { continue };
        let (Some(low), Some(high)) = (Number::as_f64(code), Number::as_f64(org)) else { continue };
        if low != high {
            sort(member, what, json!(code), org.to_string(), (low > high) == is_upper);
        }
    }
}

fn defaults(change: &mut Change, wanted: &Column, present: &Column) {
    if let Some((code, _)) = values(&wanted.default_value, &present.default_value) {
        change.set("DefaultValue", json!(code), "default");
    }
    let none = |value: &Fact<i32>| value.known().copied().filter(|value| *value != -1);
    if let Some(code) = none(&wanted.default_form_value)
        && none(&present.default_form_value) != Some(code)
        && !present.default_form_value.is_not_asked()
    {
        change.set("DefaultFormValue", json!(code), "default");
    }
    if let Some(code) = wanted.auto_number_format.text()
        && !present.auto_number_format.is_not_asked()
        && present.auto_number_format.text() != Some(code)
    {
        change.set("AutoNumberFormat", json!(code), "format of numbers");
    }
}
