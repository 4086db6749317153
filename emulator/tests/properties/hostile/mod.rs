//! Requests of somebody who means harm.

mod limits;
mod paging_tokens;
mod places;
mod texts;
mod witness;
