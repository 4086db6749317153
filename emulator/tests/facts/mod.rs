//! Compares the fact table with the tests of the binary that includes this module.

use std::collections::BTreeSet;
use std::process::Command;

use dataverse_emulator::facts;

/// Modules whose tests are about the emulator itself, not about Dataverse's rules.
const OWN: [&str; 4] =
    ["service::facts::", "service::faults::", "service::in_process_and_http::", "properties::facts::"];

/// Returns the tests of this binary, as the table names them.
fn tests(binary: &str) -> BTreeSet<String> {
    let program = std::env::current_exe().expect("the test runs from a file");
    let out = Command::new(program).arg("--list").output().expect("the test binary lists its tests");
    let out = String::from_utf8(out.stdout).expect("names are text");
    out.lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(|name| format!("{binary}::{name}"))
        .collect()
}

/// Asserts that every rule has a test and every test a rule.
pub(crate) fn check(binary: &str) {
    let tests = tests(binary);
    let prefix = format!("{binary}::");
    let named: BTreeSet<String> = facts::all()
        .iter()
        .filter(|fact| fact.test.starts_with(&prefix))
        .map(|fact| fact.test.to_owned())
        .collect();
    let without_test: Vec<_> = named.difference(&tests).collect();
    assert!(without_test.is_empty(), "rules without a test: {without_test:#?}");
    let without_rule: Vec<_> =
        tests.difference(&named).filter(|test| !OWN.iter().any(|own| test.starts_with(own))).collect();
    assert!(without_rule.is_empty(), "tests without a rule in the fact table: {without_rule:#?}");
}
