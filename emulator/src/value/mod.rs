//! Converts values between the wire and the database, by the kind of their column.
//!
//! | kind | in the database |
//! |---|---|
//! | text, GUIDs, option lists, dates | text |
//! | integers, options, booleans | integer |
//! | datetimes | integer: microseconds since 1970 |
//! | decimals, money | text, compared as decimals |
//! | doubles | real |

mod from_body;
mod parse;
mod reference;
mod text;
mod to_json;

pub(crate) use from_body::{check_type, from_body, round};
pub(crate) use reference::Referenced;
pub(crate) use text::{any_guid, date, decimal, guid, instant, instant_text, multi_select};
pub(crate) use to_json::{formatted, to_json};

/// The notation of values in a body.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Notation {
    /// Whether decimals and 64-bit integers are texts: the media type has `IEEE754Compatible=true`.
    pub(crate) numbers_as_text: bool,
    /// Whether to refuse values that no source describes.
    pub(crate) strict: bool,
}
