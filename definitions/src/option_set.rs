//! Option sets.

use serde::{Deserialize, Serialize};

use crate::fact::null_is_default;
use crate::{Fact, Label, OtherMembers};

/// The options of a choice, a state or a status, or the two of a boolean column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct OptionSet {
    /// The name. That of a set of one column starts with the name of its table.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub name: Fact<String>,
    /// The id of the definition.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// Whether several columns may share the set.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_global: Fact<bool>,
    /// What apps call the set.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub display_name: Fact<Label>,
    /// What the set is for.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub description: Fact<Label>,
    /// The options, in the order in which people see them.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "null_is_default")]
    pub options: Vec<OptionDefinition>,
    /// The option of `true`, of a boolean column.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub true_option: Fact<OptionDefinition>,
    /// The option of `false`, of a boolean column.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub false_option: Fact<OptionDefinition>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct OptionDefinition {
    /// The integer on the wire.
    pub value: i32,
    /// The id of the definition. Dataverse answers `null` for most options.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// What people see.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub label: Fact<Label>,
    /// What the option means.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub description: Fact<Label>,
    /// The color in apps, such as `#0000ff`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub color: Fact<String>,
    /// The state that a status belongs to.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub state: Fact<i32>,
    /// The status that a record gets with a state.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub default_status: Fact<i32>,
    /// The name of a state, which does not depend on the language.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub invariant_name: Fact<String>,
    /// The statuses that may follow a status, as XML.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub transition_data: Fact<String>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

impl OptionSet {
    pub(crate) fn normalize(&mut self) {
        self.other.clear();
        for label in [&mut self.display_name, &mut self.description] {
            label.normalize(Label::normalize);
        }
        self.options.iter_mut().for_each(OptionDefinition::normalize);
        for option in [&mut self.true_option, &mut self.false_option] {
            option.normalize(OptionDefinition::normalize);
        }
    }
}

impl OptionDefinition {
    fn normalize(&mut self) {
        self.other.clear();
        for label in [&mut self.label, &mut self.description] {
            label.normalize(Label::normalize);
        }
    }
}
