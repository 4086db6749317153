//! What the service says about itself: the service document, `$metadata`, `EntityDefinitions`.

mod csdl;
mod query;
mod routes;

pub(crate) use routes::{answer, metadata, service_document};
