//! The rules: one function each, with the reason above it.

use std::collections::HashMap;

use quote::ToTokens;
use syn::spanned::Spanned;

use super::model::Targets;
use crate::common::diagnostics::Diagnostics;
use crate::common::types;

pub(super) fn check(targets: &Targets, diagnostics: &mut Diagnostics) {
    check_not_generic(targets, diagnostics);
    check_has_table(targets, diagnostics);
    check_tables_unique(targets, diagnostics);
    check_one_unknown(targets, diagnostics);
    check_unknown_shape(targets, diagnostics);
}

/// A parameter could not change the list of tables.
fn check_not_generic(targets: &Targets, diagnostics: &mut Diagnostics) {
    if !targets.generics.params.is_empty() {
        diagnostics.error(targets.generics.params.span(), "the targets of a lookup cannot be generic");
    }
}

/// A lookup points to at least one table.
fn check_has_table(targets: &Targets, diagnostics: &mut Diagnostics) {
    if targets.tables.is_empty() && !targets.incomplete {
        diagnostics.help(
            targets.ident.span(),
            "no variant holds the id of a table",
            "add a variant such as `SystemUser(Id<SystemUser>)`",
        );
    }
}

/// A record of a table would fit two variants.
fn check_tables_unique(targets: &Targets, diagnostics: &mut Diagnostics) {
    let mut variants = HashMap::new();
    for target in &targets.tables {
        let table = target.table.to_token_stream().to_string();
        match variants.get(&table) {
            Some(first) => {
                diagnostics
                    .error(target.table.span(), format!("`{first}` already holds the id of `{table}`"));
            }
            None => drop(variants.insert(table, &target.ident)),
        }
    }
}

/// One variant is enough for all other values.
fn check_one_unknown(targets: &Targets, diagnostics: &mut Diagnostics) {
    let mut unknown = targets.unknown.iter();
    let Some(first) = unknown.next() else { return };
    for other in unknown {
        diagnostics.error(other.key, format!("`{}` already stands for other tables", first.ident));
    }
}

/// The variant keeps a record of another table with the name of its table.
fn check_unknown_shape(targets: &Targets, diagnostics: &mut Diagnostics) {
    for unknown in &targets.unknown {
        let segment = unknown.ty.as_ref().and_then(types::last_segment);
        if segment.is_none_or(|segment| segment.ident != "UnknownTarget") {
            diagnostics.help(
                unknown.ident.span(),
                format!("`{}` cannot hold a record of another table", unknown.ident),
                format!("write `{}(UnknownTarget)`", unknown.ident),
            );
        }
    }
}
