//! Where the reading of ranges stopped, as text.

use core::fmt;
use core::str::FromStr;

use serde_core::de::Error as _;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::key_range::{KeyRange, Point};
use crate::message::http::Error;

/// The version of the text.
const VERSION: &str = "1";

/// Where the reading of a query [in ranges](crate::message::Query::in_ranges) stopped: the ranges that are not
/// read to their end, and the last row of each that was delivered.
///
/// It is short: about 100 bytes for each range, whatever the number of rows. Its text and its form in serde
/// are the same string, which later versions of the library read, too. Nothing in it is secret, but it holds
/// ids of rows.
///
/// ```
/// use dataverse_entity::message::RangePosition;
///
/// let text = "1 msdyn_sessionevent createdon 1726654839..@1726654900/6f9619ff-8b86-d011-b42d-00cf4fc964ff";
/// let position: RangePosition = text.parse()?;
/// assert!(!position.is_end());
/// assert_eq!(position.to_string(), text);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangePosition {
    pub(super) table: String,
    pub(super) column: String,
    pub(super) ranges: Vec<KeyRange>,
}

impl RangePosition {
    /// Creates a position. Only for the client.
    #[doc(hidden)]
    pub fn new(table: &str, column: &str, ranges: Vec<KeyRange>) -> Self {
        Self { table: table.to_owned(), column: column.to_owned(), ranges }
    }

    /// Returns whether every range was read to its end, so that nothing is left to read.
    pub fn is_end(&self) -> bool {
        self.ranges.is_empty()
    }
}

impl fmt::Display for RangePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION} {} {}", self.table, self.column)?;
        for range in &self.ranges {
            f.write_str(" ")?;
            if range.is_null {
                f.write_str("null")?;
            } else {
                let bound = |bound: Option<i128>| bound.map(|at| at.to_string()).unwrap_or_default();
                write!(f, "{}..{}", bound(range.from), bound(range.to))?;
            }
            if let Some(Point { at, id }) = range.after {
                write!(f, "@{}/{id}", at.map(|at| at.to_string()).unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

impl FromStr for RangePosition {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut words = text.split(' ');
        match words.next() {
            Some(VERSION) => {}
            Some(other) if other.bytes().all(|byte| byte.is_ascii_digit()) && !other.is_empty() => {
                return Err(Error::invalid_request(format!(
                    "the position of ranges has version {other}, this library reads {VERSION}; read again from the start"
                )));
            }
            _ => return Err(not_a_position()),
        }
        let names = (words.next(), words.next());
        let (Some(table), Some(column)) = names else { return Err(not_a_position()) };
        let ranges = words.map(|word| range(word).ok_or_else(not_a_position)).collect::<Result<_, _>>()?;
        Ok(Self::new(table, column, ranges))
    }
}

fn not_a_position() -> Error {
    Error::invalid_request(
        "the text is not a position of ranges; store what `RangePosition` prints, unchanged",
    )
}

fn range(word: &str) -> Option<KeyRange> {
    let (bounds, after) = match word.split_once('@') {
        Some((bounds, after)) => (bounds, Some(after)),
        None => (word, None),
    };
    let number = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    let mut range = match bounds {
        "null" => KeyRange::NULL,
        _ => {
            let (from, to) = bounds.split_once("..")?;
            KeyRange { from: number(from)?, to: number(to)?, ..KeyRange::ALL }
        }
    };
    if let Some(after) = after {
        let (at, id) = after.split_once('/')?;
        range.after = Some(Point { at: number(at)?, id: id.parse().ok()? });
    }
    Some(range)
}

impl Serialize for RangePosition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RangePosition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_was_written() {
        let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        let ranges = vec![
            KeyRange { to: Some(-5), ..KeyRange::ALL },
            KeyRange {
                from: Some(-5),
                to: Some(i128::MAX),
                after: Some(Point { at: Some(7), id }),
                ..KeyRange::ALL
            },
            KeyRange::ALL,
            KeyRange::NULL,
            KeyRange { after: Some(Point { at: None, id }), ..KeyRange::NULL },
        ];
        let position = RangePosition::new("account", "createdon", ranges);
        let text = position.to_string();
        assert_eq!(text, format!("1 account createdon ..-5 -5..{}@7/{id} .. null null@/{id}", i128::MAX));
        assert_eq!(text.parse::<RangePosition>().unwrap(), position);
        let json = serde_json::to_string(&position).unwrap();
        assert_eq!(serde_json::from_str::<RangePosition>(&json).unwrap(), position);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in
            ["", "x", "1", "1 account", "1 account createdon 5", "1 account createdon 5..x", "1 a b ..@7"]
        {
            let error = text.parse::<RangePosition>().unwrap_err();
            assert!(error.to_string().starts_with("the text is not a position of ranges"), "{text}");
        }
        let error = "2 account createdon".parse::<RangePosition>().unwrap_err();
        assert!(error.to_string().contains("has version 2, this library reads 1"), "{error}");
    }
}
