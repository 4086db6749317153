//! `msdyn_sessionevent` as Microsoft's reference page describes it: the code that is generated from the page's facts says the same
//! as the struct that was written by hand, member by member.
//!
//! After a change of the generator, write the code anew with `BLESS=1 cargo test -p dataverse-codegen --test session_event`.
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

mod page;
pub mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dataverse_codegen::{Settings, Snapshot, drift, generate};
use dataverse_definitions::{Table, of_struct};
use dataverse_entity::metadata::EntityMetadata;
use dataverse_entity::{Entity, tables as by_hand};
use serde_json::Value;

/// The tables that the page's lookups point to, and the page's table. The page describes only its own table: the definitions of
/// the others are those of the structs.
const OTHERS: [&EntityMetadata; 4] = [
    by_hand::BusinessUnit::METADATA,
    by_hand::OcSession::METADATA,
    by_hand::SystemUser::METADATA,
    by_hand::Team::METADATA,
];

fn snapshot() -> Snapshot {
    let others = OTHERS.map(|metadata| of_struct(metadata).unwrap());
    Snapshot::new(others.into_iter().chain([page::definition()]))
}

fn declared(metadata: &EntityMetadata) -> Table {
    let snapshot = Snapshot::new([of_struct(metadata).unwrap()]);
    snapshot.tables.into_values().next().unwrap()
}

#[test]
fn the_code_is_as_it_was_reviewed() {
    let files = generate(&mut snapshot(), &Settings::default()).unwrap();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/session_event/tables");
    for (name, text) in files {
        let path = directory.join(&name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}; BLESS=1 writes it anew");
    }
}

#[test]
fn the_page_and_the_struct_agree_on_each_fact() {
    let generated = declared(tables::msdyn_sessionevent::Sessionevent::METADATA);
    let written = declared(by_hand::SessionEvent::METADATA);
    assert_eq!(generated.attributes.len(), 36);
    let found =
        differences(&serde_json::to_value(generated).unwrap(), &serde_json::to_value(written).unwrap());
    let said: Vec<&String> = found.iter().filter(|each| reason(each).is_none()).collect();
    assert_eq!(said, [""; 0]);
    for (part, reason) in UNSAID {
        assert!(found.iter().any(|each| each.contains(part)), "{part} no longer differs: {reason}");
    }
}

/// What the page does not say, and what follows from that.
const UNSAID: [(&str, &str); 10] = [
    ("business_unit_msdyn_sessionevent", ONE_RELATIONSHIP),
    ("lk_msdyn_sessionevent_createdby", ONE_RELATIONSHIP),
    ("lk_msdyn_sessionevent_createdonbehalfby", ONE_RELATIONSHIP),
    ("lk_msdyn_sessionevent_modifiedby", ONE_RELATIONSHIP),
    ("lk_msdyn_sessionevent_modifiedonbehalfby", ONE_RELATIONSHIP),
    ("owner_msdyn_sessionevent", ONE_RELATIONSHIP),
    ("team_msdyn_sessionevent", ONE_RELATIONSHIP),
    ("user_msdyn_sessionevent", ONE_RELATIONSHIP),
    ("[msdyn_ocsession_sessionevent_nested].CascadeConfiguration", "neither source has cascades"),
    ("[ownerid].IsValidFor", "a lookup without a known navigation property is read-only"),
];
const ONE_RELATIONSHIP: &str = "the page lists one relationship";

/// Why a difference is expected; `None` if it is not.
fn reason(difference: &str) -> Option<&'static str> {
    UNSAID.iter().find(|(part, _)| difference.contains(part)).map(|(_, reason)| *reason)
}

#[test]
fn the_tables_of_its_lookups_survive_generation() {
    for (generated, written) in [
        (tables::businessunit::BusinessUnit::METADATA, by_hand::BusinessUnit::METADATA),
        (tables::msdyn_ocsession::Ocsession::METADATA, by_hand::OcSession::METADATA),
        (tables::systemuser::SystemUser::METADATA, by_hand::SystemUser::METADATA),
        (tables::team::Team::METADATA, by_hand::Team::METADATA),
    ] {
        let (generated, written) = (declared(generated), declared(written));
        let found =
            differences(&serde_json::to_value(generated).unwrap(), &serde_json::to_value(&written).unwrap());
        assert_eq!(found, [""; 0], "{}", written.logical_name);
    }
}

#[test]
fn a_check_of_one_against_the_other_finds_nothing_else_in_either_direction() {
    let generated = Snapshot::new([declared(tables::msdyn_sessionevent::Sessionevent::METADATA)]);
    let written = Snapshot::new([declared(by_hand::SessionEvent::METADATA)]);
    for (one, other) in [(&generated, &written), (&written, &generated)] {
        let mut findings: Vec<String> = drift(one, other, false).iter().map(ToString::to_string).collect();
        findings.retain(|each| reason(each).is_none() && !each.contains(".ownerid: the column is "));
        assert_eq!(findings, [""; 0]);
    }
}

/// The members that differ, each with its path and both values. Elements of lists are told apart by their names.
fn differences(one: &Value, other: &Value) -> Vec<String> {
    let (one, other) = (members(one), members(other));
    let paths: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let text = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let differing = paths.into_iter().filter(|path| one.get(*path) != other.get(*path));
    differing.map(|path| format!("{path}: {} / {}", text(one.get(path)), text(other.get(path)))).collect()
}

fn members(value: &Value) -> BTreeMap<String, Value> {
    fn collect(path: &str, value: &Value, into: &mut BTreeMap<String, Value>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    collect(&format!("{path}.{name}"), value, into);
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    let keys = ["LogicalName", "SchemaName", "Value", "LanguageCode"];
                    let name = keys
                        .iter()
                        .find_map(|key| element.get(key))
                        .map_or_else(|| index.to_string(), ToString::to_string);
                    collect(&format!("{path}[{}]", name.trim_matches('"')), element, into);
                }
            }
            // An empty text and `null` are no text.
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            value => drop(into.insert(path.to_owned(), value.clone())),
        }
    }
    let mut into = BTreeMap::new();
    collect("", value, &mut into);
    into
}
