//! A server on loopback that always answers with the same page. It knows no more of HTTP, because the reader
//! is measured, and the server is the same for all.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use dataverse_entity::Entity;
use dataverse_entity::tables::SessionEvent;
use serde_json::{Value, json};

/// Starts the server, and returns its address.
pub fn start(page: &[u8]) -> String {
    serve(answer("", page))
}

/// Starts a server whose page is compressed with gzip.
pub fn start_compressed(gzip: &[u8]) -> String {
    serve(answer("Content-Encoding: gzip\r\n", gzip))
}

fn serve(page: Vec<u8>) -> String {
    let definition = serde_json::to_value(SessionEvent::METADATA).expect("JSON");
    let answers = Arc::new(Answers {
        page,
        attributes: answer("", json!({ "value": attributes(&definition) }).to_string().as_bytes()),
        definitions: answer("", json!({ "value": [entity(&definition)] }).to_string().as_bytes()),
    });
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answers = answers.clone();
            // A connection ends with its benchmark.
            thread::spawn(move || answers.serve(connection).ok());
        }
    });
    format!("http://{address}")
}

struct Answers {
    page: Vec<u8>,
    definitions: Vec<u8>,
    attributes: Vec<u8>,
}

impl Answers {
    fn serve(&self, mut connection: TcpStream) -> std::io::Result<()> {
        connection.set_nodelay(true)?;
        let mut request = [0; 16_384];
        let mut filled = 0;
        loop {
            let read = connection.read(&mut request[filled..])?;
            if read == 0 {
                return Ok(());
            }
            filled += read;
            // A `GET` has no body.
            if request[..filled].ends_with(b"\r\n\r\n") {
                connection.write_all(self.to(&request[..filled]))?;
                filled = 0;
            }
        }
    }

    fn to(&self, request: &[u8]) -> &[u8] {
        let path = request.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
        let has = |part: &[u8]| path.windows(part.len()).any(|window| window == part);
        match () {
            () if has(b"/Attributes") => &self.attributes,
            () if has(b"/EntityDefinitions") => &self.definitions,
            () => &self.page,
        }
    }
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n{headers}\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// Returns the definition of the table, without its lists.
fn entity(definition: &Value) -> Value {
    let mut entity = definition.clone();
    entity["IsCustomEntity"] = Value::Bool(true);
    if let Some(members) = entity.as_object_mut() {
        members.retain(|_, value| !value.is_array());
    }
    entity
}

fn attributes(definition: &Value) -> Value {
    let mut attributes = definition["Attributes"].clone();
    for attribute in attributes.as_array_mut().into_iter().flatten() {
        if let Some(members) = attribute.as_object_mut() {
            members.retain(|name, _| {
                matches!(name.as_str(), "LogicalName" | "SchemaName" | "AttributeType" | "AttributeTypeName")
            });
        }
    }
    attributes
}
