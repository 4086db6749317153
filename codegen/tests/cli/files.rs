//! Files that cannot be read, written or replaced.

use std::fs;

use crate::project::{MACHINE, Project};

fn pulled() -> Project {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    project
}

#[test]
fn a_snapshot_that_cannot_be_used() {
    let project = pulled();
    let path = project.path("dataverse/new_machine.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("{\n  \"format\": 1,\n"), "{}", &text[..40]);
    for (file, content, words) in [
        ("new_machine.json", text[..text.len() / 2].to_owned(), "not a snapshot: EOF"),
        (
            "new_machine.json",
            text.replacen("\"format\": 1", "\"format\": 2", 1),
            "a newer version of `cargo dataverse` wrote the file (format 2, this version reads 1); update with `cargo install dataverse-codegen`",
        ),
        (
            "machine.json",
            text.clone(),
            "the file holds the table `new_machine`; rename it to `new_machine.json`",
        ),
    ] {
        fs::remove_dir_all(project.path("dataverse")).unwrap();
        fs::create_dir(project.path("dataverse")).unwrap();
        fs::write(project.path("dataverse").join(file), &content).unwrap();
        for command in ["generate", "check", "pull"] {
            let (code, out, error) = project.run(&[command]);
            assert_eq!((code, out.as_str()), (2, ""), "{command}: {error}");
            assert!(
                error.starts_with(&format!("error: dataverse/{file}: ")) && error.contains(words),
                "{error}"
            );
        }
        assert_eq!(fs::read_to_string(project.path("dataverse").join(file)).unwrap(), content);
        assert!(!project.path("src").exists());
    }
}

#[test]
fn no_snapshot() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    for command in ["generate", "check"] {
        let (code, _, error) = project.run(&[command]);
        assert_eq!(
            (code, error.as_str()),
            (2, "error: dataverse has no snapshot\nhelp: run `cargo dataverse pull`\n")
        );
    }
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let project = pulled();
    fs::create_dir_all(project.path("src/tables")).unwrap();
    fs::write(project.path("src/tables/new_machine.rs"), "// By hand.\n").unwrap();
    let (code, out, error) = project.run(&["generate"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        error,
        "error: src/tables/new_machine.rs is in the way: `cargo dataverse generate` did not write it\nhelp: move it to another \
         directory or name, or set `output` to a directory of its own\n"
    );
    assert_eq!(fs::read_dir(project.path("src/tables")).unwrap().count(), 1);
    // Other files of the directory stay.
    fs::rename(project.path("src/tables/new_machine.rs"), project.path("src/tables/by_hand.rs")).unwrap();
    fs::write(project.path("dataverse/notes.json"), "{}").unwrap();
    fs::remove_file(project.path("dataverse/notes.json")).unwrap();
    assert_eq!(project.run(&["generate"]).0, 0);
    assert_eq!(fs::read_to_string(project.path("src/tables/by_hand.rs")).unwrap(), "// By hand.\n");
}

#[test]
fn a_directory_that_cannot_be_made() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    fs::write(project.path("dataverse"), "").unwrap();
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(code, 2);
    assert!(error.starts_with("error: dataverse: "), "{error}");
    fs::remove_file(project.path("dataverse")).unwrap();
    assert_eq!(project.run(&["pull"]).0, 0);
    fs::write(project.path("src"), "").unwrap();
    let (code, _, error) = project.run(&["generate"]);
    assert_eq!(code, 2);
    assert!(error.starts_with("error: src/tables: "), "{error}");
}

/// `/dev/full` answers each write as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_no_file() {
    let mut project = Project::new(&[MACHINE], r#"["new_machine", "team"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    let read = |project: &Project| {
        ["new_machine", "team"]
            .map(|name| fs::read_to_string(project.path(&format!("dataverse/{name}.json"))).unwrap())
    };
    let before = read(&project);
    project.with(&[&MACHINE.replace("\"Label\": \"Machine\"", "\"Label\": \"Engine\"")]);
    // The first file can be written, the second one cannot.
    std::os::unix::fs::symlink("/dev/full", project.path("dataverse/team.json.part")).unwrap();
    fs::write(project.path("dataverse/team.json"), before[1].replace("\"format\": 1", "\"format\":  1"))
        .unwrap();
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(code, 2, "{error}");
    assert!(error.starts_with("error: dataverse/team.json: No space left on device"), "{error}");
    assert_eq!(read(&project)[0], before[0]);
    let left: Vec<_> =
        fs::read_dir(project.path("dataverse")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    // With room again, the same command succeeds.
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_ne!(read(&project)[0], before[0]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let (code, error) = project.run_into(&["check"], full);
    assert_eq!(code, 2);
    assert!(error.contains("the output cannot be written: No space left on device"), "{error}");
}
