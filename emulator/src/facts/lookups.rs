//! Lookups and references.

use super::Fact;

pub(super) const FACTS: &[Fact] = &[];
