//! What every test of reading asserts: the fast path and the fallback return the same, and take nothing that
//! `serde_json` refuses.
//!
//! The tests and the fuzz targets share this file.

use std::borrow::Cow;
use std::fmt::Debug;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};
use dataverse_entity::{Decoder, RowResult};
use serde::de::IgnoredAny;

/// A part of a session event that borrows from the response.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
pub struct Name<'a> {
    #[attr(logical = "msdyn_name")]
    pub name: Option<Cow<'a, str>>,
    #[attr(logical = "msdyn_omnichannelsession")]
    pub session: Option<Lookup<OcSession>>,
}

/// Asserts this of any bytes. The fast path does not take a text that begins with a blank, but skips a byte
/// order mark.
pub fn check(bytes: &[u8]) {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let other = [&bytes[..bytes.len() - text.len()], b" ", text].concat();
    let decoder = Decoder::new().formatted_values(true);
    let outcomes = [
        same(decoder.page::<SessionEvent>(bytes), decoder.page(&other)),
        same(decoder.record::<SessionEvent>(bytes), decoder.record(&other)),
        same(rows(decoder.page_rows(bytes)), rows(decoder.page_rows(&other))),
        same(decoder.page::<Name<'_>>(bytes), decoder.page(&other)),
        same(decoder.record::<Name<'_>>(bytes), decoder.record(&other)),
        same(Record::<SessionEvent>::from_json(bytes), Record::from_json(&other)),
    ];
    if serde_json::from_slice::<IgnoredAny>(text).is_err() {
        assert_eq!(outcomes, [false; 6], "what is no JSON was taken");
    }
}

/// Returns whether both readers took their text.
fn same<T: PartialEq + Debug, E: ToString>(fast: Result<T, E>, fallback: Result<T, E>) -> bool {
    match (fast, fallback) {
        (Ok(fast), Ok(fallback)) => assert_eq!(fast, fallback),
        (Err(fast), Err(fallback)) => {
            assert_eq!(without_digits(&fast.to_string()), without_digits(&fallback.to_string()));
            return false;
        }
        (Ok(fast), Err(fallback)) => panic!("only the fast path takes {fast:?}: {}", fallback.to_string()),
        (Err(fast), Ok(fallback)) => panic!("only the fallback takes {fallback:?}: {}", fast.to_string()),
    }
    true
}

/// Error texts contain a column number, which the blank before the text changes.
fn without_digits(text: &str) -> String {
    text.chars().filter(|each| !each.is_ascii_digit()).collect()
}

type Told = (Vec<Result<Record<SessionEvent>, String>>, usize, Option<String>);

fn rows(page: Result<Page<SessionEvent, RowResult<SessionEvent>>, DecodeError>) -> Result<Told, DecodeError> {
    page.map(|page| {
        let records = page.records.into_iter().map(|row| row.map_err(|error| error.to_string()));
        (records.collect(), page.deleted.len(), Some(format!("{:?}", page.info)))
    })
}
