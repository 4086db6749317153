//! Whether a struct that was written by hand still agrees with the definition of its table.

use std::collections::BTreeSet;
use std::path::Path;

use dataverse_definitions::{Fact, Table, of_struct, read};
use dataverse_entity::metadata::EntityMetadata;

use crate::drift::{Class, Finding, drift};
use crate::snapshot::{Snapshot, SnapshotError};

/// Returns what the definition of a table in a file says otherwise than a struct: from the mildest class that can break or
/// refuse something, [`Class::Warning`], upwards. Columns and keys that the struct leaves out are no difference.
///
/// The file is one of a snapshot, or an answer of `EntityDefinitions`.
///
/// # Errors
///
/// Returns an error if the file cannot be read, or does not define the table.
///
/// ```
/// use dataverse_codegen::differences;
/// use dataverse_entity::prelude::*;
///
/// #[derive(DataverseEntity)]
/// #[entity(logical = "new_loan", set = "new_loans")]
/// pub struct Loan {
///     #[attr(logical = "new_loanid", primary_id)]
///     pub id: Id<Loan>,
///     #[attr(logical = "new_name", string(max_length = 100))]
///     pub name: Option<String>,
/// }
///
/// let directory = tempfile::tempdir()?;
/// let file = directory.path().join("loan.json");
/// std::fs::write(
///     &file,
///     r#"{"LogicalName": "new_loan", "Attributes": [
///         {"LogicalName": "new_loanid", "AttributeType": "Uniqueidentifier"},
///         {"LogicalName": "new_name", "AttributeType": "String", "MaxLength": 50},
///         {"LogicalName": "new_due", "AttributeType": "DateTime"}
///     ]}"#,
/// )?;
/// let found = differences(Loan::METADATA, &file)?;
/// assert_eq!(found.len(), 1);
/// assert_eq!(
///     found[0].to_string(),
///     "new_loan.new_name: the maximum length is now 50; it was 100: values that were valid are refused"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn differences(metadata: &EntityMetadata, file: &Path) -> Result<Vec<Finding>, SnapshotError> {
    let text = std::fs::read_to_string(file).map_err(|error| SnapshotError::new(file, error))?;
    let value: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| SnapshotError::new(file, format!("not JSON: {error}")))?;
    let definition = value.get("definition").unwrap_or(&value).to_string();
    let problem = |error: &dyn core::fmt::Display| SnapshotError::new(file, error);
    let tables = read(&[&definition]).map_err(|error| problem(&error))?;
    let mut later = Snapshot::new(tables);
    later.tables.retain(|name, _| name == metadata.logical_name);
    if later.tables.is_empty() {
        return Err(problem(&format!("does not define the table `{}`", metadata.logical_name)));
    }
    let earlier = of_struct(metadata).map_err(|error| problem(&error))?;
    Ok(differences_of(earlier, &later))
}

/// Returns what the org's definitions say otherwise than the table of a struct: what can break or refuse something.
pub(crate) fn differences_of(mut table: Table, later: &Snapshot) -> Vec<Finding> {
    // A struct that does not declare its ownership has `None` in its metadata.
    if table.ownership_type.text() == Some("None") {
        table.ownership_type = Fact::NotAsked;
    }
    // A projection may leave the primary name out: `null` then means that the struct does not say.
    if table.primary_name_attribute.text().is_none() {
        table.primary_name_attribute = Fact::NotAsked;
    }
    let declared: BTreeSet<String> =
        table.attributes.iter().map(|column| column.logical_name.clone()).collect();
    let earlier = Snapshot::new([table]);
    let mut findings = drift(&earlier, later, false);
    let is_declared =
        |finding: &Finding| finding.column.as_ref().is_none_or(|column| declared.contains(column));
    findings.retain(|finding| finding.class >= Class::Warning && is_declared(finding));
    findings
}

/// Panics if the definition of a table in a file says something that breaks a program with this struct, with each difference in a
/// line. The path is relative to the crate's manifest.
///
/// For those who write structs by hand, it is the guard that `cargo dataverse check` is for generated ones:
///
/// ```no_run
/// # use dataverse_entity::tables::SessionEvent;
/// #[test]
/// fn session_events_are_as_the_org_has_them() {
///     dataverse_codegen::assert_matches_definitions!(SessionEvent, "dataverse/msdyn_sessionevent.json");
/// }
/// ```
#[macro_export]
macro_rules! assert_matches_definitions {
    ($table:ty, $path:expr $(,)?) => {
        $crate::__assert_matches(
            <$table as $crate::__Entity>::METADATA,
            ::std::path::Path::new(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", $path)),
        )
    };
}

#[doc(hidden)]
pub use dataverse_entity::Entity as __Entity;

#[doc(hidden)]
#[track_caller]
pub fn __assert_matches(metadata: &EntityMetadata, file: &Path) {
    match differences(metadata, file) {
        Ok(findings) if findings.is_empty() => {}
        Ok(findings) => {
            let lines: Vec<String> =
                findings.iter().map(|finding| format!("{}: {finding}", finding.class)).collect();
            panic!("the struct and {} disagree:\n{}", file.display(), lines.join("\n"));
        }
        Err(error) => panic!("{error}"),
    }
}
