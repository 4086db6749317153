//! Changes as requests.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::model::Change::{self, *};
use super::model::{Key, Match, id, set_of, url};
use crate::support::Api;

/// A request on the wire.
pub(super) struct Sent {
    pub(super) method: &'static str,
    pub(super) target: String,
    pub(super) header: Option<(&'static str, String)>,
    pub(super) body: Option<Json>,
}

/// Returns the header of a condition; `etag` is the record's, if it exists.
fn condition(matched: Match, etag: Option<&String>) -> Option<(&'static str, String)> {
    match matched {
        Match::Anything => None,
        Match::Something => Some(("If-Match", "*".to_owned())),
        Match::Nothing => Some(("If-None-Match", "*".to_owned())),
        Match::ThisVersion => Some(("If-Match", etag.cloned().unwrap_or("W/\"1\"".to_owned()))),
        Match::AnotherVersion => Some(("If-Match", "W/\"1\"".to_owned())),
    }
}

/// Returns the request of a change; `etags` are those of the existing records.
pub(super) fn sent(change: &Change, etags: &BTreeMap<Key, String>) -> Sent {
    let header = |key: &Key, matched: Match| condition(matched, etags.get(key));
    let (method, target, header, body) = match change {
        Create(key, name) => {
            let (set, primary, column) = set_of(*key);
            ("POST", set.to_owned(), None, Some(json!({primary: id(key.1), column: name})))
        }
        Upsert(key, name, matched) => {
            ("PATCH", url(*key), header(key, *matched), Some(json!({set_of(*key).2: name})))
        }
        Put(key, name, matched) => {
            let body = name.as_ref().map(|name| json!({"value": name}));
            let method = if body.is_some() { "PUT" } else { "DELETE" };
            (method, format!("{}/{}", url(*key), set_of(*key).2), header(key, *matched), body)
        }
        Delete(key, matched) => ("DELETE", url(*key), header(key, *matched), None),
        Bind(key, target) => {
            let property = match (key, target) {
                (("accounts", _), _) => "primarycontactid",
                (_, Some(("accounts", _))) => "parentcustomerid_account",
                _ => "parentcustomerid_contact",
            };
            let target = target.map(|target| format!("/{}", url(target)));
            ("PATCH", url(*key), None, Some(json!({format!("{property}@odata.bind"): target})))
        }
        Refer(account, contact) => {
            let body = contact.map(|contact| json!({"@odata.id": absolute(("contacts", contact))}));
            let method = if body.is_some() { "PUT" } else { "DELETE" };
            (method, format!("{}/primarycontactid/$ref", url(("accounts", *account))), None, body)
        }
        Join(contact, account, true) => {
            let body = json!({"@odata.id": absolute(("accounts", *account))});
            (
                "POST",
                format!("{}/account_primary_contact/$ref", url(("contacts", *contact))),
                None,
                Some(body),
            )
        }
        Join(contact, account, false) => {
            let collection = format!("{}/account_primary_contact", url(("contacts", *contact)));
            ("DELETE", format!("{collection}({})/$ref", id(*account)), None, None)
        }
        Pair(one, other, yes, turned) => {
            let (one, other) = (("opportunities", *one), ("competitors", *other));
            let (one, other) = if *turned { (other, one) } else { (one, other) };
            let collection = format!("{}/opportunitycompetitors_association", url(one));
            match (yes, turned) {
                (true, _) => {
                    ("POST", format!("{collection}/$ref"), None, Some(json!({"@odata.id": absolute(other)})))
                }
                (false, true) => ("DELETE", format!("{collection}({})/$ref", id(other.1)), None, None),
                (false, false) => {
                    ("DELETE", format!("{collection}/$ref?$id={}", absolute(other)), None, None)
                }
            }
        }
    };
    Sent { method, target, header, body }
}

/// Returns a request as a part of a batch.
pub(super) fn part(boundary: &str, number: usize, sent: &Sent) -> String {
    let header = sent.header.as_ref().map_or(String::new(), |(name, value)| format!("{name}: {value}\r\n"));
    let body = sent.body.as_ref().map_or(String::new(), Json::to_string);
    format!(
        "--{boundary}\r\nContent-Type: application/http\r\nContent-ID: {number}\r\n\r\n{} {} HTTP/1.1\r\n{header}\r\n{body}\r\n",
        sent.method, sent.target
    )
}

/// Returns the status of a batch, and the statuses of its parts.
pub(super) fn batch(api: &Api, body: String) -> (u16, Vec<u16>) {
    let answer = api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", body);
    let text = answer.text();
    let statuses = text.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 "));
    (answer.status.as_u16(), statuses.map(|line| line[..3].parse().unwrap()).collect())
}

/// Returns the absolute URL of a record, which references need.
fn absolute(key: Key) -> String {
    format!("https://emulator.crm.dynamics.com/api/data/v9.2/{}", url(key))
}
