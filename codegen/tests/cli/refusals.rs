//! What goes wrong is a sentence that says what to do, and changes no file.

use std::fs;

use tempfile::TempDir;

use crate::project::{Project, run};

#[test]
fn a_mistake_is_a_sentence_that_says_what_to_do() {
    let directory = TempDir::new().unwrap();
    let (code, _, error) = run(directory.path(), &["pull"]);
    assert_eq!(code, 2);
    assert!(error.contains("`cargo dataverse init` writes one"), "{error}");
    let project = Project::new(&[], r#"["new_nothing"]"#);
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(code, 2);
    assert!(error.starts_with("error: the org does not have the table `new_nothing`"), "{error}");
    let (code, _, error) = project.run(&["generate"]);
    assert_eq!(code, 2);
    assert!(error.contains("run `cargo dataverse pull`"), "{error}");
    let (code, _, error) = project.run(&["init"]);
    assert_eq!(code, 2);
    assert!(error.contains("exists"), "{error}");
    // A port that nobody listens on.
    let path = project.path("dataverse.toml");
    fs::write(&path, "tables = [\"team\"]\n[org]\nurl = \"http://127.0.0.1:1\"\ntoken = \"none\"\n").unwrap();
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(code, 3, "{error}");
    assert!(!project.path("dataverse").exists());
    fs::write(&path, "tables = [\"team\"]\n[org]\nurl = \"https://contoso.crm4.dynamics.com\"\n").unwrap();
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(
        (code, error.as_str()),
        (
            3,
            "error: there is no token: the variable DATAVERSE_TOKEN is not set\nhelp: set the variable to an access token for the org, or write `token = \"az\"` in `[org]`\n"
        )
    );
}
