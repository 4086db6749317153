//! A batch as a user would write and read it: text put together, the answer split at its boundary.

use core::fmt::Write;

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::{Response, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::batch_data::BatchInput;

#[derive(Serialize)]
struct EventCreate<'a> {
    #[serde(rename = "msdyn_name")]
    name: &'a str,
    #[serde(rename = "msdyn_omnichannelsession@odata.bind")]
    session: String,
}

#[derive(Debug, PartialEq, Deserialize)]
pub struct Line {
    #[serde(rename = "@odata.etag")]
    pub etag: Option<String>,
    #[serde(rename = "msdyn_name")]
    pub name: Option<String>,
    #[serde(rename = "createdon")]
    pub created_on: Option<Timestamp>,
    #[serde(rename = "msdyn_omnichannelsession")]
    pub session: Option<Session>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub struct Session {
    pub subject: Option<String>,
}

#[derive(Debug, PartialEq)]
pub enum Reply {
    Created(Uuid),
    Read(Line),
}

pub fn write(wanted: &BatchInput) -> Vec<u8> {
    const PART: &str =
        "--batch_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    const SET: &str = "/api/data/v9.2/msdyn_sessionevents";
    let mut body = String::new();
    for (name, event) in wanted.names.iter().zip(&wanted.events) {
        let create = EventCreate { name, session: format!("/msdyn_ocsessions({})", wanted.session) };
        let _ = write!(
            body,
            "{PART}POST {SET} HTTP/1.1\r\nAccept: application/json\r\nContent-Type: application/json\r\n\r\n{}\r\n",
            serde_json::to_string(&create).expect("a body")
        );
        let _ = write!(
            body,
            "{PART}GET {SET}({event})?$select=msdyn_name,createdon\
             &$expand=msdyn_omnichannelsession($select=subject) HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n"
        );
    }
    body.push_str("--batch_1--\r\n");
    body.into_bytes()
}

/// Returns `None` if the answer cannot be read or a part failed.
pub fn read(answer: &Response<Bytes>) -> Option<Vec<Reply>> {
    let content_type = answer.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    let boundary = format!("--{}", content_type.split_once("boundary=")?.1);
    let body = str::from_utf8(answer.body()).ok()?;
    let (parts, _) = body.rsplit_once(&format!("{boundary}--"))?;
    parts.split(boundary.as_str()).skip(1).map(reply).collect()
}

fn reply(part: &str) -> Option<Reply> {
    let (_, response) = part.split_once("\r\n\r\n")?;
    let (head, body) = response.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    match lines.next()?.split(' ').nth(1)? {
        "200" => Some(Reply::Read(serde_json::from_str(body.trim_end()).ok()?)),
        "204" => {
            let mut headers = lines.filter_map(|line| line.split_once(": "));
            let (_, link) = headers.find(|(name, _)| name.eq_ignore_ascii_case("OData-EntityId"))?;
            let id = link.rsplit_once('(')?.1.strip_suffix(')')?;
            Some(Reply::Created(id.parse().ok()?))
        }
        _ => None,
    }
}
