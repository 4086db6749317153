//! Columns: created where the org lacks them, and changed.

use dataverse_definitions::{Column, Table};
use serde_json::Value;

use super::change::{Change, change};
use super::column::{column, comes_with_table, definition_type};
use super::options;
use super::planner::{Maker, Planner, address, maker};
use super::step::{Phase, Step};
use super::table::delete_column;

pub(super) fn columns(planner: &mut Planner<'_>, wanted: &Table) {
    let present = planner.present(&wanted.logical_name);
    for column in &wanted.attributes {
        let subject = format!("{}.{}", wanted.logical_name, column.logical_name);
        let existing = present.and_then(|table| table.column(&column.logical_name));
        match (maker(wanted, column), existing) {
            (Maker::OtherColumn, _) => {}
            (Maker::Dataverse, existing) => of_dataverse(planner, wanted, column, existing, &subject),
            (Maker::Plan, Some(existing)) => changed(planner, wanted, column, existing, &subject),
            (Maker::Plan, None) => create(planner, wanted, column, present.is_none(), &subject),
        }
    }
    if let Some(present) = present {
        removed(planner, wanted, present);
    }
}

/// Whether Dataverse computes the values. How, no definition says.
pub(super) fn is_computed(column: &Column) -> bool {
    column.source_type.known().is_some_and(|source| *source != 0)
}

fn create(planner: &mut Planner<'_>, wanted: &Table, new: &Column, is_new_table: bool, subject: &str) {
    if !planner.is_own(&new.logical_name) {
        let prefix = planner.settings.prefix.as_deref().unwrap_or("new");
        let problem = format!(
            "the column is not in the org, and its name does not start with `{prefix}_`; install the solution that it comes from"
        );
        return planner.tell(subject, problem);
    }
    if is_computed(new) {
        let problem = "the column is computed, and the code does not say how; create it in the org";
        return planner.tell(subject, problem);
    }
    if new.kind().is_lookup()
        || is_new_table && comes_with_table(new) && definition_type(new.kind()).is_some()
    {
        return; // It comes with its relationship, or with the table.
    }
    match column(new, planner.language()) {
        Some(body) => planner.send(Step::post(
            Phase::Columns,
            format!("create the column `{subject}`"),
            format!("{}/Attributes", address(&wanted.logical_name)),
            body,
        )),
        None => planner.tell(
            subject,
            format!("the Web API creates no column of the kind {:?}; remove it from the code", new.kind()),
        ),
    }
}

/// A column that Dataverse adds to a table by itself: differences are told, and stay.
fn of_dataverse(
    planner: &mut Planner<'_>,
    wanted: &Table,
    code: &Column,
    org: Option<&Column>,
    subject: &str,
) {
    match org {
        Some(org) => {
            if code.kind() != org.kind() {
                let problem = format!(
                    "Dataverse makes the column, of the kind {:?}; the code says {:?}",
                    org.kind(),
                    code.kind()
                );
                planner.tell(subject, problem);
            }
            options::of_state_or_status(planner, wanted, code, Some(org));
        }
        None if planner.present(&wanted.logical_name).is_some() => planner.tell(
            subject,
            "the org lacks the column, and its name has no publisher's prefix; remove it from the code",
        ),
        None => options::of_state_or_status(planner, wanted, code, None),
    }
}

fn changed(planner: &mut Planner<'_>, wanted: &Table, code: &Column, org: &Column, subject: &str) {
    let (widening, narrowing) = change(code, org);
    for problem in &widening.fixed {
        planner.tell(subject, problem);
    }
    if is_computed(code) != is_computed(org) {
        planner.tell(
            subject,
            "the org and the code do not agree whether the column is computed; change the code",
        );
    }
    let allowed = planner.settings.allow_destructive;
    let mut merged = widening;
    if !narrowing.members.is_empty() {
        match allowed && planner.is_own(&code.logical_name) {
            true => {
                merged.members.extend(narrowing.members);
                merged.told.extend(narrowing.told);
            }
            false => {
                let problem = narrowing.narrows.join(", and ");
                planner.tell(subject, format!("{problem}; `--allow-destructive` changes the org"));
            }
        }
    }
    if planner.is_own(&code.logical_name) {
        put(planner, wanted, code, merged, subject);
        options::of_column(planner, wanted, code, org);
    } else if !merged.members.is_empty() {
        let told = merged.told.join(", ");
        planner.tell(subject, format!("the {told} differ; the column belongs to another publisher"));
    }
}

fn put(planner: &mut Planner<'_>, table: &Table, column: &Column, change: Change, subject: &str) {
    let Some(definition) = definition_type(column.kind()).filter(|_| !change.members.is_empty()) else {
        return;
    };
    let path = format!("{}/Attributes(LogicalName='{}')", address(&table.logical_name), column.logical_name);
    let base = format!("{path}/Microsoft.Dynamics.CRM.{definition}");
    let mut members = change.members;
    members.insert("@odata.type".to_owned(), format!("Microsoft.Dynamics.CRM.{definition}").into());
    let what = format!("change the {} of the column `{subject}`", change.told.join(", "));
    planner.send(Step::put(what, path, base, Value::Object(members)));
}

/// Columns that only the org has. Of a table of another publisher, the code may well leave out some.
fn removed(planner: &mut Planner<'_>, wanted: &Table, present: &Table) {
    if !planner.is_own(&wanted.logical_name) {
        return;
    }
    for column in &present.attributes {
        let name = column.logical_name.as_str();
        let is_primary = present.primary_name_attribute.text() == Some(name);
        let is_removable = maker(present, column) == Maker::Plan && planner.is_own(name) && !is_primary;
        if is_removable && wanted.column(name).is_none() {
            let subject = format!("{}.{name}", wanted.logical_name);
            let step = delete_column(&wanted.logical_name, name);
            planner.send_if_allowed(
                [step],
                subject,
                "the code has no such column",
                "deletes it, with its data",
            );
        }
    }
}
