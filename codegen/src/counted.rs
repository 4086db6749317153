//! Numbers in texts.

/// Returns a number with its noun, which takes an `s` unless the number is one.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
