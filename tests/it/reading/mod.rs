//! Reading what the Web API answers.

mod bad_input;
mod records;
mod rows;
