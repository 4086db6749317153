//! Mistakes in `dataverse.toml`: each is told with its line and what was meant.

use std::fs;

use tempfile::TempDir;

use crate::project::run;

fn problem(text: &str) -> String {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("dataverse.toml"), text).unwrap();
    let (code, out, error) = run(directory.path(), &["pull"]);
    assert_eq!((code, out.as_str()), (2, ""), "{error}");
    assert!(error.starts_with("error: dataverse.toml: "), "{error}");
    error
}

const URL: &str = "url = \"https://contoso.crm4.dynamics.com\"";

#[test]
fn an_unknown_key_at_each_level() {
    for (section, key, meant) in [
        ("", "exlude = []", "exclude"),
        ("[org]", "tokn = \"az\"", "token"),
        ("[check]", "dney = []", "deny"),
        ("[apply]", "solutoin = \"x\"", "solution"),
        ("[generate]", "date = \"jiff\"", "dates"),
        ("[generate.tables.account]", "nam = \"A\"", "name"),
        ("[generate.tables.account.columns.name]", "typ = \"A\"", "type"),
        ("[generate.option_sets.new_color]", "nmae = \"A\"", "name"),
    ] {
        let org = if section == "[org]" { format!("[org]\n{key}\n{URL}") } else { format!("[org]\n{URL}") };
        let (top, rest) = match section {
            "" => (key, String::new()),
            "[org]" => ("", String::new()),
            section => ("", format!("{section}\n{key}\n")),
        };
        let error = problem(&format!("tables = [\"account\"]\n{top}\n{org}\n{rest}"));
        let unknown = key.split(' ').next().unwrap();
        assert!(error.contains(&format!("unknown field `{unknown}`")) && error.contains("line "), "{error}");
        assert!(error.ends_with(&format!("did you mean `{meant}`?\n")), "{error}");
    }
}

#[test]
fn values_of_the_wrong_type_or_unknown() {
    for (text, words) in [
        (format!("tables = \"account\"\n[org]\n{URL}"), "write a list, such as [\"account\"]"),
        ("tables = [\"account\"]\n[org]\nurl = 1".to_owned(), "write a text in quotes"),
        (
            format!("tables = [\"account\"]\norg = 1\n# {URL}"),
            "write a section of keys and values, such as [org]",
        ),
        (
            format!("tables = [\"account\"]\n[org]\n{URL}\n[generate]\nstrict_option_sets = \"yes\""),
            "write true or false",
        ),
        (
            format!("tables = [\"account\"]\n[org]\n{URL}\ntoken = \"client_secret\""),
            "did you mean `client-secret`?",
        ),
        (
            format!("tables = [\"account\"]\n[org]\n{URL}\n[check]\ndeny = [\"braking\"]"),
            "did you mean `breaking`?",
        ),
        (format!("tables = [\"account\"\n[org]\n{URL}"), "line "),
    ] {
        let error = problem(&text);
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn settings_that_contradict_each_other() {
    for (text, words) in [
        (format!("[org]\n{URL}"), "`tables` is empty: name the tables"),
        ("tables = [\"account\"]\n[org]\ntoken = \"az\"".to_owned(), "`[org]` has no `url`"),
        (
            format!("tables = [\"account\"]\nexclude = [\"acc*\"]\n[org]\n{URL}"),
            "`account` is selected by name, and excluded by `acc*` in `exclude`; remove one of them",
        ),
        (
            format!("neighbors_of = [\"new_*\"]\n[org]\n{URL}"),
            "`new_*` in `neighbors_of` is a pattern; name the tables",
        ),
        (
            format!("tables = [\"account\"]\nsnapshot = \"a\"\noutput = \"a\"\n[org]\n{URL}"),
            "`snapshot` and `output` are both `a`; give each its own directory",
        ),
        (
            "solutions = [\"core\"]\n[org]\nmetadata = \"metadata.xml\"".to_owned(),
            "`solutions` needs the org, and `metadata` in `[org]` reads a document in its place",
        ),
    ] {
        let error = problem(&text);
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn no_settings_at_all() {
    let directory = TempDir::new().unwrap();
    let (code, _, error) = run(directory.path(), &["pull"]);
    assert_eq!(code, 2);
    assert!(error.contains("`cargo dataverse init` writes one"), "{error}");
    assert_eq!(run(directory.path(), &["init"]).0, 0);
    let (code, _, error) = run(directory.path(), &["init"]);
    assert_eq!(
        (code, error.as_str()),
        (2, "error: dataverse.toml exists\nhelp: edit it, or remove it to start anew\n")
    );
}
