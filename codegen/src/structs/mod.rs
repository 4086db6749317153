//! The tables of structs that were written by hand: read from `METADATA` of a compiled crate.

mod package;
mod problem;
mod relationships;
mod run;
mod scratch;
mod sources;

use std::path::PathBuf;

use dataverse_definitions::Table;
use serde::Deserialize;

pub use problem::StructsError;
pub(crate) use relationships::named_as_in;

use crate::report::Locations;

/// Which structs of which crate: the table `[code]` of `dataverse.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Code {
    /// The directory of the crate, which has a library.
    #[serde(rename = "crate", default = "here")]
    pub path: PathBuf,
    /// The structs of tables, by path in the crate: `Loan`, `tables::Loan`.
    pub tables: Vec<String>,
    /// The features of the crate that are on, besides its default features.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether the crate's default features are on.
    #[serde(default = "yes")]
    pub default_features: bool,
}

fn here() -> PathBuf {
    ".".into()
}

fn yes() -> bool {
    true
}

impl Code {
    /// Creates the choice of these structs, with the default features of the crate.
    ///
    /// ```
    /// let code = dataverse_codegen::Code::new("examples/own_table", ["Loan"]);
    /// assert!(code.default_features && code.features.is_empty());
    /// ```
    pub fn new(path: impl Into<PathBuf>, tables: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            path: path.into(),
            tables: tables.into_iter().map(Into::into).collect(),
            features: Vec::new(),
            default_features: true,
        }
    }

    /// Compiles the crate, and returns the tables that the structs declare, in their order.
    ///
    /// Writes a package below the target directory of the crate that prints `METADATA` of the structs, and runs it with
    /// cargo; without network if everything is there.
    ///
    /// ```no_run
    /// let code = dataverse_codegen::Code::new("examples/own_table", ["Loan"]);
    /// assert_eq!(code.read()?[0].logical_name, "new_loan");
    /// # Ok::<(), dataverse_codegen::StructsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the crate has no library, does not compile, or has no such table. It says which, and has what
    /// the compiler says.
    pub fn read(&self) -> Result<Vec<Table>, StructsError> {
        if self.tables.is_empty() {
            return Err(StructsError::new(
                "no struct is named: list them in `tables` of `[code]`, or with `--table`",
            ));
        }
        let package = package::find(&self.path)?;
        let types = scratch::types(&self.tables, &package)?;
        let scratch = scratch::write(self, &package, &types)?;
        let printed = run::run(&package, &scratch, &types)?;
        printed.into_iter().map(relationships::table).collect()
    }

    /// Finds the tables and columns in the sources of the crate: the lines of `logical = "…"`.
    pub fn locations(&self) -> Locations {
        sources::locations(&self.path)
    }
}
