//! The requests in Microsoft's pages, with the answers that the pages show.

mod aggregates;
mod aliases;
mod columns;
mod counts;
mod data;
mod filters;
mod functions;
mod joins;
mod limits;
mod nested_joins;
mod refused_joins;
mod sample;
mod single_record;
