//! What the service says about the definitions that it was made with.

use super::Emulator;
use crate::schema::DefinitionWarning;

impl Emulator {
    /// Returns what the definitions that were added lack: the service is narrower than the org there, or holds fewer rules. What
    /// would make its answers wrong is an error of [`Builder::build`](super::Builder::build) instead.
    pub fn warnings(&self) -> &[DefinitionWarning] {
        self.inner.schema.warnings()
    }
}
