//! JSON text, written member by member.
//!
//! The values of a table are written as they are known: numbers, GUIDs and most names and texts need no escapes. What does is
//! left to `serde_json`.

use uuid::Uuid;

use crate::value::Value;

/// An object that is being written.
pub(crate) struct JsonObject {
    text: String,
}

impl JsonObject {
    /// An object that begins. `length` is about how long it will be.
    pub(crate) fn new(length: usize) -> Self {
        let mut text = String::with_capacity(length);
        text.push('{');
        Self { text }
    }

    /// Writes the name of a member, which is put together from two parts, and the colon.
    pub(crate) fn name(&mut self, name: &str, rest: &str) -> &mut Self {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        if is_plain(name) && is_plain(rest) {
            self.text.push('"');
            self.text.push_str(name);
            self.text.push_str(rest);
            self.text.push('"');
        } else {
            self.text.push_str(&escaped(&format!("{name}{rest}")));
        }
        self.text.push(':');
        self
    }

    /// Writes a value.
    pub(crate) fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Boolean(true) => self.text.push_str("true"),
            Value::Boolean(false) => self.text.push_str("false"),
            Value::Integer(number) | Value::Instant(number) => {
                self.text.push_str(itoa::Buffer::new().format(*number))
            }
            Value::Double(number) => {
                // What has no form in JSON was refused.
                let number = serde_json::Number::from_f64(*number);
                self.text.push_str(&number.map_or_else(|| "null".to_owned(), |number| number.to_string()));
            }
            // The text goes out as it is: no digit passes through a float.
            Value::Number(text) | Value::Json(text) => self.text.push_str(text),
            Value::Text(text) if is_plain(text) => self.quoted(&["", text, ""]),
            Value::Text(text) => self.text.push_str(&escaped(text)),
            Value::Guid(guid) => self.quoted(&["", hyphenated(guid.uuid(), &mut [0; 36]), ""]),
            Value::Brief(text) => self.quoted(&["", text.as_str(), ""]),
        }
    }

    /// Writes the reference to a record, `"/set(guid)"`.
    pub(crate) fn reference(&mut self, entity_set: &str, id: Uuid) {
        let guid = &mut [0; 36];
        if is_plain(entity_set) {
            self.quoted(&["/", entity_set, "(", hyphenated(id, guid), ")"]);
        } else {
            self.text.push_str(&escaped(&format!("/{entity_set}({id})")));
        }
    }

    /// The text of the whole object.
    pub(crate) fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }

    /// Writes a string of parts without anything to escape.
    fn quoted(&mut self, parts: &[&str]) {
        self.text.push('"');
        for part in parts {
            self.text.push_str(part);
        }
        self.text.push('"');
    }
}

fn hyphenated(guid: Uuid, place: &mut [u8; 36]) -> &str {
    guid.hyphenated().encode_lower(place)
}

/// Is there nothing to escape?
fn is_plain(text: &str) -> bool {
    let escapes = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    !text.as_bytes().iter().fold(false, |found, byte| found | escapes(*byte))
}

fn escaped(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
