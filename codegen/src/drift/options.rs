//! Options of a column.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_definitions::{Column, OptionDefinition, OptionSet};

use super::Class;
use super::report::{Report, changed, label};

/// Compares the options of a column, by integer.
pub(super) fn compare(report: &mut Report<'_>, earlier: &Column, later: &Column, is_strict: bool) {
    booleans(report, earlier, later);
    if !earlier.kind().has_options() {
        return;
    }
    origin(report, earlier, later);
    let (Some(earlier_set), Some(later_set)) = (earlier.options(), later.options()) else { return };
    if earlier_set.options.is_empty() || later_set.options.is_empty() {
        return;
    }
    let before = by_value(earlier_set);
    let now = by_value(later_set);
    let mut renumbered = BTreeSet::new();
    for (value, option) in &before {
        match now.get(value) {
            Some(later) => same_option(report, option, later),
            None => renumbered.extend(gone(report, option, &before, &now)),
        }
    }
    for (value, option) in &now {
        if !before.contains_key(value) && !renumbered.contains(value) {
            let change = format!("the option {} is new", name(option));
            match is_strict {
                true => report.add(
                    Class::Breaking,
                    change,
                    "reading it is an error, because the option sets are strict",
                ),
                false => report.add(Class::Additive, change, "it is read as `Unknown`"),
            }
        }
    }
    let order = |set: &OptionSet, other: &Options<'_>| {
        let values = set.options.iter().map(|each| each.value);
        values.filter(|value| other.contains_key(value)).collect::<Vec<_>>()
    };
    if order(earlier_set, &now) != order(later_set, &before) {
        report.add(Class::Cosmetic, "the options have another order", "");
    }
}

type Options<'s> = BTreeMap<i32, &'s OptionDefinition>;

fn by_value(set: &OptionSet) -> Options<'_> {
    set.options.iter().map(|each| (each.value, each)).collect()
}

/// The integer of an option, and its label if there is one.
fn name(option: &OptionDefinition) -> String {
    let label = option.label.known().and_then(|label| label.in_any(&[]));
    label.map_or_else(|| option.value.to_string(), |label| format!("{} ({label})", option.value))
}

/// The global option set that a column has the options of.
fn origin(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    if earlier.options().is_none() || later.options().is_none() {
        return;
    }
    match (earlier.global_option_set_name(), later.global_option_set_name()) {
        (Some(before), Some(now)) if before != now => report.add(
            Class::Breaking,
            format!("the options are those of the global option set `{now}`; they were those of `{before}`"),
            "its enum is that of another option set",
        ),
        (Some(before), None) if later.options().is_some_and(|set| set.is_global.is_false()) => report.add(
            Class::Breaking,
            format!("the options are no longer those of the global option set `{before}`"),
            "its enum is that of another option set",
        ),
        (None, Some(now)) if earlier.options().is_some_and(|set| set.is_global.is_false()) => report.add(
            Class::Additive,
            format!("the options are now those of the global option set `{now}`"),
            "",
        ),
        _ => {}
    }
}

/// Reports an option whose integer is gone. Returns the integer that it has now, if it is there with another one.
fn gone(
    report: &mut Report<'_>,
    option: &OptionDefinition,
    before: &Options<'_>,
    now: &Options<'_>,
) -> Option<i32> {
    let has_same_id = |new: &OptionDefinition| {
        option.metadata_id.text().is_some() && new.metadata_id.text() == option.metadata_id.text()
    };
    let has_same_label = |new: &OptionDefinition| {
        option.label.known().is_some_and(|label| !label.is_empty()) && new.label == option.label
    };
    let mut new = now.values().filter(|new| !before.contains_key(&new.value));
    match new.find(|new| has_same_id(new) || has_same_label(new)) {
        Some(new) => {
            let change = format!("the option {} now has the integer {}", name(option), new.value);
            report.add(Class::Breaking, change, "the program writes and reads the old integer");
            Some(new.value)
        }
        None => {
            let change = format!("the option {} is gone", name(option));
            report.add(Class::Breaking, change, "records that set it are refused");
            None
        }
    }
}

/// An option that both definitions have.
fn same_option(report: &mut Report<'_>, option: &OptionDefinition, later: &OptionDefinition) {
    let (option_name, value) = (name(option), option.value);
    if let Some((before, now)) = changed(&option.state, &later.state) {
        report.add(
            Class::Breaking,
            format!("the option {option_name} belongs to the state {now}; it was {before}"),
            "an update of the status sends the wrong state",
        );
    }
    if let Some((before, now)) = changed(&option.default_status, &later.default_status) {
        report.add(
            Class::Breaking,
            format!("the default status of {option_name} is {now}; it was {before}"),
            "an update of the state sets another status",
        );
    }
    if changed(&option.transition_data, &later.transition_data).is_some() {
        report.add(
            Class::Breaking,
            format!("other statuses may follow {option_name}"),
            "an update of the status may be refused",
        );
    }
    label(report, &format!("label of the option {value}"), &option.label, &later.label);
    label(report, &format!("description of the option {value}"), &option.description, &later.description);
    if changed(&option.color, &later.color).is_some() {
        report.add(Class::Cosmetic, format!("the color of the option {option_name} has changed"), "");
    }
}

/// The two values of a boolean column.
fn booleans(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    let (Some(earlier), Some(later)) = (earlier.options(), later.options()) else { return };
    for (what, earlier, later) in [
        ("label of `true`", &earlier.true_option, &later.true_option),
        ("label of `false`", &earlier.false_option, &later.false_option),
    ] {
        if let (Some(earlier), Some(later)) = (earlier.known(), later.known()) {
            label(report, what, &earlier.label, &later.label);
        }
    }
}
