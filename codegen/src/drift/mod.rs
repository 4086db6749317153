//! Differences between two definitions of a table, by what they mean for a program.

mod column;
mod finding;
mod options;
mod relationships;
mod report;
mod table;

use std::collections::BTreeSet;

use crate::snapshot::Snapshot;
pub use finding::{Class, Finding};
use report::Report;

/// Compares two snapshots, and returns what has changed from the earlier to the later one, table by table. Members that either
/// side was not asked for are not compared.
///
/// `is_strict` says that integers which an option set does not list are refused: a new option then breaks reading.
///
/// ```
/// use dataverse_codegen::{Class, Snapshot, drift};
/// use dataverse_definitions::read;
///
/// let loan = |length: u32| {
///     let column = format!(r#"{{"LogicalName": "new_name", "AttributeType": "String", "MaxLength": {length}}}"#);
///     read(&[&format!(r#"{{"LogicalName": "new_loan", "Attributes": [{column}]}}"#)]).map(Snapshot::new)
/// };
/// let found = drift(&loan(100)?, &loan(50)?, false);
/// assert_eq!(found[0].class, Class::Tightened);
/// assert_eq!(found[0].change, "the maximum length is now 50; it was 100");
/// # Ok::<(), dataverse_definitions::ReadError>(())
/// ```
pub fn drift(earlier: &Snapshot, later: &Snapshot, is_strict: bool) -> Vec<Finding> {
    let names: BTreeSet<&String> = earlier.tables.keys().chain(later.tables.keys()).collect();
    let mut findings = Vec::new();
    let code = Code { snapshot: earlier, is_strict };
    for name in names {
        let mut report = Report { table: name, column: None, findings: &mut findings };
        match (earlier.tables.get(name), later.tables.get(name)) {
            (Some(earlier), Some(later)) => table::compare(&mut report, earlier, later, &code),
            (Some(_), None) => {
                report.add(Class::Breaking, "the table is gone", "every request for it is refused")
            }
            (None, Some(_)) => report.add(Class::Additive, "the table is new", ""),
            (None, None) => {}
        }
    }
    findings
}

/// What decides how a difference affects the code that was generated from the earlier snapshot.
struct Code<'s> {
    snapshot: &'s Snapshot,
    is_strict: bool,
}
