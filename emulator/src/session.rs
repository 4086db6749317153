//! What one request is carried out with: the database, the schema, who asks, and when.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::{Refusal, Result};
use crate::schema::{Schema, Table};

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The user whose rights count.
    pub(crate) user: String,
    /// The user who acts for the other, if somebody does.
    pub(crate) acting: Option<String>,
    pub(crate) administrator: bool,
    pub(crate) business_unit: String,
    pub(crate) organization: String,
    pub(crate) teams: Vec<String>,
}

impl Caller {
    /// The principals that the caller stands for.
    pub(crate) fn principals(&self) -> impl Iterator<Item = &str> {
        core::iter::once(self.user.as_str()).chain(self.teams.iter().map(String::as_str))
    }
}

/// What the `Prefer` headers ask for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preferences {
    pub(crate) representation: bool,
    /// The patterns of `odata.include-annotations`.
    pub(crate) annotations: Vec<String>,
    pub(crate) page_size: Option<usize>,
    pub(crate) track_changes: bool,
    pub(crate) continue_on_error: bool,
}

impl Preferences {
    /// Reads one header's text.
    pub(crate) fn add(&mut self, header: &str) {
        for part in split_preferences(header) {
            let (name, value) =
                part.split_once('=').map_or((part, ""), |(name, value)| (name.trim(), value.trim()));
            let value = value.trim_matches('"');
            match name.to_ascii_lowercase().as_str() {
                "return" => self.representation = value.eq_ignore_ascii_case("representation"),
                "odata.include-annotations" => {
                    self.annotations = value.split(',').map(|each| each.trim().to_owned()).collect();
                }
                // No page is larger than 5,000 rows.
                "odata.maxpagesize" => {
                    self.page_size = value.parse().ok().map(|size: usize| size.clamp(1, 5000))
                }
                "odata.track-changes" => self.track_changes = true,
                "odata.continue-on-error" => self.continue_on_error = !value.eq_ignore_ascii_case("false"),
                _ => {}
            }
        }
    }

    /// Is this annotation asked for?
    pub(crate) fn wants(&self, annotation: &str) -> bool {
        self.annotations.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => annotation.starts_with(start),
            None => pattern == annotation,
        })
    }

    /// What the header `Preference-Applied` says.
    pub(crate) fn applied(&self) -> Option<String> {
        let mut all = Vec::new();
        if self.representation {
            all.push("return=representation".to_owned());
        }
        if !self.annotations.is_empty() {
            all.push(format!("odata.include-annotations=\"{}\"", self.annotations.join(",")));
        }
        if let Some(size) = self.page_size {
            all.push(format!("odata.maxpagesize={size}"));
        }
        if self.track_changes {
            all.push("odata.track-changes".to_owned());
        }
        if self.continue_on_error {
            all.push("odata.continue-on-error".to_owned());
        }
        (!all.is_empty()).then(|| all.join(","))
    }
}

/// The parts between commas and semicolons outside of quotes.
fn split_preferences(header: &str) -> Vec<&str> {
    let mut quoted = false;
    header
        .split(move |each: char| {
            quoted ^= each == '"';
            !quoted && (each == ',' || each == ';')
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Where new ids come from.
#[derive(Debug)]
pub(crate) enum Ids {
    Random,
    /// Counts up from this number.
    Counting(Cell<u64>),
}

/// One request's surroundings.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) connection: &'a Connection,
    pub(crate) caller: Caller,
    /// The service root, without a slash at its end.
    pub(crate) root: String,
    /// Microseconds since 1970.
    pub(crate) now: i64,
    pub(crate) strict: bool,
    pub(crate) ids: &'a Ids,
    /// The path that each content-id of the change set stands for.
    pub(crate) contents: &'a RefCell<HashMap<String, String>>,
}

impl Session<'_> {
    /// A new id.
    pub(crate) fn new_id(&self) -> String {
        match self.ids {
            Ids::Random => {
                uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid().to_string()
            }
            Ids::Counting(next) => {
                let number = next.get();
                next.set(number + 1);
                uuid::Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_0000 | u128::from(number))
                    .to_string()
            }
        }
    }

    /// The table with this logical name.
    pub(crate) fn table(&self, logical_name: &str) -> Result<&Table> {
        self.schema.table(logical_name).ok_or_else(|| Refusal::unknown_segment(logical_name))
    }
}
