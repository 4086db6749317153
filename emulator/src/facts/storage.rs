//! Storage: time limits, and which data is stored.

use super::Fact;
use super::fact::{decided, reported};

pub(super) const FACTS: &[Fact] = &[
    reported(
        "A request that takes longer than the database allows answers 0x80044151, \"SQL timeout expired.\"",
        "support article of dual-write, sync-related errors: error code -2147204783, SQL timeout expired",
        "service::storage::a_request_beyond_the_time_limit_is_refused",
    ),
    decided(
        "The status of a request that takes too long is 500.",
        "the article shows no status; 500 is recorded for the code next to it, 0x80044150",
        "service::storage::a_request_beyond_the_time_limit_is_refused",
    ),
    decided(
        "A request may take two minutes, unless `EmulatorBuilder::time_limit` says otherwise.",
        "Microsoft names no limit for the Web API; two minutes end what a test would wait for in vain",
        "service::storage::a_request_beyond_the_time_limit_is_refused",
    ),
    decided(
        "Nothing is kept of a write that takes too long.",
        "a request is one transaction",
        "service::storage::a_write_beyond_the_time_limit_changes_nothing",
    ),
];
