//! FetchXML from typed columns.
//!
//! The generic types only collect: [`Level`](level::Level) holds the content of an `entity` or a
//! `link-entity`, and `xml` and `conditions` write it.

mod conditions;
mod fetch;
mod level;
mod link;
mod xml;

pub use fetch::Fetch;
pub use level::DateGrouping;
pub use link::{Link, LinkType};
