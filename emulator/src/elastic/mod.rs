//! Elastic tables: partitions, time to live, and changes without transactions.

mod bulk;
mod draft;
mod expiry;
mod key;
mod query;
mod session_token;

pub(crate) use bulk::{Message, all as bulk};
pub(crate) use expiry::{forget_expired, live};
pub(crate) use key::{find, of_object};
pub(crate) use query::{partition_option, refuse_joins, refuse_link, refuse_sharing};
pub(crate) use session_token::with_token;
