//! Reading the responses of the Web API.

mod bad_input;
mod records;
mod rows;
