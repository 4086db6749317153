//! The rules: one function each, with the reason above it.

use std::collections::HashMap;

use syn::spanned::Spanned;

use super::model::{RowStruct, Source};
use crate::common::diagnostics::Diagnostics;
use crate::common::names;

pub(super) fn check(row: &RowStruct, diagnostics: &mut Diagnostics) {
    check_not_generic(row, diagnostics);
    check_has_column(row, diagnostics);
    check_names(row, diagnostics);
    check_columns_unique(row, diagnostics);
    check_skipped(row, diagnostics);
}

/// A row cannot borrow from the answer, and each of its columns has one type.
fn check_not_generic(row: &RowStruct, diagnostics: &mut Diagnostics) {
    if !row.generics.params.is_empty() {
        diagnostics.help(
            row.generics.params.span(),
            "a row struct cannot be generic",
            "write the types of the columns; texts are `String`",
        );
    }
}

/// A struct without columns would read any answer.
fn check_has_column(row: &RowStruct, diagnostics: &mut Diagnostics) {
    let is_column = |source: &Source| !matches!(source, Source::Skipped { .. });
    if !row.incomplete && !row.fields.iter().any(|field| is_column(&field.source)) {
        diagnostics.help(
            row.ident.span(),
            "no field reads a column",
            "add a field such as `total: Option<Decimal>`, named like the alias in the query",
        );
    }
}

/// Dataverse takes letters, digits and `_` in an alias, and puts a dot between the alias of a link and its column.
fn check_names(row: &RowStruct, diagnostics: &mut Diagnostics) {
    for field in &row.fields {
        let (Source::Column { name, span } | Source::Formatted { name, span }) = &field.source else {
            continue;
        };
        let is_name = |part: &str| {
            let mut letters = part.chars();
            letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
                && letters.all(|each| each.is_ascii_alphanumeric() || each == '_')
        };
        if name.contains('@') {
            diagnostics.help(
                *span,
                format!("`{name}` is an annotation"),
                "write the alias of the column; `formatted` reads its formatted value",
            );
        } else if !name.split('.').all(is_name) {
            diagnostics.help(
                *span,
                format!("`{name}` cannot be the name of a column in an answer"),
                "write the alias of the query, of letters, digits and `_`, or `link.column` for a column of a linked table",
            );
        }
    }
}

/// A column is read once, and perhaps once more as its formatted value. A third field is a mistake.
fn check_columns_unique(row: &RowStruct, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for field in &row.fields {
        let (key, name, span) = match &field.source {
            Source::Column { name, span } => ((false, name), name, span),
            Source::Formatted { name, span } => ((true, name), name, span),
            Source::Skipped { .. } => continue,
        };
        match seen.get(&key) {
            Some(first) => diagnostics.help(
                *span,
                format!("`{first}` already reads `{name}`"),
                "give each field an alias of its own",
            ),
            None => drop(seen.insert(key, names::text(&field.ident))),
        }
    }
}

/// A skipped field reads no column, so no other key applies.
fn check_skipped(row: &RowStruct, diagnostics: &mut Diagnostics) {
    for field in &row.fields {
        if let Source::Skipped { with: Some(other), .. } = &field.source {
            diagnostics.help(
                *other,
                format!("`{}` is skipped, so it reads no column", names::text(&field.ident)),
                "remove this key, or `skip`",
            );
        }
    }
}
