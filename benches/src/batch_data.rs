//! The requests of a batch, and the answer as Dataverse prints it.

use core::fmt::Write;
use std::rc::Rc;

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::Response;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

/// The requests: pairs of an event to create and one to retrieve.
pub struct BatchInput {
    pub names: Vec<String>,
    pub session: Id<OcSession>,
    pub events: Vec<Id<SessionEvent>>,
}

impl BatchInput {
    pub fn new(parts: usize) -> Rc<Self> {
        let pairs = parts.div_ceil(2);
        Rc::new(Self {
            names: (0..pairs).map(|number| format!("Event {number} of a session")).collect(),
            session: id(2, 0).parse().expect("a GUID"),
            events: (0..pairs).map(|number| id(1, number).parse().expect("a GUID")).collect(),
        })
    }
}

pub fn id(kind: usize, number: usize) -> String {
    format!("{number:08x}-{kind:04x}-4111-8111-{number:012x}")
}

/// The answer to pairs of a created event and a retrieved one.
pub fn answer(pairs: usize) -> Response<Bytes> {
    const ROOT: &str = "https://contoso.crm4.dynamics.com/api/data/v9.2";
    let boundary = "batchresponse_9b2c8a34-77f4-4d0c-8d8e-0f6f4b0d4f1e";
    let mut body = String::new();
    for number in 0..pairs {
        let (created, event, session) = (id(5, number), id(1, number), id(2, number / 8));
        let link = format!("{ROOT}/msdyn_sessionevents({created})");
        part(
            &mut body,
            boundary,
            &format!(
                "HTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\nLocation: {link}\r\nOData-EntityId: {link}\r\n\r\n"
            ),
        );
        part(
            &mut body,
            boundary,
            &format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json; odata.metadata=minimal\r\n\
                 ETag: W/\"{number}\"\r\nOData-Version: 4.0\r\n\r\n\
                 {{\"@odata.context\":\"{ROOT}/$metadata#msdyn_sessionevents/$entity\",\"@odata.etag\":\"W/\\\"{number}\\\"\",\
                 \"msdyn_name\":\"Event {number} of a session\",\"createdon\":\"2026-03-{:02}T10:02:00Z\",\
                 \"msdyn_sessioneventid\":\"{event}\",\"msdyn_omnichannelsession\":{{\"@odata.etag\":\"W/\\\"7\\\"\",\
                 \"subject\":\"Chat about an invoice\",\"activityid\":\"{session}\"}}}}",
                1 + number % 28
            ),
        );
    }
    let _ = write!(body, "--{boundary}--\r\n");
    Response::builder()
        .header("Content-Type", format!("multipart/mixed; boundary={boundary}"))
        .body(body.into())
        .expect("an answer")
}

fn part(body: &mut String, boundary: &str, response: &str) {
    let _ = write!(
        body,
        "--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{response}\r\n"
    );
}
