//! Queries and messages that elastic tables refuse.

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::uri::{Expand, Filter, Operand, Options};
use crate::write::of_entity;

/// Returns the partition that the option `partitionId` names, with or without quotes.
pub(crate) fn partition_option(table: &Table, options: &Options) -> Option<String> {
    let text = options.get("partitionId").filter(|_| table.elastic)?.trim();
    let bare = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(text);
    Some(bare.to_owned())
}

/// Dataverse's refusal of a query of several tables.
fn joined() -> Refusal {
    Refusal::new(http::StatusCode::BAD_REQUEST, "0x80048d0b", "Link entities are not supported")
}

fn unsupported(what: &str) -> Refusal {
    Refusal::query_not_supported(format!("{what} is not supported with elastic tables."))
}

/// Refuses a query of an elastic table that needs another table, or something that elastic tables do not
/// support.
pub(crate) fn refuse_joins(session: &Session<'_>, table: &Table, options: &Options) -> Result<()> {
    if !table.elastic {
        return refuse_expanded(session, table, &options.expand()?);
    }
    if !options.expand()?.is_empty() {
        return Err(joined());
    }
    if let Some(filter) = options.filter()? {
        refuse_filter(&filter)?;
    }
    let order = options.order()?;
    for order in &order {
        refuse_path(&order.path)?;
        let property = order.path.last().and_then(|name| table.property(name));
        if property.is_some_and(|column| column.kind.is_lookup()) {
            return Err(unsupported("Sorting by a lookup column"));
        }
    }
    if let Some(apply) = options.apply()? {
        if let Some(filter) = &apply.filter {
            refuse_filter(filter)?;
        }
        let aggregated = apply.aggregates.iter().filter_map(|each| each.path.as_ref());
        for path in apply.groups.iter().map(|(path, _)| path).chain(aggregated) {
            refuse_path(path)?;
        }
        if !apply.groups.is_empty() && !order.is_empty() {
            return Err(unsupported("Grouping together with sorting"));
        }
    }
    Ok(())
}

/// Refuses a link of FetchXML from or to an elastic table.
pub(crate) fn refuse_link(from: &Table, to: &Table) -> Result<()> {
    if from.elastic {
        return Err(joined());
    }
    if to.elastic {
        return Err(Refusal::not_implemented(&format!("A link to the elastic table '{}'", to.logical_name)));
    }
    Ok(())
}

/// Refuses a query of a standard table that brings rows of an elastic table: elastic tables are in another
/// database.
fn refuse_expanded(session: &Session<'_>, table: &Table, expanded: &[Expand]) -> Result<()> {
    for each in expanded {
        let targets: Vec<&String> = match table.navigation(&each.navigation) {
            Some(Navigation::One { targets, .. }) => targets.iter().collect(),
            Some(Navigation::Many { table, .. } | Navigation::Association { table, .. }) => vec![table],
            None => continue,
        };
        for target in targets.into_iter().filter_map(|target| session.schema.table(target)) {
            if target.elastic {
                return Err(Refusal::not_implemented(&format!(
                    "A query that expands rows of the elastic table '{}'",
                    target.logical_name
                )));
            }
            refuse_expanded(session, target, &each.expand)?;
        }
    }
    Ok(())
}

fn refuse_path(path: &[String]) -> Result<()> {
    if path.len() > 1 { Err(joined()) } else { Ok(()) }
}

fn refuse_filter(filter: &Filter) -> Result<()> {
    match filter {
        Filter::All(all) | Filter::Any(all) => all.iter().try_for_each(refuse_filter),
        Filter::Not(inner) => refuse_filter(inner),
        Filter::Compare { left, right: Operand::Path(right), .. } => {
            refuse_path(left)?;
            refuse_path(right)?;
            Err(unsupported("The comparison of two columns"))
        }
        Filter::Compare { left: path, .. } | Filter::Like { path, .. } | Filter::Function { path, .. } => {
            refuse_path(path)
        }
        Filter::Lambda { .. } => Err(joined()),
    }
}

/// Refuses to share rows of an elastic table.
pub(crate) fn refuse_sharing(session: &Session<'_>, body: &Json) -> Result<()> {
    let Some(target) = body.get("Target") else { return Ok(()) };
    if session.table(&of_entity(session, target)?.table)?.elastic {
        return Err(Refusal::bad("Rows of elastic tables cannot be shared."));
    }
    Ok(())
}
