//! Rules about `#[entity(…)]`.

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::super::attrs::RelationshipArgs;
use super::super::kind::{KindSpec, Role};
use super::super::model::Entity;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Keyed, Text, Word};
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

/// A logical name is sent as it is, and the server distinguishes upper and lower case.
fn check_table_name_characters(entity: &Entity, diagnostics: &mut Diagnostics) {
    if let Some(logical) = &entity.attrs.logical {
        check_table_logical_name(logical, diagnostics);
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

/// The logical name of a table is sent as it is, and is lower case in every org.
fn check_table_logical_name(text: &Text, diagnostics: &mut Diagnostics) {
    let lower = text.value.to_lowercase();
    if lower == text.value {
        check_logical_name(text, diagnostics);
    } else {
        diagnostics.help(
            text.span,
            format!("logical names of tables are lower case, `{}` is not", text.value),
            format!(
                "write `logical = \"{lower}\"`; the name with capitals is the schema name: `schema = \"{}\"`",
                text.value
            ),
        );
    }
}

/// A logical name is sent as it is. Most columns have lower-case names. Some that the platform made have capitals, a
/// primary key among them, and the server distinguishes the two.
pub(super) fn check_logical_name(text: &Text, diagnostics: &mut Diagnostics) {
    if text.value.is_empty() || !text.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        diagnostics.error(
            text.span,
            format!("`{}` is not a logical name: letters, digits and underscores only", text.value),
        );
    }
}

/// A projection takes all facts from its table. A second statement could only contradict the first.
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
        ("table_type", &attrs.table_type),
    ];
    let switches = [
        ("change_tracking", &attrs.change_tracking),
        ("optimistic_concurrency", &attrs.optimistic_concurrency),
    ];
    let words = [
        ("activity", &attrs.activity),
        ("intersect", &attrs.intersect),
        ("read_only", &attrs.read_only),
        ("business_process_flow", &attrs.business_process_flow),
    ];
    let names = [("create", &attrs.create), ("update", &attrs.update)];
    let mut given: Vec<(&str, Span)> = Vec::new();
    given.extend(texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?.span))));
    given.extend(words.into_iter().filter_map(|(key, word)| Some((key, word.span()?))));
    given.extend(names.into_iter().filter_map(|(key, name)| Some((key, name.as_ref()?.0.span()))));
    given.extend(switches.into_iter().filter_map(|(key, switch)| Some((key, switch.as_ref()?.1))));
    given.extend(attrs.translation.iter().map(|keyed| ("translation", keyed.span())));
    given.extend(attrs.key.iter().map(|keyed| ("key", keyed.span())));
    given.extend(attrs.relationship.iter().map(|keyed| ("relationship", keyed.span())));
    for (key, span) in given {
        diagnostics.help(
            span,
            format!("a projection takes `{key}` from its table"),
            format!("remove `{key}`, or remove `of` to declare a table"),
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

/// The drafts are types in the module of the struct. A read-only table has none.
fn check_draft_names(entity: &Entity, diagnostics: &mut Diagnostics) {
    if entity.is_read_only() {
        for (key, name) in [("create", &entity.attrs.create), ("update", &entity.attrs.update)] {
            if let Some(name) = name {
                diagnostics.help(
                    name.0.span(),
                    format!("`{key}` names a draft, and a read-only table has none"),
                    format!("remove `{key}`, or `read_only`"),
                );
            }
        }
        return;
    }
    if entity.create == entity.update {
        diagnostics.help(
            entity.update.span(),
            format!("`create` and `update` are both `{}`", entity.update),
            "give each draft a name of its own",
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

/// The server rejects such a key: more than 16 columns, a column twice, a kind without an index, an unknown column.
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
                diagnostics.error(name.span, format!("there is already an alternate key `{}`", name.value));
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
                diagnostics.error(column.span, format!("`{}` is already in this key", column.value));
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

/// A relationship joins a lookup of one table to the key of another, or the records of two tables in pairs. The attribute
/// says on which side this table is.
fn check_relationships(entity: &Entity, diagnostics: &mut Diagnostics) {
    let mut names: Vec<&str> = Vec::new();
    for keyed in &entity.attrs.relationship {
        let args = &keyed.value;
        check_relationship_side(keyed, diagnostics);
        check_relationship_keys(keyed, diagnostics);
        check_related(keyed, diagnostics);
        let joins_itself = args.many_to_many.is_given()
            && args.table.as_ref().is_some_and(|table| table.value == entity.logical());
        if let Some(schema) = &args.schema {
            // A table that is related to itself has both ends of the relationship.
            if names.contains(&schema.value.as_str()) && !joins_itself {
                diagnostics.error(schema.span, format!("there is already a relationship `{}`", schema.value));
            }
            names.push(&schema.value);
        }
        if args.many_to_one.is_given()
            && let Some(column) = &args.column
        {
            match entity.column(&column.value) {
                None => unknown_column(entity, column, diagnostics),
                Some(known) if known.known_spec().is_some_and(|spec| !holds_record(spec)) => {
                    diagnostics.error(
                        column.span,
                        format!("`{}` refers to no record; a relationship needs a lookup", column.value),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

/// Whether a column of this kind can hold a relationship: a lookup, or the bare GUID that `stageid` and `entityimageid` are.
fn holds_record(spec: &KindSpec) -> bool {
    spec.is_lookup() || spec.role == Role::Guid
}

/// A table is on one side of a relationship.
fn check_relationship_side(keyed: &Keyed<RelationshipArgs>, diagnostics: &mut Diagnostics) {
    let args = &keyed.value;
    let sides = [&args.many_to_one, &args.one_to_many, &args.many_to_many];
    let given: Vec<_> = sides.into_iter().filter_map(Word::span).collect();
    match given.as_slice() {
        [] => diagnostics.help(
            keyed.span(),
            "this relationship does not say on which side the table is",
            "add `many_to_one` if this table holds the lookup, `one_to_many` if the other does, `many_to_many` if neither does",
        ),
        [_] => {}
        [_, second, ..] => diagnostics
            .error(*second, "a relationship is one of `many_to_one`, `one_to_many` and `many_to_many`, not several"),
    }
}

/// Each side has keys of its own.
fn check_relationship_keys(keyed: &Keyed<RelationshipArgs>, diagnostics: &mut Diagnostics) {
    let args = &keyed.value;
    let pairs = args.many_to_many.is_given();
    let mut needed = vec![
        ("schema", &args.schema, "the relationship's schema name"),
        ("table", &args.table, "the other table's logical name"),
    ];
    if !pairs {
        needed.push(("column", &args.column, "the lookup column"));
    }
    if args.many_to_one.is_given() {
        needed.push(("key", &args.key, "the key column of the other table"));
    }
    for (key, text, what) in needed {
        if text.is_none() {
            diagnostics.help(
                keyed.span(),
                format!("this relationship has no `{key}`"),
                format!("add `{key} = \"…\"`: {what}"),
            );
        }
    }
    for (key, text) in [("column", &args.column), ("key", &args.key), ("on_delete", &args.on_delete)] {
        if let (Some(text), true) = (text, pairs) {
            diagnostics.help(
                text.span,
                format!("a many-to-many relationship has no `{key}`"),
                format!("remove `{key}`: the pairs are in a table of their own, and no lookup holds them"),
            );
        }
    }
    if let (Some(intersect), false) = (&args.intersect, pairs) {
        diagnostics.help(
            intersect.span,
            "`intersect` belongs to a many-to-many relationship",
            "remove `intersect`, or write `many_to_many`",
        );
    }
}

/// `name` names the const of the collection, which only exists with `related`.
fn check_related(keyed: &Keyed<RelationshipArgs>, diagnostics: &mut Diagnostics) {
    let args = &keyed.value;
    if let (Some(related), true) = (&args.related, args.many_to_one.is_given()) {
        diagnostics.help(
            related.0.span(),
            "`related` belongs to a collection of records; a lookup leads to one record",
            "remove `related`: the column of the lookup is already a const of the struct",
        );
    } else if let (Some(related), None) = (&args.related, &args.nav) {
        diagnostics.help(
            related.0.span(),
            "`related` needs the navigation property that leads to the records",
            "add `nav = \"…\"`: the name of the collection on this table's side",
        );
    }
    if let (Some(name), None) = (&args.name, &args.related) {
        diagnostics.help(
            name.0.span(),
            "`name` names the const of a relationship, which exists only if the type of its records is known",
            "add `related = Table`, or remove `name`",
        );
    }
    if let (Some(nav), Some(_), None) = (&args.nav, &args.related, &args.name)
        && syn::parse_str::<syn::Ident>(&nav.value.to_uppercase()).is_err()
    {
        diagnostics.help(
            nav.span,
            format!("`{}` cannot be the name of a const", nav.value),
            "add `name = …`",
        );
    }
}
