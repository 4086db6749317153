//! Diagrams as a reader sees them: what is in the picture, and that it can be read.
//!
//! After a change, write the files anew with `BLESS=1 cargo test -p dataverse-codegen --test diagram`, and look at them.

mod picture;

use std::fs;
use std::path::{Path, PathBuf};

use dataverse_codegen::{Diagram, DiagramColumns, DiagramOptions, Snapshot};
use dataverse_definitions::read;
use picture::Picture;
use proptest::prelude::*;
use serde_json::{Value, json};

const LIBRARY: &str = include_str!("../examples/library.json");

fn library() -> Snapshot {
    Snapshot::new(read(&[LIBRARY]).unwrap())
}

fn options(change: impl FnOnce(&mut DiagramOptions)) -> DiagramOptions {
    let mut options = DiagramOptions::default();
    change(&mut options);
    options
}

fn draw(snapshot: &Snapshot, names: &[&str], options: &DiagramOptions) -> Diagram {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    Diagram::new(snapshot, &names, options).unwrap()
}

/// Compares with a committed file.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}; BLESS=1 writes it anew");
}

/// A table with lookups, such as `new_itemid:new_item`; `!` at the end is for a required one.
fn table(name: &str, label: &str, lookups: &[&str]) -> Value {
    let mut columns = vec![
        json!({"LogicalName": format!("{name}id"), "AttributeType": "Uniqueidentifier"}),
        json!({"LogicalName": "new_name", "AttributeType": "String", "MaxLength": 100}),
    ];
    for lookup in lookups {
        let (column, targets) = lookup.split_once(':').unwrap();
        let level = if targets.ends_with('!') { "ApplicationRequired" } else { "None" };
        let targets: Vec<&str> = targets.trim_end_matches('!').split(',').collect();
        columns.push(json!({"LogicalName": column, "AttributeType": "Lookup", "Targets": targets, "RequiredLevel": {"Value": level}}));
    }
    json!({
        "LogicalName": name,
        "DisplayName": {"LocalizedLabels": [{"Label": label, "LanguageCode": 1033}]},
        "PrimaryIdAttribute": format!("{name}id"), "PrimaryNameAttribute": "new_name", "Attributes": columns,
    })
}

fn snapshot(tables: Vec<Value>) -> Snapshot {
    Snapshot::new(read(&[&Value::from(tables).to_string()]).unwrap())
}

#[test]
fn the_picture_of_the_readme_is_as_it_was_reviewed() {
    let diagram = draw(&library(), &[], &options(|options| options.neighbors = true));
    golden("docs/library.svg", &diagram.svg());
    golden("tests/diagrams/library.mmd", &diagram.mermaid());
    Picture::read(&diagram.svg()).check();
}

/// Names and labels that would end a text, start a tag or a statement, or turn the text around.
fn hostile() -> Snapshot {
    let mut first = table(
        "new-order",
        "<script>alert('x')</script> & \"q\" ]]> direction LR #35; %%{init} \\ `",
        &["one:class,u!", "pk:new-order"],
    );
    first["ManyToManyRelationships"] = json!([
        {"SchemaName": "end", "Entity1LogicalName": "class", "Entity2LogicalName": "new-order"},
        {"SchemaName": "end", "Entity1LogicalName": "new-order", "Entity2LogicalName": "class"},
    ]);
    snapshot(vec![
        first,
        table(
            "class",
            "\u{202e}שלום\u{202c} عالم\n日本語 👩\u{200d}🔧 e\u{301}\u{0}",
            &["日本:u", "direction:class"],
        ),
        table("u", &"very long ".repeat(100), &["style:class"]),
    ])
}

#[test]
fn hostile_names_and_labels_are_only_text() {
    let diagram = draw(&hostile(), &[], &DiagramOptions::default());
    let svg = diagram.svg();
    assert!(!svg.contains("<script"), "{svg}");
    let picture = Picture::read(&svg);
    picture.check();
    let labels: Vec<&str> = picture.boxes.iter().map(|each| each.texts[0].text.as_str()).collect();
    let [script, letters, long] = labels[..] else { panic!("{labels:?}") };
    assert!(
        script.ends_with('…') && letters.starts_with("<script>alert('x')</script>")
            || script.contains("שלום"),
        "{labels:?}"
    );
    assert!(
        long.starts_with("very long very long") && long.ends_with('…') && long.chars().count() < 45,
        "{long}"
    );
    assert!(!svg.contains('\u{202e}') && !svg.contains('\u{0}'));
    golden("tests/diagrams/hostile.mmd", &diagram.mermaid());
}

#[test]
fn neighbors_are_the_tables_that_a_line_connects_with_a_chosen_one() {
    let names = |diagram: &Diagram| {
        let picture = Picture::read(&diagram.svg());
        picture.check();
        let mut names: Vec<String> = picture.boxes.iter().map(|each| each.name.clone()).collect();
        names.sort();
        names
    };
    let alone = draw(&library(), &["new_loan"], &DiagramOptions::default());
    assert_eq!(names(&alone), ["new_loan"]);
    assert_eq!(alone.relationship_count(), 0);
    let neighbors = options(|options| options.neighbors = true);
    // Two lookups, one to two tables that the snapshot does not have.
    let loan = draw(&library(), &["new_loan"], &neighbors);
    assert_eq!(names(&loan), ["account", "contact", "new_item", "new_loan"]);
    assert_eq!(loan.relationship_count(), 3);
    // A lookup in both directions, and a many-to-many relationship.
    let item = draw(&library(), &["new_item"], &neighbors);
    assert_eq!(names(&item), ["new_branch", "new_item", "new_loan", "new_subject"]);
    assert_eq!(item.relationship_count(), 3);
}

#[test]
fn columns_are_those_that_were_asked_for() {
    let rows = |columns| {
        let diagram =
            draw(&library(), &["new_item", "new_loan"], &options(|options| options.columns = columns));
        let picture = Picture::read(&diagram.svg());
        picture.check();
        let item = picture.boxes.iter().find(|each| each.name == "new_item").unwrap();
        item.texts
            .iter()
            .filter(|text| text.class.is_empty())
            .map(|text| text.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(DiagramColumns::None), [] as [&str; 0]);
    let keys = ["new_itemid", "new_title", "new_barcode", "new_branchid"];
    assert_eq!(rows(DiagramColumns::Keys), keys);
    assert_eq!(rows(DiagramColumns::All), keys);
}

#[test]
fn lookups_of_ownership_are_drawn_if_asked_for() {
    let tables = || {
        snapshot(vec![
            table("new_a", "A", &["ownerid:team,systemuser", "createdby:systemuser"]),
            table("systemuser", "User", &[]),
        ])
    };
    let diagram = draw(&tables(), &[], &DiagramOptions::default());
    assert_eq!(diagram.relationship_count(), 0);
    assert_eq!(
        diagram.notes(),
        ["lookups of ownership are not drawn (createdby, ownerid); `--all-lookups` draws them"]
    );
    let all = draw(&tables(), &[], &options(|options| options.all_lookups = true));
    assert_eq!((all.relationship_count(), all.notes()), (2, &[] as &[String]));
}

#[test]
fn lookups_to_one_table_share_a_line_if_there_are_no_columns() {
    let tables =
        snapshot(vec![table("new_a", "A", &["new_x:new_b", "new_y:new_b!"]), table("new_b", "B", &[])]);
    let diagram = draw(&tables, &[], &options(|options| options.columns = DiagramColumns::None));
    assert_eq!(diagram.relationship_count(), 1);
    assert!(diagram.svg().contains("<title>new_a.new_x, new_y → new_b</title>"), "{}", diagram.svg());
    assert!(
        diagram.mermaid().contains(r#""new_a" }o--o| "new_b" : "new_x, new_y""#),
        "{}",
        diagram.mermaid()
    );
}

fn project(snapshot: &Snapshot) -> tempfile::TempDir {
    let directory = tempfile::TempDir::new().unwrap();
    snapshot.write(&directory.path().join("dataverse")).unwrap();
    let config = "tables = [\"*\"]\n[org]\nurl = \"http://localhost:1\"\ntoken = \"none\"\n";
    fs::write(directory.path().join("dataverse.toml"), config).unwrap();
    directory
}

fn run(directory: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-dataverse"));
    let output =
        command.arg("dataverse").arg("diagram").args(arguments).current_dir(directory).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_readme_shows_what_is_printed_and_drawn() {
    const README: &str = include_str!("../README.md");
    let directory = project(&library());
    let (code, out, error) = run(directory.path(), &["--neighbors", "--output", "library.svg"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(
        README.contains(&format!("$ cargo dataverse diagram --neighbors --output library.svg\n{out}")),
        "{out}"
    );
    assert!(README.contains("](docs/library.svg)"));
    let written = fs::read_to_string(directory.path().join("library.svg")).unwrap();
    golden("docs/library.svg", &written);
}

#[test]
fn the_format_follows_the_name_of_the_file() {
    let directory = project(&library());
    let (code, svg, error) = run(directory.path(), &["new_loan"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    assert_eq!(
        run(directory.path(), &["new_loan", "--output", "loan.mmd"]).1,
        "1 table and 0 relationships in loan.mmd\n"
    );
    let written = fs::read_to_string(directory.path().join("loan.mmd")).unwrap();
    assert_eq!(written, run(directory.path(), &["new_loan", "--format", "mermaid"]).1);
    assert!(written.starts_with("erDiagram\n"), "{written}");
}

#[test]
fn tables_that_the_snapshot_does_not_have_are_named_with_what_was_meant() {
    let directory = project(&library());
    for (name, problem, advice) in [
        ("new_laon", "the snapshot has no table `new_laon`", "did you mean `new_loan`?"),
        (
            "account",
            "the snapshot has no table `account`",
            "it has `new_branch`, `new_item`, `new_loan`, `new_subject`; `cargo dataverse pull` adds tables that dataverse.toml names",
        ),
        (
            "acc*",
            "no table of the snapshot matches `acc*`",
            "it has `new_branch`, `new_item`, `new_loan`, `new_subject`",
        ),
    ] {
        let (code, out, error) = run(directory.path(), &[name, "--output", "x.svg"]);
        assert_eq!((code, out.as_str(), error), (2, "", format!("error: {problem}\nhelp: {advice}\n")));
    }
    assert!(!PathBuf::from(directory.path()).join("x.svg").exists());
    let empty = project(&Snapshot::default());
    let (code, _, error) = run(empty.path(), &[]);
    assert_eq!(
        (code, error.as_str()),
        (2, "error: dataverse has no snapshot\nhelp: run `cargo dataverse pull`\n")
    );
}

#[test]
fn a_picture_of_300_tables_is_drawn_with_a_note() {
    let name = |index: usize| format!("new_table{index:03}");
    // Lookups to a few much used tables, and to others.
    let tables = (0..300).map(|index| {
        let lookups = [format!("new_a:{}", name(index % 7)), format!("new_b:{}", name(index * 31 % 300))];
        table(&name(index), &format!("Table {index}"), &lookups.each_ref().map(String::as_str))
    });
    let directory = project(&snapshot(tables.collect()));
    let (code, out, error) = run(directory.path(), &["--output", "big.svg"]);
    assert_eq!((code, out.as_str()), (0, "300 tables and 600 relationships in big.svg\n"));
    assert_eq!(
        error,
        "note: 300 tables in one picture are hard to read; name some, or use `--columns none`\n"
    );
    Picture::read(&fs::read_to_string(directory.path().join("big.svg")).unwrap()).check();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the tables: boxes are apart, lines lead from their row to their table around all boxes, texts fit.
    #[test]
    fn every_picture_can_be_read(
        labels in prop::collection::vec(any::<String>(), 1..24),
        lines in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 0..60),
        (columns, is_all) in (0usize..4, any::<bool>()),
    ) {
        let name = |index: usize| format!("new_t{index}");
        let mut lookups = vec![Vec::new(); labels.len()];
        for (number, (from, to, is_required)) in lines.iter().enumerate() {
            let required = if *is_required { "!" } else { "" };
            lookups[from.index(labels.len())].push(format!("new_l{number}:{}{required}", name(to.index(labels.len()))));
        }
        let tables = labels.iter().zip(&lookups).enumerate().map(|(index, (label, lookups))| {
            table(&name(index), label, &lookups.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let snapshot = snapshot(tables.collect());
        let options = options(|options| options.columns = DiagramColumns::NAMES[columns].1);
        let chosen = if is_all { vec!["*"] } else { vec!["new_t0", "new_t1*"] };
        let chosen = if labels.len() == 1 { vec!["*"] } else { chosen };
        let diagram = draw(&snapshot, &chosen, &options);
        let svg = diagram.svg();
        prop_assert_eq!(&svg, &draw(&snapshot, &chosen, &options).svg());
        let picture = Picture::read(&svg);
        prop_assert_eq!(picture.lines.len(), diagram.relationship_count());
        picture.check();
    }
}
