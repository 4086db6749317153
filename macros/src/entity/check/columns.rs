//! Rules about all columns of the struct together.

use std::collections::HashMap;

use proc_macro2::Ident;

use super::super::kind::Role;
use super::super::model::{Column, Entity, const_name};
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Nav, Text};
use crate::common::names;

pub(super) fn check(entity: &Entity, diagnostics: &mut Diagnostics) {
    check_logical_names_unique(entity, diagnostics);
    check_navigation_unique(entity, diagnostics);
    check_lookup_navigation_unique(entity, diagnostics);
    check_primary_id(entity, diagnostics);
    check_primary_name(entity, diagnostics);
    if !entity.is_projection() {
        check_state_and_status(entity, diagnostics);
        check_setter_names(entity, diagnostics);
        check_const_names(entity, diagnostics);
    }
}

/// Every field is also a const in capitals, and `name` and `Name` are the same in capitals.
fn check_const_names(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut fields: HashMap<String, &Ident> = HashMap::new();
    let is_related = |name: &Ident| {
        let mut related = entity.relationships.iter().filter_map(|each| each.related.as_ref());
        related.any(|(each, _)| std::ptr::eq(each, name))
    };
    let columns = entity.columns.iter().map(|column| &column.ident);
    let related = entity.relationships.iter().filter_map(|each| Some(&each.related.as_ref()?.0));
    for field in columns.chain(entity.expands.iter().map(|expand| &expand.ident)).chain(related) {
        let name = const_name(field).to_string();
        match fields.get(&name) {
            // The compiler reports two fields with the same name.
            Some(first) if names::text(first) == names::text(field) && !is_related(field) => {}
            Some(first) if is_related(field) => diagnostics.help(
                field.span(),
                format!("the const of this relationship and that of `{first}` would both be called `{name}`"),
                "give it another name: `name = …`; a field with `#[expand(…)]` has a const already",
            ),
            Some(first) => diagnostics.help(
                field.span(),
                format!("the typed columns of `{first}` and `{field}` would both be called `{name}`"),
                "rename one of the fields",
            ),
            None => drop(fields.insert(name, field)),
        }
    }
}

/// A body would have the column of two fields twice.
fn check_logical_names_unique(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut fields: HashMap<&str, &Column> = HashMap::new();
    for column in &entity.columns {
        match fields.get(column.logical.value.as_str()) {
            Some(first) => diagnostics.error(
                column.logical.span,
                format!("`{}` is already the column of the field `{}`", column.logical.value, first.ident),
            ),
            None => drop(fields.insert(&column.logical.value, column)),
        }
    }
}

/// A response has each navigation property once only.
fn check_navigation_unique(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut fields = HashMap::new();
    for expand in &entity.expands {
        match fields.get(expand.nav.value.as_str()) {
            Some(first) => diagnostics.error(
                expand.nav.span,
                format!("`{}` is already expanded by the field `{first}`", expand.nav.value),
            ),
            None => drop(fields.insert(expand.nav.value.as_str(), &expand.ident)),
        }
    }
}

/// A body would have the same member twice.
fn check_lookup_navigation_unique(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut fields: HashMap<&str, &Column> = HashMap::new();
    for column in &entity.columns {
        let names: Vec<&Text> = match column.nav() {
            Some(Nav::One(name)) => vec![name],
            Some(Nav::PerTarget { targets, .. }) => targets.iter().map(|(_, name)| name).collect(),
            None => Vec::new(),
        };
        for name in names {
            match fields.get(name.value.as_str()) {
                Some(first) => diagnostics.error(
                    name.span,
                    format!(
                        "`{}` is already the navigation property of the field `{}`",
                        name.value, first.ident
                    ),
                ),
                None => drop(fields.insert(&name.value, column)),
            }
        }
    }
}

/// A record is named by its primary id. A projection can do without it.
fn check_primary_id(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut given = entity.columns.iter().filter_map(|column| Some((column, column.primary_id_span()?)));
    match given.next() {
        Some((first, _)) => {
            for (_, span) in given {
                diagnostics.error(span, format!("`{}` is already the primary id", first.ident));
            }
        }
        None if entity.is_projection() || entity.damaged || entity.incomplete || any_damaged(entity) => {}
        None => diagnostics.help(
            entity.ident.span(),
            "no field is the primary id",
            format!("add `#[attr(logical = \"…id\", primary_id)] id: Id<{}>`", entity.ident),
        ),
    }
}

/// A record has one name.
fn check_primary_name(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut given =
        entity.columns.iter().filter_map(|column| Some((column, column.attrs.primary_name.span()?)));
    let Some((first, _)) = given.next() else { return };
    for (_, span) in given {
        diagnostics.error(span, format!("`{}` is already the primary name", first.ident));
    }
}

/// A table has at most one state and one status, and a status belongs to a state.
fn check_state_and_status(entity: &Entity, diagnostics: &mut Diagnostics) {
    let with_role = |role| {
        entity.columns.iter().flat_map(move |column| {
            let kinds = column.kinds.iter().filter(move |(kind, _)| kind.spec.role == role);
            kinds.map(move |(_, span)| (column, *span))
        })
    };
    let states: Vec<_> = with_role(Role::State).collect();
    let statuses: Vec<_> = with_role(Role::Status).collect();
    for (what, found) in [("state", &states), ("status", &statuses)] {
        let mut found = found.iter();
        let Some((first, _)) = found.next() else { continue };
        for (_, span) in found {
            diagnostics.error(*span, format!("`{}` is already the {what} column", first.ident));
        }
    }
    let unsure = entity.incomplete || any_damaged(entity);
    if let (Some((_, span)), true, false) = (statuses.first(), states.is_empty(), unsure) {
        diagnostics.help(
            *span,
            "a status column without a state column",
            "add `#[attr(logical = \"statecode\", state, update_only)] state: Option<State>`",
        );
    }
}

/// The methods that users call on a draft: those of `Draft`, `DraftMessages` and `Message`, and `clone`. A
/// setter of the same name would hide the method.
pub(crate) const DRAFT_METHODS: [&str; 18] = [
    "assume_idempotent",
    "clone",
    "column_names",
    "if_match",
    "is_empty",
    "is_idempotent",
    "known_answer",
    "message_name",
    "request",
    "request_with",
    "response",
    "returning",
    "set_if_some",
    "set_or_clear",
    "single_column",
    "to_json",
    "validate",
    "with",
];

/// The consts of `Entity`, in lower case. The const of a column with the same name would hide them.
pub(crate) const TABLE_CONSTS: [&str; 3] = ["metadata", "primary_id", "table"];

/// `clear_name` would be the setter of one column and clear another; `validate` would set a column and validate nothing.
fn check_setter_names(entity: &Entity, diagnostics: &mut Diagnostics) {
    const HELP: &str = "give the field another name; its column keeps its logical name";
    for column in &entity.columns {
        let name = names::text(&column.ident);
        if DRAFT_METHODS.contains(&name.as_str()) {
            diagnostics.help(
                column.ident.span(),
                format!("`{name}` is also a method of every create and update"),
                HELP,
            );
        }
        if TABLE_CONSTS.contains(&name.as_str()) {
            let constant = name.to_uppercase();
            diagnostics.help(
                column.ident.span(),
                format!("the column of `{name}` in queries would be `{constant}`, which is also a const of every table"),
                HELP,
            );
        }
        let Some(cleared) = name.strip_prefix("clear_") else { continue };
        if let Some(other) = entity.columns.iter().find(|other| names::text(&other.ident) == cleared) {
            diagnostics.help(
                column.ident.span(),
                format!("`{name}` is also the method that clears `{}`", other.ident),
                HELP,
            );
        }
    }
}

/// Returns whether the struct has errors that may hide a key or a column.
fn any_damaged(entity: &Entity) -> bool {
    entity.columns.iter().any(|column| column.damaged)
}
