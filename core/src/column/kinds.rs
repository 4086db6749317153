//! The kinds of columns, in one table.
//!
//! The entry of a kind says:
//!
//! - which types of column belong to it,
//! - which trait the type of a field has to implement, and the compiler's words if it does not,
//! - the markers of such columns in queries, and what a query can ask of each.
//!
//! Most kinds have one marker. Text has a second for the names of tables, and lookups have a second for
//! owners; files share the marker of images.

use crate::metadata::{AttributeType, DateTimeBehavior};

/// A set of column kinds, as data for the checks at compile time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindSet(u32);

impl KindSet {
    /// Returns the union of both sets.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether a column of this type belongs to the set.
    pub const fn holds(self, attribute_type: &AttributeType) -> bool {
        self.0 & Self::of(attribute_type).0 != 0
    }
}

macro_rules! column_kinds {
    ($(
        $set:ident of ($($variant:ident $({ $($facts:tt)* })?)|+) {
            $(#[doc = $field_doc:literal])+
            field $field:ident: $message:literal, $label:literal;
            $(
                $(#[doc = $query_doc:literal])+
                query $query:ident: $($capability:ident)*;
            )*
        }
    )+) => {
        /// The bits of the sets.
        #[allow(
            non_camel_case_types,
            clippy::upper_case_acronyms,
            reason = "the constants of `KindSet` have the same names"
        )]
        enum Bit {
            $($set,)+
        }

        impl KindSet {
            $(
                #[doc = concat!("The kind of [`", stringify!($field), "`](fields::", stringify!($field), ").")]
                pub const $set: Self = Self(1 << Bit::$set as u32);
            )+

            const fn of(attribute_type: &AttributeType) -> Self {
                match attribute_type {
                    $($(AttributeType::$variant $({ $($facts)* })?)|+ => Self::$set,)+
                }
            }
        }

        /// Which types a field may have: one trait for each kind.
        pub(super) mod fields {
            use crate::column::field_methods::field_methods;

            $(
                $(#[doc = $field_doc])+
                #[diagnostic::on_unimplemented(message = $message, label = $label)]
                pub trait $field<W>: Sized {
                    field_methods!(W);
                }
            )+
        }

        /// The markers of columns in queries, and what a query can ask of each.
        pub(super) mod markers {
            use crate::column::capabilities::*;

            $($(
                $(#[doc = $query_doc])+
                #[derive(Debug, Clone, Copy)]
                pub enum $query {}

                impl Sealed for $query {}

                $(
                    #[diagnostic::do_not_recommend]
                    impl $capability for $query {}
                )*
            )*)+
        }

        /// Calls a macro with the markers and the capabilities of each.
        macro_rules! query_kinds {
            ($then:ident) => {
                $then! { $($($query: $($capability)*;)*)+ }
            };
        }
        pub(crate) use query_kinds;
    };
}

column_kinds! {
    TEXT of (String { .. } | Memo { .. } | EntityName) {
        /// Types for string, memo and entity name columns.
        field TextColumn:
            "`{Self}` cannot hold a string, memo or entity name column",
            "use `String`, `Box<str>` or `Arc<str>`, or an `Option` of one (written out: an alias is not seen through)";
        /// A string or memo column.
        query Text: Comparable Nullable Ordered Sortable Textual Listed KeyKind;
        /// The logical name of a table.
        query EntityName: Comparable Nullable Sortable Listed;
    }
    INTEGER of (Integer { .. }) {
        /// Types for integer columns.
        field IntegerColumn:
            "`{Self}` cannot hold an integer column",
            "use `i32` or `Option<i32>`";
        /// An integer column.
        query Integer: Comparable ByOwnType Nullable Ordered Sortable Listed Ranged Summable KeyKind;
    }
    BIG_INT of (BigInt) {
        /// Types for big integer columns.
        field BigIntColumn:
            "`{Self}` cannot hold a bigint column",
            "use `i64` or `Option<i64>`";
        /// A bigint column.
        query BigInt: Comparable ByOwnType Nullable Ordered Sortable Listed Ranged Summable;
    }
    DOUBLE of (Double { .. }) {
        /// Types for double columns.
        field DoubleColumn:
            "`{Self}` cannot hold a double column",
            "use `f64` or `Option<f64>`";
        /// A double column.
        query Double: Comparable ByOwnType Nullable Ordered Sortable Listed Ranged Summable;
    }
    DECIMAL of (Decimal { .. } | Money { .. }) {
        /// Types for decimal and money columns.
        field DecimalColumn:
            "`{Self}` cannot hold a decimal or money column",
            "use `rust_decimal::Decimal` (feature `rust_decimal`) or an `Option` of it; a float would not be exact";
        /// A decimal or money column.
        query Decimal: Comparable ByOwnType Nullable Ordered Sortable Listed Ranged Summable KeyKind;
    }
    BOOLEAN of (Boolean { .. }) {
        /// Types for boolean columns.
        field BooleanColumn:
            "`{Self}` cannot hold a boolean column",
            "use `bool` or `Option<bool>`";
        /// A boolean column.
        query Boolean: Comparable ByOwnType Nullable Sortable;
    }
    INSTANT of (DateTime { behavior: DateTimeBehavior::UserLocal, .. }) {
        /// Types for datetime columns with behavior user local, which hold instants.
        field InstantColumn:
            "`{Self}` cannot hold a user-local datetime column",
            "use an instant: jiff's `Timestamp`, chrono's `DateTime<Utc>` or time's `OffsetDateTime`, each with its feature, or an `Option` of one (written out: an alias is not seen through)";
        /// A datetime column with behavior user local.
        query Instant: Comparable ByOwnType Nullable Ordered Sortable Ranged Dated Timed KeyKind;
    }
    CLOCK of (DateTime { behavior: DateTimeBehavior::TimeZoneIndependent, .. }) {
        /// Types for datetime columns with behavior time zone independent, which hold clock readings.
        field ClockColumn:
            "`{Self}` cannot hold a time-zone-independent datetime column",
            "use a date and time without zone: jiff's `civil::DateTime`, chrono's `NaiveDateTime` or time's `PrimitiveDateTime`, each with its feature, or an `Option` of one (written out: an alias is not seen through)";
        /// A datetime column with behavior time zone independent.
        query Clock: Comparable ByOwnType Nullable Ordered Sortable Ranged Dated Timed KeyKind;
    }
    DATE of (DateTime { behavior: DateTimeBehavior::DateOnly, .. }) {
        /// Types for datetime columns with behavior date only.
        field DateColumn:
            "`{Self}` cannot hold a date-only datetime column",
            "use a date: jiff's `civil::Date`, chrono's `NaiveDate` or time's `Date`, each with its feature, or an `Option` of one (written out: an alias is not seen through)";
        /// A datetime column with behavior date only.
        query Date: Comparable ByOwnType Nullable Ordered Sortable Ranged Dated KeyKind;
    }
    CHOICE of (Picklist { .. } | State { .. } | Status { .. }) {
        /// Types for picklist, state and status columns.
        field ChoiceColumn:
            "`{Self}` cannot hold a picklist, state or status column",
            "use an enum that derives `OptionSet`, or `i32`, or an `Option` of one (written out: an alias is not seen through)";
        /// A picklist, state or status column.
        query Choice: Comparable Nullable Sortable Listed KeyKind;
    }
    MULTI_SELECT of (MultiSelectPicklist { .. }) {
        /// Types for multi-select columns.
        field MultiSelectColumn:
            "`{Self}` cannot hold a multi-select column",
            "use `MultiSelect<E>` with an enum `E` that derives `OptionSet`, or an `Option` of it";
        /// A multi-select column.
        query MultiSelect: Comparable Nullable Chosen;
    }
    LOOKUP of (Lookup { .. } | Customer { .. } | Owner { .. }) {
        /// Types for lookup, customer and owner columns.
        field LookupColumn:
            "`{Self}` cannot hold a lookup, customer or owner column",
            "use `Lookup<Table>` of a table that derives `DataverseEntity` (of a projection, the table that it reads), or `Lookup<Enum>` of an enum that derives `LookupTarget`, or an `Option` of one (written out: an alias is not seen through)";
        /// A lookup or customer column.
        query Lookup: Comparable Nullable Sortable Listed Principal Hierarchical Leading KeyKind;
        /// An owner column.
        query Owner: Comparable Nullable Sortable Listed Principal;
    }
    GUID of (Uniqueidentifier) {
        /// Types for uniqueidentifier columns.
        field GuidColumn:
            "`{Self}` cannot hold a uniqueidentifier column",
            "use `Id<Table>` or `Uuid`, or an `Option` of one (written out: an alias is not seen through)";
        /// A uniqueidentifier column.
        query Guid: Comparable ByOwnType Nullable Sortable Listed Principal Hierarchical;
    }
    IMAGE of (Image) {
        /// Types for image columns.
        field ImageColumn:
            "`{Self}` cannot hold an image column",
            "use `String` for the base64 text or `Vec<u8>` (feature `base64`), or an `Option` of one (written out: an alias is not seen through)";
        /// An image or file column.
        query Binary: Nullable;
    }
    FILE of (File) {
        /// Types for file columns.
        field FileColumn:
            "`{Self}` cannot hold a file column",
            "use `Uuid` or `Option<Uuid>`: the id of the stored file";
        // Queries know files by the marker of images, `Binary`.
    }
    MANAGED_PROPERTY of (ManagedProperty) {
        /// Types for managed properties.
        field ManagedPropertyColumn:
            "`{Self}` cannot hold a managed property",
            "use `ManagedProperty` or `Option<ManagedProperty>`";
        /// A managed property.
        query ManagedProperty:;
    }
    PARTY_LIST of (PartyList) {
        /// Types for party list columns. A body holds them in the collection of all parties of the activity.
        field PartyListColumn:
            "`{Self}` cannot hold a party list column",
            "use `NoProperty`: a create or update takes the parties, and they are read by `#[expand(nav = \"…_activity_parties\")]`";
        // Queries know party lists by the marker `Unavailable`, which has no capabilities.
    }
    NO_PROPERTY of (Virtual) {
        /// Types for virtual columns, which have no property on the wire.
        field NoPropertyColumn:
            "`{Self}` cannot hold a virtual column",
            "use `NoProperty`; a `virtual` column with `name_of` also takes `Option<String>`";
        /// A column without a property in the Web API.
        query Unavailable:;
    }
}
