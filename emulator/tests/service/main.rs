//! The service, by what a client sees of it.

mod batches;
mod changes;
mod definitions;
mod faults;
mod fetch_xml;
mod messages;
mod own_tables;
mod queries;
mod rules;
mod sharing;
mod support;
mod tolerance;
mod tutorials;
