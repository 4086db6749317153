//! Associating and disassociating records.

use super::body::{ColumnValue, Draft};
use super::update::update;
use crate::error::{Refusal, Result};
use crate::rights::{require_disassociate, require_pair};
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::store::{quoted, table_name};
use crate::value::Referenced;

/// Puts a record into a collection of another, or sets a lookup to it.
pub(crate) fn associate(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
    target: &Referenced,
) -> Result<()> {
    let wrong = || {
        Refusal::bad(format!(
            "A record of '{}' cannot be associated through '{}'.",
            target.table,
            navigation.name()
        ))
    };
    match navigation {
        Navigation::One { column, targets, .. } => {
            if !targets.contains(&target.table) {
                return Err(wrong());
            }
            set(session, table, id, column, Some(target.clone()))
        }
        Navigation::Many { table: other, column, .. } => {
            if *other != target.table {
                return Err(wrong());
            }
            let me = Referenced { table: table.logical_name.clone(), id: id.to_owned() };
            set(session, session.table(other)?, &target.id, column, Some(me))
        }
        Navigation::Association { table: other, .. } => {
            if *other != target.table {
                return Err(wrong());
            }
            pair(session, table, id, navigation, target)
        }
    }
}

/// Associates two records by a many-to-many relationship.
pub(crate) fn pair(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
    target: &Referenced,
) -> Result<()> {
    require_pair(session, table, id, navigation, target)?;
    crate::associations::add(session, navigation, id, &target.id)
}

/// Takes a record out of a collection of another, or clears a lookup.
pub(crate) fn disassociate(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
    target: Option<&Referenced>,
) -> Result<()> {
    match (navigation, target) {
        (Navigation::One { column, .. }, _) => set(session, table, id, column, None),
        (Navigation::Many { table: other, column, .. }, Some(target)) => {
            let other = session.table(other)?;
            let sql = format!(
                "SELECT 1 FROM {} WHERE {} = ?1 AND {} = ?2",
                table_name(&other.logical_name),
                quoted(&other.primary_id),
                quoted(column)
            );
            if !session.connection.prepare_cached(&sql)?.exists([target.id.as_str(), id])? {
                return Err(Refusal::record_not_found(&other.logical_name, &target.id));
            }
            set(session, other, &target.id, column, None)
        }
        (Navigation::Association { .. }, Some(target)) => {
            require_disassociate(session, table, id, navigation, target)?;
            crate::associations::remove(session, navigation, id, &target.id)
        }
        (_, None) => {
            Err(Refusal::bad(format!("Which record is to leave '{}' is not said.", navigation.name())))
        }
    }
}

fn set(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    column: &str,
    target: Option<Referenced>,
) -> Result<()> {
    let column = table.column(column).ok_or_else(|| Refusal::no_property(column, &table.logical_name))?;
    if !column.updatable {
        return if session.strict {
            Err(Refusal::ignored(&column.logical_name, &table.logical_name, "update"))
        } else {
            Ok(())
        };
    }
    if target.is_none() && column.required {
        return Err(Refusal::required(&column.logical_name, &table.logical_name));
    }
    let mut draft = Draft::empty(table);
    draft.cells.push((column, ColumnValue::Reference(target)));
    update(session, id, draft)
}
