//! Reads JSON in time linear in its length.

use super::Json;

/// Maximum depth of a body or a definition.
const MAX_DEPTH: usize = 64;

/// Reads a text of one value, which may contain at most `max_values` values. The error says what is wrong and
/// where.
pub(super) fn read(text: &str, max_values: usize) -> Result<Json, String> {
    let mut reader = Reader { text, at: 0, values_left: max_values };
    let value = reader.value(MAX_DEPTH)?;
    reader.blanks();
    match reader.next() {
        None => Ok(value),
        Some(_) => Err(reader.problem("text follows the end of the JSON")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    values_left: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// Returns the error at this position.
    fn problem(&self, what: &str) -> String {
        let before = &self.text.as_bytes()[..self.at.min(self.text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        format!("{what} at line {line} column {}", before.len() - start + 1)
    }

    fn unexpected(&self, expected: &str) -> String {
        match self.next() {
            None => self.problem("EOF while reading the JSON"),
            Some(_) => self.problem(&format!("expected {expected}")),
        }
    }

    /// Consumes the next byte if it is this one. Returns whether it was.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.next() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn value(&mut self, depth_left: usize) -> Result<Json, String> {
        let depth_left = depth_left.checked_sub(1).ok_or("the JSON is nested too deeply")?;
        self.values_left = self.values_left.checked_sub(1).ok_or("the JSON has too many values")?;
        self.blanks();
        match self.next() {
            Some(b'{') => self.object(depth_left),
            Some(b'[') => self.array(depth_left),
            Some(b'"') => self.string().map(Json::Text),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, String> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.unexpected("a value"))
    }

    fn object(&mut self, depth_left: usize) -> Result<Json, String> {
        let mut members = Vec::new();
        self.at += 1;
        self.blanks();
        if self.takes(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.blanks();
            if self.next() != Some(b'"') {
                return Err(self.unexpected("the name of a member"));
            }
            let name = self.string()?;
            self.blanks();
            if !self.takes(b':') {
                return Err(self.unexpected("`:`"));
            }
            members.push((name, self.value(depth_left)?));
            self.blanks();
            if self.takes(b'}') {
                return Ok(Json::Object(members));
            }
            if !self.takes(b',') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth_left: usize) -> Result<Json, String> {
        let mut elements = Vec::new();
        self.at += 1;
        self.blanks();
        if self.takes(b']') {
            return Ok(Json::Array(elements));
        }
        loop {
            elements.push(self.value(depth_left)?);
            self.blanks();
            if self.takes(b']') {
                return Ok(Json::Array(elements));
            }
            if !self.takes(b',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut plain = true;
        self.at += 1;
        loop {
            match self.next() {
                None => return Err(self.problem("the JSON ends within a text")),
                Some(b'"') => break,
                Some(b'\\') => {
                    plain = false;
                    self.at += 2;
                }
                Some(0..=31) => return Err(self.problem("a control character within a text")),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        if plain {
            return Ok(self.text[start + 1..self.at - 1].to_owned());
        }
        serde_json::from_slice(&bytes[start..self.at]).map_err(|_| {
            Reader { text: self.text, at: start, values_left: 0 }.problem("an invalid escape within the text")
        })
    }

    fn number(&mut self) -> Result<Json, String> {
        let start = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Ok(Json::Number(self.text[start..self.at].to_owned()))
    }

    /// Consumes one digit or more.
    fn digits(&mut self) -> Result<(), String> {
        let start = self.at;
        while matches!(self.next(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a digit")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Json;

    #[test]
    fn keeps_order_and_number_texts() {
        let text = r#"{"b":5000000.0000,"a":[1e3,null,true,"é\n"],"c":{}}"#;
        assert_eq!(String::from_utf8(Json::parse(text).unwrap().to_bytes()).unwrap(), text);
    }

    #[test]
    fn reads_the_same_texts_as_serde_json() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "null ",
            " true",
            "-",
            "-0",
            "01",
            "1.",
            "1.0e",
            "1e+5",
            "-1.5E-3x",
            "\"a",
            "\"\\\"",
            "\"\\u00e9\\n\"",
            "\"\\x\"",
            "\"\\",
            "\"\n\"",
            "[",
            "[1",
            "[1,]",
            "[,1]",
            "[ 1 , 2 ]",
            "{",
            "{}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\" : 1 , \"b\":[]}",
            "{a:1}",
            "[1 2]",
            "1 2",
            "\u{feff}1",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
        ] {
            let theirs = serde_json::from_str::<serde_json::Value>(text);
            let ours = Json::parse(text);
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}: {ours:?} {theirs:?}");
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                assert_eq!(serde_json::from_slice::<serde_json::Value>(&ours.to_bytes()).unwrap(), theirs);
            }
        }
    }

    #[test]
    fn says_where_it_is_wrong() {
        assert_eq!(Json::parse("{\n  \"a\": x}").unwrap_err(), "expected a value at line 2 column 8");
        assert_eq!(Json::parse("[1").unwrap_err(), "EOF while reading the JSON at line 1 column 3");
    }

    #[test]
    fn refuses_too_deep_nesting() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Json::parse(&deep).is_err());
    }
}
