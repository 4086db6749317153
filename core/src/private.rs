//! What generated code uses. It is not part of the public API, and changes with any release, together with
//! the derive.

pub use core::clone::Clone;
pub use core::convert::{From, Into, TryFrom};
pub use core::default::Default;
pub use core::fmt;
pub use core::option::Option;
pub use core::result::Result;
pub use std::borrow::Cow;
pub use std::string::String;

pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use uuid::Uuid;

/// Traits that generated code mentions with the span of a user's token. Under their own names,
/// `unused_qualifications` would find them in scope.
pub use crate::draft::{IntoParties as BoundIntoParties, IntoValue as BoundIntoValue};
pub use crate::reference::BindTo as BoundBindTo;

/// A create in two parts, for the client's loads of several tables.
pub use crate::EncodeError;
pub use crate::draft::{Deferral, DraftReference, Only, Without, primary_id, references};

pub use crate::__draft_impls as draft_impls;
pub use crate::__draft_message as draft_message;
pub use crate::__option_impls as option_impls;
pub use crate::__principal_enum as principal_enum;
pub use crate::checks::{
    assert_expands, assert_hierarchical, assert_navigation, assert_navigation_complete, assert_one_of_each,
    assert_one_relationship, assert_one_target, assert_pairs_alone, assert_related, assert_states_known,
    column_of, expect_column, is_kind, is_primary_id, reads_targets, variant_value,
};
pub use crate::column::{
    Cell, Change, ColumnValue, DateArgument, DateTimeValue, Difference, KindSet, OptionSet, Pending,
    ReadColumn, ReadValue, SharedStrings, StateSet, StatusSet, UnknownLabel, UnknownOption, ValueError,
    WriteCell, WriteValue, Written, WrittenCell, capabilities as kinds, datetime, difference, field as kind,
    guid, integer,
};
pub use crate::draft::{
    Besides, Columns, CreateDraft, CreateOnly, Draft, DraftKind, DraftPlan, IntoParties, IntoValue, NoDraft,
    NotClearable, NotProperty, PartyList, PrimaryId, ReadOnly, ReadOnlyTable, UpdateDraft, UpdateOnly,
    Violations, bind, change, change_parties, debug as debug_draft, equal as equal_drafts, rebind,
    serialize as serialize_draft, set, set_parties, to_json as draft_to_json,
};
#[cfg(feature = "messages")]
pub use crate::message::sharing::{AsPrincipal, PrincipalResult, principal_of};
#[cfg(feature = "messages")]
pub use crate::message::{
    Message, WriteMessage,
    draft_parts::{
        MessageResponse, RequestResult, UnbuiltRequest, answer_of_update, create_request, created,
        unbuilt_create, unbuilt_update, update_request, updated,
    },
};
pub use crate::metadata::{
    AlternateKey, AttributeFact, AttributeMetadata, AttributeParts, AttributeType, CascadeType,
    DateTimeBehavior, DateTimeFormat, DefaultValue, EntityMetadata, IntegerFormat, Navigation,
    OptionMetadata, OwnershipType, RelationshipFact, RelationshipKind, RelationshipMetadata,
    RelationshipParts, SourcePart, SourceType, StringFormat, TableType, TargetNavigation, TargetTable,
    Translation, attributes, navigation, relationships,
};
pub use crate::query::{Column, Many, Related, column, related};
pub use crate::record::{
    DataverseRow, DecodeError, ExpandField, ExpandShape, ExpandedRows, Fields, FillExpand, FromRow, Row,
    WriteRow, row_column, row_formatted,
};
pub use crate::reference::{
    Address, Bind, BindTo, Id, IntoRecord, LookupTarget, PointsTo, RecordRef, Reference, TargetKey,
    UnknownTarget, key_of,
};
pub use crate::table::{
    Elastic, Entity, ExpandPlan, Hierarchical, OptimisticConcurrency, Projection, RowPlan, SecurityPrincipal,
    Stateful, TracksChanges, UserOwned, all_columns, column_index, index_length,
};

/// Expands to nothing: without the feature `messages`, a draft is not a message.
#[cfg(not(feature = "messages"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __draft_message {
    ($($ignored:tt)*) => {};
}

/// Makes nothing: without the feature `messages`, nobody is assigned or shared anything.
#[cfg(not(feature = "messages"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __principal_enum {
    ($($ignored:tt)*) => {};
}

/// Reads an option set from an integer.
pub fn deserialize_option<'de, E: OptionSet, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    crate::column::option_set::deserialize(deserializer)
}

/// Orders options by their integers.
pub fn compare_options<E: OptionSet>(a: &E, b: &E) -> core::cmp::Ordering {
    a.value().cmp(&b.value())
}

/// Writes the label of an option, or its integer.
pub fn display_option<E: OptionSet>(option: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    crate::column::option_set::display(E::OPTIONS, option.value(), f)
}

/// Returns whether two options have the same integer.
pub fn equal_options<E: OptionSet>(a: &E, b: &E) -> bool {
    a.value() == b.value()
}

/// Hashes an option as its integer.
pub fn hash_option<E: OptionSet>(option: &E, state: &mut impl core::hash::Hasher) {
    state.write_i32(option.value());
}

/// Returns the option with this label.
pub fn option_from_label<E: OptionSet>(label: &str) -> Result<E, UnknownLabel> {
    match E::from_label(label) {
        Some(option) => Ok(option),
        None => Err(UnknownLabel::new(E::NAME, E::OPTIONS, label)),
    }
}

/// Returns the option with this integer.
pub fn option_from_value<E: OptionSet>(value: i32) -> Result<E, UnknownOption> {
    E::from_value(value)
}

/// Returns the metadata of the table that a projection reads.
pub const fn table_of<P: Projection>() -> &'static EntityMetadata {
    <P::Table as Entity>::METADATA
}

/// Returns the integer of an option. If the derive called the trait's method, the compiler would report an
/// enum that is not `Copy` twice.
pub fn option_value<E: OptionSet>(option: E) -> i32 {
    option.value()
}

/// Writes an option as its integer.
pub fn serialize_option<E: OptionSet, S: Serializer>(option: &E, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i32(option.value())
}
