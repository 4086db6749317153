//! Messages: their requests, and how they read the responses.

mod batch_parts;
mod batches;
mod comparing;
mod counts;
mod encoding;
mod errors;
mod expands;
mod fetch;
mod fetch_rows;
mod lookup_tables;
mod one_record;
mod paging;
mod recorded;
mod requests;
mod responses;
mod sending;
