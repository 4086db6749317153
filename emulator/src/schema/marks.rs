//! Members that the emulator adds to definitions for its own use. No answer contains them.

/// Marks a less detailed definition, which adds to an earlier one and overrides nothing in it.
pub(crate) const ADDS_ONLY: &str = "@dataverse_emulator.adds_only";
/// Marks a definition that lists all navigation properties, so that a lookup without one really has none.
pub(crate) const ALL_NAVIGATION: &str = "@dataverse_emulator.all_navigation";
/// Marks an attribute that has more options than it lists.
pub(crate) const MORE_OPTIONS: &str = "@dataverse_emulator.more_options";
/// Names the columns whose texts, joined by spaces, make the attribute's value.
pub(crate) const JOINED: &str = "@dataverse_emulator.joined";
