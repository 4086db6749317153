//! The rules for bodies.

use super::body::{names_record, option};
use super::columns::{Columns, DraftKind, entries};
use super::magnitude::Magnitude;
use super::nested;
use super::violation::{Rule, Violation, Violations};
use crate::column::{MAX_SELECTED, Pending, Value, Written};
use crate::encode::instant;
use crate::metadata::{AttributeMetadata, AttributeType, RequiredLevel};

/// Dataverse rejects dates before this year.
const FIRST_YEAR: &str = "1753";

pub(crate) fn validate(draft: &dyn Columns) -> Result<(), Violations> {
    let mut found = Vec::new();
    violations(draft, 0, &mut found);
    Violations::check(found)
}

/// Adds the violations of the draft, and then those of the related records that it creates.
pub(super) fn violations(draft: &dyn Columns, depth: usize, violations: &mut Vec<Violation>) {
    let table = draft.plan().table;
    for (attribute, pending) in entries(draft) {
        let mut found = |rule| violations.push(Violation::new(table, attribute, rule));
        if !matches!(pending, Pending::Keep) && names_record(draft, attribute) {
            found(Rule::NamesRecord);
        }
        check_required(draft.plan().kind, attribute, &pending, &mut found);
        match pending {
            Pending::Set(Written::Value(value)) => {
                check_text(attribute, &value, &mut found);
                check_number(attribute, &value, &mut found);
                check_date(attribute, &value, &mut found);
                check_status(draft, attribute, &value, &mut found);
            }
            Pending::Set(Written::Reference(reference)) => {
                if reference.destination(&attribute.navigation).is_err() {
                    found(Rule::UnknownTarget { table: reference.table.map(str::to_owned) });
                }
            }
            Pending::Set(Written::Parties(_)) | Pending::Keep | Pending::Clear => {}
        }
    }
    nested::validate(draft, depth, violations);
}

/// Checks required columns. A create must hold the columns that apps require; the platform fills those that
/// it requires itself. No update may clear a required column. An empty text counts as null, because Dataverse
/// stores it so.
fn check_required(
    kind: DraftKind,
    attribute: &AttributeMetadata,
    pending: &Pending<'_>,
    found: &mut dyn FnMut(Rule),
) {
    let level = attribute.required_level;
    let required = matches!(level, RequiredLevel::ApplicationRequired | RequiredLevel::SystemRequired);
    let missing = match pending {
        Pending::Keep => kind == DraftKind::Create && level == RequiredLevel::ApplicationRequired,
        Pending::Clear => true,
        Pending::Set(Written::Value(Value::Null)) => true,
        Pending::Set(Written::Value(Value::Text(text))) => text.is_empty(),
        Pending::Set(_) => false,
    };
    if required && missing {
        found(Rule::Required(level));
    }
}

fn check_text(attribute: &AttributeMetadata, value: &Value<'_>, found: &mut dyn FnMut(Rule)) {
    let Value::Text(text) = value else { return };
    match attribute.attribute_type {
        AttributeType::String { max_length: Some(max), .. }
        | AttributeType::Memo { max_length: Some(max), .. } => {
            let length = text.encode_utf16().count();
            if u32::try_from(length).map_or(true, |length| length > max) {
                found(Rule::TooLong { length, max });
            }
        }
        AttributeType::MultiSelectPicklist { .. } => {
            let count = text.split(',').count();
            if count > MAX_SELECTED {
                found(Rule::TooManyOptions { count, max: MAX_SELECTED });
            }
        }
        _ => {}
    }
}

fn check_number(attribute: &AttributeMetadata, value: &Value<'_>, found: &mut dyn FnMut(Rule)) {
    match (attribute.attribute_type, value) {
        (AttributeType::Integer { min, max, .. }, Value::Integer(number))
            if *number < i64::from(min) || *number > i64::from(max) =>
        {
            found(out_of_range(number.to_string(), Some(min), Some(max)));
        }
        (AttributeType::Double { min, max, precision }, Value::Double(number)) => {
            if !number.is_finite() {
                found(Rule::NotFinite);
                return;
            }
            if min.is_some_and(|min| *number < min) || max.is_some_and(|max| *number > max) {
                found(out_of_range(number.to_string(), min, max));
            }
            check_precision(&number.to_string(), precision, found);
        }
        (
            AttributeType::Decimal { min, max, precision } | AttributeType::Money { min, max, precision },
            Value::Number(text),
        ) => {
            let limit = |limit: Option<&'static str>| limit.and_then(Magnitude::parse);
            if let Some(number) = Magnitude::parse(text)
                && (limit(min).is_some_and(|min| number < min) || limit(max).is_some_and(|max| number > max))
            {
                found(out_of_range(text.clone().into_owned(), min, max));
            }
            check_precision(text, precision, found);
        }
        _ => {}
    }
}

fn check_precision(text: &str, precision: Option<u8>, found: &mut dyn FnMut(Rule)) {
    if let (Some(number), Some(precision)) = (Magnitude::parse(text), precision)
        && number.scale() > usize::from(precision)
    {
        found(Rule::TooPrecise { value: text.to_owned(), precision });
    }
}

fn out_of_range<L: ToString>(value: String, min: Option<L>, max: Option<L>) -> Rule {
    Rule::OutOfRange { value, min: min.map(|min| min.to_string()), max: max.map(|max| max.to_string()) }
}

/// Checks that the year has four digits, from 1753 to 9999. The text of a date begins with the year, whichever
/// library the field's type comes from.
fn check_date(attribute: &AttributeMetadata, value: &Value<'_>, found: &mut dyn FnMut(Rule)) {
    let AttributeType::DateTime { .. } = attribute.attribute_type else { return };
    let text = match value {
        Value::Instant(seconds) => &*instant::text(*seconds),
        Value::Text(text) => &**text,
        _ => return,
    };
    let year = text.split('-').next().unwrap_or_default();
    let plain = year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
    if !plain || year < FIRST_YEAR {
        found(out_of_range(text.to_owned(), Some("1753-01-01"), Some("9999-12-31")));
    }
}

/// Checks that the status belongs to the state: in a create, the initial state; in an update, the state that
/// it sets.
fn check_status(
    draft: &dyn Columns,
    attribute: &AttributeMetadata,
    value: &Value<'_>,
    found: &mut dyn FnMut(Rule),
) {
    let AttributeType::Status { options } = attribute.attribute_type else { return };
    let Some((status, belongs_to)) =
        option(options, value).and_then(|option| Some((option.value, option.state?)))
    else {
        return;
    };
    let state = match draft.plan().kind {
        DraftKind::Create => draft.plan().table.initial_state().map(|state| state.value),
        DraftKind::Update => state_set(draft),
    };
    if let Some(state) = state
        && state != belongs_to
    {
        found(Rule::StatusOfOtherState { status, belongs_to, state });
    }
}

/// Returns the state that an update sets, declared or not.
fn state_set(draft: &dyn Columns) -> Option<i32> {
    entries(draft).find_map(|(attribute, pending)| match (attribute.attribute_type, pending) {
        (AttributeType::State { .. }, Pending::Set(Written::Value(Value::Integer(state)))) => {
            i32::try_from(state).ok()
        }
        _ => None,
    })
}
