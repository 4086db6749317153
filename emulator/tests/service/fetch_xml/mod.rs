//! FetchXML, with the data sets and queries of Microsoft's pages.

mod aggregates;
mod batches;
mod columns;
mod conditions;
mod data;
mod dates;
mod hierarchies;
mod hostile;
mod joins;
mod orders;
mod pages;
mod refusals;
mod related_filters;
mod saved_queries;
