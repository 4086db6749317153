//! FetchXML from typed columns.
//!
//! What is generic only collects: [`Level`](level::Level) holds what an `entity` or a `link-entity` says, and `xml` and
//! `conditions` write it.

mod conditions;
mod fetch;
mod level;
mod link;
mod xml;

pub use fetch::Fetch;
pub use level::DateGrouping;
pub use link::{Link, LinkType};
