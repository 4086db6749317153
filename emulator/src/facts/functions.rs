//! Functions and actions.

use super::Fact;

pub(super) const FACTS: &[Fact] = &[];
