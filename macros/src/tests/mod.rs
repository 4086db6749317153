//! Tests of the derives as functions from tokens to tokens.

mod golden;
mod hidden_names;
mod kinds;
mod mutations;
