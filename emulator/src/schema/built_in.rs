//! The tables that a service has without being told.

use std::sync::LazyLock;

use dataverse_definitions::{Table as Definition, merge};

use super::problem::DefinitionError;
use super::source::{self, Source};

/// Users, teams, business units, roles and currencies, which every Dataverse has.
const PLATFORM: &str = include_str!("../../data/platform.json");
/// Publishers, solutions and their components, which every Dataverse has, too.
const SOLUTIONS: &str = include_str!("../../data/solutions.json");
/// Accounts, contacts, tasks, opportunities and competitors: the tables of Microsoft's tutorials.
const SALES: &str = include_str!("../../data/sales.json");

type Read = Result<Vec<Definition>, String>;

/// The definitions, read once in a process: tests build many services.
static PLATFORM_TABLES: LazyLock<Read> = LazyLock::new(|| {
    let mut all = told(source::read(PLATFORM))?;
    all.extend(told(source::read(SOLUTIONS))?);
    Ok(all)
});
static ALL_TABLES: LazyLock<Read> = LazyLock::new(|| {
    let mut all = PLATFORM_TABLES.clone()?;
    all.extend(told(source::read(SALES))?);
    for table in dataverse_entity::tables::ALL {
        all.extend(told(source::of_struct(table))?);
    }
    Ok(merge(all))
});

fn told(source: Result<Source, DefinitionError>) -> Read {
    source.map(|source| source.definitions).map_err(|error| error.to_string())
}

/// Returns the definitions of the platform's tables, and those of the others that every service has unless they are switched off.
pub(crate) fn built_in(with_others: bool) -> Result<&'static [Definition], DefinitionError> {
    let read = if with_others { &ALL_TABLES } else { &PLATFORM_TABLES };
    read.as_deref().map_err(|problem| DefinitionError::new(problem.as_str()))
}
