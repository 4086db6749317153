//! The kinds of columns, as far as queries tell them apart, and what can be asked of each.

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident: $($capability:ident)*;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        $(impl $capability for $name {})*
    )+};
}

kinds! {
    /// A string or memo column.
    Text: Comparable Nullable Ordered Sortable Textual Listed;
    /// The logical name of a table.
    EntityName: Comparable Nullable Sortable Listed;
    /// An integer column.
    Integer: Comparable Nullable Ordered Sortable Listed Ranged Summable;
    /// A bigint column.
    BigInt: Comparable Nullable Ordered Sortable Listed Ranged Summable;
    /// A double column.
    Double: Comparable Nullable Ordered Sortable Listed Ranged Summable;
    /// A decimal or money column.
    Decimal: Comparable Nullable Ordered Sortable Listed Ranged Summable;
    /// A boolean column.
    Boolean: Comparable Nullable Sortable;
    /// A datetime column with behavior user local.
    Instant: Comparable Nullable Ordered Sortable Ranged Dated Timed;
    /// A datetime column with behavior time zone independent.
    Clock: Comparable Nullable Ordered Sortable Ranged Dated Timed;
    /// A datetime column with behavior date only.
    Date: Comparable Nullable Ordered Sortable Ranged Dated;
    /// A picklist, state or status column.
    Choice: Comparable Nullable Sortable Listed;
    /// A multi-select column.
    MultiSelect: Comparable Nullable Chosen;
    /// A lookup or customer column.
    Lookup: Comparable Nullable Sortable Listed Principal Hierarchical Leading;
    /// An owner column.
    Owner: Comparable Nullable Sortable Listed Principal;
    /// A uniqueidentifier column.
    Guid: Comparable Nullable Sortable Listed Principal Hierarchical;
    /// An image or file column.
    Binary: Nullable;
    /// A managed property.
    ManagedProperty: ;
    /// A column that the Web API has no property for.
    Unavailable: ;
}

macro_rules! capabilities {
    ($($(#[doc = $doc:literal])+ $name:ident, $what:literal, $note:literal;)+) => {$(
        $(#[doc = $doc])+
        #[diagnostic::on_unimplemented(
            message = $what,
            label = "not for a column of this kind",
            note = $note
        )]
        pub trait $name {}
    )+};
}

capabilities! {
    /// Kinds that can be compared for equality.
    Comparable, "a column of the kind `{Self}` cannot be compared",
        "columns that the Web API has no property for, files, images and managed properties cannot be compared; for a name taken from a lookup, go through the lookup: `TABLE_COLUMN.to(Other::NAME)`";
    /// Kinds that can be null.
    Nullable, "a column of the kind `{Self}` cannot be tested for null",
        "the Web API has no property for the column; test the column it is taken from";
    /// Kinds that have an order.
    Ordered, "a column of the kind `{Self}` has no greater and less",
        "text, numbers and dates have an order; options, lookups, GUIDs and booleans have none: use `eq`, `ne` or `is_in`";
    /// Kinds that records can be sorted by.
    Sortable, "records cannot be sorted by a column of the kind `{Self}`",
        "multi-select columns, files, images and columns without a property cannot be sorted by";
    /// Kinds that hold text.
    Textual, "a column of the kind `{Self}` is not text",
        "`contains`, `starts_with` and `ends_with` are for string and memo columns";
    /// Kinds whose value can be one of a list.
    Listed, "a column of the kind `{Self}` cannot be looked up in a list",
        "`is_in` is for text, numbers, options, lookups and GUIDs";
    /// Kinds whose value can be between two others.
    Ranged, "a column of the kind `{Self}` has no range",
        "`between` is for numbers and dates";
    /// Kinds that can be added up.
    Summable, "a column of the kind `{Self}` cannot be added up",
        "`sum` and `average` are for numbers";
    /// Kinds that hold a date.
    Dated, "a column of the kind `{Self}` is not a date",
        "the date functions are for datetime columns";
    /// Kinds that hold a time of day.
    Timed, "a column of the kind `{Self}` has no time of day",
        "functions of hours and minutes are for datetime columns that are not date-only";
    /// Kinds that hold several options.
    Chosen, "a column of the kind `{Self}` does not hold several options",
        "`contain_values` is for multi-select columns; for one option use `is_in`";
    /// Kinds that can stand for a user or team.
    Principal, "a column of the kind `{Self}` does not stand for a user or team",
        "the user functions are for lookups, owners and ids";
    /// Kinds that can stand in a hierarchy.
    Hierarchical, "a column of the kind `{Self}` stands in no hierarchy",
        "the hierarchy functions are for lookups and ids";
    /// Kinds that lead to another table.
    Leading, "a column of the kind `{Self}` does not lead to another table",
        "paths go through lookup and customer columns; an owner's properties are reached through the owning user or the owning team";
}
