//! Rules about facts that change what a program may do.

use super::super::attrs::DefaultValue;
use super::super::kind::Role;
use super::super::model::{Column, Entity};
use crate::common::diagnostics::Diagnostics;
use crate::common::{translation, types};

pub(super) fn check(column: &Column, entity: &Entity, diagnostics: &mut Diagnostics) {
    if entity.is_projection() {
        return;
    }
    check_no_property(column, diagnostics);
    check_computed(column, diagnostics);
    check_auto_number(column, diagnostics);
    check_secured(column, diagnostics);
    check_default(column, diagnostics);
    check_global_option_set(column, diagnostics);
    check_primary_image(column, diagnostics);
    check_hierarchical(column, diagnostics);
    check_attribute_of(column, diagnostics);
    let is_boolean = column.known_spec().is_some_and(|spec| spec.word == "boolean");
    let takes: &[&str] = match is_boolean {
        true => &["display", "description", "true_label", "false_label"],
        false => &["display", "description"],
    };
    translation::check(&column.attrs.translation, takes, diagnostics);
}

pub(super) fn check_table(entity: &Entity, diagnostics: &mut Diagnostics) {
    translation::check(
        &entity.attrs.translation,
        &["display", "display_collection", "description"],
        diagnostics,
    );
    check_one(entity, "primary_image", |column| column.attrs.primary_image.span(), diagnostics);
    check_one(entity, "hierarchical", |column| column.attrs.hierarchical.span(), diagnostics);
}

/// A record has one primary image and one record above it.
fn check_one(
    entity: &Entity,
    word: &str,
    span: fn(&Column) -> Option<proc_macro2::Span>,
    diagnostics: &mut Diagnostics,
) {
    let mut given = entity.columns.iter().filter_map(|column| Some((column, span(column)?)));
    let Some((first, _)) = given.next() else { return };
    for (_, span) in given {
        diagnostics.error(span, format!("`{}` is already the `{word}` column", first.ident));
    }
}

/// A column without property can be neither read nor written, so its field holds nothing.
fn check_no_property(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(span) = column.attrs.no_property.span() else { return };
    if column.is_primary_id() {
        diagnostics.error(span, "the primary id always has a property");
        return;
    }
    if let Some(nav) = column.nav() {
        diagnostics.help(
            nav.span(),
            "`nav` contradicts `no_property`: what has no property has no navigation property",
            "remove `nav` or `no_property`",
        );
    }
    if types::last_segment(&column.ty).is_none_or(|segment| segment.ident != "NoProperty") {
        diagnostics.help(
            syn::spanned::Spanned::span(&column.ty),
            format!("`{}` has no property, so its field holds nothing", column.ident),
            "give the field the type `NoProperty`, and name the kind in `#[attr(…)]`",
        );
    }
}

/// Dataverse computes the value, so no draft sets it.
fn check_computed(column: &Column, diagnostics: &mut Diagnostics) {
    let attrs = &column.attrs;
    let Some(text) = &attrs.computed else { return };
    if let Some((flag, span)) = [("create_only", &attrs.create_only), ("update_only", &attrs.update_only)]
        .into_iter()
        .find_map(|(flag, word)| Some((flag, word.span()?)))
    {
        diagnostics.help(
            span,
            format!("`{flag}` contradicts `computed`: Dataverse computes the value, so no message writes it"),
            format!("remove `{flag}`"),
        );
    }
    if column.is_primary_id() {
        diagnostics.error(text.span, "the primary id is not computed");
    }
}

/// Dataverse numbers records by a text.
fn check_auto_number(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(text) = &column.attrs.auto_number else { return };
    if column.known_spec().is_some_and(|spec| spec.word != "string") {
        diagnostics.error(text.span, "`auto_number` belongs to a string column");
    }
}

/// A caller who may not read the column gets no value of it.
fn check_secured(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(span) = column.attrs.secured.span() else { return };
    let has_room = column.is_option() || column.has_no_property();
    if !has_room {
        diagnostics.help(
            span,
            format!(
                "`{}` is secured: a caller who may not read it gets no value, and its field cannot be without one",
                column.ident
            ),
            "make the field an `Option`",
        );
    }
}

/// Only booleans and choices have a default value in their definition.
fn check_default(column: &Column, diagnostics: &mut Diagnostics) {
    let (Some(default), Some(spec)) = (&column.attrs.default, column.known_spec()) else { return };
    let (fits, help) = match default.value {
        DefaultValue::Boolean(_) => {
            (spec.word == "boolean", "`true` and `false` are defaults of a boolean column")
        }
        DefaultValue::Integer(_) => (
            matches!(spec.role, Role::Choice | Role::State | Role::Status),
            "an integer is the default of a picklist, state, status or multiselect column",
        ),
    };
    if !fits {
        diagnostics.help(default.span, format!("this is no default of a `{}` column", spec.word), help);
    }
}

/// Options come from a set of the column or from one of the org.
fn check_global_option_set(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(text) = &column.attrs.global_option_set else { return };
    let fits = |role| matches!(role, Role::Choice | Role::State | Role::Status);
    if column.known_spec().is_some_and(|spec| !fits(spec.role) && spec.word != "boolean") {
        diagnostics.error(text.span, "`global_option_set` belongs to a column with options");
    }
}

/// The picture of a record is an image.
fn check_primary_image(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(span) = column.attrs.primary_image.span() else { return };
    if column.known_spec().is_some_and(|spec| spec.word != "image") {
        diagnostics.error(span, "`primary_image` belongs to an image column");
    }
}

/// A hierarchy is a lookup from a record to another of its table.
fn check_hierarchical(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(span) = column.attrs.hierarchical.span() else { return };
    if column.known_spec().is_some_and(|spec| spec.role != Role::Lookup) || column.has_no_property() {
        diagnostics.error(span, "`hierarchical` belongs to a lookup that points to the table itself");
    }
}

/// `name_of`, `yomi_name_of` and `type_of` already say which column this one belongs to.
fn check_attribute_of(column: &Column, diagnostics: &mut Diagnostics) {
    if let (Some(text), Some(source)) = (&column.attrs.attribute_of, column.source()) {
        diagnostics.help(
            text.span,
            format!("`{}` already says which column this one belongs to", source.key),
            "remove `attribute_of`",
        );
    }
}
