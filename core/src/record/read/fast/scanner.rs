//! JSON as Dataverse writes it, token by token.
//!
//! The scanner takes only tokens of which it is sure. `None` means that the text is something else, or not
//! JSON, and `serde_json` finds out which. So the scanner need not know all of JSON. But `serde_json` must
//! read the same value from every token that the scanner takes.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::column::{Guid, Value};
use crate::encode::instant;
use crate::encode::special;
use crate::record::etag::Etag;

/// An etag member.
pub(super) enum ScannedEtag {
    Etag(Etag),
    /// A value that is not a string, and therefore not an etag.
    NoString,
}

/// A position in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Scanner<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the bytes that are left.
    #[inline]
    pub(super) fn rest(&self) -> &'de [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes a byte.
    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    /// Takes this text if it is next, and returns whether it was.
    #[inline]
    pub(super) fn take_text(&mut self, text: &[u8]) -> bool {
        let is_next = begins_with(self.rest(), text);
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    /// Takes a whole value whose text is known, and returns whether it was next. The text after it must not
    /// continue it.
    #[inline]
    pub(super) fn take_value(&mut self, raw: &[u8]) -> bool {
        let is_next =
            !raw.is_empty() && begins_with(self.rest(), raw) && self.is_at_value_end(self.at + raw.len());
        if is_next {
            self.at += raw.len();
        }
        is_next
    }

    #[inline]
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Returns the text from an earlier position to here.
    pub(super) fn text_since(&self, position: usize) -> Option<&'de str> {
        self.text.get(position..self.at)
    }

    /// Returns the bytes from an earlier position to here.
    #[inline]
    pub(super) fn since(&self, position: usize) -> &'de [u8] {
        self.text.as_bytes().get(position..self.at).unwrap_or_default()
    }

    /// Returns the number of bytes that are left.
    pub(super) fn remaining(&self) -> usize {
        self.text.len() - self.at
    }

    /// Returns whether only white space is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest().iter().all(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
    }

    /// Takes a member's name and its colon. A name with escapes is not taken.
    pub(super) fn name(&mut self) -> Option<&'de str> {
        let (raw, escapes) = self.string()?;
        let name = raw.get(1..raw.len() - 1).filter(|_| !escapes)?;
        self.take(b':')?;
        Some(name)
    }

    /// Takes a value, which is probably a text.
    #[inline]
    pub(super) fn text(&mut self) -> Option<Value<'de>> {
        match self.plain_text() {
            Some(text) => Some(Value::Text(Cow::Borrowed(text))),
            None => self.value(),
        }
    }

    /// Takes a value that nothing reads.
    #[inline]
    pub(super) fn skip(&mut self) -> Option<()> {
        self.text().map(drop)
    }

    /// Goes to another position.
    #[inline]
    pub(super) fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Takes a value.
    pub(super) fn value(&mut self) -> Option<Value<'de>> {
        let value = match self.peek()? {
            b'"' => {
                let (raw, escapes) = self.string()?;
                let inner = raw.get(1..raw.len() - 1)?;
                Value::Text(if escapes { Cow::Owned(unescaped(raw, inner)?) } else { Cow::Borrowed(inner) })
            }
            b'n' => self.word(b"null", Value::Null)?,
            b't' => self.word(b"true", Value::Boolean(true))?,
            b'f' => self.word(b"false", Value::Boolean(false))?,
            b'-' | b'0'..=b'9' => Value::Number(Cow::Borrowed(self.number()?)),
            b'{' | b'[' => Value::Json(Cow::Borrowed(self.nested()?)),
            _ => return None,
        };
        self.is_at_value_end(self.at).then_some(value)
    }

    /// Takes a string without escapes, or nothing.
    #[inline]
    pub(super) fn plain_text(&mut self) -> Option<&'de str> {
        let start = self.at;
        match self.string() {
            Some((raw, false)) if self.is_at_value_end(self.at) => raw.get(1..raw.len() - 1),
            _ => {
                self.at = start;
                None
            }
        }
    }

    /// Takes a GUID in its usual form, or nothing.
    #[inline]
    pub(super) fn guid(&mut self) -> Option<Guid> {
        let end = self.at + 38;
        let text: &[u8; 38] = self.text.as_bytes().get(self.at..end)?.try_into().ok()?;
        let [b'"', guid @ .., b'"'] = text else { return None };
        let guid = super::guid::parse(guid)?;
        self.is_at_value_end(end).then(|| {
            self.at = end;
            guid
        })
    }

    /// Takes an instant in its usual form, or nothing: its seconds since 1970.
    #[inline]
    pub(super) fn instant(&mut self) -> Option<i64> {
        let end = self.at + 22;
        let text: &[u8; 22] = self.text.as_bytes().get(self.at..end)?.try_into().ok()?;
        let [b'"', instant @ .., b'"'] = text else { return None };
        let seconds = instant::parse(instant)?;
        self.is_at_value_end(end).then(|| {
            self.at = end;
            seconds
        })
    }

    /// Takes a whole number of up to 18 digits, or nothing.
    #[inline]
    pub(super) fn integer(&mut self) -> Option<i64> {
        let text = self.rest();
        let (is_negative, digits) = match text.strip_prefix(b"-") {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (number, length) = super::integer::leading(digits)?;
        let has_form = length == 1 || (length > 1 && digits.first() != Some(&b'0'));
        let end = self.at + usize::from(is_negative) + length;
        (has_form && self.is_at_value_end(end)).then(|| {
            self.at = end;
            if is_negative { -number } else { number }
        })
    }

    /// Takes the value of an etag member.
    #[inline]
    pub(super) fn etag(&mut self) -> Option<ScannedEtag> {
        if let Some(etag) = self.weak_etag() {
            return Some(ScannedEtag::Etag(etag));
        }
        Some(match self.value()? {
            Value::Text(text) => ScannedEtag::Etag(Etag::new(&text)),
            _ => ScannedEtag::NoString,
        })
    }

    /// Takes an etag of the form that Dataverse writes, `"W/\"12345678\""`, or nothing.
    #[inline]
    fn weak_etag(&mut self) -> Option<Etag> {
        let rest = self.rest().strip_prefix(br#""W/\""#)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = self.at + 5 + digits + 3;
        let is_whole = rest.get(digits..digits + 3) == Some(br#"\"""#) && self.is_at_value_end(end);
        let etag = Etag::weak(rest.get(..digits).filter(|_| is_whole)?)?;
        self.at = end;
        Some(etag)
    }

    /// Returns whether a value ends here, so that the text after it does not continue it.
    #[inline]
    fn is_at_value_end(&self, at: usize) -> bool {
        matches!(self.text.as_bytes().get(at), Some(b',' | b'}' | b']'))
    }

    fn word(&mut self, word: &[u8], value: Value<'de>) -> Option<Value<'de>> {
        self.take_text(word).then_some(value)
    }

    /// Takes a string with its quotes, and returns whether it has escapes. Searches eight bytes at a time for
    /// the end of the string and for bytes that a string must not have.
    #[inline]
    fn string(&mut self) -> Option<(&'de str, bool)> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        if bytes.get(start) != Some(&b'"') {
            return None;
        }
        let (mut at, mut escapes) = (start + 1, false);
        loop {
            while let Some(chunk) = bytes.get(at..at + 8) {
                let special = special(u64::from_le_bytes(chunk.try_into().ok()?));
                if special != 0 {
                    at += special.trailing_zeros() as usize / 8;
                    break;
                }
                at += 8;
            }
            match bytes.get(at)? {
                b'"' => {
                    self.at = at + 1;
                    return Some((self.text.get(start..self.at)?, escapes));
                }
                // Escapes are read after the end of the string is found.
                b'\\' => {
                    escapes = true;
                    at += 2;
                }
                0..0x20 => return None,
                _ => at += 1,
            }
        }
    }

    fn number(&mut self) -> Option<&'de str> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let whole = start + usize::from(bytes[start] == b'-');
        let mut at = digits(whole);
        if at == whole || (bytes[whole] == b'0' && at > whole + 1) {
            return None;
        }
        if bytes.get(at) == Some(&b'.') {
            let fraction = at + 1;
            at = digits(fraction);
            if at == fraction {
                return None;
            }
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            let exponent = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            at = digits(exponent);
            if at == exponent {
                return None;
            }
        }
        self.at = at;
        self.text.get(start..at)
    }

    /// Takes an object or an array; `serde_json` finds its end.
    fn nested(&mut self) -> Option<&'de str> {
        let text: &'de str = self.text.get(self.at..)?;
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<&'de RawValue>();
        let raw = values.next()?.ok()?.get();
        self.at += values.byte_offset();
        Some(raw)
    }
}

/// Returns whether the text begins with `wanted`. Compares inline, because prefixes are short and a `memcmp`
/// call would cost more.
#[inline]
fn begins_with(text: &[u8], wanted: &[u8]) -> bool {
    let Some(text) = text.get(..wanted.len()) else { return false };
    match wanted.len() {
        8..16 => same_chunks::<8>(text, wanted),
        16..=96 => same_chunks::<16>(text, wanted),
        _ => text == wanted,
    }
}

/// Returns whether two texts of the same length, of at least `N` bytes, are the same.
#[inline]
fn same_chunks<const N: usize>(text: &[u8], wanted: &[u8]) -> bool {
    let (texts, _) = text.as_chunks::<N>();
    let (wanteds, _) = wanted.as_chunks::<N>();
    // The last chunk overlaps the one before it.
    texts.iter().zip(wanteds).all(|(text, wanted)| text == wanted)
        && text.last_chunk::<N>() == wanted.last_chunk()
}

/// Returns the text of a string with escapes.
fn unescaped(raw: &str, inner: &str) -> Option<String> {
    // Etags have no other escapes than quotes.
    let escapes = inner.bytes().filter(|byte| *byte == b'\\').count();
    let mut out = String::with_capacity(inner.len() - escapes);
    let mut parts = inner.split('\\');
    out.push_str(parts.next()?);
    for part in parts {
        if !part.starts_with('"') {
            return serde_json::from_str(raw).ok();
        }
        out.push_str(part);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether the scanner takes the text, and checks that `serde_json` reads the same value.
    fn check(text: &str) -> bool {
        let whole = format!("{text},");
        let mut scanner = Scanner::new(&whole);
        let Some(value) = scanner.value() else { return false };
        assert_eq!(scanner.since(0), text.as_bytes());
        let expected: serde_json::Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        match value {
            Value::Text(text) => assert_eq!(expected, text.as_ref()),
            Value::Null => assert_eq!(expected, serde_json::Value::Null),
            Value::Boolean(flag) => assert_eq!(expected, flag),
            Value::Number(_) => assert!(expected.is_number()),
            _ => assert!(expected.is_object() || expected.is_array()),
        }
        true
    }

    #[test]
    fn takes_what_dataverse_writes() {
        for text in [
            "null",
            "true",
            "false",
            "0",
            "-1",
            "12.50",
            "1e5",
            "-0.5E-3",
            r#""""#,
            r#""a""#,
            r#""é😀""#,
            r#""W/\"12\"""#,
            r#""a\\\"b""#,
            r#""\u00e9\ud83d\ude00""#,
            r#"{"a":[1,{}]}"#,
            "[]",
            r#""exactly8""#,
            r#""more than eight bytes""#,
        ] {
            assert!(check(text), "{text}");
        }
    }

    #[test]
    fn leaves_doubtful_texts() {
        for text in [
            "",
            "nul",
            "nulll",
            "True",
            "01",
            "1.",
            ".5",
            "-",
            "1e",
            "+1",
            "NaN",
            "\"a",
            "\"a\nb\"",
            "\"\t\"",
            r#""\x""#,
            r#""\u12""#,
            r#""\ud800""#,
            "{",
            "[1,]",
            "{\"a\"}",
            "'a'",
            "\"\\",
            " 1",
        ] {
            assert!(!check(text), "{text}");
        }
    }
}
