//! Hostile texts, and every place of a request that may have them.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::naive::encoded;

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

/// Returns a hostile text, or several of them joined.
pub(super) fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => select(HOSTILE.to_vec()).prop_map(str::to_owned),
        2 => proptest::collection::vec(select(HOSTILE.to_vec()), 2..4).prop_map(|all| all.concat()),
        1 => "[ -~]{0,12}",
        1 => any::<String>().prop_map(|text| text.replace('\0', "")),
        1 => (select(HOSTILE.to_vec()), 100..600_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
}

/// Puts a text into every place of a URL.
pub(super) fn targets(text: &str, account: &str) -> Vec<String> {
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
pub(super) fn fetches(text: &str) -> Vec<String> {
    let attribute = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let query = "<fetch page='1' count='5' paging-cookie='@' aggregate='false'><entity name='account'>\
        <attribute name='name' alias='a'/><order attribute='name' descending='false'/>\
        <filter type='and'><condition attribute='name' operator='eq' value='a'/>\
        <condition attribute='createdon' operator='last-x-days' value='3'/>\
        <condition attribute='numberofemployees' operator='in'><value>1</value></condition></filter></entity></fetch>";
    let aggregate = "<fetch aggregate='true'><entity name='account'><attribute name='name' groupby='true' alias='g'/>\
        <attribute name='revenue' aggregate='sum' alias='s'/><order alias='g'/></entity></fetch>";
    let links = "<fetch distinct='true' top='3'><entity name='account'><attribute name='name'/><order entityname='c' \
        attribute='fullname'/><filter><condition entityname='c' attribute='fullname' operator='eq' valueof='d.fullname'/><link-entity \
        name='contact' from='parentcustomerid' to='accountid' link-type='any'/></filter><link-entity name='contact' from='contactid' \
        to='primarycontactid' link-type='outer' alias='c'><attribute name='fullname'/></link-entity><link-entity name='contact' \
        from='contactid' to='primarycontactid' link-type='matchfirstrowusingcrossapply' alias='d'/></entity></fetch>";
    let mut all = vec![text.to_owned(), query.replace("<value>1<", &format!("<value>{attribute}<"))];
    for query in [query, aggregate, links] {
        let parts: Vec<&str> = query.split('\'').collect();
        for index in (1..parts.len()).step_by(2) {
            let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            parts[index] = attribute.clone();
            all.push(parts.join("\""));
            all.push(parts.join("\"").replace("page=\"1\"", "page=\"2\""));
        }
    }
    all
}

/// Puts a text into every place of a body.
pub(super) fn bodies(text: &str) -> Vec<Json> {
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
