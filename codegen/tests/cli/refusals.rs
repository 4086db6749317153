//! What goes wrong with an org is a sentence that says what to do, and changes no file.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::project::{MACHINE, Project, run};
use crate::server::{Answer, FakeOrg};

/// The names and contents of the snapshot's files.
fn files(project: &Project) -> Vec<(String, String)> {
    let entries = fs::read_dir(project.path("dataverse")).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn an_org_that_refuses_changes_no_file() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    let before = files(&project);
    let mut url = project.url();
    for (status, headers, body, problem, help) in [
        (
            401,
            "WWW-Authenticate: Bearer\r\n",
            "",
            "401",
            "help: the org rejects the token: it may have expired, or be for another org",
        ),
        (
            403,
            "",
            r#"{"error":{"code":"0x80040220","message":"Principal user is missing prvReadEntity privilege on OTC=9800 for entity 'entity'."}}"#,
            "403 Forbidden, code 0x80040220: Principal user is missing prvReadEntity privilege",
            "help: the identity must be able to read definitions (prvReadEntity,",
        ),
        (
            429,
            "Retry-After: 3600\r\n",
            r#"{"error":{"code":"0x80072322","message":"Number of requests exceeded the limit of 6000 over time window of 300 seconds."}}"#,
            "429",
            "help: the identity has used up its share of requests",
        ),
        (
            500,
            "",
            r#"{"error":{"code":"0x80040216","message":"An unexpected error occurred."}}"#,
            "500",
            "help: ",
        ),
        (503, "", "<html>Service Unavailable</html>", "503", "help: try again later"),
        (
            200,
            "Content-Type: text/html\r\n",
            "<!DOCTYPE html><html><title>Sign in to your account</title></html>",
            "the answer is a page",
            "help: something else answered in place of the Web API",
        ),
        (
            200,
            "Content-Type: application/json\r\n",
            r#"{"@odata.context": "x", "value": [{"LogicalName": "acc"#,
            "EOF",
            "help: something else answered",
        ),
        (302, "Location: https://login.example/authorize\r\n", "", "302", "help: "),
        (404, "", "", "404", "help: check `url` in `[org]`: the address has no Web API of Dataverse"),
    ] {
        let org = FakeOrg::start(move |_| Answer::Text(status, headers, body.to_owned()));
        project.edit(&url, &org.url);
        url.clone_from(&org.url);
        for command in ["pull", "check"] {
            let (code, out, error) = project.run(&[command]);
            assert_eq!((code, out.as_str()), (3, ""), "{status} {command}: {error}");
            assert!(error.contains(problem) && error.contains(help), "{status} {command}: {error}");
        }
        assert!(files(&project) == before, "{status}");
    }
    let login: Vec<_> =
        fs::read_dir(project.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!login.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{login:?}");
}

#[test]
fn a_pull_that_fails_half_way_changes_no_file() {
    let project = Project::new(&[MACHINE], r#"["new_machine", "team", "account", "contact"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    let before = files(&project);
    let address = project.address();
    let tables = AtomicUsize::new(0);
    let org = FakeOrg::start(move |seen| {
        let is_table = seen.target.contains("(LogicalName=") && seen.target.contains("$expand=Attributes");
        match is_table && tables.fetch_add(1, Ordering::Relaxed) == 2 {
            true => Answer::Text(500, "", String::new()),
            false => Answer::Of(address),
        }
    });
    project.use_org(&org.url);
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!(code, 3);
    assert!(
        error.starts_with("error: the table `") && error.contains("500 Internal Server Error"),
        "{error}"
    );
    assert!(files(&project) == before);
}

#[test]
fn no_network_and_wrong_addresses() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("dataverse.toml");
    let pull = |url: &str| {
        fs::write(&path, format!("tables = [\"team\"]\n[org]\nurl = \"{url}\"\ntoken = \"none\"\n")).unwrap();
        let (code, _, error) = run(directory.path(), &["pull"]);
        (code, error)
    };
    // A port that nobody listens on.
    let (code, error) = pull("http://127.0.0.1:1");
    assert_eq!(code, 3, "{error}");
    assert!(error.contains("help: check `url` in `[org]`, the network, and the proxy"), "{error}");
    for (url, words) in [
        (
            "https://make.powerapps.com/environments/Default-1/home",
            "`make.powerapps.com` is a portal, not an org\nhelp: write the address of the environment",
        ),
        ("https://contoso.crm4.dynamics.com/main.aspx", "write `https://contoso.crm4.dynamics.com`"),
        (
            "https://contoso.crm4.dynamics.com/api/data",
            "it names the Web API without a version; write `https://contoso.crm4.dynamics.com`",
        ),
        ("contoso.crm4.dynamics.com", "it has no scheme"),
        ("http://contoso.crm4.dynamics.com", "is not an https address"),
    ] {
        let (code, error) = pull(url);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(words), "{error}");
    }
    assert!(!directory.path().join("dataverse").exists());
}

#[test]
fn names_that_the_org_does_not_have() {
    let project = Project::new(&[MACHINE], r#"["new_machin"]"#);
    for (before, after, problem, help) in [
        ("", "", "the table `new_machin`", "did you mean `new_machine`?"),
        ("new_machin", "contoso_*", "a table whose name matches `contoso_*`", "write another pattern"),
        (
            "contoso_*",
            "entirely_other",
            "the table `entirely_other`",
            "write logical names, such as `account`",
        ),
    ] {
        project.edit(before, after);
        let (code, _, error) = project.run(&["pull"]);
        assert_eq!(code, 2, "{error}");
        assert!(
            error.starts_with(&format!("error: the org does not have {problem}\nhelp: {help}")),
            "{error}"
        );
    }
    assert!(!project.path("dataverse").exists());
}
