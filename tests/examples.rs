//! The examples run, and print what they promise.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Builds the examples and returns their folder. The features are those of `cargo test --workspace`, so that
/// nothing is compiled twice.
fn built() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let status = Command::new(env!("CARGO"))
            .args(["build", "-q", "--workspace", "--examples", "--bin", "own_table"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the examples do not compile");
        // This test is in `deps`, next to `examples`.
        let test = env::current_exe().expect("this test has a path");
        test.ancestors().nth(2).expect("a target folder").to_owned()
    })
}

fn output(program: &Path, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the example runs")
}

fn run(example: &str, arguments: &[&str]) -> Output {
    output(&built().join("examples").join(example), arguments)
}

fn stdout(example: &str) -> String {
    printed(run(example, &[]))
}

fn printed(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn session_event_tells_the_whole_story() {
    let shown = stdout("session_event");
    for part in [
        "/api/data/v9.2/, as user ",
        "“Invoice question”, 3 events",
        "page 2  Lost parcel      AgentAccepted",
        "1 ended a session",
        "second: The version of the existing record doesn't match the RowVersion property provided. (0x80060882)",
        "owner:  Night shift",
        "Ada:    may not read it",
        "Ada:    reads “First” with",
        "valid: true; now Inactive, Inactive",
        "refused, and nothing is left of it: A validation error occurred. The length of the 'msdyn_name' attribute",
        "1 session of that subject",
        "2000 created",
        "3 sessions deleted, events: 2007 before, 2000 after",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn with_your_tests_does_its_work() {
    assert_eq!(stdout("with_your_tests"), "2 events closed\n");
}

#[test]
fn joins_groups_and_lists_across_tables() {
    let shown = stdout("joins");
    for part in [
        "<link-entity name=\"msdyn_ocsession\" from=\"activityid\" to=\"msdyn_omnichannelsession\" link-type=\"inner\"",
        "Lost parcel       AgentInviteRejected  2  2026-03-04T10:30:00Z",
        "Event 2 of Invoice question",
        "1 without an end",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn bodies_reads_a_page_and_shows_the_bodies() {
    let shown = stdout("bodies");
    let accepted = shown.lines().find(|line| line.contains("Accepted")).expect("a row");
    for part in
        ["2026-03-02T09:16:44Z", "AgentAccepted", "Ana Ruiz", "Invoice question – live chat", "Active"]
    {
        assert!(accepted.contains(part), "{accepted}");
    }
    for line in [
        "8 of 812 events; there are more pages",
        "POST  /msdyn_sessionevents",
        "PATCH /msdyn_sessionevents(6f9619ff-8b86-d011-b42d-00cf4fc96503)",
        r#"{"msdyn_name":"Accepted","msdyn_eventinfo":null,"statecode":1,"statuscode":2}"#,
        "msdyn_sessionevent.msdyn_name: the text is 101 UTF-16 units long, the maximum is 100",
    ] {
        assert!(shown.lines().any(|each| each.trim() == line), "{line}\n{shown}");
    }
}

#[test]
fn metadata_prints_json_or_says_what_there_is() {
    for name in ["businessunit", "msdyn_ocsession", "msdyn_sessionevent", "systemuser", "team"] {
        let json: serde_json::Value = serde_json::from_str(&printed(run("metadata", &[name]))).expect("JSON");
        assert_eq!(json["LogicalName"], name);
    }
    for arguments in [&["account"][..], &[]] {
        let output = run("metadata", arguments);
        assert!(!output.status.success() && output.stdout.is_empty());
        let problem = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            problem.contains("one of businessunit, msdyn_ocsession, msdyn_sessionevent, systemuser, team"),
            "{problem}"
        );
    }
}

#[test]
fn own_table_reads_and_writes() {
    let shown = printed(output(&built().join("own_table"), &[]));
    for part in [
        "GET   ?$select=new_loanid,new_name,new_condition,createdon",
        "condition: Some(Unknown(7))",
        r#"PATCH {"new_name":"Hammer drill","new_condition":null}"#,
        r#"POST  {"new_name":"Ladder"}"#,
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn queries_prints_urls_and_why_one_is_not_sent() {
    let shown = stdout("queries");
    let root = "https://contoso.crm4.dynamics.com/api/data/v9.2/";
    assert_eq!(shown.matches(root).count(), 7, "{shown}");
    for part in [
        "$filter=contains(msdyn_name%2C%20%27100%5B%25%5D%20O%27%27Brien%20%26%20Co%27)",
        "$apply=groupby((msdyn_eventtype)%2C",
        "Dataverse takes no `not` before the query function Today",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn requests_prints_all_13_messages_of_the_reference_page() {
    let shown = stdout("requests");
    let names: Vec<_> = shown.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    // As the page lists them.
    assert_eq!(
        names,
        [
            "Assign",
            "Create",
            "Delete",
            "GrantAccess",
            "IsValidStateTransition",
            "ModifyAccess",
            "Retrieve",
            "RetrieveMultiple",
            "RetrievePrincipalAccess",
            "RetrieveSharedPrincipalsAndAccess",
            "RevokeAccess",
            "SetState",
            "Update",
        ]
    );
    assert_eq!(shown.matches(" HTTP/1.1\nhost: contoso.crm4.dynamics.com\n").count(), 13);
    assert!(!shown.to_lowercase().contains("authorization"));
}

#[test]
fn bulk_load_loads_everything_though_some_requests_are_throttled() {
    let shown = stdout("bulk_load");
    assert!(shown.lines().any(|line| line == "2000 events created, 0 failed"), "{shown}");
}

#[test]
fn bulk_memory_sends_each_row() {
    let shown = printed(run("bulk_memory", &["3000"]));
    assert!(shown.contains("3000 rows, 0 failed, journal "), "{shown}");
}

#[test]
fn large_read_reads_six_times_as_fast_in_eight_ranges() {
    let shown = stdout("large_read");
    for line in ["no order | 20 | 8.00s | ", "one burst | 20 | 8.00s | "] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
}

#[test]
fn read_memory_reads_each_row() {
    let shown = printed(run("read_memory", &["30000"]));
    assert!(shown.contains("30000 of 30000 rows, "), "{shown}");
}
