//! What every test of reading asserts: both ways give the same, and nothing is taken that `serde_json` refuses.
//!
//! The tests and the fuzz targets share it.

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

/// Asserts it of any bytes. A blank before the text is what the quick way does not take.
pub fn check(bytes: &[u8]) {
    let other = [b" ", bytes].concat();
    let decoder = Decoder::new().formatted_values(true);
    let outcomes = [
        same(decoder.page::<SessionEvent>(bytes), decoder.page(&other)),
        same(decoder.record::<SessionEvent>(bytes), decoder.record(&other)),
        same(rows(decoder.page_rows(bytes)), rows(decoder.page_rows(&other))),
        same(decoder.page::<Name<'_>>(bytes), decoder.page(&other)),
        same(decoder.record::<Name<'_>>(bytes), decoder.record(&other)),
    ];
    if serde_json::from_slice::<IgnoredAny>(bytes).is_err() {
        assert_eq!(outcomes, [false; 5], "what is no JSON was taken");
    }
}

/// Says whether both were taken.
fn same<T: PartialEq + Debug, E: ToString>(quick: Result<T, E>, slow: Result<T, E>) -> bool {
    match (quick, slow) {
        (Ok(quick), Ok(slow)) => assert_eq!(quick, slow),
        (Err(quick), Err(slow)) => {
            assert_eq!(without_digits(&quick.to_string()), without_digits(&slow.to_string()));
            return false;
        }
        (Ok(quick), Err(slow)) => panic!("only the quick way takes {quick:?}: {}", slow.to_string()),
        (Err(quick), Ok(slow)) => panic!("only the slow way takes {slow:?}: {}", quick.to_string()),
    }
    true
}

/// Messages tell the column of the text, which a blank before it moves.
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
