//! Tests of the derives as functions from tokens to tokens.

mod golden;
mod kinds;
mod mutations;
