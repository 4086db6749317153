//! Creates, updates, deletions.

use super::Fact;

pub(super) const FACTS: &[Fact] = &[];
