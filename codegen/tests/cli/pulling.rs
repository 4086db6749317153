//! Which tables `pull` reads, and with which requests.

use std::fs;
use std::io::{Read, Write};
use std::net::SocketAddr;

use crate::project::{MACHINE, Project};
use crate::server::{Answer, FakeOrg};

/// The definition of a table with one option set.
const LOAN: &str = include_str!("../../examples/loan.json");

/// The files of the snapshot.
fn tables(project: &Project) -> Vec<String> {
    let entries = fs::read_dir(project.path("dataverse")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The id of the table that [`MACHINE`] defines.
fn machine_id(project: &Project) -> String {
    assert_eq!(project.run(&["pull"]).0, 0);
    let text = fs::read_to_string(project.path("dataverse/new_machine.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    file["definition"]["MetadataId"].as_str().unwrap().to_owned()
}

#[test]
fn patterns_select_and_exclude() {
    let project = Project::new(&[MACHINE], r#"["team*", "new_*"]"#);
    project.edit("# exclude = []", r#"exclude = ["*template", "teammembership"]"#);
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert_eq!(tables(&project), ["new_machine.json", "team.json"]);
}

/// The definition of a table with a lookup to `new_machine`.
const PART: &str = r#"{
    "LogicalName": "new_part", "SchemaName": "new_Part", "EntitySetName": "new_parts", "OwnershipType": "UserOwned",
    "PrimaryIdAttribute": "new_partid", "PrimaryNameAttribute": "new_name",
    "Attributes": [
        {"LogicalName": "new_partid", "SchemaName": "new_PartId", "AttributeType": "Uniqueidentifier"},
        {"LogicalName": "new_name", "SchemaName": "new_Name", "AttributeType": "String"},
        {"LogicalName": "new_machineid", "SchemaName": "new_MachineId", "AttributeType": "Lookup", "Targets": ["new_machine"]}
    ],
    "ManyToOneRelationships": [{
        "SchemaName": "new_part_new_machine", "ReferencingEntity": "new_part", "ReferencingAttribute": "new_machineid",
        "ReferencedEntity": "new_machine", "ReferencedAttribute": "new_machineid",
        "ReferencingEntityNavigationPropertyName": "new_MachineId",
        "ReferencedEntityNavigationPropertyName": "new_machine_new_part"
    }]
}"#;

#[test]
fn neighbors_are_one_hop_in_each_direction() {
    let project = Project::new(&[MACHINE, PART], "[]");
    project.edit("# neighbors_of = []", r#"neighbors_of = ["new_machine"]"#);
    let (code, _, error) = project.run(&["pull"]);
    assert_eq!((code, error.as_str()), (0, ""));
    // Its lookups point to accounts and contacts, and also to tables that this org does not have.
    assert_eq!(tables(&project), ["account.json", "contact.json", "new_machine.json", "new_part.json"]);
    project.edit("# exclude = []", r#"exclude = ["con*"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(tables(&project), ["account.json", "new_machine.json", "new_part.json"]);
}

/// An org with one solution, whose unique name is `contoso_core`, over the tables of the emulator. The answers have the
/// members of the examples in Microsoft's reference of `solution` and `solutioncomponent`.
fn org_with_a_solution(address: SocketAddr, table: String) -> FakeOrg {
    FakeOrg::start(move |seen| {
        let path = seen.target.trim_start_matches("/api/data/v9.2/").replace("%27", "'");
        let rows = match path.as_str() {
            "solutions?$select=solutionid&$filter=uniquename%20eq%20'contoso_core'" => {
                r#"{"solutionid": "00000001-0000-0000-0001-00000000009b"}"#.to_owned()
            }
            "solutioncomponents?$select=objectid&$filter=_solutionid_value%20eq%2000000001-0000-0000-0001-00000000009b%20and%20componenttype%20eq%201" =>
            {
                format!(r#"{{"objectid": "{}"}}"#, table.to_uppercase())
            }
            "solutions?$select=uniquename,friendlyname&$filter=isvisible%20eq%20true" => {
                r#"{"uniquename": "contoso_core", "friendlyname": "Contoso Core"}"#.to_owned()
            }
            _ if path.starts_with("solution") => String::new(),
            _ => return Answer::Of(address),
        };
        Answer::Text(200, "Content-Type: application/json\r\n", format!(r#"{{"value": [{rows}]}}"#))
    })
}

#[test]
fn a_solution_selects_its_tables() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    let org = org_with_a_solution(project.address(), machine_id(&project));
    project.use_org(&org.url);
    project.edit(r#"tables = ["new_machine"]"#, "");
    project.edit("# solutions = []", r#"solutions = ["contoso_core"]"#);
    let (code, out, error) = project.run(&["pull"]);
    assert_eq!((code, error.as_str()), (0, ""), "{out}");
    assert_eq!(tables(&project), ["new_machine.json"]);
    for (written, advice) in [
        ("Contoso Core", "help: `Contoso Core` is the name that apps show; write `contoso_core`"),
        ("contoso_cor", "help: did you mean `contoso_core`?"),
        ("other", "help: write the unique name of a solution"),
    ] {
        project.edit("contoso_core", written);
        let (code, _, error) = project.run(&["pull"]);
        assert_eq!(code, 2, "{error}");
        assert!(
            error.starts_with(&format!("error: the org does not have the solution `{written}`\n")),
            "{error}"
        );
        assert!(error.contains(advice), "{error}");
        project.edit(written, "contoso_core");
    }
}

#[test]
fn a_pull_asks_for_what_it_uses() {
    let project = Project::new(&[MACHINE, LOAN], r#"["new_*"]"#);
    let address = project.address();
    let org = FakeOrg::start(move |_| Answer::Of(address));
    project.use_org(&org.url);
    assert_eq!(project.run(&["pull"]).0, 0);
    let seen = org.seen();
    let targets: Vec<&str> =
        seen.iter().map(|seen| seen.target.trim_start_matches("/api/data/v9.2/")).collect();
    // The stamp for later checks, then the list of tables.
    assert!(targets[0].starts_with("RetrieveMetadataChanges(Query=@q)?"), "{}", targets[0]);
    assert_eq!(targets[1], "EntityDefinitions?$select=LogicalName,MetadataId");
    let of = |table: &str| {
        let start = format!("EntityDefinitions(LogicalName='{table}')");
        targets.iter().filter(|target| target.starts_with(&start)).count()
    };
    // One for the definition, and one for each kind of column with options.
    assert_eq!(of("new_machine"), 6, "{targets:#?}");
    assert_eq!(of("new_loan"), 2, "{targets:#?}");
    assert!(seen.iter().all(|seen| seen.head.contains("user-agent: cargo-dataverse/")));
}

#[test]
fn progress_is_told_in_few_lines_where_there_is_no_terminal() {
    let many: Vec<String> =
        (0..24).map(|number| LOAN.replace("new_loan", &format!("new_loan{number}"))).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let project = Project::new(&many, r#"["new_*"]"#);
    let (code, out, error) = project.run(&["pull"]);
    assert_eq!(code, 0, "{error}");
    let lines: Vec<&str> = error.lines().collect();
    let total = tables(&project).len();
    assert_eq!(total, 24);
    assert_eq!(lines.len(), 10, "{error}");
    assert_eq!(*lines.last().unwrap(), format!("read {total} of {total} tables"));
    assert_eq!(out, format!("{total} tables in dataverse\n"));
}

#[test]
fn a_table_that_is_no_longer_selected_is_not_gone() {
    let project = Project::new(&[MACHINE, LOAN], r#"["new_machine", "new_loan"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    project.edit(r#"["new_machine", "new_loan"]"#, r#"["new_machine"]"#);
    let note = "note: `new_loan` was not compared, because the settings no longer select it; `cargo dataverse pull` removes it\n";
    // The second check asks only for what has changed.
    for _ in 0..2 {
        let (code, out, error) = project.run(&["check"]);
        assert_eq!((code, out.as_str(), error.as_str()), (0, "no differences\n", note));
    }
    let (code, out, error) = project.run(&["pull"]);
    let removed =
        "1 table in dataverse\nremoved `new_loan`: the settings no longer select it\nno differences\n";
    assert_eq!((code, out.as_str(), error.as_str()), (0, removed, ""));
    assert_eq!(tables(&project), ["new_machine.json"]);
}

#[test]
fn a_table_that_is_no_longer_selected_is_not_gone_from_a_document() {
    let project = Project::new(&[MACHINE], r#"["new_*", "team"]"#);
    fs::write(project.path("metadata.xml"), document(&project)).unwrap();
    assert_eq!(project.run(&["pull", "--metadata", "metadata.xml"]).0, 0);
    project.edit(r#"["new_*", "team"]"#, r#"["team"]"#);
    let (code, out, error) = project.run(&["pull", "--metadata", "metadata.xml"]);
    let removed =
        "1 table in dataverse\nremoved `new_machine`: the settings no longer select it\nno differences\n";
    assert_eq!((code, out.as_str(), error.as_str()), (0, removed, ""));
}

/// What an org answers to `GET …/$metadata`.
fn document(project: &Project) -> String {
    let mut stream = std::net::TcpStream::connect(project.address()).unwrap();
    let address = project.address();
    write!(stream, "GET /api/data/v9.2/$metadata HTTP/1.1\r\nHost: {address}\r\nAccept: application/xml\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer[answer.find("<edmx:").unwrap()..answer.rfind("</edmx:Edmx>").unwrap()].to_owned() + "</edmx:Edmx>"
}

#[test]
fn a_metadata_document_takes_the_place_of_the_org() {
    let project = Project::new(&[MACHINE], r#"["new_*", "team"]"#);
    fs::write(project.path("metadata.xml"), document(&project)).unwrap();
    let address = project.address();
    let org = FakeOrg::start(move |_| Answer::Of(address));
    project.use_org(&org.url);
    let (code, out, error) = project.run(&["pull", "--metadata", "metadata.xml"]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "2 tables in dataverse\n", ""));
    assert_eq!(tables(&project), ["new_machine.json", "team.json"]);
    assert_eq!(org.seen().len(), 0);
    // The settings name it, or its address.
    project.edit("# metadata = \"metadata.xml\"", "metadata = \"metadata.xml\"");
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "no differences\n", ""));
    assert_eq!(org.seen().len(), 0);
    project.edit("\"metadata.xml\"", &format!("\"{}/api/data/v9.2/$metadata\"", org.url));
    let (code, out, error) = project.run(&["check"]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "no differences\n", ""));
    let last = org.seen();
    assert_eq!(last.len(), 1);
    assert!(last[0].target == "/api/data/v9.2/$metadata" && last[0].head.contains("accept: application/xml"));
}

#[test]
fn a_document_does_not_replace_definitions() {
    let project = Project::new(&[MACHINE], r#"["new_*"]"#);
    fs::write(project.path("metadata.xml"), document(&project)).unwrap();
    assert_eq!(project.run(&["pull"]).0, 0);
    let before = fs::read_to_string(project.path("dataverse/new_machine.json")).unwrap();
    let problem = "error: the snapshot has the definition of `new_machine`, of which a `$metadata` document is only a part\n\
                   help: read the definitions from the org (without `metadata`), or give the document a snapshot of its own: \
                   `snapshot` in dataverse.toml\n";
    let pulled = project.run(&["pull", "--metadata", "metadata.xml"]);
    assert_eq!(pulled, (2, String::new(), problem.to_owned()));
    assert_eq!(fs::read_to_string(project.path("dataverse/new_machine.json")).unwrap(), before);
    project.edit("# metadata = \"metadata.xml\"", "metadata = \"metadata.xml\"");
    assert_eq!(project.run(&["check"]), (2, String::new(), problem.to_owned()));
}

#[test]
fn a_document_that_is_none_is_an_error() {
    let project = Project::new(&[MACHINE], r#"["new_*"]"#);
    fs::write(project.path("page.html"), "<!DOCTYPE html><html>Sign in</html>").unwrap();
    fs::write(project.path("cut.xml"), &document(&project)[..2_000]).unwrap();
    for (name, words) in [("page.html", "HTML"), ("cut.xml", "cut.xml: "), ("none.xml", "No such file")] {
        let (code, _, error) = project.run(&["pull", "--metadata", name]);
        assert_eq!(code, 2, "{error}");
        assert!(error.starts_with(&format!("error: {name}: ")) && error.contains(words), "{error}");
        assert!(!project.path("dataverse").exists());
    }
}
