//! Malicious requests.

mod limits;
mod paging_tokens;
mod places;
mod texts;
mod witness;
