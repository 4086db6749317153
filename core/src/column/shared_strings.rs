//! Strings that repeat within a response, allocated once.

use std::sync::Arc;

/// How many strings [`SharedStrings`] remembers. A page repeats few names: of users, tables and labels.
const REMEMBERED: usize = 16;

/// Gives equal strings of one response one allocation, if they are close to each other.
#[derive(Debug, Default)]
pub struct SharedStrings {
    recent: Vec<Arc<str>>,
    next: usize,
}

impl SharedStrings {
    /// Returns a shared copy of the text.
    pub(crate) fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.recent.iter().find(|known| &***known == text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(text);
        if self.recent.is_empty() {
            self.recent.reserve_exact(REMEMBERED);
        }
        if self.recent.len() < REMEMBERED {
            self.recent.push(Arc::clone(&shared));
        } else {
            self.recent[self.next] = Arc::clone(&shared);
            self.next = (self.next + 1) % REMEMBERED;
        }
        shared
    }
}
