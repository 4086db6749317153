//! Messages that read many records: typed queries, counts, aggregates, FetchXML and change tracking.

mod aggregate;
mod count;
mod fetch_xml;
mod one;
#[allow(clippy::module_inception, reason = "the module is named after its main message")]
mod query;
mod ranges;
mod track_changes;
mod trail;

pub use aggregate::Aggregate;
pub use count::{Count, RetrieveTotalRecordCount};
pub use fetch_xml::{DateGrouping, Fetch, FetchRows, FetchXml, Link, LinkType};
pub use one::{AtMostOne, ExactlyOne, First};
pub use query::Query;
#[doc(hidden)]
pub use ranges::{Cut, KeyRange, Point};
pub use ranges::{InRanges, RangePosition};
pub use track_changes::TrackChanges;
