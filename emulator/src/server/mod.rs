//! The HTTP door: the service on a socket, for clients that are not in the process.

mod body;
mod connection;
mod content;
mod cross_origin;
mod error;
mod framing;
mod guests;
mod head;
mod listener;
mod options;
mod origins;
mod reply;
mod tls;
mod work;

pub use error::ServeError;
pub use listener::Server;
pub use options::ServerOptions;
