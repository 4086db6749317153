//! What `cargo dataverse` takes, and what its help teaches.

use anstream::ColorChoice;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};
use clap_complete::Shell;

use super::plan_arguments::{apply, plan, structs};
use crate::report::Format;

/// The words of `--color`.
pub(super) const COLORS: [(&str, ColorChoice); 3] =
    [("auto", ColorChoice::Auto), ("always", ColorChoice::Always), ("never", ColorChoice::Never)];

const EXIT_CODES: &str = "Exit codes:
  0  The command succeeds.
  1  check, diff: a difference has a denied class; generate --check: a file would change.
  2  The usage or the settings are wrong, or a file cannot be read or written.
  3  The org is not reachable, or refuses the requests.";

/// Returns the command line: `cargo dataverse <command>`.
///
/// ```
/// let help = dataverse_codegen::cli::command().render_help().to_string();
/// assert!(help.contains("cargo dataverse"));
/// ```
pub fn command() -> Command {
    Command::new("cargo-dataverse")
        .bin_name("cargo dataverse")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Annotated structs from the tables of a Dataverse org, and a check that they still agree")
        .after_help(format!(
            "Start with `cargo dataverse init`, then `pull`, then `generate`. In CI, run `generate --check` and `check`.\n\n{EXIT_CODES}"
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(config())
        .arg(color())
        .subcommand(init())
        .subcommand(pull())
        .subcommand(generate())
        .subcommand(check())
        .subcommand(plan())
        .subcommand(apply())
        .subcommand(diff())
        .subcommand(super::diagram::command())
        .subcommand(completions())
}

fn config() -> Arg {
    Arg::new("config")
        .long("config")
        .value_name("FILE")
        .default_value("dataverse.toml")
        .global(true)
        .help("The settings of the project")
}

fn color() -> Arg {
    Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .value_parser(PossibleValuesParser::new(COLORS.map(|(name, _)| name)))
        .default_value("auto")
        .global(true)
        .help("Whether output has colors; `auto` obeys NO_COLOR and CLICOLOR_FORCE")
}

fn format() -> Arg {
    Arg::new("format")
        .long("format")
        .value_parser(PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name)))
        .default_value("text")
        .help("How findings are printed: for people, as JSON, as annotations of GitHub Actions, or as SARIF 2.1.0")
}

fn init() -> Command {
    let url = Arg::new("url")
        .long("url")
        .value_name("URL")
        .help("The org, such as https://contoso.crm4.dynamics.com");
    Command::new("init").about("Writes dataverse.toml, with every setting explained").arg(url).after_help(
        "Reads nothing. Writes the file that `--config` names, and refuses if it exists.\n\n\
         Example:\n  cargo dataverse init --url https://contoso.crm4.dynamics.com\n\n\
         Exit codes: 0 written; 2 the file exists or cannot be written, or the address is not that of an org.",
    )
}

fn pull() -> Command {
    let metadata = Arg::new("metadata").long("metadata").value_name("FILE|URL").help(
        "Reads a $metadata document in place of the org; it does not know lengths, ranges, option sets and what is valid for a write",
    );
    Command::new("pull").about("Reads the definitions of the tables from the org into the snapshot").arg(metadata).after_help(
        "Reads the settings, and from the org the definitions of the tables that `tables`, `solutions` and `neighbors_of` select. \
         Writes the snapshot, a file for each table, which is to be committed. It has no dates and no tokens; names of fields \
         and options that were given before are kept. If something fails, no file changes.\n\n\
         Example:\n  DATAVERSE_TOKEN=$(az account get-access-token --resource https://contoso.crm4.dynamics.com \\\n      \
         --query accessToken --output tsv) cargo dataverse pull\n\n\
         Exit codes: 0 written; 2 the settings are wrong, or name what the org does not have; 3 the org is not reachable, or refuses.",
    )
}

fn generate() -> Command {
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Writes nothing; fails if the files are not what would be written");
    Command::new("generate").about("Writes the module of structs from the snapshot, without the org").arg(check).after_help(
        "Reads the settings and the snapshot. Writes the module that `output` names, and the names that it gives into the \
         snapshot. It replaces only files that it has written.\n\n\
         Example:\n  cargo dataverse generate && cargo check\n\n\
         Exit codes: 0 written, or nothing to do; 1 (with --check) a file would change; 2 the settings or the snapshot are wrong.",
    )
}

fn check() -> Command {
    Command::new("check").about("Compares the snapshot and the code with the org").arg(format()).args(structs()).after_help(
        "Reads the settings, the snapshot and the org. With --crate or --table, it compares structs that were written by hand \
         in place of the snapshot. Prints each difference at the line of the field. Writes only `.dataverse/`, \
         which holds what the org answered last: if nothing has changed since, the next check sends one request. Do not commit \
         it.\n\n\
         Examples:\n  cargo dataverse check\n  cargo dataverse check --format sarif > dataverse.sarif\n  \
         cargo dataverse check --crate . --table tables::Loan\n\n\
         Exit codes: 0 no difference of a class that `deny` in `[check]` lists; 1 such a difference; 2 the settings or the \
         snapshot are wrong; 3 the org is not reachable, or refuses.",
    )
}

fn diff() -> Command {
    let side = |name: &'static str, help: &'static str| {
        Arg::new(name).required(true).value_name("DIRECTORY|URL").help(help)
    };
    Command::new("diff")
        .about("Compares two snapshots or orgs, such as those of development and production")
        .arg(side("earlier", "The snapshot or org to compare with"))
        .arg(side("later", "The snapshot or org that has changed"))
        .arg(format())
        .after_help(
            "Reads both. An org needs the settings, for its token and, if both are orgs, for the tables; `deny` in `[check]` \
             applies then, too. Writes nothing.\n\n\
             Examples:\n  cargo dataverse diff dataverse ../production/dataverse\n  \
             cargo dataverse diff https://contoso-dev.crm4.dynamics.com https://contoso.crm4.dynamics.com\n\n\
             Exit codes: 0 no difference of a denied class (`breaking`, unless the settings say another one); 1 such a difference; \
             2 the usage, the settings or a snapshot are wrong; 3 an org is not reachable, or refuses.",
        )
}

fn completions() -> Command {
    let shell = Arg::new("shell").required(true).value_name("SHELL").value_parser(value_parser!(Shell));
    Command::new("completions")
        .about("Prints a script that completes the commands in a shell")
        .arg(shell.help("The shell"))
        .after_help(
            "The script completes the program by its own name, `cargo-dataverse`.\n\n\
             Example:\n  cargo dataverse completions bash > ~/.local/share/bash-completion/completions/cargo-dataverse\n\n\
             Exit codes: 0 printed; 2 the shell is not known.",
        )
}
