//! Rows of the database as JSON.

mod aggregate;
mod changes;
mod collection;
mod cookie;
mod fetch_xml;
mod row;
mod shape;

pub(crate) use collection::{Scope, collection, count};
pub(crate) use fetch_xml::fetch_xml;
pub(crate) use row::{display_name, record, record_json, version_of};
pub(crate) use shape::Shape;

/// Dataverse returns no more rows at once.
pub(crate) const MOST_ROWS: usize = 5000;

/// The annotation with the text for people.
pub(crate) const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
pub(crate) const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";
pub(crate) const LOOKUP_NAVIGATION: &str = "Microsoft.Dynamics.CRM.associatednavigationproperty";
