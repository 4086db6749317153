//! Sequences of changes lead to the data and the statuses of a simple model.

mod model;
mod requests;
mod sequences;
