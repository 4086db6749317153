//! Elastic tables.

mod bulk;
mod definitions;
mod partitions;
mod queries;
mod support;
mod writes;
