//! The commands, as a user runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dataverse_codegen::Snapshot;
use dataverse_emulator::{Emulator, Fault, Server, ServerOptions};
use tempfile::TempDir;

use super::{assert_applied, emulator, planned, wanted};

/// A project in an empty directory, and an org without tables of its own.
struct Project {
    directory: TempDir,
    emulator: Emulator,
    _server: Server,
    runtime: tokio::runtime::Runtime,
}

impl Project {
    fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let emulator = emulator();
        let server = runtime.block_on(emulator.serve(ServerOptions::default())).unwrap();
        let directory = TempDir::new().unwrap();
        let url = server.organization().unwrap().origin().to_owned();
        fs::write(
            directory.path().join("dataverse.toml"),
            format!("tables = [\"new_*\"]\n[org]\nurl = \"{url}\"\ntoken = \"none\"\n"),
        )
        .unwrap();
        Self { directory, emulator, _server: server, runtime }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-dataverse"));
        command.arg("dataverse").args(arguments).current_dir(self.directory.path());
        // The crates of the structs share what is built for these tests.
        let target = Path::new(env!("CARGO_BIN_EXE_cargo-dataverse")).ancestors().nth(2).unwrap();
        command.env("CARGO_TARGET_DIR", target).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap_or(-1), text(stdout), text(stderr))
    }

    /// Writes the tables of the structs as a snapshot, which needs no compiler.
    fn snapshot(&self) {
        Snapshot::new(wanted()).write(&self.directory.path().join("wanted")).unwrap();
    }

    fn assert_applied(&self) {
        self.runtime.block_on(assert_applied(&self.emulator.client(), &wanted()));
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_struct_of_an_example_becomes_a_table() {
    let project = Project::new();
    let example = repository().join("examples/own_table");
    let source = ["--crate", example.to_str().unwrap(), "--table", "Loan"];
    let run = |first: &[&str]| project.run(&[first, &source].concat());
    let (code, out, error) = run(&["check"]);
    assert_eq!(code, 1, "{out}{error}");
    assert!(out.starts_with("breaking   new_loan: the table is gone"), "{out}");
    assert!(out.contains("examples/own_table/src/lib.rs:7\n"), "{out}");

    let (code, out, error) = run(&["plan", "--check"]);
    assert_eq!(code, 1, "{error}");
    assert!(
        out.starts_with("# 1 of 2: create the table `new_loan`\nPOST /api/data/v9.2/EntityDefinitions\n"),
        "{out}"
    );

    let (code, _, error) = run(&["apply"]);
    assert_eq!(code, 2);
    assert!(error.contains("nobody can be asked") && error.contains("`--yes`"), "{error}");

    let (code, out, error) = run(&["apply", "--yes"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.ends_with("done: the org has carried out 2 requests\n"), "{out}");
    assert_eq!(
        error.lines().collect::<Vec<_>>(),
        ["1 of 2: create the table `new_loan`", "2 of 2: publish the changes"]
    );

    assert_eq!(run(&["plan", "--check"]), (0, "nothing to do\n".to_owned(), String::new()));
    assert_eq!(run(&["apply"]).1, "nothing to do\n");
    assert_eq!(run(&["check"]), (0, "no differences\n".to_owned(), String::new()));
    assert_eq!(project.run(&["pull"]).1, "1 table in dataverse\n");
}

#[test]
fn a_process_that_is_killed_is_run_again() {
    let count = {
        let project = Project::new();
        project.runtime.block_on(planned(&project.emulator.client(), &wanted())).steps.len()
    };
    for index in [0, 1, count / 2, count - 2] {
        let project = Project::new();
        project.snapshot();
        // The request arrives, and the process does not live to see the answer.
        let seen = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&seen);
        project.emulator.inject(Fault::delay(Duration::from_secs(2)).when(move |method, _| {
            *method != http::Method::GET && counter.fetch_add(1, Ordering::SeqCst) == index
        }));
        let mut command = project.command(&["apply", "--from", "wanted", "--yes", "--time-limit", "20"]);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while seen.load(Ordering::SeqCst) <= index {
            assert!(process.try_wait().unwrap().is_none(), "{index}: it ended by itself");
            std::thread::sleep(Duration::from_millis(10));
        }
        // Now and then, the request is carried out first.
        std::thread::sleep(Duration::from_millis(if index % 2 == 0 { 0 } else { 500 }));
        process.kill().unwrap();
        process.wait().unwrap();
        let (code, out, error) = project.run(&["apply", "--from", "wanted", "--yes", "--time-limit", "20"]);
        assert_eq!(code, 0, "{index}: {out}{error}");
        project.assert_applied();
        let (code, out, _) = project.run(&["apply", "--from", "wanted"]);
        assert_eq!((code, out.as_str()), (0, "nothing to do\n"));
    }
}

#[test]
fn a_misspelled_solution_is_told_before_anything_is_sent() {
    let project = Project::new();
    project.snapshot();
    let path = project.directory.path().join("dataverse.toml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(&path, settings + "[apply]\nsolution = \"contoso_core\"\n").unwrap();
    let (code, out, error) = project.run(&["apply", "--from", "wanted", "--yes"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        error,
        "error: the org does not have the solution `contoso_core`\nhelp: write the unique name of a solution; Power Apps \
         shows it in the column \"Name\" of its solutions\n"
    );
}

/// A crate with this library. Its path is the same in each run of the tests, so that cargo builds it over the last one.
fn fixture(directory: &str, program: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(directory);
    fs::create_dir_all(path.join("src")).unwrap();
    let runtime = repository().join("runtime").canonicalize().unwrap();
    let manifest = format!(
        "[package]\nname = \"machine-park\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         dataverse-entity = {{ path = {:?}, features = [\"rust_decimal\"] }}\n",
        runtime.display().to_string()
    );
    fs::write(path.join("Cargo.toml"), manifest).unwrap();
    fs::copy(repository().join("Cargo.lock"), path.join("Cargo.lock")).unwrap();
    fs::write(path.join("src/lib.rs"), program).unwrap();
    path
}

#[test]
fn structs_of_every_kind_become_tables_and_code_again() {
    let project = Project::new();
    let machines = fixture(
        "machines",
        &format!("pub mod tables {{\n{}\n}}\n", include_str!("machines.rs").replace("//!", "//")),
    );
    let path = project.directory.path().join("dataverse.toml");
    let mut settings = fs::read_to_string(&path).unwrap();
    settings.push_str(&format!(
        "[code]\ncrate = {machines:?}\ntables = [\"tables::Machine\", \"machine_park::tables::Tool\"]\n"
    ));
    fs::write(&path, settings).unwrap();

    let (code, out, error) = project.run(&["apply", "--yes"]);
    assert_eq!(code, 0, "{out}{error}");
    project.assert_applied();
    // The navigation properties are those of the structs.
    assert_eq!(project.run(&["check", "--crate"]), (0, "no differences\n".to_owned(), String::new()));
    let (code, out, _) = project.run(&["plan", "--check"]);
    assert_eq!((code, out.as_str()), (0, "nothing to do\n"));
    assert_eq!(project.run(&["pull"]).1, "2 tables in dataverse\n");
    let (code, out, error) = project.run(&["generate"]);
    assert_eq!(code, 0, "{out}{error}");
    assert_eq!(project.run(&["apply", "--from", "dataverse"]).1, "nothing to do\n");

    // A snapshot of the org is a plan for an empty one.
    let other = Project::new();
    let snapshot = project.directory.path().join("dataverse");
    let (code, out, error) = other.run(&["apply", "--yes", "--from", snapshot.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    other.assert_applied();
    assert_eq!(other.run(&["apply", "--from", snapshot.to_str().unwrap()]).1, "nothing to do\n");
}

#[test]
fn structs_that_cannot_be_read_are_told() {
    let project = Project::new();
    let problem = |arguments: &[&str]| {
        let (code, out, error) = project.run(&[&["plan"], arguments].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{error}");
        error
    };
    assert_eq!(
        problem(&[]),
        "error: there are no tables to plan for\nhelp: name structs in `[code]` of dataverse.toml, or with `--crate DIRECTORY \
         --table PATH::TYPE`, or a snapshot with `--from DIRECTORY`\n"
    );
    assert!(problem(&["--crate", "."]).starts_with("error: `--crate .` needs the structs"));
    assert!(problem(&["--crate", ".", "--table", "Loan"]).starts_with("error: .: there is no Cargo.toml"));
    assert!(problem(&["--from", "nowhere"]).starts_with("error: nowhere has no snapshot"));
    let repository = repository();
    let repository = repository.to_str().unwrap();
    assert!(problem(&["--crate", repository, "--table", "Loan"]).contains("the crate has no library"));

    let tables = "use dataverse_entity::prelude::*;\n\
        #[derive(DataverseEntity)]\n#[entity(logical = \"new_loan\", set = \"new_loans\")]\n\
        pub struct Loan { #[attr(logical = \"new_loanid\", primary_id)] pub id: Id<Loan> }\n\
        mod hidden { pub struct Other; }\npub struct NoTable;\n";
    let mistakes = fixture("mistakes", tables);
    let mistakes = mistakes.to_str().unwrap();
    let of = |name: &str| problem(&["--crate", mistakes, "--table", name]);
    assert!(of("lo an").starts_with("error: `lo an` is no path of a struct; write it as in `tables::Loan`"));
    let error = problem(&[
        "--crate",
        mistakes,
        "--table",
        "tables::Laon",
        "--table",
        "NoTable",
        "--table",
        "hidden::Other",
    ]);
    for part in [
        "the crate `machine_park` has no struct `tables::Laon`: ",
        "`machine_park::NoTable` is no table: derive `DataverseEntity`",
        "`machine_park::hidden::Other` cannot be reached: module `hidden` is private",
    ] {
        assert!(error.contains(part), "{part}\n{error}");
    }
    fixture("mistakes", "pub fn broken() -> u32 { \"no number\" }\n");
    let error = of("Loan");
    assert!(
        error
            .starts_with("error: the crate `machine-park` does not compile:\nerror[E0308]: mismatched types"),
        "{error}"
    );
    assert!(error.contains("src/lib.rs:1:"), "{error}");
}
