//! Values on their way between the wire and the database, by the kind of their column.
//!
//! | kind | in the database |
//! |---|---|
//! | text, GUIDs, option lists, dates | text |
//! | integers, options, booleans | integer |
//! | datetimes | integer: microseconds since 1970 |
//! | decimals, money | text, compared as decimals |
//! | doubles | real |

mod from_body;
mod text;
mod to_json;

pub(crate) use from_body::from_body;
pub(crate) use text::{date, decimal, guid, instant, instant_text, multi_select};
pub(crate) use to_json::{formatted, to_json};
