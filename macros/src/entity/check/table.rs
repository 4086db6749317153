//! Rules about `#[entity(…)]`.

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::super::model::Entity;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::Text;
use crate::common::suggest;

pub(super) fn check(entity: &Entity, diagnostics: &mut Diagnostics) {
    if entity.is_projection() {
        check_projection_keys(entity, diagnostics);
    } else {
        check_table_names(entity, diagnostics);
        check_not_generic(entity, diagnostics);
        check_draft_names(entity, diagnostics);
        check_alternate_keys(entity, diagnostics);
        check_relationships(entity, diagnostics);
    }
    check_table_name_characters(entity, diagnostics);
}

/// Neither name can be computed from the other: entity sets follow no rule of plurals.
fn check_table_names(entity: &Entity, diagnostics: &mut Diagnostics) {
    if entity.damaged {
        return;
    }
    let given = [
        ("logical", &entity.attrs.logical, "its logical name, such as `account`"),
        ("set", &entity.attrs.set, "its entity set name, such as `accounts`: the name in URLs"),
    ];
    for (key, text, what) in given {
        if text.is_none() {
            diagnostics.help(
                entity.ident.span(),
                format!("missing `{key}`: a table needs {what}"),
                format!(
                    "add `#[entity({key} = \"…\")]`, or `#[entity(of = Table)]` for a projection of a table"
                ),
            );
        }
    }
}

/// A logical name is on the wire as it is, and the server tells upper from lower case.
fn check_table_name_characters(entity: &Entity, diagnostics: &mut Diagnostics) {
    if let Some(logical) = &entity.attrs.logical {
        check_logical_name(logical, diagnostics);
    }
    if let Some(set) = &entity.attrs.set
        && !set.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    {
        diagnostics.error(
            set.span,
            format!("`{}` is not an entity set name: letters, digits and underscores only", set.value),
        );
    }
}

/// A logical name is on the wire as it is, and the server tells upper from lower case.
pub(super) fn check_logical_name(text: &Text, diagnostics: &mut Diagnostics) {
    let lower = text.value.to_lowercase();
    if lower != text.value {
        diagnostics.help(
            text.span,
            format!("logical names are lower case, `{}` is not", text.value),
            format!(
                "write `logical = \"{lower}\"`; the name with capitals is the schema name: `schema = \"{}\"`",
                text.value
            ),
        );
    } else if !lower.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        diagnostics.error(
            text.span,
            format!(
                "`{}` is not a logical name: lower-case letters, digits and underscores only",
                text.value
            ),
        );
    }
}

/// A projection has the facts of its table; saying them again could only contradict them.
fn check_projection_keys(entity: &Entity, diagnostics: &mut Diagnostics) {
    let attrs = &entity.attrs;
    let texts = [
        ("logical", &attrs.logical),
        ("set", &attrs.set),
        ("schema", &attrs.schema),
        ("collection_schema", &attrs.collection_schema),
        ("collection_logical", &attrs.collection_logical),
        ("display", &attrs.display),
        ("display_collection", &attrs.display_collection),
        ("description", &attrs.description),
        ("solution", &attrs.solution),
        ("ownership", &attrs.ownership),
    ];
    let words = [("activity", &attrs.activity), ("business_process_flow", &attrs.business_process_flow)];
    let names = [("create", &attrs.create), ("update", &attrs.update)];
    let mut given: Vec<(&str, Span)> = Vec::new();
    given.extend(texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?.span))));
    given.extend(words.into_iter().filter_map(|(key, word)| Some((key, word.span()?))));
    given.extend(names.into_iter().filter_map(|(key, name)| Some((key, name.as_ref()?.0.span()))));
    given.extend(attrs.key.iter().map(|keyed| ("key", keyed.span())));
    given.extend(attrs.relationship.iter().map(|keyed| ("relationship", keyed.span())));
    for (key, span) in given {
        diagnostics.help(
            span,
            format!("a projection takes `{key}` from its table"),
            format!("leave `{key}` out, or leave `of` out to declare a table"),
        );
    }
}

/// The struct is the identity of the table: `Id<Table>` must be one type.
fn check_not_generic(entity: &Entity, diagnostics: &mut Diagnostics) {
    if !entity.generics.params.is_empty() {
        diagnostics.help(
            entity.generics.params.span(),
            "a table cannot be generic: its struct is its identity, as in `Id<Table>`",
            "declare the table without parameters, and a projection with them: `#[entity(of = Table)]`",
        );
    }
}

/// The drafts are types in the module of the struct.
fn check_draft_names(entity: &Entity, diagnostics: &mut Diagnostics) {
    if entity.create == entity.update {
        diagnostics.help(
            entity.update.span(),
            format!("`create` and `update` are both `{}`", entity.update),
            "give the two drafts names of their own",
        );
    }
    for (key, name) in [("create", &entity.create), ("update", &entity.update)] {
        if *name == entity.ident {
            diagnostics.help(
                name.span(),
                format!("`{key}` is the name of the struct itself"),
                format!("give the draft a name of its own, such as `New{}`", entity.ident),
            );
        }
    }
}

/// A key that the server cannot have: more than 16 columns, a column twice, a kind without an index, an unknown column.
fn check_alternate_keys(entity: &Entity, diagnostics: &mut Diagnostics) {
    const MAX_KEYS: usize = 10;
    const MAX_COLUMNS: usize = 16;
    const EXAMPLE: &str = "write `key(name = \"…\", columns(first, second))`";
    let mut names: Vec<&str> = Vec::new();
    for (index, keyed) in entity.attrs.key.iter().enumerate() {
        if index == MAX_KEYS {
            diagnostics.error(keyed.span(), "a table has at most 10 alternate keys");
        }
        match &keyed.value.name {
            None => diagnostics.help(keyed.span(), "this alternate key has no name", EXAMPLE),
            Some(name) if names.contains(&name.value.as_str()) => {
                diagnostics.error(name.span, format!("there is an alternate key `{}` already", name.value));
            }
            Some(name) => names.push(&name.value),
        }
        let columns = keyed.value.columns.as_ref().map_or(&[][..], |columns| &columns.0);
        if columns.is_empty() {
            diagnostics.help(keyed.span(), "this alternate key has no columns", EXAMPLE);
        }
        for (index, column) in columns.iter().enumerate() {
            if index == MAX_COLUMNS {
                diagnostics.error(column.span, "an alternate key has at most 16 columns");
            }
            if columns.iter().take(index).any(|other| other.value == column.value) {
                diagnostics.error(column.span, format!("`{}` is in this key already", column.value));
                continue;
            }
            match entity.column(&column.value) {
                None => unknown_column(entity, column, diagnostics),
                Some(known) if known.known_spec().is_some_and(|spec| !spec.can_be_key) => diagnostics.help(
                    column.span,
                    format!("`{}` cannot be part of an alternate key", column.value),
                    "a key is made of string, integer, decimal, datetime, lookup and picklist columns",
                ),
                Some(_) => {}
            }
        }
    }
}

fn unknown_column(entity: &Entity, column: &Text, diagnostics: &mut Diagnostics) {
    if entity.incomplete {
        return;
    }
    let known = entity.columns.iter().map(|column| column.logical.value.as_str());
    let help = suggest::closest(&column.value, known).map(|name| format!("did you mean `{name}`?"));
    diagnostics.help(
        column.span,
        format!("no field has the logical name `{}`", column.value),
        help.unwrap_or_else(|| "name a column by its logical name".to_owned()),
    );
}

/// A relationship joins a lookup of one table to the key of another; which side this table is on has to be said.
fn check_relationships(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut names: Vec<&str> = Vec::new();
    for keyed in &entity.attrs.relationship {
        let args = &keyed.value;
        match (args.many_to_one.span(), args.one_to_many.span()) {
            (Some(_), None) | (None, Some(_)) => {}
            (Some(_), Some(second)) => {
                diagnostics.error(second, "a relationship is `many_to_one` or `one_to_many`, not both");
            }
            (None, None) => diagnostics.help(
                keyed.span(),
                "this relationship does not say on which side the table is",
                "add `many_to_one` if this table holds the lookup, `one_to_many` if the other does",
            ),
        }
        let needed = [
            ("schema", &args.schema, "the relationship's schema name"),
            ("column", &args.column, "the lookup column"),
            ("table", &args.table, "the other table's logical name"),
        ];
        for (key, text, what) in needed {
            if text.is_none() {
                diagnostics.help(
                    keyed.span(),
                    format!("this relationship has no `{key}`"),
                    format!("add `{key} = \"…\"`: {what}"),
                );
            }
        }
        if args.many_to_one.is_given() && args.key.is_none() {
            diagnostics.help(
                keyed.span(),
                "this relationship has no `key`",
                "add `key = \"…\"`: the key column of the other table",
            );
        }
        if let Some(schema) = &args.schema {
            if names.contains(&schema.value.as_str()) {
                diagnostics.error(schema.span, format!("there is a relationship `{}` already", schema.value));
            }
            names.push(&schema.value);
        }
        if args.many_to_one.is_given()
            && let Some(column) = &args.column
        {
            match entity.column(&column.value) {
                None => unknown_column(entity, column, diagnostics),
                Some(known) if known.known_spec().is_some_and(|spec| !spec.is_lookup()) => diagnostics.error(
                    column.span,
                    format!("`{}` is not a lookup; a relationship is held by a lookup", column.value),
                ),
                Some(_) => {}
            }
        }
    }
}
