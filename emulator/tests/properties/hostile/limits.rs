//! Requests that are too long, too many or nested too deeply.

use serde_json::json;

use super::witness::Witnessed;
use crate::naive::encoded;

/// The service refuses what is too much for the database.
#[test]
fn too_large_queries_are_refused() {
    let witnessed = Witnessed::new();
    let mut failed = Vec::new();
    let path = |depth: usize| "parentaccountid/".repeat(depth);
    let many = |one: &str, times: usize| vec![one; times].join(",");
    for target in [
        format!("accounts?$filter={}name%20eq%20'a'", path(30)),
        format!("accounts?$filter={}name%20eq%20'a'", path(300)),
        format!("accounts?$orderby={}name", path(300)),
        format!("accounts?$apply=groupby(({}name))", path(300)),
        format!("accounts?$filter={}Account_Tasks/any()", path(300)),
        format!("accounts?$orderby={}", many("name", 3000)),
        format!("accounts?$orderby={}", many("name", 200)),
        format!("accounts?$select={}", many("name", 3000)),
        format!("accounts?$apply=groupby(({}))", many("name", 3000)),
        format!("accounts?$apply=aggregate({})", many("$count%20as%20a", 1500)),
        format!("accounts?$expand={}", many("Account_Tasks", 2000)),
        format!("accounts?$filter={}name%20eq%20'a'", "name%20eq%20'a'%20or%20".repeat(1000)),
        format!("accounts?$filter={}name%20eq%20'a'{}", "(".repeat(99), ")".repeat(99)),
        format!("accounts?$filter={}name%20eq%20'a'{}", "not%20(".repeat(50), ")".repeat(50)),
        format!("accounts?$filter={}name%20eq%20'a'", "not%20".repeat(5000)),
        format!(
            "accounts?$filter={}name%20eq%20'a'{}",
            "(name%20ne%20'b'%20and%20(fax%20eq%20null%20or%20".repeat(49),
            "))".repeat(49)
        ),
        format!(
            "accounts?$filter={}name%20eq%20'a'{}",
            "account_parent_account/any(a:a/".repeat(80),
            ")".repeat(80)
        ),
        format!(
            "accounts?$filter={}",
            many("contains(name,'a')", 900).replace(',', "%20or%20").replace("name%20or%20", "name,")
        ),
        format!("accounts?$filter=contains(name,'{}')", "%25a".repeat(5000)),
        format!(
            "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=%5B{}%5D)",
            many("%22a%22", 3500)
        ),
    ] {
        let api = witnessed.api.with("Prefer", "odata.maxpagesize=1");
        for target in [&target, &format!("{target}&$count=true")] {
            let answer = api.send("GET", target, "");
            let status = answer.status.as_u16();
            if status >= 500 && status != 501 {
                failed.push(format!(
                    "{} … {target:.100} ({} characters): {:.200}",
                    answer.status,
                    target.len(),
                    answer.text()
                ));
            }
        }
    }
    witnessed.unchanged();
    assert_eq!(failed, Vec::<String>::new());
}

/// Reads a property through a record that is its own parent, this many times.
fn round(depth: usize) {
    let witnessed = Witnessed::new();
    let own = witnessed.api.create("accounts", &json!({"name": "its own parent"}));
    let itself = json!({"parentaccountid@odata.bind": format!("/accounts({own})")});
    witnessed.api.patch(&format!("accounts({own})"), &itself).expect(204);
    witnessed.get(&format!("accounts({own})/{}name", "parentaccountid/".repeat(depth)));
    witnessed.unchanged();
}

/// Deletes a chain of records.
fn cascade(depth: usize) {
    let witnessed = Witnessed::new();
    let first = witnessed.api.create("contacts", &json!({"lastname": "1"}));
    let mut last = first.clone();
    for _ in 0..depth {
        let customer = format!("/contacts({last})");
        last = witnessed.api.create("contacts", &json!({"parentcustomerid_contact@odata.bind": customer}));
    }
    witnessed.send(&witnessed.api, "DELETE", &format!("contacts({first})"), String::new());
    witnessed.unchanged();
}

fn path_in_filter(depth: usize) {
    Witnessed::new().get(&format!("accounts?$filter={}name%20eq%20'a'", "parentaccountid/".repeat(depth)));
}

#[test]
fn deeply_nested_brackets_and_elements() {
    let witnessed = Witnessed::new();
    let deep = |open: &str, close: &str, times: usize| {
        encoded(&format!("{}{}", open.repeat(times), close.repeat(times)))
    };
    for target in [
        format!("accounts?fetchXml={}", encoded(&"<a>".repeat(3000))),
        format!("accounts?fetchXml={}", deep("<a>", "</a>", 1300)),
        format!("accounts?$expand={}", deep("Account_Tasks($expand=", ")", 500)),
        format!("accounts?$apply={}", deep("filter(", ")", 1500)),
        format!("accounts?$filter={}", deep("name eq 'a' and (", ")", 900)),
        format!("accounts?$filter={}", deep("contains(", ")", 1500)),
        format!("accounts{}", deep("(", ")", 5000)),
    ] {
        witnessed.get(&target);
    }
    witnessed.unchanged();
}

#[test]
fn long_paths_in_filters() {
    path_in_filter(1900);
}

#[test]
fn long_paths_in_urls() {
    round(1900);
}

#[test]
fn long_chains_are_deleted() {
    cascade(600);
}
