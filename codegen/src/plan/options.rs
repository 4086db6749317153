//! Options: of global option sets, of columns, of statuses.

use std::collections::BTreeSet;

use dataverse_definitions::{Column, Fact, Kind, OptionDefinition, OptionSet, Table};

use super::label::changed;
use super::option_set::{self, Owner};
use super::planner::Planner;
use super::step::Step;

pub(super) fn global(planner: &mut Planner<'_>, name: &str, wanted: &OptionSet, is_boolean: bool) {
    match planner.present.option_sets.get(name) {
        None if !planner.is_own(name) => planner.fail(format!(
            "the org has no global option set `{name}`, and the name lacks the publisher's prefix: install the solution that \
             it comes from, or rename it"
        )),
        None => planner.send(option_set::global(name, wanted, is_boolean, planner.language())),
        Some(present) => differences(planner, Owner::Global(name), wanted, present, None),
    }
}

/// The options of a column that the org has.
pub(super) fn of_column(planner: &mut Planner<'_>, table: &Table, code: &Column, org: &Column) {
    let subject = format!("{}.{}", table.logical_name, code.logical_name);
    let (wanted, present) = (code.global_option_set_name(), org.global_option_set_name());
    if wanted != present && code.options().is_some() {
        let of = |name: Option<&str>| name.map_or("of its own".to_owned(), |name| format!("`{name}`"));
        let problem = format!(
            "the option set is {} in the org and {} in the code; change the code",
            of(present),
            of(wanted)
        );
        return planner.tell(subject, problem);
    }
    let (Some(code_set), Some(org_set), None) = (code.options(), org.options(), wanted) else { return };
    let owner = Owner::Column { table: &table.logical_name, column: &code.logical_name };
    if code.kind() == Kind::Boolean {
        for (wanted, present) in
            [(&code_set.true_option, &org_set.true_option), (&code_set.false_option, &org_set.false_option)]
        {
            if let (Fact::Known(wanted), Fact::Known(present)) = (wanted, present)
                && let Some(text) = changed(&wanted.label, &present.label)
            {
                planner.send(owner.relabel(present.value, &text, false, planner.solution()));
            }
        }
        return;
    }
    differences(planner, owner, code_set, org_set, None);
}

/// The statuses that a table has besides those of Dataverse, and the labels of both.
pub(super) fn of_state_or_status(
    planner: &mut Planner<'_>,
    table: &Table,
    code: &Column,
    org: Option<&Column>,
) {
    let kind = code.kind();
    if !matches!(kind, Kind::State | Kind::Status) || !planner.is_own(&table.logical_name) {
        return;
    }
    let Some(wanted) = code.options() else { return };
    let initial = initial(kind);
    // Activities have other states: those are known once the table exists.
    let is_unknown = org.is_none() && table.is_activity.is_true();
    let present = match org {
        Some(org) => org.options(),
        None => Some(&initial),
    };
    let Some(present) = present.filter(|_| !is_unknown) else { return };
    let owner = Owner::Column { table: &table.logical_name, column: &code.logical_name };
    differences(planner, owner, wanted, present, Some(kind));
}

/// The states, or the statuses, of a new table.
fn initial(kind: Kind) -> OptionSet {
    let option = |value: i32, state: i32, text: &str| {
        let mut option = OptionDefinition::default();
        option.value = value;
        option.label = dataverse_definitions::Label::new(1033, text).into();
        option.state = state.into();
        option
    };
    let mut set = OptionSet::default();
    set.options = match kind {
        Kind::State => vec![option(0, 0, "Active"), option(1, 1, "Inactive")],
        _ => vec![option(1, 0, "Active"), option(2, 1, "Inactive")],
    };
    set
}

/// Adds, relabels, orders and removes options. `kind` is that of a state or a status.
fn differences(
    planner: &mut Planner<'_>,
    owner: Owner<'_>,
    wanted: &OptionSet,
    present: &OptionSet,
    kind: Option<Kind>,
) {
    if wanted.options.is_empty() {
        return; // The field is an integer, which lists no options.
    }
    let subject = owner.name();
    let solution = planner.solution();
    let is_foreign = matches!(owner, Owner::Global(name) if !planner.is_own(name));
    let find = |set: &OptionSet, value: i32| set.options.iter().find(|each| each.value == value).cloned();
    let mut steps: Vec<Step> = Vec::new();
    for option in &wanted.options {
        match find(present, option.value) {
            None if kind == Some(Kind::State) => {
                let problem =
                    format!("the org has no state {}, and none can be added; change the code", option.value);
                planner.tell(&subject, problem);
            }
            None => {
                let state = (kind == Some(Kind::Status)).then(|| option.state.known().copied().unwrap_or(0));
                steps.push(owner.insert(option, state, solution));
            }
            Some(before) => {
                if let Some(text) = changed(&option.label, &before.label) {
                    let is_state = kind == Some(Kind::State);
                    steps.push(owner.relabel(option.value, &text, is_state, solution));
                }
                if let (Some(code), Some(org)) = (option.state.known(), before.state.known())
                    && code != org
                {
                    let problem = format!(
                        "the option {} belongs to the state {org}, not {code}; change the code",
                        option.value
                    );
                    planner.tell(&subject, problem);
                }
            }
        }
    }
    let gone = present.options.iter().filter(|each| find(wanted, each.value).is_none());
    let gone: Vec<i32> = gone.map(|each| each.value).collect();
    steps.extend(
        order(wanted, present, &gone).filter(|_| kind.is_none()).map(|values| owner.order(&values, solution)),
    );
    if is_foreign {
        if !steps.is_empty() {
            planner.tell(&subject, "the options differ; the option set belongs to another publisher");
        }
        return;
    }
    steps.into_iter().for_each(|step| planner.send(step));
    // Nobody can remove the states and statuses of Dataverse.
    let is_fixed = |value: i32| kind == Some(Kind::State) || kind == Some(Kind::Status) && value <= 2;
    for value in gone.into_iter().filter(|value| !is_fixed(*value)) {
        let problem = format!("the code has no option {value}");
        planner.send_if_allowed([owner.remove(value, solution)], &subject, &problem, "deletes it");
    }
}

/// The order to set: that of the code, then what only the org has. `None` if the options come in this order anyway.
fn order(wanted: &OptionSet, present: &OptionSet, gone: &[i32]) -> Option<Vec<i32>> {
    let before: Vec<i32> = present.options.iter().map(|each| each.value).collect();
    let known: BTreeSet<i32> = before.iter().copied().collect();
    let added = wanted.options.iter().map(|each| each.value).filter(|value| !known.contains(value));
    // New options come last.
    let unordered: Vec<i32> = before.iter().copied().chain(added).collect();
    let ordered: Vec<i32> =
        wanted.options.iter().map(|each| each.value).chain(gone.iter().copied()).collect();
    let relative: Vec<i32> = unordered.iter().copied().filter(|value| !gone.contains(value)).collect();
    let wanted: Vec<i32> = wanted.options.iter().map(|each| each.value).collect();
    (relative != wanted).then_some(ordered)
}
