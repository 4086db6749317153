//! Requests for records: what a path below an entity set means, and what each method does there.

mod answers;
mod collection;
mod elastic;
mod identity;
mod property;
mod references;
mod routes;
mod single;

pub(crate) use routes::answer;
