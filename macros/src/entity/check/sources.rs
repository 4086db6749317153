//! Rules about fields that refer to other fields of the struct.

use super::super::model::{Column, Entity, Source};
use crate::common::diagnostics::Diagnostics;
use crate::common::suggest;

pub(super) fn check(entity: &Entity, diagnostics: &mut Diagnostics) {
    if entity.is_projection() {
        return;
    }
    for column in &entity.columns {
        check_one_source(column, diagnostics);
        if let Some(source) = column.source() {
            check_source_known(column, &source, entity, diagnostics);
            check_source_is_optional(column, &source, diagnostics);
        }
    }
}

/// A column is taken from one other column.
fn check_one_source(column: &Column, diagnostics: &mut Diagnostics) {
    let attrs = &column.attrs;
    let given =
        [("name_of", &attrs.name_of), ("yomi_name_of", &attrs.yomi_name_of), ("type_of", &attrs.type_of)];
    let mut given = given.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
    let Some((first, _)) = given.next() else { return };
    for (key, text) in given {
        diagnostics.help(
            text.span,
            format!("`{key}` contradicts `{first}`: a column is one part of one other column"),
            format!("keep `{first}` or `{key}`"),
        );
    }
}

/// A name is an annotation of a lookup or a choice, a table that of a lookup. The struct must read that column, too.
fn check_source_known(column: &Column, source: &Source<'_>, entity: &Entity, diagnostics: &mut Diagnostics) {
    let (of, key) = (source.of, source.key);
    let fits = |candidate: &Column| {
        let spec = candidate.spec();
        candidate.source().is_none()
            && if key == "name_of" { spec.has_label || spec.word == "entity_name" } else { spec.is_lookup() }
    };
    match entity.column(&of.value) {
        Some(known) if std::ptr::eq(known, column) => {
            diagnostics.error(of.span, format!("`{key}` names the column itself"));
        }
        Some(known) if known.kinds.is_empty() || fits(known) => {}
        Some(_) => diagnostics.help(
            of.span,
            format!("`{}` is not a column that `{key}` can name", of.value),
            if key == "name_of" {
                "name a lookup, customer, owner or entity_name column, or a choice or boolean one"
            } else {
                "name a lookup, customer or owner column"
            },
        ),
        None if entity.incomplete => {}
        None => {
            let lookups: Vec<&str> = entity
                .columns
                .iter()
                .filter(|candidate| fits(candidate))
                .map(|candidate| candidate.logical.value.as_str())
                .collect();
            let help = suggest::closest(&of.value, lookups.iter().copied())
                .map(|name| format!("did you mean `{name}`?"))
                .unwrap_or_else(|| format!("add a field for the column `{}`", of.value));
            diagnostics.help(of.span, format!("this struct has no lookup `{}`", of.value), help);
        }
    }
}

/// An annotation can always be missing.
fn check_source_is_optional(column: &Column, source: &Source<'_>, diagnostics: &mut Diagnostics) {
    let ty = crate::common::types::last_segment(&column.ty);
    if ty.is_none_or(|segment| segment.ident != "Option" && segment.ident != "NoProperty") {
        diagnostics.help(
            syn::spanned::Spanned::span(&column.ty),
            format!("`{}` comes from an annotation, which a response may leave out", column.ident),
            format!("make the field an `Option`, because of `{}`", source.key),
        );
    }
}
