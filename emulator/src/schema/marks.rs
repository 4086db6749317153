//! Members that the emulator adds to definitions for its own use. No answer contains them.

/// Marks an attribute that has more options than it lists.
pub(crate) const MORE_OPTIONS: &str = "@dataverse_emulator.more_options";
/// Names the columns whose texts, joined by spaces, make the attribute's value.
pub(crate) const JOINED: &str = "@dataverse_emulator.joined";
