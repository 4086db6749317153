//! Rules about the keys and flags of one field.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::super::kind::Role;
use super::super::model::{Column, Entity};
use super::table::check_logical_name;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Nav, Text};
use crate::common::types;

pub(super) fn check(column: &Column, entity: &Entity, diagnostics: &mut Diagnostics) {
    check_logical_name(&column.logical, diagnostics);
    check_one_kind(column, diagnostics);
    check_validity_flags(column, diagnostics);
    check_localizable(column, diagnostics);
    if entity.is_projection() {
        check_projection_flags(column, diagnostics);
        return;
    }
    check_kind_known(column, diagnostics);
    check_primary_id_kind(column, diagnostics);
    check_primary_name_kind(column, diagnostics);
    check_not_readable(column, diagnostics);
    check_nav_on_lookup(column, diagnostics);
    check_lookup_type(column, entity, diagnostics);
    check_nav_given(column, diagnostics);
    check_nav_targets(column, diagnostics);
    check_relationship_on_lookup(column, diagnostics);
    check_owner_of_user_owned(column, entity, diagnostics);
    check_owner_type(column, diagnostics);
}

/// A column has one kind.
fn check_one_kind(column: &Column, diagnostics: &mut Diagnostics) {
    let mut kinds = column.kinds.iter();
    let Some((first, _)) = kinds.next() else { return };
    let first = first.spec.word;
    for (kind, span) in kinds {
        let name = kind.spec.word;
        diagnostics.help(
            *span,
            format!("`{name}` contradicts `{first}`: a column has one kind"),
            format!("keep `{first}` or `{name}`"),
        );
    }
}

/// Most types imply their kind. An enum does not: picklist, state or status; nor does a `Decimal`: decimal or money.
fn check_kind_known(column: &Column, diagnostics: &mut Diagnostics) {
    if column.kinds.is_empty() && !column.damaged {
        let ty = quote::ToTokens::to_token_stream(column.value_type()).to_string().replace(' ', "");
        diagnostics.help(
            syn::spanned::Spanned::span(&column.ty),
            format!("the type `{ty}` does not say the kind of this column"),
            "name it in `#[attr(…)]`: `picklist`, `state` or `status` for an enum, `decimal` or `money`, `datetime(behavior = \"…\")`, …",
        );
    }
}

/// Two of the three flags contradict each other.
fn check_validity_flags(column: &Column, diagnostics: &mut Diagnostics) {
    let attrs = &column.attrs;
    let flags = [
        ("read_only", &attrs.read_only),
        ("create_only", &attrs.create_only),
        ("update_only", &attrs.update_only),
    ];
    let mut given = flags.into_iter().filter_map(|(name, word)| Some((name, word.span()?)));
    let Some((first, span)) = given.next() else { return };
    if column.in_read_only_table && first != "read_only" {
        diagnostics.help(
            span,
            format!("`{first}` contradicts `read_only` of the table: no message writes its columns"),
            format!("remove `{first}`, or `read_only` from `#[entity(…)]`"),
        );
    }
    for (name, span) in given {
        diagnostics.help(
            span,
            format!("`{name}` contradicts `{first}`"),
            "`create_only` is set on create alone, `update_only` on update alone, `read_only` on neither",
        );
    }
}

/// The field of a column that is never read has no value. (Such a column need not be writable: some are neither.)
fn check_not_readable(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(span) = column.attrs.not_readable.span() else { return };
    if column.is_primary_id() {
        diagnostics.error(span, "the primary id is always read");
    }
    if !column.is_option() && !column.has_no_property() {
        diagnostics.help(
            span,
            format!("`{}` is never read, so its field must be able to have no value", column.ident),
            "make the field an `Option`",
        );
    }
}

/// Only text differs from language to language.
fn check_localizable(column: &Column, diagnostics: &mut Diagnostics) {
    if let Some(span) = column.attrs.localizable.span()
        && column.known_spec().is_some_and(|spec| !spec.is_text())
    {
        diagnostics.error(span, "`localizable` belongs to a string or memo column");
    }
}

/// A projection takes the facts of its columns from the table.
fn check_projection_flags(column: &Column, diagnostics: &mut Diagnostics) {
    for (flag, span) in column.attrs.definition_only() {
        diagnostics.help(
            span,
            format!("a projection takes `{flag}` from its table"),
            format!("remove `{flag}`; `#[attr(logical = \"{}\")]` is enough", column.logical.value),
        );
    }
}

/// The primary id is a GUID. The server makes one if the create has none.
fn check_primary_id_kind(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(span) = column.primary_id_span() else { return };
    if column.known_spec().is_some_and(|spec| spec.role != Role::Guid) {
        let help = match column.written_kind() {
            Some((spec, _)) => format!("remove `{}` or `primary_id`", spec.word),
            None => "give the field the type `Id<…>` of its own table, or remove `primary_id`".to_owned(),
        };
        diagnostics.help(span, "the primary id is a uniqueidentifier", help);
    }
    if let Some(flag) = column.attrs.update_only.span() {
        diagnostics.help(
            flag,
            "the primary id names a record and never changes: it cannot be `update_only`",
            "write `create_only`, or `read_only` if the server alone makes it",
        );
    }
}

/// The primary name is what lookups show.
fn check_primary_name_kind(column: &Column, diagnostics: &mut Diagnostics) {
    if let Some(span) = column.attrs.primary_name.span()
        && column.known_spec().is_some_and(|spec| !spec.is_text())
    {
        diagnostics.error(span, "the primary name is a string or memo column");
    }
}

/// Only lookups lead somewhere.
fn check_nav_on_lookup(column: &Column, diagnostics: &mut Diagnostics) {
    let span = match column.nav() {
        Some(Nav::One(text)) => text.span,
        Some(Nav::PerTarget { key, .. }) => *key,
        None => return,
    };
    if column.known_spec().is_some_and(|spec| !spec.is_lookup()) {
        diagnostics.help(
            span,
            "`nav` belongs to a lookup, customer or owner column",
            "remove `nav`, or make the column a lookup",
        );
    }
}

/// A well-known type cannot hold a lookup. Whether any other can, only the compiler knows.
fn check_lookup_type(column: &Column, entity: &Entity, diagnostics: &mut Diagnostics) {
    let ty = column.value_type();
    let is_the_table = matches!(ty, syn::Type::Path(path) if path.path.is_ident(&entity.ident));
    if column.is_lookup() && (types::is_known(ty) || is_the_table) {
        let text = quote::ToTokens::to_token_stream(ty).to_string().replace(' ', "");
        diagnostics.help(
            syn::spanned::Spanned::span(ty),
            format!("`{text}` cannot hold a lookup, customer or owner column"),
            "write `Option<Lookup<Table>>`, or `Option<Lookup<Enum>>` with an enum that derives `LookupTarget`",
        );
    }
}

/// A lookup is written through its navigation property, whose name follows no rule.
fn check_nav_given(column: &Column, diagnostics: &mut Diagnostics) {
    let written = column.is_creatable() || column.is_updatable();
    if column.nav().is_none() && column.spec().is_lookup() && written && !column.damaged {
        diagnostics.help(
            column.ident.span(),
            format!("missing `nav`: `{}` can be written, and a lookup is written through its navigation property", column.ident),
            "add `nav = \"…\"`, with the `ReferencingEntityNavigationPropertyName` of the relationship (it is case-sensitive), or `read_only`",
        );
    }
}

/// A target has one navigation property.
fn check_nav_targets(column: &Column, diagnostics: &mut Diagnostics) {
    let Some(Nav::PerTarget { key, targets }) = column.nav() else { return };
    if targets.is_empty() {
        diagnostics.help(
            *key,
            "`nav(…)` is empty",
            "write `nav(Account = \"…_account\", Contact = \"…_contact\")`",
        );
    }
    for variant in repeated(targets) {
        diagnostics.error(variant.span(), format!("`{variant}` already has a navigation property"));
    }
}

/// Returns the variants that are not the first of their name. A lookup can have hundreds.
fn repeated(targets: &[(Ident, Text)]) -> impl Iterator<Item = &Ident> {
    let mut seen = HashSet::new();
    targets.iter().map(|(variant, _)| variant).filter(move |variant| !seen.insert(variant.to_string()))
}

/// A relationship belongs to a lookup, and `on_delete` to a relationship.
fn check_relationship_on_lookup(column: &Column, diagnostics: &mut Diagnostics) {
    let attrs = &column.attrs;
    if let Some(relationship) = &attrs.relationship
        && column.known_spec().is_some_and(|spec| !spec.is_lookup())
    {
        diagnostics
            .error(relationship.span(), "`relationship` belongs to a lookup, customer or owner column");
    }
    if let (Some(Nav::One(text)), Some(Nav::PerTarget { .. })) = (&attrs.relationship, column.nav()) {
        diagnostics.help(
            text.span,
            "a lookup with a navigation property for each target has a relationship for each, too",
            "write `relationship(Account = \"…_accounts\", Contact = \"…_contacts\")`, with their schema names",
        );
    }
    if let Some(Nav::PerTarget { key, targets }) = &attrs.relationship {
        if targets.is_empty() {
            diagnostics.help(
                *key,
                "`relationship(…)` is empty",
                "write `relationship(Account = \"…_accounts\", Contact = \"…_contacts\")`",
            );
        }
        for variant in repeated(targets) {
            diagnostics.error(variant.span(), format!("`{variant}` already has a relationship"));
        }
    }
    if let Some(text) = &attrs.on_delete
        && attrs.relationship.is_none()
    {
        diagnostics.help(
            text.span,
            "`on_delete` belongs to a relationship, and this column names none",
            "add `relationship = \"…\"`: its schema name",
        );
    }
}

/// Only a record of a user-owned table is given an owner.
fn check_owner_of_user_owned(column: &Column, entity: &Entity, diagnostics: &mut Diagnostics) {
    for (kind, span) in &column.kinds {
        // An activity party, which nobody owns, shows the owner of its activity.
        let owned = entity.damaged || entity.is_user_owned() || column.is_read_only();
        if kind.spec.role == Role::Owner && !owned {
            diagnostics.help(
                *span,
                "only a user-owned table has a writable `owner` column",
                "write `#[entity(ownership = \"user\")]`, `read_only`, or `lookup` for a column that is no owner",
            );
        }
    }
}

/// An owner is one of several tables.
fn check_owner_type(column: &Column, diagnostics: &mut Diagnostics) {
    if let (Role::Owner, Some(Nav::PerTarget { key, .. })) = (column.spec().role, column.nav()) {
        diagnostics.help(
            *key,
            "an owner column has one navigation property for both users and teams",
            "write `nav = \"ownerid\"`",
        );
    }
}
