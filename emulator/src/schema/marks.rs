//! Members of a definition that are the service's own. No answer shows them.

/// Of a definition that knows less than others: it adds to what is there and changes nothing.
pub(crate) const ADDS_ONLY: &str = "@dataverse_emulator.adds_only";
/// Of a definition that names all navigation properties: a lookup without one has none.
pub(crate) const ALL_NAVIGATION: &str = "@dataverse_emulator.all_navigation";
/// Of an attribute with options: there are more than it lists.
pub(crate) const MORE_OPTIONS: &str = "@dataverse_emulator.more_options";
/// Of an attribute: the columns whose texts, joined by blanks, are its value.
pub(crate) const JOINED: &str = "@dataverse_emulator.joined";
