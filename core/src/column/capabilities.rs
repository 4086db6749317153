//! What a query can ask of a column: one trait for each question. The kinds that allow it implement the
//! trait, and so do their columns. Only the library implements them.

/// The kinds.
pub use super::kinds::markers::*;

/// Prevents other crates from implementing these traits.
pub(crate) mod sealed {
    /// A kind, or a column of one.
    pub trait Sealed {}
}

pub(crate) use sealed::Sealed;

macro_rules! capabilities {
    ($($(#[doc = $doc:literal])+ $name:ident, $what:literal, $label:literal;)+) => {$(
        $(#[doc = $doc])+
        #[diagnostic::on_unimplemented(
            message = $what,
            label = $label
        )]
        pub trait $name: Sealed {}
    )+};
}

capabilities! {
    /// Kinds that can be compared for equality.
    Comparable, "`{Self}` cannot be compared",
        "columns that the Web API has no property for, files, images and managed properties cannot be compared; for a name taken from a lookup, go through the lookup: `TABLE_COLUMN.to(Other::NAME)`";
    /// Kinds that can be null.
    Nullable, "`{Self}` cannot be tested for null",
        "the Web API has no property for the column; test the column it is taken from";
    /// Kinds that have an order.
    Ordered, "`{Self}` has no greater and less",
        "text, numbers and dates have an order; options, lookups, GUIDs and booleans have none: use `eq`, `ne` or `is_in`";
    /// Kinds that allow sorting of records.
    Sortable, "records cannot be sorted by `{Self}`",
        "multi-select columns, files, images and columns without a property cannot be sorted by";
    /// Kinds that hold text.
    Textual, "`{Self}` is not text",
        "`contains`, `starts_with` and `ends_with` are for string and memo columns";
    /// Kinds whose value can be one of a list.
    Listed, "`{Self}` cannot be looked up in a list",
        "`is_in` is for text, numbers, options, lookups and GUIDs";
    /// Kinds whose value can be between two others.
    Ranged, "`{Self}` has no range",
        "`between` is for numbers and dates";
    /// Kinds that can be added up.
    Summable, "`{Self}` cannot be added up",
        "`sum` and `average` are for numbers";
    /// Kinds that hold a date.
    Dated, "`{Self}` is not a date",
        "the date functions are for datetime columns";
    /// Kinds that hold a time of day.
    Timed, "`{Self}` has no time of day",
        "functions of hours and minutes are for datetime columns that are not date-only";
    /// Kinds that hold several options.
    Chosen, "`{Self}` does not hold several options",
        "`contain_values` is for multi-select columns; for one option use `is_in`";
    /// Kinds that can name a user or team.
    Principal, "`{Self}` is not a user, team or business unit",
        "the user functions are for lookups, owners and ids";
    /// Kinds that can be part of a hierarchy.
    Hierarchical, "`{Self}` is not in a hierarchy",
        "the hierarchy functions are for lookups and ids";
    /// Kinds that lead to another table.
    Leading, "`{Self}` does not lead to another table",
        "paths go through lookup and customer columns; an owner's properties are reached through the owning user or the owning team";
}

/// Kinds that can be part of an alternate key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of an alternate key",
    label = "alternate keys have text, integer, decimal, datetime, lookup and picklist columns"
)]
pub trait KeyKind: Sealed {}

/// Kinds whose columns can be compared only with values of the type they hold.
pub trait ByOwnType: Sealed {}
