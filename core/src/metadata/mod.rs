//! What a table is: const data, put together at compile time, without start-up work and without allocation.
//!
//! The names are Dataverse's own (`EntityMetadata`, `AttributeMetadata`, …), so that a fact can be looked up in
//! Microsoft's documentation under the name it has here. [`EntityMetadata`] serialises to the shape in which the Web
//! API answers `EntityDefinitions(LogicalName='…')` with its attributes expanded.

mod attribute;
mod attribute_type;
mod entity;
mod json;
mod navigation;
mod option;
mod text;
mod translation;

pub use attribute::{
    AttributeFact, AttributeMetadata, AttributeParts, AttributeSource, DefaultValue, RequiredLevel,
    SourcePart, SourceType, attributes, flags,
};
pub use attribute_type::{AttributeType, DateTimeBehavior, DateTimeFormat, IntegerFormat, StringFormat};
pub use entity::{AlternateKey, EntityMetadata, OwnershipType, TableType};
pub use navigation::{
    CascadeType, Many, Navigation, One, RelationshipKind, RelationshipMetadata, TargetNavigation, TargetTable,
};
pub use option::OptionMetadata;
pub(crate) use text::{is_name, same};
pub use translation::Translation;
