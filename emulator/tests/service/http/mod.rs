//! Addresses, headers and errors, as in Microsoft's pages on HTTP requests.

mod addresses;
mod errors;
mod headers;
mod pages;
