//! The service as a client sees it.

mod batches;
mod change_tracking;
mod definition_writes;
mod definitions;
mod documented;
mod elastic;
mod facts;
mod faults;
mod fetch_xml;
mod functions;
mod http;
mod in_process_and_http;
mod own_tables;
mod pages;
mod queries;
mod refused_queries;
mod rights;
mod rules;
mod samples;
mod sharing;
mod sql_queries;
mod storage;
mod support;
mod things;
mod tolerance;
mod tutorials;
