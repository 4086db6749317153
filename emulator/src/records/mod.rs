//! Requests for records, by path and method.

mod answers;
mod collection;
mod elastic;
mod identity;
mod property;
mod references;
mod routes;
mod single;

pub(crate) use routes::answer;
