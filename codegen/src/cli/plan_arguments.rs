//! What `plan` and `apply` take.

use clap::{Arg, ArgAction, Command, value_parser};

pub(super) fn plan() -> Command {
    let format = Arg::new("format")
        .long("format")
        .value_parser(["text", "json"])
        .default_value("text")
        .help("How the requests are printed: as HTTP, or as JSON");
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Fails with the exit code 1 if there is something to do");
    Command::new("plan")
        .about("Prints the requests that make the org have the tables of the code; sends none of them")
        .args(sources())
        .arg(format)
        .arg(check)
        .arg(allow_destructive())
        .after_help(
            "Reads the settings, the structs or the snapshot, and the org. Writes nothing, except below the target directory \
             of the crate with the structs. The plan adds and changes; what it would have to delete or narrow is listed as \
             \"not done\".\n\n\
             Examples:\n  cargo dataverse plan\n  cargo dataverse plan --crate . --table tables::Loan\n  \
             cargo dataverse plan --from dataverse\n\n\
             Exit codes: 0 the plan is printed; 1 (with --check) there is something to do; 2 the usage, the settings, the \
             structs or the snapshot are wrong; 3 the org is not reachable, or refuses.",
        )
}

pub(super) fn apply() -> Command {
    let yes = Arg::new("yes")
        .long("yes")
        .short('y')
        .action(ArgAction::SetTrue)
        .help("Sends the requests without a question");
    let time_limit = Arg::new("time-limit")
        .long("time-limit")
        .value_name("SECONDS")
        .value_parser(value_parser!(u64))
        .default_value("300")
        .help("How long to wait for an org that is not ready, or does not answer");
    let publish = Arg::new("publish")
        .long("publish")
        .action(ArgAction::SetTrue)
        .help("Publishes the tables even if there is nothing else to do");
    Command::new("apply")
        .about("Makes the org have the tables of the code: prints the plan, asks, and sends the requests")
        .args(sources())
        .arg(yes)
        .arg(time_limit)
        .arg(publish)
        .arg(allow_destructive())
        .after_help(
            "Reads what `plan` reads, and changes the org. Nothing is stored: if `apply` is interrupted, run it again, and it \
             sends what is still missing. Only a publication leaves no trace in the definitions: `--publish` repeats it.\n\n\
             Examples:\n  cargo dataverse apply\n  cargo dataverse apply --crate . --table tables::Loan --yes\n\n\
             Exit codes: 0 the org has the tables, or the answer was no; 2 the usage, the settings, the structs or the snapshot \
             are wrong; 3 the org is not reachable, or refuses.",
        )
}

/// Where the tables come from.
fn sources() -> [Arg; 3] {
    let [code, table] = structs();
    let from = Arg::new("from")
        .long("from")
        .value_name("DIRECTORY")
        .conflicts_with_all(["crate", "table"])
        .help("Takes the tables of the snapshot in this directory");
    [from, code, table]
}

/// Structs that were written by hand.
pub(super) fn structs() -> [Arg; 2] {
    let code = Arg::new("crate")
        .long("crate")
        .value_name("DIRECTORY")
        .num_args(0..=1)
        .default_missing_value("")
        .help("Takes the tables of structs in the crate in this directory; without a directory, those of [code]");
    let table = Arg::new("table")
        .long("table")
        .value_name("PATH::TYPE")
        .action(ArgAction::Append)
        .help("A struct that declares a table, such as tables::Loan; once for each");
    [code, table]
}

fn allow_destructive() -> Arg {
    Arg::new("allow-destructive")
        .long("allow-destructive")
        .action(ArgAction::SetTrue)
        .help("Also deletes columns, keys and options that the code lacks, and narrows limits")
}
