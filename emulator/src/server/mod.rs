//! The HTTP server: the service on a socket, for clients outside of the process.

mod compression;
mod connection;
mod content;
mod cross_origin;
mod error;
mod exchange;
mod guests;
mod listener;
mod options;
mod origins;
mod reply;
mod tls;
mod wire;
mod work;

pub use error::ServeError;
pub use listener::Server;
pub use options::ServerOptions;
