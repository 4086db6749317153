//! Checks `$expand` against the table: the combinations that Dataverse accepts, and the members of expanded
//! records.

use super::shape::{Expanded, Form, Rows, Shape};
use crate::error::{Refusal, Result};
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::sql::READ;
use crate::uri::{Expand, only_select_and_filter};

/// The position of an expanded property in a query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expansion<'a> {
    pub(super) form: Form,
    /// Whether any `$expand` of the query is within another.
    pub(super) is_nested: bool,
    /// Whether it is within an expanded collection.
    pub(super) in_collection: bool,
    /// The lookup by which the records were found.
    pub(super) by: Option<&'a str>,
}

/// Checks one expanded property against its table.
pub(super) fn expanded<'s>(
    session: &'s Session<'_>,
    table: &'s Table,
    expand: Expand,
    expansion: Expansion<'_>,
) -> Result<Expanded<'s>> {
    let name = &expand.navigation;
    let navigation = table.navigation(name).ok_or_else(|| Refusal::no_property(name, &table.logical_name))?;
    let is_one = matches!(navigation, Navigation::One { .. });
    let targets = targets(session, navigation, &expand)?;
    if let [target] = targets.as_slice() {
        session.require_privilege(READ, target)?;
    }
    let rows = rows(session, expansion, is_one, &expand)?;
    let by = match navigation {
        Navigation::Many { column, .. } if matches!(expansion.form, Form::Set | Form::Related) => {
            Some(column.as_str())
        }
        _ => None,
    };
    let has_etag = match expansion.form {
        Form::Record => true,
        Form::Set | Form::Related => !is_one,
        Form::Nested => false,
    };
    let mut shapes = Vec::new();
    for target in &targets {
        let select = select(&expand, target, targets.len())?;
        let inner = Expansion { in_collection: expansion.in_collection || !is_one, by, ..expansion };
        let mut shape = Shape::within(session, target, select, expand.expand.clone(), inner)?;
        shape.has_etag = has_etag;
        shapes.push(shape);
    }
    Ok(Expanded {
        navigation,
        shapes,
        references: expand.references,
        filter: expand.filter,
        order: expand.order,
        top: expand.top,
        query: expand.query,
        rows,
    })
}

/// Returns the tables that a navigation property leads to. Refuses options that it does not accept.
fn targets<'s>(
    session: &'s Session<'_>,
    navigation: &'s Navigation,
    expand: &Expand,
) -> Result<Vec<&'s Table>> {
    let name = navigation.name();
    match navigation {
        Navigation::One { targets, .. } => {
            if !expand.order.is_empty() || expand.top.is_some() {
                return Err(only_select_and_filter());
            }
            if expand.filter.is_some() {
                return Err(Refusal::query_not_supported(format!(
                    "$filter cannot be used with the single-valued navigation property '{name}'."
                )));
            }
            Ok(targets.iter().filter_map(|target| session.schema.table(target)).collect())
        }
        Navigation::Many { table, .. } | Navigation::Association { table, .. } => {
            if expand.references {
                return Err(Refusal::query_not_supported(
                    "Expand with $ref is only supported on lookup type navigation property.",
                ));
            }
            Ok(vec![session.table(table)?])
        }
    }
}

/// Returns which rows of a collection the answer has.
fn rows(session: &Session<'_>, expansion: Expansion<'_>, is_one: bool, expand: &Expand) -> Result<Rows> {
    Ok(match expansion.form {
        Form::Set => Rows::Linked,
        Form::Related => Rows::All,
        Form::Nested => Rows::Page,
        Form::Record if !expansion.is_nested || is_one => Rows::All,
        Form::Record if !expansion.in_collection => Rows::PageIfMore,
        Form::Record if session.strict => {
            return Err(Refusal::query_not_supported(format!(
                "Strict mode: Dataverse leaves the collection '{}' empty, because it is expanded within an expanded \
                 collection of one record. Query the entity set with a $filter for the record instead.",
                expand.navigation
            )));
        }
        Form::Record => Rows::Missing,
    })
}

/// Returns the selected columns of a table that a navigation property may lead to.
fn select(expand: &Expand, target: &Table, targets: usize) -> Result<Option<Vec<String>>> {
    // The abstract type of owners has one property.
    match (&expand.select, targets) {
        (None, 2..) => {
            let owner = target.column(OWNER).map_or(target.primary_id.as_str(), |_| OWNER);
            Ok(Some(vec![owner.to_owned()]))
        }
        (Some(names), 2..) => match names.iter().find(|name| *name != OWNER) {
            Some(wrong) => Err(Refusal::no_property(wrong, "principal")),
            None => Ok(Some(names.clone())),
        },
        (select, _) => Ok(select.clone()),
    }
}

/// The only property of the abstract type that owners have.
const OWNER: &str = "ownerid";

/// Refuses many-to-many relationships together with nested expands, and together with others.
pub(super) fn check_associations(expanded: &[Expanded<'_>], is_nested: bool) -> Result<()> {
    let Some(name) = association(expanded) else { return Ok(()) };
    if is_nested {
        return Err(Refusal::query_not_supported(format!(
            "The navigation property '{name}' cannot be expanded. Only many-to-one relationships are supported for nested \
             expansion."
        )));
    }
    if expanded.iter().all(|each| matches!(each.navigation, Navigation::Association { .. })) {
        return Ok(());
    }
    Err(Refusal::query_not_supported(format!(
        "The navigation property '{name}' cannot be expanded together with one-to-many or many-to-one relationships."
    )))
}

/// Returns the first expanded many-to-many relationship, at any depth.
fn association<'e>(expanded: &'e [Expanded<'_>]) -> Option<&'e str> {
    expanded.iter().find_map(|each| match each.navigation {
        Navigation::Association { name, .. } => Some(name.as_str()),
        _ => each.shapes.iter().find_map(|shape| association(&shape.expanded)),
    })
}
