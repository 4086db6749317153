//! What a new user does, and what the README shows.

use std::fs;

use crate::project::{MACHINE, Project};

#[test]
fn a_project_starts_with_three_commands() {
    let project = Project::new(&[MACHINE], r#"["new_*", "team"]"#);
    let (code, out, error) = project.run(&["pull"]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "2 tables in dataverse\n", ""));
    let (code, out, error) = project.run(&["generate"]);
    assert_eq!((code, error.as_str()), (0, ""), "{out}");
    let code_of_table = fs::read_to_string(project.path("src/tables/new_machine.rs")).unwrap();
    assert!(code_of_table.contains("pub struct Machine {"), "{code_of_table}");
    assert_eq!(project.run(&["generate", "--check"]).0, 0);
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "no differences\n", ""));
}

#[test]
fn what_is_generated_again_is_the_same_to_the_byte() {
    let project = Project::new(&[MACHINE], r#"["new_machine", "systemuser", "team"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let read = |directory: &str| {
        let mut files: Vec<_> =
            fs::read_dir(project.path(directory)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect::<Vec<_>>()
    };
    let before = (read("src/tables"), read("dataverse"));
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    assert_eq!((read("src/tables"), read("dataverse")), before);
}

#[test]
fn a_label_that_changes_renames_nothing() {
    let mut project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let path = project.path("src/tables/new_machine.rs");
    let names = |text: &str| {
        let is_name = |line: &&str| line.trim_start().starts_with("pub ") || line.contains(" = 1");
        text.lines().filter(is_name).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = fs::read_to_string(&path).unwrap();
    project.with(&[&MACHINE
        .replace("\"Label\": \"Machine\"", "\"Label\": \"Engine\"")
        .replace("\"Red\"", "\"Crimson\"")]);
    let (code, out, _) = project.run(&["check"]);
    assert_eq!(code, 0, "{out}");
    for class in ["breaking ", "tightened ", "warning ", "additive "] {
        assert!(!out.lines().any(|line| line.starts_with(class)), "{out}");
    }
    assert!(out.contains("cosmetic   new_machine: the display name in 1033 is now"), "{out}");
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let after = fs::read_to_string(&path).unwrap();
    assert_ne!(before, after);
    assert_eq!(names(&before), names(&after));
}

#[test]
fn drift_is_told_at_the_line_of_the_field() {
    let mut project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let mut definition: serde_json::Value = serde_json::from_str(MACHINE).unwrap();
    let columns = definition["Attributes"].as_array_mut().unwrap();
    let name = columns.iter_mut().find(|column| column["LogicalName"] == "new_name").unwrap();
    name["IsValidForCreate"] = false.into();
    name["MaxLength"] = 10.into();
    project.with(&[&definition.to_string()]);
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, error.as_str()), (1, ""), "{out}");
    let text = fs::read_to_string(project.path("src/tables/new_machine.rs")).unwrap();
    let line = (1..).zip(text.lines()).find(|(_, line)| line.contains("logical = \"new_name\"")).unwrap().0;
    let expected = format!(
        "breaking   new_machine.new_name: the column is no longer valid for create: creates that set this column will lose it\n           --> src/tables/new_machine.rs:{line}\n"
    );
    assert!(out.starts_with(&expected), "{out}");
    assert!(out.contains("tightened  new_machine.new_name: the maximum length is now 10"), "{out}");
    let (_, annotations, _) = project.run(&["check", "--format", "github"]);
    assert!(
        annotations
            .starts_with(&format!("::error file=src/tables/new_machine.rs,line={line},title=breaking::")),
        "{annotations}"
    );
    let (_, sarif, _) = project.run(&["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(
        sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"],
        line
    );
}

#[test]
fn the_readme_shows_what_is_printed_and_written() {
    const README: &str = include_str!("../../README.md");
    const LOAN: &str = include_str!("../../examples/loan.json");
    let mut project = Project::new(&[LOAN], r#"["new_*"]"#);
    for command in ["pull", "generate"] {
        let (code, out, error) = project.run(&[command]);
        assert_eq!((code, error.as_str()), (0, ""));
        assert!(README.contains(&format!("$ cargo dataverse {command}\n{out}")), "{command}: {out}");
    }
    // The README breaks no attribute over lines.
    let joined = |text: &str| text.split_whitespace().collect::<String>().replace(",)]", ")]");
    let written = fs::read_to_string(project.path("src/tables/new_loan.rs")).unwrap();
    let (_, written) = written.split_once("//! The table `new_loan`.").unwrap();
    assert!(joined(README).contains(&joined(written)), "{written}");

    // The program is an example of this crate, which compiles with the tests.
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/loan");
    let program = fs::read_to_string(example.join("main.rs")).unwrap();
    let (_, program) = program.split_once("\n\n").unwrap();
    assert!(README.contains(&format!("```rust,ignore\n{program}```\n")), "{program}");
    for name in ["mod.rs", "new_loan.rs"] {
        let written = fs::read_to_string(project.path("src/tables").join(name)).unwrap();
        let path = example.join("tables").join(name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &written).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), written, "{name}; BLESS=1 writes it anew");
    }

    let mut changed: serde_json::Value = serde_json::from_str(LOAN).unwrap();
    let columns = changed["Attributes"].as_array_mut().unwrap();
    columns[1]["MaxLength"] = 50.into();
    columns[2]["IsValidForCreate"] = false.into();
    let label = serde_json::json!({"LocalizedLabels": [{"Label": "Broken", "LanguageCode": 1033}]});
    let options = columns[3]["OptionSet"]["Options"].as_array_mut().unwrap();
    options.push(serde_json::json!({"Value": 100_000_002, "Label": label}));
    columns.push(
        serde_json::json!({"LogicalName": "new_due", "SchemaName": "new_Due", "AttributeType": "DateTime"}),
    );
    project.with(&[&changed.to_string()]);
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, error.as_str()), (1, ""));
    assert!(README.contains(&format!("$ cargo dataverse check\n{out}")), "{out}");

    // The picture of the README is what a terminal shows of the same bytes.
    let (_, colored, _) = project.run(&["check", "--color", "always"]);
    let picture = anstyle_svg::Term::new().render_svg(&format!("$ cargo dataverse check\n{colored}"));
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.svg");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &picture).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), picture, "docs/check.svg; BLESS=1 writes it anew");
    assert!(README.contains("](docs/check.svg)"));
}
