//! An alternate key.

use serde::{Deserialize, Serialize};

use crate::fact::null_is_default;
use crate::{Fact, Label, OtherMembers};

/// The definition of an alternate key.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct Key {
    /// The name, such as `new_loan_number`.
    #[serde(deserialize_with = "null_is_default")]
    pub logical_name: String,
    /// The name as its maker wrote it.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub schema_name: Fact<String>,
    /// The id of the definition.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// What apps call the key.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub display_name: Fact<Label>,
    /// The columns, by logical name.
    #[serde(deserialize_with = "null_is_default")]
    pub key_attributes: Vec<String>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

impl Key {
    pub(crate) fn normalize(&mut self) {
        self.other.clear();
        self.display_name.normalize(Label::normalize);
    }
}
