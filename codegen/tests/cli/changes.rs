//! `check` when nothing has changed, and when something has.

use std::fs;
use std::sync::{Arc, Mutex};

use dataverse_emulator::{Emulator, Server, ServerOptions};
use serde_json::{Value, json};

use crate::project::{MACHINE, Project};
use crate::server::{Answer, FakeOrg};

/// An emulator over a file, which remembers the versions of definitions, behind an address that stays.
struct Org {
    door: FakeOrg,
    current: Arc<Mutex<Server>>,
    project: Project,
}

async fn open(file: &std::path::Path, definitions: &[&str]) -> Server {
    let mut emulator = Emulator::builder().file(file);
    for text in definitions {
        emulator = emulator.definitions(*text);
    }
    emulator.build().unwrap().serve(ServerOptions::default()).await.unwrap()
}

impl Org {
    fn new(tables: &str) -> Self {
        let project = Project::new(&[MACHINE], tables);
        let server = project.block_on(open(&project.path("org.db"), &[MACHINE]));
        let current = Arc::new(Mutex::new(server));
        let inner = current.clone();
        let door = FakeOrg::start(move |_| Answer::Of(inner.lock().unwrap().address()));
        project.use_org(&door.url);
        Self { door, current, project }
    }

    /// The org with other definitions: what differs is a change since the last version.
    fn change(&self, definitions: &[&str]) {
        let mut current = self.current.lock().unwrap();
        let closed = self.project.block_on(open(&self.project.path("empty.db"), &[]));
        let before = std::mem::replace(&mut *current, closed);
        self.project.block_on(before.shutdown());
        *current = self.project.block_on(open(&self.project.path("org.db"), definitions));
    }

    /// Runs `check`, and returns its exit code, its output, and the targets of its requests.
    fn check(&self) -> (i32, String, Vec<String>) {
        let before = self.door.seen().len();
        let (code, out, error) = self.project.run(&["check"]);
        assert_eq!(error, "", "{out}");
        let targets = self.door.seen()[before..].iter().map(|seen| seen.target.clone()).collect();
        (code, out, targets)
    }
}

/// The definition with a maximum length of `new_name`.
fn with_length(length: u32) -> String {
    let mut machine: Value = serde_json::from_str(MACHINE).unwrap();
    let columns = machine["Attributes"].as_array_mut().unwrap();
    columns.iter_mut().find(|column| column["LogicalName"] == "new_name").unwrap()["MaxLength"] =
        json!(length);
    machine.to_string()
}

fn is_changes(target: &str) -> bool {
    target.starts_with("/api/data/v9.2/RetrieveMetadataChanges(Query=@q,ClientVersionStamp=@s")
}

#[test]
fn a_check_sends_one_request_if_nothing_has_changed() {
    let org = Org::new(r#"["new_machine", "team"]"#);
    assert_eq!(org.project.run(&["pull"]).0, 0);
    for _ in 0..2 {
        let (code, out, targets) = org.check();
        assert_eq!((code, out.as_str()), (0, "no differences\n"));
        assert_eq!(targets.len(), 1, "{targets:#?}");
        assert!(is_changes(&targets[0]), "{targets:#?}");
    }
    // Git sees nothing of it.
    assert_eq!(fs::read_to_string(org.project.path(".dataverse/.gitignore")).unwrap(), "*\n");
}

#[test]
fn only_what_has_changed_is_read_again_and_its_drift_is_told_each_time() {
    let org = Org::new(r#"["new_machine", "team"]"#);
    assert_eq!(org.project.run(&["pull"]).0, 0);
    org.change(&[&with_length(10)]);
    let (code, out, targets) = org.check();
    assert_eq!(code, 0);
    assert!(out.contains("tightened  new_machine.new_name: the maximum length is now 10"), "{out}");
    assert!(is_changes(&targets[0]), "{targets:#?}");
    assert!(targets.iter().any(|target| target.contains("'new_machine'")), "{targets:#?}");
    assert!(!targets.iter().any(|target| target.contains("'team'")), "{targets:#?}");
    // Nothing has changed since the last check, and much since the pull.
    let (_, again, targets) = org.check();
    assert_eq!((again, targets.len()), (out, 1));
}

#[test]
fn a_deleted_column_and_a_deleted_table_are_seen() {
    let org = Org::new(r#"["new_*"]"#);
    assert_eq!(org.project.run(&["pull"]).0, 0);
    let mut machine: Value = serde_json::from_str(MACHINE).unwrap();
    machine["Attributes"].as_array_mut().unwrap().retain(|column| column["LogicalName"] != "new_name");
    machine["PrimaryNameAttribute"] = Value::Null;
    org.change(&[&machine.to_string()]);
    let (code, out, _) = org.check();
    assert_eq!(code, 1);
    assert!(out.contains("breaking   new_machine.new_name: the column is gone"), "{out}");
    org.change(&[]);
    let (code, out, _) = org.check();
    assert_eq!(code, 1);
    assert!(out.contains("breaking   new_machine: the table is gone"), "{out}");
}

#[test]
fn a_new_table_that_matches_a_pattern_is_seen() {
    let org = Org::new(r#"["new_*"]"#);
    assert_eq!(org.project.run(&["pull"]).0, 0);
    org.change(&[MACHINE, include_str!("../../examples/loan.json")]);
    let (code, out, _) = org.check();
    assert_eq!(code, 0);
    assert!(out.starts_with("additive   new_loan: the table is new\n1 additive\n"), "{out}");
}

#[test]
fn everything_is_read_again_without_a_stamp_that_the_org_knows() {
    let org = Org::new(r#"["new_machine"]"#);
    assert_eq!(org.project.run(&["pull"]).0, 0);
    let path = org.project.path(".dataverse/last-answer.json");
    let kept = fs::read_to_string(&path).unwrap();
    let stamp = kept.split(r#""stamp":""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    // An expired one, which Dataverse refuses with 0x80044352; one of another org; a file that is cut off; another selection.
    let expired = format!("{}!01/01/2020 00:00:00", stamp.split('!').next().unwrap());
    for spoiled in [
        kept.replace(&stamp, &expired),
        kept.replace(&stamp, "not a stamp"),
        kept[..kept.len() / 2].to_owned(),
        kept.replace(r#""tables":["new_machine"]"#, r#""tables":["team"]"#),
    ] {
        assert_ne!(spoiled, kept);
        fs::write(&path, spoiled).unwrap();
        let (code, out, targets) = org.check();
        assert_eq!((code, out.as_str()), (0, "no differences\n"));
        assert!(targets.iter().any(|target| target.contains("(LogicalName='new_machine')")), "{targets:#?}");
        let (_, _, targets) = org.check();
        assert_eq!(targets.len(), 1, "{targets:#?}");
    }
}

#[test]
fn a_check_works_where_nothing_can_be_kept() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    // A file in place of the directory.
    fs::write(project.path(".dataverse"), "").unwrap();
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(code, 0, "{error}");
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, out.as_str()), (0, "no differences\n"));
    assert!(
        error.starts_with("note: the next `check` reads every table, because the answer cannot be kept:"),
        "{error}"
    );
}

#[test]
fn a_check_works_against_an_org_that_does_not_tell_changes() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    let address = project.address();
    let org = FakeOrg::start(move |seen| {
        match seen.target.contains("RetrieveMetadataChanges") {
        true => Answer::Text(404, "", r#"{"error":{"code":"0x8006088a","message":"Resource not found for the segment 'RetrieveMetadataChanges'."}}"#.to_owned()),
        false => Answer::Of(address),
    }
    });
    project.use_org(&org.url);
    assert_eq!(project.run(&["pull"]).0, 0);
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, out.as_str()), (0, "no differences\n"));
    assert_eq!(error, "note: the org does not tell what has changed, so each `check` reads every table\n");
}
