//! `diagram`: a picture of the tables of the snapshot.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::failure::{Failure, USAGE};
use super::generate::own_snapshot;
use super::output::{note, say};
use crate::config::Config;
use crate::counted::counted;
use crate::diagram::{Diagram, DiagramColumns, DiagramOptions};
use crate::snapshot::replace;

/// Returns the arguments of the command.
pub(super) fn command() -> Command {
    Command::new("diagram")
        .about("Draws tables and their relationships from the snapshot, without the org")
        .after_help(
            "Reads the settings and the snapshot. The picture has a box for each table, and a line from each lookup to the tables that \
             it points to. Prints it, or writes the file that `--output` names.\n\n\
             Examples:\n  cargo dataverse diagram new_loan --neighbors --output loans.svg\n  \
             cargo dataverse diagram 'new_*' --format mermaid\n\n\
             Exit codes: 0 drawn; 2 the snapshot lacks a table, or the usage, the settings or the snapshot are wrong.",
        )
        .arg(
            Arg::new("tables")
                .value_name("TABLE")
                .num_args(0..)
                .help("Logical names or patterns, such as `account` or `new_*`; all tables of the snapshot if there are none"),
        )
        .arg(
            Arg::new("neighbors")
                .long("neighbors")
                .action(ArgAction::SetTrue)
                .help("Adds the tables that a relationship connects with these"),
        )
        .arg(
            Arg::new("picture")
                .long("format")
                .value_parser(PossibleValuesParser::new(["svg", "mermaid"]))
                .help("svg, or the text of a Mermaid `erDiagram` [default: mermaid for FILE.mmd and FILE.mermaid, else svg]"),
        )
        .arg(
            Arg::new("columns")
                .long("columns")
                .value_parser(PossibleValuesParser::new(DiagramColumns::NAMES.map(|(name, _)| name)))
                .default_value("keys")
                .help("The columns in the boxes: none, ids, names, alternate keys and lookups, also those with a publisher's prefix, or all"),
        )
        .arg(
            Arg::new("all-lookups")
                .long("all-lookups")
                .action(ArgAction::SetTrue)
                .help("Also draws lookups of ownership, such as createdby and ownerid"),
        )
        .arg(Arg::new("output").long("output").value_name("FILE").help("The file to write"))
}

/// Draws the tables that the arguments name.
pub(super) fn draw(config: &Config, matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let snapshot = own_snapshot(config)?;
    let tables: Vec<String> = matches.get_many::<String>("tables").into_iter().flatten().cloned().collect();
    let word = matches.get_one::<String>("columns").map_or("keys", String::as_str);
    let columns = DiagramColumns::NAMES.iter().find(|(name, _)| *name == word);
    let options = DiagramOptions {
        columns: columns.map(|(_, columns)| *columns).unwrap_or_default(),
        neighbors: matches.get_flag("neighbors"),
        all_lookups: matches.get_flag("all-lookups"),
        languages: config.generate.languages().to_vec(),
    };
    let diagram = Diagram::new(&snapshot, &tables, &options)
        .map_err(|error| Failure::of(USAGE, &error).advice(error.advice()))?;
    let output = matches.get_one::<String>("output").map(Path::new);
    let extension = output.and_then(|path| path.extension()).and_then(|extension| extension.to_str());
    let is_mermaid = match matches.get_one::<String>("picture") {
        Some(format) => format == "mermaid",
        None => matches!(extension, Some("mmd" | "mermaid")),
    };
    let picture = if is_mermaid { diagram.mermaid() } else { diagram.svg() };
    match output {
        None => say(out, picture)?,
        Some(path) => {
            replace(path, &picture).map_err(|error| Failure::of(USAGE, &error))?;
            let tables = counted(diagram.table_count(), "table");
            let lines = counted(diagram.relationship_count(), "relationship");
            say(out, format!("{tables} and {lines} in {}\n", path.display()))?;
        }
    }
    for text in diagram.notes() {
        note(text);
    }
    Ok(ExitCode::SUCCESS)
}
