//! Elastic tables: their rows lie in partitions, end after a time, and know no transactions.

mod bulk;
mod draft;
mod expiry;
mod key;
mod query;
mod session_token;

pub(crate) use bulk::{Message, all as bulk};
pub(crate) use expiry::{forget_expired, live};
pub(crate) use key::{KEY, PARTITION, TIME_TO_LIVE, find, guid_of, of_object, row_id};
pub(crate) use query::{partition_option, refuse_joins, refuse_link, refuse_sharing};
pub(crate) use session_token::with_token;
