//! Addresses, headers and errors, as Microsoft's pages on HTTP requests have them.

mod addresses;
mod errors;
mod headers;
mod pages;
