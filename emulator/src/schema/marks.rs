//! Members that the emulator adds to definitions for its own use. No answer shows them.

/// Marks a definition that knows less than others: it adds to an earlier definition and changes nothing in
/// it.
pub(crate) const ADDS_ONLY: &str = "@dataverse_emulator.adds_only";
/// Marks a definition that names all navigation properties, so that a lookup without one has none.
pub(crate) const ALL_NAVIGATION: &str = "@dataverse_emulator.all_navigation";
/// Marks an attribute that has more options than it lists.
pub(crate) const MORE_OPTIONS: &str = "@dataverse_emulator.more_options";
/// Holds the columns whose texts, joined by blanks, are the attribute's value.
pub(crate) const JOINED: &str = "@dataverse_emulator.joined";
