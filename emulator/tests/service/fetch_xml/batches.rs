use super::data::{encoded, samples};
use crate::support::Api;

pub(super) fn in_batch(api: &Api, target: &str) -> String {
    let body = format!(
        "--batch_AAA123\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET /api/data/v9.2/{target} \
         HTTP/1.1\r\nContent-Type: application/json\r\nOData-Version: 4.0\r\nOData-MaxVersion: 4.0\r\n\r\n--batch_AAA123--\r\n"
    );
    let api = api.with("Content-Type", "multipart/mixed;boundary=batch_AAA123");
    api.send("POST", "$batch", body).text()
}

#[test]
fn a_query_in_a_batch() {
    let text = "<fetch mapping='logical'><entity name='account'><attribute name='accountid'/><attribute name='name'/>\
                <attribute name='telephone1'/><attribute name='accountid'/><attribute name='creditonhold'/></entity></fetch>";
    let target = text.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
    let answer = in_batch(&samples(), &format!("accounts?fetchXml={target}"));
    assert!(
        answer.contains("HTTP/1.1 200 OK")
            && answer.contains("$metadata#accounts(accountid,name,telephone1,creditonhold)"),
        "{answer}"
    );
    assert!(answer.contains("\"name\":\"Litware, Inc. (sample)\",\"creditonhold\":false"), "{answer}");
}

#[test]
fn a_long_query_needs_a_batch() {
    let api = samples();
    let values: String = (0..1900).map(|number| format!("<value>{number:04}</value>")).collect();
    let text = format!(
        "<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='name' operator='not-in'>{values}\
         </condition></filter></entity></fetch>"
    );
    let target = format!("accounts?fetchXml={}", encoded(&text).replace("%2F", "/"));
    assert!((32_768..65_000).contains(&target.len()), "{}", target.len());
    api.send("GET", &target, "").expect(414);
    assert!(in_batch(&api, &target).contains("Litware, Inc. (sample)"));
}
