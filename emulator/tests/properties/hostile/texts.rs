//! No text gets out of its place: what means something to SQL, OData, XML, JSON or paths does nothing where it does not
//! belong, and comes back as it was where it is a value.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::naive::{encoded, folded, ids, letters, like};
use crate::support::{Answer, Api};

const HOSTILE: [&str; 40] = [
    "'; DROP TABLE \"t:account\"; --",
    "' or '1' eq '1",
    "x' or name ne 'x",
    "\" OR \"\"=\"",
    "') or (name ne '",
    "1;DELETE FROM \"t:account\"",
    "1) OR 1=1 --",
    "/* */",
    "?1",
    ":name",
    "r.\"@version\"",
    "@version",
    "@row",
    "ownerid@type",
    "\"",
    "''",
    "\\",
    "\\\"}",
    "\\u0000",
    "]]>",
    "<a b='c'/>&amp;&#0;",
    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
    "%27%22%3B%00",
    "%",
    "%zz",
    "[%_]",
    "../",
    "../../../etc/passwd",
    "$filter",
    "$batch",
    "$1",
    "(((((",
    ")",
    "a\u{7f}b\u{1}c\u{1b}[0m",
    "\r\nInjected: yes\r\n\r\n",
    "\r\n--b--\r\n",
    "@p1",
    "NULL",
    "-9223372036854775808",
    "😀\u{202e}'",
];

/// A hostile text, or several of them together.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => select(HOSTILE.to_vec()).prop_map(str::to_owned),
        2 => proptest::collection::vec(select(HOSTILE.to_vec()), 2..4).prop_map(|all| all.concat()),
        1 => "[ -~]{0,12}",
        1 => any::<String>().prop_map(|text| text.replace('\0', "")),
        1 => (select(HOSTILE.to_vec()), 100..600_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
}

/// A service with a witness: an account, its contact and its task, which nothing changes.
struct Witnessed {
    api: Api,
    account: String,
    before: Vec<Vec<Json>>,
}

impl Witnessed {
    fn new() -> Self {
        let api = Api::new();
        let account = api.create(
            "accounts",
            &json!({"name": "witness", "fax": "1", "primarycontactid": {"lastname": "contact"}, "Account_Tasks": [{"subject": "task"}]}),
        );
        let mut witnessed = Self { api, account, before: Vec::new() };
        witnessed.before = witnessed.all();
        witnessed
    }

    /// All accounts, contacts, tasks and users, with all their columns.
    fn all(&self) -> Vec<Vec<Json>> {
        let sets = ["accounts?$expand=Account_Tasks", "contacts", "tasks", "systemusers", "businessunits"];
        sets.iter().map(|set| self.api.rows(set)).collect()
    }

    /// Sends a request that has to be answered by something better than a failure of the service.
    #[track_caller]
    fn send(&self, api: &Api, method: &str, target: &str, body: String) -> Answer {
        let answer = api.send(method, target, body.clone());
        let status = answer.status.as_u16();
        assert!(
            (200..500).contains(&status) || status == 501,
            "{method} {target:.300} {body:.300}: {status} {:.600}",
            answer.text()
        );
        assert!(!answer.headers.contains_key("injected"));
        answer
    }

    #[track_caller]
    fn get(&self, target: &str) -> Answer {
        self.send(&self.api, "GET", target, String::new())
    }

    /// What was there is there as it was, whatever else was created.
    #[track_caller]
    fn unchanged(&self) {
        let mut now = self.all();
        for (now, before) in now.iter_mut().zip(&self.before) {
            now.truncate(before.len());
        }
        assert_eq!(now, self.before);
    }
}

/// Puts a text into every place of a URL.
fn targets(text: &str, account: &str) -> Vec<String> {
    let (raw, literal) = (encoded(text), encoded(&format!("'{}'", text.replace('\'', "''"))));
    let list = encoded(&serde_json::to_string(&[text]).unwrap());
    vec![
        raw.clone(),
        format!("{raw}/{raw}"),
        format!("accounts/{raw}"),
        format!("accounts({raw})"),
        format!("accounts({literal})"),
        format!("accounts(name={literal})"),
        format!("accounts(accountid={raw})"),
        format!("accounts({raw}={account})"),
        format!("accounts({account})/{raw}"),
        format!("accounts({account})/name/{raw}"),
        format!("accounts({account})/Account_Tasks({raw})"),
        format!("accounts({account})/Account_Tasks/$ref?$id={raw}"),
        format!("accounts({account})/Microsoft.Dynamics.CRM.{raw}"),
        format!("accounts({account})?$select={raw}"),
        format!("accounts({account})?$expand={raw}"),
        format!("accounts?$select={raw}"),
        format!("accounts?$select=name,{raw}"),
        format!("accounts?$orderby={raw}"),
        format!("accounts?$orderby=name%20{raw}"),
        format!("accounts?$orderby=primarycontactid/{raw}"),
        format!("accounts?$filter={raw}"),
        format!("accounts?$filter=name%20eq%20{raw}"),
        format!("accounts?$filter=name%20{raw}%20'a'"),
        format!("accounts?$filter={raw}%20eq%201"),
        format!("accounts?$filter=name%20eq%20{literal}"),
        format!("accounts?$filter=accountid%20eq%20{literal}"),
        format!("accounts?$filter=numberofemployees%20eq%20{literal}"),
        format!("accounts?$filter=primarycontactid/{raw}%20eq%20'a'"),
        format!("accounts?$filter=contains(name,{literal})"),
        format!("accounts?$filter=contains({raw},'a')"),
        format!("accounts?$filter=name%20eq%20@p1&@p1={raw}"),
        format!("accounts?$filter=name%20eq%20@{raw}&@{raw}={literal}"),
        format!("accounts?$filter=Account_Tasks/any({raw}:{raw}/subject%20eq%20'a')"),
        format!("accounts?$filter=Account_Tasks/any(t:t/{raw}%20eq%20{literal})"),
        format!("accounts?$filter={raw}/any()"),
        format!(
            "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName={literal},PropertyValues=%5B%221%22%5D)"
        ),
        format!("accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues={list})"),
        format!("accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='createdon',PropertyValues={list})"),
        format!("accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues={raw})"),
        format!(
            "accounts?$filter=Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue={literal})"
        ),
        format!(
            "accounts?$filter=Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue={raw})"
        ),
        format!(
            "accounts?$filter=Microsoft.Dynamics.CRM.InFiscalYear(PropertyName='createdon',PropertyValue={literal})"
        ),
        format!("accounts?$filter=Microsoft.Dynamics.CRM.{raw}(PropertyName='name')"),
        format!("accounts?$expand={raw}"),
        format!("accounts?$expand=Account_Tasks({raw})"),
        format!("accounts?$expand=Account_Tasks($select={raw})"),
        format!("accounts?$expand=Account_Tasks($orderby={raw})"),
        format!("accounts?$expand=Account_Tasks($top={raw})"),
        format!("accounts?$expand=Account_Tasks($filter={raw})"),
        format!("accounts?$expand=Account_Tasks($filter=subject%20eq%20{literal})"),
        format!("accounts?$expand=primarycontactid($expand={raw})"),
        format!("accounts?$apply={raw}"),
        format!("accounts?$apply=filter({raw})/aggregate($count%20as%20a)"),
        format!("accounts?$apply=filter(name%20eq%20{literal})/aggregate($count%20as%20{raw})"),
        format!("accounts?$apply=groupby(({raw}))"),
        format!("accounts?$apply=groupby((name),aggregate(revenue%20with%20sum%20as%20{raw}))"),
        format!("accounts?$apply=groupby((name))&$orderby={raw}"),
        format!("accounts?$apply=aggregate({raw}%20with%20sum%20as%20a)"),
        format!("accounts?$apply=aggregate(revenue%20with%20{raw}%20as%20a)"),
        format!("accounts?$skiptoken={raw}"),
        format!(
            "accounts?$skiptoken={}",
            encoded(&format!("<cookie pagenumber=\"2\" pagingcookie=\"{text}\" />"))
        ),
        format!("accounts?$deltatoken={raw}"),
        format!("accounts?$top={raw}"),
        format!("accounts?$count={raw}"),
        format!("accounts?{raw}={raw}"),
        format!("accounts?fetchXml={raw}"),
        format!("EntityDefinitions(LogicalName={literal})"),
        format!("EntityDefinitions(LogicalName='account')/Attributes({raw})"),
        format!("EntityDefinitions?$filter=LogicalName%20eq%20{literal}&$select={raw}"),
        format!("WhoAmI({raw})"),
        format!("RetrieveTotalRecordCount(EntityNames={list})"),
        format!("accounts({account})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Principal=@p)?@p={raw}"),
    ]
}

/// Puts a text into every attribute of a FetchXML query, one after the other.
fn fetches(text: &str) -> Vec<String> {
    let attribute = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let query = "<fetch page='1' count='5' paging-cookie='@' aggregate='false'><entity name='account'>\
        <attribute name='name' alias='a'/><order attribute='name' descending='false'/>\
        <filter type='and'><condition attribute='name' operator='eq' value='a'/>\
        <condition attribute='createdon' operator='last-x-days' value='3'/>\
        <condition attribute='numberofemployees' operator='in'><value>1</value></condition></filter></entity></fetch>";
    let aggregate = "<fetch aggregate='true'><entity name='account'><attribute name='name' groupby='true' alias='g'/>\
        <attribute name='revenue' aggregate='sum' alias='s'/><order alias='g'/></entity></fetch>";
    let mut all = vec![text.to_owned(), query.replace("<value>1<", &format!("<value>{attribute}<"))];
    for query in [query, aggregate] {
        let parts: Vec<&str> = query.split('\'').collect();
        for place in (1..parts.len()).step_by(2) {
            let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            parts[place] = attribute.clone();
            all.push(parts.join("\""));
            all.push(parts.join("\"").replace("page=\"1\"", "page=\"2\""));
        }
    }
    all
}

/// Puts a text into every place of a body.
fn bodies(text: &str) -> Vec<Json> {
    vec![
        json!(text),
        json!([text]),
        json!({text: 1}),
        json!({text: text}),
        json!({text: {text: text}}),
        json!({format!("{text}@odata.bind"): "/contacts(1)"}),
        json!({"primarycontactid@odata.bind": text}),
        json!({"primarycontactid@odata.bind": format!("/contacts({text})")}),
        json!({"Account_Tasks@odata.bind": [text]}),
        json!({"accountid": text}),
        json!({"primarycontactid": {"@odata.type": text}}),
        json!({"primarycontactid": {"@odata.id": text}}),
        json!({"@odata.type": text, "@odata.id": text}),
        json!({"@odata.id": text}),
        json!({"name": {"a": text}}),
        json!({"createdon": text, "overriddencreatedon": text}),
        json!({"revenue": text}),
        json!({"numberofemployees": text}),
        json!({"accountcategorycode": text}),
        json!({"fax": 1, "value": text}),
        json!({"Target": {"@odata.type": text, "accountid": text}}),
        json!({"Targets": [{"@odata.type": text, text: text}]}),
    ]
}

proptest! {
    #![proptest_config(crate::cases(24))]

    #[test]
    fn texts_in_urls_do_nothing(text in hostile()) {
        let witnessed = Witnessed::new();
        for target in targets(&text, &witnessed.account).iter().filter(|target| target.len() < 60_000) {
            witnessed.get(target);
            let api = witnessed.api.with("Prefer", "odata.track-changes");
            witnessed.send(&api, "GET", target, String::new());
        }
        for fetch in fetches(&text) {
            let target = format!("accounts?fetchXml={}", encoded(&fetch));
            if target.len() < 60_000 {
                witnessed.get(&target);
            }
        }
        witnessed.unchanged();
    }

    #[test]
    fn texts_in_bodies_do_nothing(text in hostile()) {
        let witnessed = Witnessed::new();
        let account = format!("accounts({})", witnessed.account);
        for body in bodies(&text) {
            for target in ["accounts", "GrantAccess", "accounts/Microsoft.Dynamics.CRM.CreateMultiple", "UpsertMultiple"] {
                witnessed.send(&witnessed.api, "POST", target, body.to_string());
            }
            // A version that is not there: nothing of this may be carried out.
            let api = witnessed.api.with("If-Match", "W/\"1\"");
            for (method, target) in [("PATCH", account.clone()), ("PUT", format!("{account}/name")), ("DELETE", account.clone())] {
                prop_assert!(witnessed.send(&api, method, &target, body.to_string()).status.is_client_error());
            }
            let answer = witnessed.send(&witnessed.api, "PUT", &format!("{account}/primarycontactid/$ref"), body.to_string());
            prop_assert!(answer.status.is_client_error());
            witnessed.send(&witnessed.api, "POST", &format!("{account}/Account_Tasks/$ref"), body.to_string());
        }
        for body in [text.clone(), format!("{{\"name\":{text}}}"), format!("{{\"name\":\"{text}"), format!("{{{text}")] {
            let answer = witnessed.send(&witnessed.api, "POST", "accounts", body);
            prop_assert!(answer.status.is_client_error() || serde_json::from_str::<Json>(&text).is_ok());
        }
        witnessed.unchanged();
    }

    #[test]
    fn texts_in_headers_and_batches_do_nothing(text in hostile()) {
        let witnessed = Witnessed::new();
        let api = &witnessed.api;
        for header in ["MSCRMCallerID", "CallerObjectId", "If-Match", "If-None-Match", "Prefer", "Content-Type", "Accept", "Authorization"] {
            for value in [text.clone(), format!("odata.include-annotations=\"{text}\""), format!("odata.maxpagesize={text}"), format!("multipart/mixed; boundary={text}")] {
                if http::HeaderValue::from_str(&value).is_err() {
                    continue;
                }
                let api = api.with(header, &value);
                witnessed.send(&api, "GET", "accounts?$top=1", String::new());
                witnessed.send(&api, "GET", &format!("accounts({})", witnessed.account), String::new());
                witnessed.send(&api, "POST", "$batch", format!("--{text}\r\n\r\n{text}\r\n--{text}--"));
            }
        }
        let api = api.with("Content-Type", "multipart/mixed; boundary=b");
        let part = "--b\r\nContent-Type: application/http\r\n";
        for body in [
            text.clone(),
            format!("--b\r\n{text}\r\n--b--"),
            format!("--b\r\nContent-Type: {text}\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}Content-ID: {text}\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}\r\n{text}\r\n\r\n\r\n--b--"),
            format!("{part}\r\nGET {text} HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}\r\n{text} accounts HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}\r\nGET accounts HTTP/1.1\r\nMSCRMCallerID: {text}\r\n\r\n\r\n--b--"),
            format!("{part}\r\nGET accounts?$filter=name eq {text} HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("--b\r\nContent-Type: multipart/mixed; boundary={text}\r\n\r\n--{text}\r\n\r\n--{text}--\r\n--b--"),
        ] {
            witnessed.send(&api, "POST", "$batch", body);
        }
        witnessed.unchanged();
    }

    #[test]
    fn values_come_back_and_are_found(texts in proptest::collection::vec(hostile(), 1..6)) {
        let api = Api::new();
        // The column has an end; and folding by hand is for ASCII alone.
        let short: Vec<String> = texts.iter().map(|text| text.chars().take(60).collect()).collect();
        let rows: Vec<(String, &String)> =
            short.iter().map(|text| (api.create("accounts", &json!({"name": text})), text)).collect();
        for (id, text) in &rows {
            prop_assert_eq!(&api.get(&format!("accounts({id})")).json()["name"], *text);
            let value = api.get(&format!("accounts({id})/name"));
            prop_assert!(text.is_empty() || &value.json()["value"] == *text);
            let literal = encoded(&format!("'{}'", text.replace('\'', "''")));
            let equal = |other: &str| if text.is_ascii() { folded(other) == folded(text) } else { other == *text };
            let expected: Vec<&String> = rows.iter().filter(|(_, other)| equal(other)).map(|(id, _)| id).collect();
            for query in [format!("$filter=name%20eq%20{literal}"), format!("$filter=name%20eq%20@p&@p={literal}")] {
                let answer = api.send("GET", &format!("accounts?$select=name&{query}"), "").expect(200).json();
                let found = ids(&answer, "accountid");
                if text.is_ascii() {
                    prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected.clone(), "{:?}", text);
                } else {
                    prop_assert!(expected.iter().all(|id| found.contains(id)), "{:?}", text);
                }
            }
            if text.is_ascii() && !text.contains("[]") && !text.contains("[^]") {
                let answer = api.send("GET", &format!("accounts?$select=name&$filter=contains(name,{literal})"), "");
                let pattern = letters(&format!("%{text}%"));
                let expected = rows.iter().filter(|(_, other)| like(&letters(other), &pattern)).map(|(id, _)| id);
                let found = ids(&answer.expect(200).json(), "accountid");
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{:?}", text);
            }
            let fetch = format!(
                "<fetch><entity name='account'><filter><condition attribute='accountid' operator='eq' value='{id}'/>\
                 <condition attribute='name' operator='eq' value=\"{}\"/></filter></entity></fetch>",
                text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
            );
            // XML has no control characters, and makes one blank of any other.
            if !text.chars().any(|each| each.is_control() || matches!(each, '\u{fffe}' | '\u{ffff}')) {
                let answer = api.send("GET", &format!("accounts?fetchXml={}", encoded(&fetch)), "").expect(200).json();
                prop_assert_eq!(ids(&answer, "accountid"), std::slice::from_ref(id), "{:?}", text);
            }
        }
    }
}

/// A next link whose parts were changed: it is refused, or is a page like any other.
#[test]
fn skip_tokens_that_were_changed() {
    let witnessed = Witnessed::new();
    for name in ["a", "b", "c"] {
        witnessed.api.create("accounts", &json!({"name": name, "revenue": 1, "numberofemployees": 1}));
    }
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
        // The token of one query with another.
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
        for place in (0..link.len()).step_by(7) {
            let mut changed = link.clone().into_bytes();
            changed[place] = if changed[place] == b'3' { b'4' } else { b'3' };
            witnessed.send(&pages, "GET", &String::from_utf8(changed).unwrap(), String::new());
        }
    }
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

/// What is too much for the database is refused.
#[test]
fn queries_that_are_too_much() {
    let witnessed = Witnessed::new();
    let mut failed = Vec::new();
    let path = |levels: usize| "parentaccountid/".repeat(levels);
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

/// A path through a record that leads to itself.
fn round(levels: usize) {
    let witnessed = Witnessed::new();
    let own = witnessed.api.create("accounts", &json!({"name": "its own parent"}));
    let itself = json!({"parentaccountid@odata.bind": format!("/accounts({own})")});
    witnessed.api.patch(&format!("accounts({own})"), &itself).expect(204);
    witnessed.get(&format!("accounts({own})/{}name", "parentaccountid/".repeat(levels)));
    witnessed.unchanged();
}

/// A deletion that goes from record to record.
fn cascade(levels: usize) {
    let witnessed = Witnessed::new();
    let first = witnessed.api.create("contacts", &json!({"lastname": "1"}));
    let mut last = first.clone();
    for _ in 0..levels {
        let customer = format!("/contacts({last})");
        last = witnessed.api.create("contacts", &json!({"parentcustomerid_contact@odata.bind": customer}));
    }
    witnessed.send(&witnessed.api, "DELETE", &format!("contacts({first})"), String::new());
    witnessed.unchanged();
}

fn path_in_filter(levels: usize) {
    Witnessed::new().get(&format!("accounts?$filter={}name%20eq%20'a'", "parentaccountid/".repeat(levels)));
}

#[test]
fn brackets_and_elements_in_one_another() {
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
fn long_chains_that_are_deleted() {
    cascade(600);
}
