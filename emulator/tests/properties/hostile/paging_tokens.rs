//! Skip tokens and paging cookies that no server has issued.

use serde_json::json;

use super::witness::Witnessed;
use crate::naive::encoded;

fn with_three_accounts() -> Witnessed {
    let witnessed = Witnessed::new();
    for name in ["a", "b", "c"] {
        witnessed.api.create("accounts", &json!({"name": name, "revenue": 1, "numberofemployees": 1}));
    }
    witnessed
}

/// A changed next link is refused, or answers a page like any other.
#[test]
fn changed_skip_tokens() {
    let witnessed = with_three_accounts();
    let pages = witnessed.api.with("Prefer", "odata.maxpagesize=1");
    for order in [
        "name",
        "revenue",
        "numberofemployees",
        "address1_latitude",
        "createdon",
        "primarycontactid/lastname",
    ] {
        let page = pages.get(&format!("accounts?$select=name&$orderby={order}")).expect(200).json();
        let link = page["@odata.nextLink"].as_str().unwrap().split("/v9.2/").nth(1).unwrap().to_owned();
        for number in ["18446744073709551615", "9223372036854775807", "18446744073709551616", "0", "1", "-1"]
        {
            let changed = link.replace("pagenumber%3D%222%22", &format!("pagenumber%3D%22{number}%22"));
            assert_ne!(changed, link);
            witnessed.send(&pages, "GET", &changed, String::new());
        }
        // The token of one query in another one.
        for other in [
            "",
            "name%20desc",
            "revenue",
            "address1_latitude",
            "creditonhold",
            "primarycontactid/lastname",
            "name,fax",
        ] {
            let token = link.split("$skiptoken=").nth(1).unwrap();
            witnessed.send(
                &pages,
                "GET",
                &format!("accounts?$orderby={other}&$skiptoken={token}"),
                String::new(),
            );
            let api = pages.with("Prefer", "odata.track-changes");
            witnessed.send(&api, "GET", &format!("accounts?$skiptoken={token}"), String::new());
        }
        for index in (0..link.len()).step_by(7) {
            let mut changed = link.clone().into_bytes();
            changed[index] = if changed[index] == b'3' { b'4' } else { b'3' };
            witnessed.send(&pages, "GET", &String::from_utf8(changed).unwrap(), String::new());
        }
    }
}

/// The paging cookie of FetchXML with another page number.
#[test]
fn changed_paging_cookies() {
    let witnessed = with_three_accounts();
    let answer = witnessed.api.with("Prefer", "odata.include-annotations=\"*\"");
    let fetch = |page: &str, cookie: &str| {
        format!(
            "<fetch page='{page}' count='1' paging-cookie='{cookie}'><entity name='account'><attribute name='name'/></entity></fetch>"
        )
    };
    let page =
        answer.send("GET", &format!("accounts?fetchXml={}", encoded(&fetch("1", ""))), "").expect(200).json();
    let cookie = page["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"].as_str().unwrap();
    let cookie = cookie.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    for page in ["2", "18446744073709551615", "9223372036854775807", "0"] {
        witnessed.get(&format!("accounts?fetchXml={}", encoded(&fetch(page, &cookie))));
        witnessed.get(&format!("accounts?fetchXml={}", encoded(&fetch(page, ""))));
    }
}
