//! Batches and bulk messages.

use super::Fact;

pub(super) const FACTS: &[Fact] = &[];
