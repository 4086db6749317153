//! `diff`: snapshots and orgs.

use std::fs;

use crate::project::{MACHINE, Project};

#[test]
fn snapshots_and_orgs_in_each_combination() {
    let development = Project::new(&[MACHINE], r#"["new_*", "team"]"#);
    assert_eq!(development.run(&["pull"]).0, 0);
    let changed = MACHINE.replace("\"Label\": \"Machine\"", "\"Label\": \"Engine\"");
    assert_ne!(changed, MACHINE);
    let production = Project::new(&[&changed], r#"["new_*", "team"]"#);
    assert_eq!(production.run(&["pull"]).0, 0);
    let other = production.path("dataverse").display().to_string();
    let (first, second) = (development.url(), production.url());
    let expected = "cosmetic   new_machine: the display name in 1033 is now \"Engine\"; it was \"Machine\"\ncosmetic   new_machine.new_machineid: the display name in 1033 is now \"Engine\"; it was \"Machine\"\n2 cosmetic\n";
    for sides in [[first.as_str(), &second], [&first, &other], ["dataverse", &second], ["dataverse", &other]]
    {
        let (code, out, error) = development.run(&["diff", sides[0], sides[1]]);
        assert_eq!((code, out.as_str(), error.as_str()), (0, expected, ""), "{sides:?}");
    }
    let (code, out, _) = development.run(&["diff", &first, "dataverse", "--format", "json"]);
    assert_eq!((code, out.as_str()), (0, "[]\n"));
    // Only the settings say what is denied.
    development.edit("# deny = [\"breaking\"]", "deny = [\"cosmetic\"]");
    assert_eq!(development.run(&["diff", &first, &second]).0, 1);
    assert_eq!(development.run(&["diff", "dataverse", &other]).0, 0);
}

#[test]
fn a_table_that_one_org_lacks_is_a_finding() {
    let development = Project::new(&[MACHINE], r#"["new_machine", "team"]"#);
    let production = Project::new(&[], r#"["team"]"#);
    assert_eq!(development.run(&["pull"]).0, 0);
    let (first, second) = (development.url(), production.url());
    for sides in [[first.as_str(), &second], ["dataverse", &second]] {
        let (code, out, error) = development.run(&["diff", sides[0], sides[1]]);
        assert_eq!((code, error.as_str()), (1, ""));
        assert_eq!(
            out,
            "breaking   new_machine: the table is gone: every request for it is refused\n1 breaking\n"
        );
    }
    let (code, out, _) = development.run(&["diff", &second, &first]);
    assert_eq!((code, out.as_str()), (0, "additive   new_machine: the table is new\n1 additive\n"));
    // What neither has was mistyped.
    development.edit("\"team\"", "\"tam\"");
    let (code, _, error) = development.run(&["diff", &first, &second]);
    assert_eq!(code, 2);
    assert!(
        error.starts_with("error: the org does not have the table `tam`\nhelp: did you mean `team`?"),
        "{error}"
    );
}

#[test]
fn what_cannot_be_compared() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    let (code, _, error) = project.run(&["diff", "dataverse", "elsewhere"]);
    assert_eq!(code, 2);
    assert!(error.starts_with("error: dataverse has no snapshot\nhelp: write a directory"), "{error}");
    project.edit("token = \"none\"", "token = \"environment\"");
    let (code, _, error) =
        project.run(&["diff", "https://dev.crm4.dynamics.com", "https://prod.crm4.dynamics.com"]);
    assert_eq!(code, 2);
    assert!(
        error.starts_with("error: the token of DATAVERSE_TOKEN is for one org, and `diff` reads two\nhelp: "),
        "{error}"
    );
    fs::remove_file(project.path("dataverse.toml")).unwrap();
    let (code, _, error) = project.run(&["diff", "https://dev.crm4.dynamics.com", "dataverse"]);
    assert_eq!(code, 2);
    assert!(error.contains("`cargo dataverse init` writes one"), "{error}");
}
