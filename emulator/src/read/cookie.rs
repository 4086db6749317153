//! Skip tokens: the position at which a page ended and the next one starts, even if rows have changed in
//! between.
//!
//! Like Dataverse's own, they are percent-encoded more than once. A client that splits a next link and joins
//! it again therefore fails here, too.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rusqlite::types::Value;

use crate::error::{Refusal, Result};
use crate::json::Json;

/// The end of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cookie {
    /// The number of the page that follows.
    pub(crate) page: usize,
    /// The version of the database at the first page, for change tracking.
    pub(crate) since: Option<i64>,
    /// The values that the last row is sorted by.
    pub(crate) values: Vec<Value>,
    /// The number of the last row.
    pub(crate) row: i64,
}

impl Cookie {
    /// Returns the cookie before it is encoded for a URL or an attribute.
    pub(crate) fn text(&self) -> String {
        let mut parts = vec![Json::from(self.row), self.since.map_or(Json::Null, Json::from)];
        parts.extend(self.values.iter().map(|value| match value {
            Value::Null | Value::Blob(_) => Json::Null,
            Value::Integer(number) => Json::Text(format!("i{number}")),
            Value::Real(number) => Json::Text(format!("r{number:?}")),
            Value::Text(text) => Json::Text(format!("t{text}")),
        }));
        let last = URL_SAFE_NO_PAD.encode(Json::Array(parts).to_bytes());
        let inner = format!("<cookie page=\"{}\"><row last=\"{last}\" /></cookie>", self.page - 1);
        let twice = encode(&encode(&inner));
        format!("<cookie pagenumber=\"{}\" pagingcookie=\"{twice}\" istracking=\"False\" />", self.page)
    }

    /// Returns the cookie as the value of a query option.
    pub(crate) fn token(&self) -> String {
        encode(&self.text())
    }

    /// Reads a cookie, decoded once.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        Self::read(text).ok_or_else(|| Refusal::bad("The skip token is not one that this service gave out."))
    }

    fn read(text: &str) -> Option<Self> {
        let page = attribute(text, "pagenumber")?.parse().ok()?;
        Self::read_inner(&decode(&decode(attribute(text, "pagingcookie")?)?)?, page)
    }

    /// Reads the inner cookie, which is FetchXML's `paging-cookie`, at any remaining level of encoding.
    pub(crate) fn parse_inner(text: &str, page: usize) -> Result<Self> {
        let mut text = text.to_owned();
        for _ in 0..3 {
            if let Some(cookie) = Self::read_inner(&text, page) {
                return Ok(cookie);
            }
            if text.contains("pagingcookie")
                && let Some(inner) = attribute(&text, "pagingcookie")
            {
                text = inner.to_owned();
            }
            text = decode(&text).unwrap_or_default();
        }
        Err(Refusal::bad("The paging cookie is not one that this service gave out."))
    }

    fn read_inner(inner: &str, page: usize) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(attribute(inner, "last")?).ok()?;
        let Json::Array(parts) = Json::parse(core::str::from_utf8(&bytes).ok()?).ok()? else { return None };
        let [Json::Number(row), since, values @ ..] = parts.as_slice() else { return None };
        let since = match since {
            Json::Number(since) => Some(since.parse().ok()?),
            _ => None,
        };
        let value = |part: &Json| match part {
            Json::Null => Some(Value::Null),
            Json::Text(text) => match text.split_at_checked(1)? {
                ("i", number) => number.parse().ok().map(Value::Integer),
                ("r", number) => number.parse().ok().map(Value::Real),
                ("t", text) => Some(Value::Text(text.to_owned())),
                _ => None,
            },
            _ => None,
        };
        let values = values.iter().map(value).collect::<Option<_>>()?;
        (page > 1).then_some(Self { page, since, values, row: row.parse().ok()? })
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}

/// Returns the value of an attribute in the text of a tag.
fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let start = text.find(&format!("{name}=\""))? + name.len() + 2;
    let length = text[start..].find('"')?;
    Some(&text[start..start + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let values = vec![
            Value::Null,
            Value::Integer(-5),
            Value::Real(0.1),
            Value::Text("O'Brien \"&<>% é".to_owned()),
        ];
        let cookie = Cookie { page: 3, since: Some(7), values, row: 42 };
        assert_eq!(Cookie::parse(&decode(&cookie.token()).unwrap()).unwrap(), cookie);
        let text = cookie.text();
        assert_eq!(Cookie::parse_inner(attribute(&text, "pagingcookie").unwrap(), 3).unwrap(), cookie);
        assert_eq!(Cookie::parse_inner(&text, 3).unwrap(), cookie);
    }

    #[test]
    fn made_up_tokens_are_refused() {
        for text in
            ["", "x", "<cookie pagenumber=\"2\" pagingcookie=\"abc\" />", "<cookie pagenumber=\"1\" />"]
        {
            assert!(Cookie::parse(text).is_err(), "{text}");
        }
    }
}
