//! FetchXML: the trees that OData's options make, from XML.

mod answer;
mod error;
mod filter;
mod query;

pub(super) use answer::fetch_xml;
