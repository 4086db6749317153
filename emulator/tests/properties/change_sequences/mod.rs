//! Sequences of changes leave what a simple model says, and are answered with the statuses that it says.

mod model;
mod requests;
mod sequences;
