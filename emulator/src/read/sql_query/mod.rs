//! The query option `sql`: a `SELECT` becomes FetchXML.

mod answer;
mod columns;
mod conditions;
mod error;
mod sources;
mod statement;

pub(super) use answer::answer;
