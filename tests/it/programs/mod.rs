//! Programs as a user would write them at first: they compile as they are, and work.

mod generic_repository;
mod lookups_and_fakes;
mod mapped_rows;
mod organizations;
mod own_messages;
mod queue_of_messages;
mod rest_endpoint;
mod sales;
mod sent_and_shared;
mod spans;
mod stored_columns;
mod streams_and_handles;
mod transports;
