//! Generated code as it is reviewed: it is the same to the byte, it compiles without a warning, and says what the definition says.
//!
//! After a change, write it anew with `BLESS=1 cargo test -p dataverse-codegen --test golden`, and read the difference.
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dataverse_codegen::{Settings, Snapshot, drift, generate};
use dataverse_definitions::{of_struct, read};
use dataverse_entity::Entity;

pub mod generated;
pub mod unusual;

use generated::new_machine::Machine;

/// A table with a column of each kind, in several languages.
const DEFINITION: &str = include_str!("../../tests/interop/generated_tables/definition.json");

fn snapshot() -> Snapshot {
    Snapshot::new(read(&[DEFINITION]).unwrap())
}

#[test]
fn the_code_is_as_it_was_reviewed() {
    let settings: Settings = toml::from_str("languages = [1033, 1030, 1031]").unwrap();
    let files = generate(&mut snapshot(), &settings).unwrap();
    assert_written("tests/generated", &files);
}

/// Compares the files with those of a directory of this crate, which are compiled with this test.
fn assert_written(directory: &str, files: &BTreeMap<String, String>) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    for (name, text) in files {
        let path = directory.join(name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, text).unwrap();
        }
        assert_eq!(&fs::read_to_string(&path).unwrap(), text, "{name}; BLESS=1 writes it anew");
    }
}

/// Names, labels and references of which each alone once gave code that did not compile, or not without a warning.
const UNUSUAL: &str = include_str!("unusual/definitions.json");

#[test]
fn unusual_names_labels_and_references_compile() {
    let settings: Settings = toml::from_str("[tables.new_option]\nskip = [\"new_skipped\"]").unwrap();
    let files = generate(&mut Snapshot::new(read(&[UNUSUAL]).unwrap()), &settings).unwrap();
    assert_written("tests/unusual", &files);
}

#[test]
fn the_struct_says_what_the_definition_says_but_for_tables_that_are_not_pulled() {
    let declared = Snapshot::new([of_struct(Machine::METADATA).unwrap()]);
    let findings: Vec<String> = drift(&snapshot(), &declared, false)
        .iter()
        .map(|finding| format!("{}: {}", finding.column.as_deref().unwrap_or_default(), finding.change))
        .collect();
    // Lookups to tables that the snapshot does not have are open. Code has options by integer, so that another order changes no code.
    let expected = [
        "new_buyer: the lookup no longer points to `account`",
        "new_buyer: the lookup no longer points to `contact`",
        "new_color: the options have another order",
        "ownerid: the lookup no longer points to `systemuser`",
        "ownerid: the lookup no longer points to `team`",
    ];
    assert_eq!(findings, expected);
}
