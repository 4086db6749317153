//! The tables that the code wants: those of structs, or of a snapshot.

use std::io::IsTerminal;
use std::path::Path;

use clap::ArgMatches;
use dataverse_definitions::Table;

use super::failure::{Failure, USAGE};
use super::generate::snapshot;
use crate::config::Config;
use crate::structs::Code;

pub(super) fn tables(config: &Config, matches: &ArgMatches) -> Result<Vec<Table>, Failure> {
    if let Some(directory) = matches.get_one::<String>("from") {
        let advice = "write a directory that `cargo dataverse pull` has written";
        return Ok(snapshot(Path::new(directory), advice)?.tables.into_values().collect());
    }
    let code = code(config, matches)?.ok_or_else(|| {
        Failure::new(USAGE, "there are no tables to plan for").advice(
            "name structs in `[code]` of dataverse.toml, or with `--crate DIRECTORY --table PATH::TYPE`, or a snapshot with \
             `--from DIRECTORY`",
        )
    })?;
    let mut tables = of_structs(&code)?;
    let languages = config.generate.languages();
    tables.iter_mut().for_each(|table| crate::plan::speak(table, languages));
    Ok(tables)
}

/// The structs that the arguments name, else those of the settings.
pub(super) fn code(config: &Config, matches: &ArgMatches) -> Result<Option<Code>, Failure> {
    let tables: Vec<&String> = matches.get_many::<String>("table").into_iter().flatten().collect();
    let path = matches.get_one::<String>("crate").filter(|path| !path.is_empty());
    match (path, tables.is_empty(), &config.code) {
        (Some(path), false, _) => Ok(Some(Code::new(path, tables))),
        (Some(path), true, _) => {
            let problem = format!("`--crate {path}` needs the structs: `--table PATH::TYPE`, once for each");
            Err(Failure::new(USAGE, problem))
        }
        (None, false, code) => {
            let mut code = code.clone().unwrap_or_else(|| Code::new(".", Vec::<String>::new()));
            code.tables = tables.into_iter().cloned().collect();
            Ok(Some(code))
        }
        (None, true, code) => Ok(code.clone()),
    }
}

pub(super) fn of_structs(code: &Code) -> Result<Vec<Table>, Failure> {
    if std::io::stderr().is_terminal() {
        eprintln!("compiling {} to read its structs", code.path.display());
    }
    code.read().map_err(|error| Failure::of(USAGE, &error))
}
