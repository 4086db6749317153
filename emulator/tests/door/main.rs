//! The HTTP door, by the bytes on its socket: who is let in, what is refused and how, and what one client can
//! take from the others. Tests that measure print counts and times.

mod callers;
mod content;
mod cross_origin;
mod framing;
mod hosts_and_origins;
mod large_values;
mod limits;
mod many_connections;
mod shutdown;
mod wire;
