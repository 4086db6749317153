//! The facts about a table, as const data: no start-up work and no allocation.
//!
//! The names are Dataverse's own (`EntityMetadata`, `AttributeMetadata`, …), so that Microsoft's
//! documentation has each fact under the same name. [`EntityMetadata`] serialises to the shape in which the
//! Web API answers `EntityDefinitions(LogicalName='…')` with its attributes expanded.
//!
//! ```
//! use dataverse_entity::Entity;
//! use dataverse_entity::metadata::AttributeType;
//! use dataverse_entity::tables::SystemUser;
//!
//! let title = SystemUser::METADATA.attribute("title").unwrap();
//! assert!(matches!(title.attribute_type, AttributeType::String { max_length: Some(128), .. }));
//! ```

mod attribute;
mod attribute_kind;
mod attribute_type;
mod entity;
mod json;
mod navigation;
mod option;
mod parts;
mod text;
mod translation;

pub use attribute::{
    AttributeMetadata, AttributeSource, DefaultValue, RequiredLevel, SourcePart, SourceType,
};
pub use attribute_kind::AttributeKind;
pub use attribute_type::{AttributeType, DateTimeBehavior, DateTimeFormat, IntegerFormat, StringFormat};
pub use entity::{AlternateKey, EntityMetadata, OwnershipType, TableType};
pub use navigation::{
    CascadeType, Many, Navigation, One, RelationshipKind, RelationshipMetadata, TargetNavigation, TargetTable,
};
pub use option::OptionMetadata;
pub(crate) use parts::position;
pub use parts::{
    AttributeFact, AttributeParts, RelationshipFact, RelationshipParts, attributes, navigation, relationships,
};
pub(crate) use text::{is_name, same};
pub use translation::Translation;
