//! Solutions, and the components that changes of definitions add to them.

use http::StatusCode;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use crate::error::{Refusal, Result, excerpt};
use crate::session::Session;
use crate::store::table_name;
use crate::value::Referenced;
use crate::write::{ColumnValue, Draft, create};

/// The unique name of the solution to which everything belongs.
const DEFAULT: &str = "Default";

/// The kinds of components, with the values of `componenttype`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Component {
    Table = 1,
    Column = 2,
    OptionSet = 9,
    Relationship = 10,
    Key = 14,
}

/// A solution that a request names.
pub(super) struct Solution {
    id: String,
    /// The first value of its publisher's options.
    pub(super) first_value: i64,
}

/// Returns the solution with this unique name, or the default one without a name.
pub(super) fn find(session: &Session<'_>, name: Option<&str>) -> Result<Solution> {
    let sql = format!(
        "SELECT s.solutionid, coalesce(p.customizationoptionvalueprefix, 10000) FROM {} s \
         LEFT JOIN {} p ON p.publisherid = s.publisherid WHERE s.uniquename = ?1",
        table_name("solution"),
        table_name("publisher")
    );
    let name = name.unwrap_or(DEFAULT);
    let found = session.connection.prepare_cached(&sql)?.query_row([name], |row| {
        Ok(Solution { id: row.get(0)?, first_value: row.get::<_, i64>(1)? * 10_000 })
    });
    found.optional()?.ok_or_else(|| unknown(name))
}

/// Refuses a solution that does not exist.
fn unknown(name: &str) -> Refusal {
    let message = format!(
        "The solution with the unique name '{}' does not exist: create it with its publisher, in 'solutions' and 'publishers'.",
        excerpt(name)
    );
    Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message)
}

/// Adds a component to a solution and to the default one, unless they have it.
pub(super) fn add(session: &Session<'_>, solution: &Solution, component: Component, id: &str) -> Result<()> {
    let default = find(session, None)?;
    add_one(session, &default.id, component as i64, id)?;
    if solution.id != default.id {
        add_one(session, &solution.id, component as i64, id)?;
    }
    Ok(())
}

/// Adds a component to one solution. Returns the id of its record.
pub(super) fn add_one(session: &Session<'_>, solution: &str, kind: i64, id: &str) -> Result<String> {
    let sql = format!(
        "SELECT solutioncomponentid FROM {} WHERE solutionid = ?1 AND objectid = ?2",
        table_name("solutioncomponent")
    );
    let known: Option<String> =
        session.connection.prepare_cached(&sql)?.query_row([solution, id], |row| row.get(0)).optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let table = session.table("solutioncomponent")?;
    let mut draft = Draft::empty(table);
    let values = [
        ("componenttype", Value::Integer(kind)),
        ("objectid", Value::Text(id.to_owned())),
        ("rootcomponentbehavior", Value::Integer(0)),
        ("ismetadata", Value::Integer(1)),
    ];
    for (name, value) in values {
        if let Some(column) = table.column(name) {
            draft.cells.push((column, ColumnValue::Value(value)));
        }
    }
    if let Some(column) = table.column("solutionid") {
        let solution = Referenced { table: "solution".to_owned(), id: solution.to_owned() };
        draft.cells.push((column, ColumnValue::Reference(Some(solution))));
    }
    create(session, draft)
}

/// Removes a component from one solution. Returns the id of its record, if the solution has it.
pub(super) fn remove_one(session: &Session<'_>, solution: &str, id: &str) -> Result<Option<String>> {
    let sql = format!(
        "DELETE FROM {} WHERE solutionid = ?1 AND objectid = ?2 RETURNING solutioncomponentid",
        table_name("solutioncomponent")
    );
    Ok(session.connection.prepare_cached(&sql)?.query_row([solution, id], |row| row.get(0)).optional()?)
}

/// Removes a component that was deleted from all solutions.
pub(super) fn forget(session: &Session<'_>, id: &str) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE objectid = ?1", table_name("solutioncomponent"));
    session.connection.prepare_cached(&sql)?.execute(params![id])?;
    Ok(())
}

impl Solution {
    pub(super) fn id(&self) -> &str {
        &self.id
    }
}
