//! Rows of the database as JSON.

mod aggregate;
mod changes;
mod collection;
mod cookie;
mod fetch_xml;
mod page;
mod row;
mod selection;
mod shape;

pub(crate) use collection::collection;
pub(crate) use row::version_of;
pub(crate) use selection::{Scope, count, record, record_json};
pub(crate) use shape::Shape;

/// Dataverse returns no more rows at once.
pub(crate) const MOST_ROWS: usize = 5000;

/// The annotation with the text for people.
pub(crate) const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
pub(crate) const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";
pub(crate) const LOOKUP_NAVIGATION: &str = "Microsoft.Dynamics.CRM.associatednavigationproperty";
