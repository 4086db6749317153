//! The HTTP server, tested by the bytes on its socket: whom it admits, what it refuses and how, and how much
//! one client can take from others. Tests that measure print counts and times.

mod callers;
mod compression;
mod content;
mod cross_origin;
mod framing;
mod hosts_and_origins;
mod large_values;
mod limits;
mod many_connections;
mod shutdown;
mod wire;
