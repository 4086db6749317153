//! Warnings about the definitions that a service was built with.

use super::Emulator;
use crate::schema::DefinitionWarning;

impl Emulator {
    /// Returns the gaps in the added definitions: tables, columns or rules that the org has and the service
    /// lacks. A definition that would make the service answer wrongly is an error of
    /// [`EmulatorBuilder::build`](super::EmulatorBuilder::build) instead.
    pub fn warnings(&self) -> &[DefinitionWarning] {
        &self.inner.warnings
    }
}
