//! What `cargo dataverse` takes.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

use crate::report::Format;

/// Returns the command line: `cargo dataverse <command>`.
pub fn command() -> Command {
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .default_value("dataverse.toml")
        .global(true)
        .help("The settings of the project");
    let format = Arg::new("format")
        .long("format")
        .value_parser(PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name)))
        .default_value("text")
        .help("How findings are printed: for people, as JSON, as annotations of GitHub Actions, or as SARIF");
    Command::new("cargo-dataverse")
        .bin_name("cargo dataverse")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Annotated structs from the tables of a Dataverse org, and a check that they still agree")
        .after_help("Start with `cargo dataverse init`, then `pull`, then `generate`. In CI, run `generate --check` and `check`.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(config)
        .subcommand(
            Command::new("init").about("Writes dataverse.toml, with every setting explained").arg(
                Arg::new("url").long("url").value_name("URL").help("The org, such as https://contoso.crm4.dynamics.com"),
            ),
        )
        .subcommand(
            Command::new("pull").about("Reads the definitions of the tables from the org into the snapshot").after_help(
                "The snapshot is to be committed. It has no dates and no tokens; names of fields and options that were given \
                 before are kept.",
            ),
        )
        .subcommand(
            Command::new("generate").about("Writes the module of structs from the snapshot, without the org").arg(
                Arg::new("check")
                    .long("check")
                    .action(ArgAction::SetTrue)
                    .help("Writes nothing; fails if the files are not what would be written"),
            ),
        )
        .subcommand(
            Command::new("check").about("Compares the snapshot and the code with the org").arg(format.clone()).after_help(
                "Exit codes: 0 no difference of a denied class, 1 drift, 2 wrong usage or settings, 3 the org is not reachable \
                 or refuses.",
            ),
        )
        .subcommand(plan())
        .subcommand(
            Command::new("diff")
                .about("Compares two snapshots, such as those of a development and a production org")
                .arg(Arg::new("earlier").required(true).value_name("DIRECTORY").help("The snapshot to compare with"))
                .arg(Arg::new("later").required(true).value_name("DIRECTORY").help("The snapshot that has changed"))
                .arg(format),
        )
}

fn plan() -> Command {
    Command::new("plan")
        .about("Prints the requests that make the org have the tables of the code; sends none of them")
        .arg(from())
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["text", "json"])
                .default_value("text")
                .help("How the requests are printed: as HTTP, or as JSON"),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help("Fails with the exit code 1 if there is something to do"),
        )
        .arg(allow_destructive())
        .after_help(
            "The plan adds and changes. What it would have to delete or narrow is listed as \"not done\".\n\n\
             Example: cargo dataverse plan --from dataverse\n\n\
             Exit codes: 0 the plan is printed, 1 there is something to do (with --check), 2 wrong usage or settings, 3 the \
             org is not reachable or refuses.",
        )
}

fn from() -> Arg {
    Arg::new("from")
        .long("from")
        .value_name("DIRECTORY")
        .help("Takes the tables of the snapshot in this directory")
}

fn allow_destructive() -> Arg {
    Arg::new("allow-destructive")
        .long("allow-destructive")
        .action(ArgAction::SetTrue)
        .help("Also deletes columns, keys and options that the code lacks, and narrows limits")
}
