//! Relationships.

use serde::{Deserialize, Serialize};

use crate::fact::null_is_default;
use crate::{Fact, OtherMembers};

/// The relationship of a lookup to one of the tables that it points to. The definitions of both tables have it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct OneToMany {
    /// The name.
    #[serde(deserialize_with = "null_is_default")]
    pub schema_name: String,
    /// The id of the definition.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// The table of the lookup.
    #[serde(deserialize_with = "null_is_default")]
    pub referencing_entity: String,
    /// The lookup.
    #[serde(deserialize_with = "null_is_default")]
    pub referencing_attribute: String,
    /// The table that the lookup points to.
    #[serde(deserialize_with = "null_is_default")]
    pub referenced_entity: String,
    /// The column that the lookup holds, which is the primary id.
    #[serde(deserialize_with = "null_is_default")]
    pub referenced_attribute: String,
    /// The navigation property of the lookup's table. Its case matters.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub referencing_entity_navigation_property_name: Fact<String>,
    /// The collection of the table that the lookup points to.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub referenced_entity_navigation_property_name: Fact<String>,
    /// Whether it leads from a record to the one above it in a hierarchy.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_hierarchical: Fact<bool>,
    /// What happens to the records with the lookup.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub cascade_configuration: Fact<CascadeConfiguration>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

/// What Dataverse does with records whose lookup names a record that is deleted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct CascadeConfiguration {
    /// `Cascade`, `RemoveLink`, `Restrict`, `NoCascade`, `Active` or `UserOwned`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub delete: Fact<String>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

/// A relationship whose pairs have a table of their own. The definitions of both tables have it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct ManyToMany {
    /// The name.
    #[serde(deserialize_with = "null_is_default")]
    pub schema_name: String,
    /// The id of the definition.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// The table of the pairs.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub intersect_entity_name: Fact<String>,
    /// One of the tables.
    #[serde(deserialize_with = "null_is_default")]
    pub entity1_logical_name: String,
    /// The other table.
    #[serde(deserialize_with = "null_is_default")]
    pub entity2_logical_name: String,
    /// The collection of the first table.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub entity1_navigation_property_name: Fact<String>,
    /// The collection of the second table.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub entity2_navigation_property_name: Fact<String>,
    /// The column of the pairs that holds the first table's id.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub entity1_intersect_attribute: Fact<String>,
    /// The column of the pairs that holds the second table's id.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub entity2_intersect_attribute: Fact<String>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

impl OneToMany {
    /// The schema name of a relationship that the source does not name.
    pub(crate) fn made_up_name(&self) -> String {
        format!("{}_{}_{}", self.referencing_entity, self.referencing_attribute, self.referenced_entity)
    }

    pub(crate) fn normalize(&mut self) {
        self.other.clear();
        self.cascade_configuration.normalize(|cascade| cascade.other.clear());
    }
}

impl ManyToMany {
    /// Makes a table the first of the two: the definition of either table may call the same one the first.
    ///
    /// ```
    /// use dataverse_definitions::ManyToMany;
    ///
    /// let mut tags = ManyToMany::default();
    /// tags.entity1_logical_name = "new_loan".to_owned();
    /// tags.entity2_logical_name = "new_tag".to_owned();
    /// tags.orient("new_tag");
    /// assert_eq!(tags.entity1_logical_name, "new_tag");
    /// ```
    pub fn orient(&mut self, first: &str) {
        if self.entity1_logical_name != first && self.entity2_logical_name == first {
            core::mem::swap(&mut self.entity1_logical_name, &mut self.entity2_logical_name);
            core::mem::swap(
                &mut self.entity1_navigation_property_name,
                &mut self.entity2_navigation_property_name,
            );
            core::mem::swap(&mut self.entity1_intersect_attribute, &mut self.entity2_intersect_attribute);
        }
    }
}
