//! Programs as a user would first write them: they compile as they are, and do what they say.

mod generic_repository;
mod lookups_and_fakes;
mod mapped_rows;
mod sales;
mod stored_columns;
