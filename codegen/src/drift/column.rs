//! Columns.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_definitions::{Column, Named, Table};

use super::report::{Report, changed, label};
use super::{Class, Code, options};

/// Compares the columns of two definitions of a table.
pub(super) fn compare_all(report: &mut Report<'_>, earlier: &Table, later: &Table, code: &Code<'_>) {
    // An answer that was not asked for columns has none; a table without any does not exist.
    if earlier.attributes.is_empty() || later.attributes.is_empty() {
        return;
    }
    let before: BTreeMap<&str, &Column> =
        earlier.attributes.iter().map(|each| (each.logical_name.as_str(), each)).collect();
    let now: BTreeMap<&str, &Column> =
        later.attributes.iter().map(|each| (each.logical_name.as_str(), each)).collect();
    let names: BTreeSet<&str> = before.keys().chain(now.keys()).copied().collect();
    for name in names {
        let mut report = report.of_column(name);
        match (before.get(name), now.get(name)) {
            (Some(before), Some(now)) => compare(&mut report, before, now, code),
            (Some(_), None) => {
                let other = now.keys().find(|other| other.eq_ignore_ascii_case(name));
                let change = match other {
                    Some(other) => format!("the column is now written `{other}`"),
                    None => "the column is gone".to_owned(),
                };
                report.add(Class::Breaking, change, "queries that select it are refused");
            }
            // Told as another spelling.
            (None, Some(_)) if before.keys().any(|other| other.eq_ignore_ascii_case(name)) => {}
            (None, Some(column)) if is_required(column) => {
                report.add(
                    Class::Warning,
                    "the column is new, and required",
                    "creates from apps need it; those of this program do not set it",
                );
            }
            (None, Some(_)) => report.add(Class::Additive, "the column is new", ""),
            (None, None) => {}
        }
    }
}

fn is_required(column: &Column) -> bool {
    let level = column.required_level.known().map(|level| level.value.as_str());
    let has_default = column.default_value.known().is_some()
        || column.default_form_value.known().is_some_and(|value| *value != -1);
    matches!(level, Some("ApplicationRequired" | "SystemRequired"))
        && !has_default
        && !column.is_valid_for_create.is_false()
}

fn compare(report: &mut Report<'_>, earlier: &Column, later: &Column, code: &Code<'_>) {
    if !earlier.agrees_on_kind(later) {
        report.add(
            Class::Breaking,
            format!("the kind is now {:?}; it was {:?}", later.kind(), earlier.kind()),
            "values of the other kind cannot be read or written",
        );
        return;
    }
    if let Some((before, now)) = changed(&earlier.date_time_behavior, &later.date_time_behavior) {
        let change = format!("the behavior is now `{}`; it was `{}`", now.value, before.value);
        report.add(Class::Breaking, change, "dates on the wire have another form");
    }
    validity(report, earlier, later);
    required(report, earlier, later);
    limits(report, earlier, later);
    match changed(&earlier.is_secured, &later.is_secured) {
        Some((false, true)) => {
            report.add(Class::Warning, "the column is secured", "callers without the right get no value")
        }
        Some((true, false)) => report.add(Class::Additive, "the column is no longer secured", ""),
        _ => {}
    }
    let targets = |column: &Column| column.target_tables().iter().cloned().collect::<BTreeSet<String>>();
    if earlier.targets.known().is_some() && later.targets.known().is_some() {
        for gone in targets(earlier).difference(&targets(later)) {
            report.add(
                Class::Breaking,
                format!("the lookup no longer points to `{gone}`"),
                "setting it to such a record is refused",
            );
        }
        for new in targets(later).difference(&targets(earlier)) {
            report.add(Class::Additive, format!("the lookup also points to `{new}`"), "");
        }
    }
    options::compare(report, earlier, later, code.is_strict);
    label(report, "display name", &earlier.display_name, &later.display_name);
    label(report, "description", &earlier.description, &later.description);
}

fn validity(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    for (message, earlier, later, lost) in [
        (
            "create",
            &earlier.is_valid_for_create,
            &later.is_valid_for_create,
            "creates that set this column will lose it",
        ),
        (
            "update",
            &earlier.is_valid_for_update,
            &later.is_valid_for_update,
            "updates that set this column will lose it",
        ),
        ("read", &earlier.is_valid_for_read, &later.is_valid_for_read, "records are read without it"),
    ] {
        match changed(earlier, later) {
            Some((true, false)) => {
                report.add(Class::Breaking, format!("the column is no longer valid for {message}"), lost)
            }
            Some((false, true)) => {
                report.add(Class::Additive, format!("the column is now valid for {message}"), "")
            }
            _ => {}
        }
    }
    match changed(&earlier.is_valid_odata_attribute, &later.is_valid_odata_attribute) {
        Some((true, false)) => report.add(
            Class::Breaking,
            "the column is no longer a property of the Web API",
            "queries that select it are refused",
        ),
        Some((false, true)) => report.add(Class::Additive, "the column is now a property of the Web API", ""),
        _ => {}
    }
    match changed(&earlier.source_type, &later.source_type) {
        Some((0, _)) => report.add(
            Class::Breaking,
            "the column is now computed",
            "messages that set this column will lose it",
        ),
        Some((_, 0)) => report.add(Class::Additive, "the column is no longer computed", ""),
        _ => {}
    }
}

fn required(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    let rank = |level: &Named| match level.value.as_str() {
        "SystemRequired" => 3,
        "ApplicationRequired" => 2,
        "Recommended" => 1,
        _ => 0,
    };
    let Some((before, now)) = changed(&earlier.required_level, &later.required_level) else { return };
    let change = format!("the required level is now `{}`; it was `{}`", now.value, before.value);
    match (rank(&before), rank(&now)) {
        (_, 3) => report.add(Class::Breaking, change, "clearing it is refused"),
        (before, 2) if before < 2 => report.add(Class::Tightened, change, "apps refuse a record without it"),
        _ => report.add(Class::Additive, change, ""),
    }
}

fn limits(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    for (what, earlier, later) in [
        ("maximum length", &earlier.max_length, &later.max_length),
        ("precision", &earlier.precision, &later.precision),
    ] {
        if let (Some(before), Some(now)) = (earlier.known(), later.known())
            && before != now
        {
            let change = format!("the {what} is now {now}; it was {before}");
            match now < before {
                true => report.add(Class::Tightened, change, "values that were valid are refused"),
                false => report.add(Class::Additive, change, ""),
            }
        }
    }
    for (what, earlier, later, is_upper) in [
        ("minimum", &earlier.min_value, &later.min_value, false),
        ("maximum", &earlier.max_value, &later.max_value, true),
    ] {
        let (Some(before), Some(now)) = (earlier.known(), later.known()) else { continue };
        let (Some(low), Some(high)) = (before.as_f64(), now.as_f64()) else { continue };
        if low == high {
            continue;
        }
        let change = format!("the {what} is now {now}; it was {before}");
        match (high < low) == is_upper {
            true => report.add(Class::Tightened, change, "values that were valid are refused"),
            false => report.add(Class::Additive, change, ""),
        }
    }
}
