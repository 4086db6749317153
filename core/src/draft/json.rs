//! JSON text, written member by member.
//!
//! Numbers, GUIDs and most names and texts need no escapes and are written directly. `serde_json` writes the
//! others.

use uuid::Uuid;

use crate::column::Value;
use crate::encode::{instant, is_plain};

/// An object under construction.
pub(crate) struct JsonObject {
    text: String,
}

impl JsonObject {
    /// Starts an object of about this length.
    pub(crate) fn new(length: usize) -> Self {
        let mut text = String::with_capacity(length);
        text.push('{');
        Self { text }
    }

    /// Writes the name of a member and the colon. The name must need no escapes. Logical names need none:
    /// they consist of letters, digits and underscores.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.begin();
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self
    }

    /// Writes the name of a member that binds a navigation property, and the colon.
    pub(crate) fn bind(&mut self, property: &str) -> &mut Self {
        self.begin();
        if is_plain(property) {
            self.text.push('"');
            self.text.push_str(property);
            self.text.push_str("@odata.bind\":");
        } else {
            self.text.push_str(&escaped(&format!("{property}@odata.bind")));
            self.text.push(':');
        }
        self
    }

    /// Writes the name of a member that is a navigation property, and the colon.
    pub(crate) fn property(&mut self, property: &str) -> &mut Self {
        if is_plain(property) {
            return self.name(property);
        }
        self.begin();
        self.text.push_str(&escaped(property));
        self.text.push(':');
        self
    }

    fn begin(&mut self) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
    }

    /// Writes a value.
    pub(crate) fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Boolean(true) => self.text.push_str("true"),
            Value::Boolean(false) => self.text.push_str("false"),
            Value::Integer(number) => self.text.push_str(itoa::Buffer::new().format(*number)),
            Value::Double(number) => {
                // A number without a JSON form was refused before.
                let number = serde_json::Number::from_f64(*number);
                self.text.push_str(&number.map_or_else(|| "null".to_owned(), |number| number.to_string()));
            }
            // Written unchanged, so that no digit passes through a float.
            Value::Number(text) | Value::Json(text) => self.text.push_str(text),
            Value::Text(text) if is_plain(text) => self.quoted(text),
            Value::Text(text) => self.text.push_str(&escaped(text)),
            Value::Guid(guid) => self.quoted(hyphenated(guid.uuid(), &mut [0; 36])),
            Value::Instant(seconds) => match instant::print(*seconds) {
                Some(text) => self.quoted(core::str::from_utf8(&text).unwrap_or_default()),
                None => self.text.push_str(&escaped(&instant::text(*seconds))),
            },
        }
    }

    /// Writes the reference to a record, `"/set(guid)"`. Names of entity sets need no escapes either.
    pub(crate) fn reference(&mut self, entity_set: &str, id: Uuid) {
        self.text.push_str("\"/");
        self.text.push_str(entity_set);
        self.text.push('(');
        self.text.push_str(hyphenated(id, &mut [0; 36]));
        self.text.push_str(")\"");
    }

    /// Ends the object and returns its text.
    pub(crate) fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }

    /// Writes a string that needs no escapes.
    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        self.text.push_str(text);
        self.text.push('"');
    }
}

fn hyphenated(guid: Uuid, buffer: &mut [u8; 36]) -> &str {
    guid.hyphenated().encode_lower(buffer)
}

fn escaped(text: &str) -> String {
    // A string always has a JSON form.
    serde_json::to_string(text).unwrap_or_default()
}
