//! A table.

use serde::{Deserialize, Serialize};

use crate::fact::null_is_default;
use crate::{Column, Fact, Key, Label, ManyToMany, OneToMany, OtherMembers};

/// The definition of a table, in the shape of `EntityDefinitions`.
///
/// Lists that were not asked for are empty. Source of the members: EntityMetadata in the Web API reference.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct Table {
    /// The name in queries of metadata and in FetchXML, such as `account`.
    #[serde(deserialize_with = "null_is_default")]
    pub logical_name: String,
    /// The name as its maker wrote it, such as `new_Loan`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub schema_name: Fact<String>,
    /// The id of the definition. It is the same in every org that has the table from one solution.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// The name in URLs, such as `accounts`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub entity_set_name: Fact<String>,
    /// The logical name of several records.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub logical_collection_name: Fact<String>,
    /// The schema name of several records.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub collection_schema_name: Fact<String>,
    /// What apps call a record.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub display_name: Fact<Label>,
    /// What apps call several records.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub display_collection_name: Fact<Label>,
    /// What the table is for.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub description: Fact<Label>,
    /// The column that holds the id of a record.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub primary_id_attribute: Fact<String>,
    /// The column that names a record to people.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub primary_name_attribute: Fact<String>,
    /// The column that holds the picture of a record.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub primary_image_attribute: Fact<String>,
    /// Who owns a record: `UserOwned`, `OrganizationOwned`, `BusinessOwned`, `None`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub ownership_type: Fact<String>,
    /// Where the rows are: `Standard`, `Virtual`, `Elastic`. Older orgs answer `null`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub table_type: Fact<String>,
    /// Whether records are activities.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_activity: Fact<bool>,
    /// Whether the table holds the pairs of a many-to-many relationship.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_intersect: Fact<bool>,
    /// Whether the table holds the stages of a business process.
    #[serde(rename = "IsBPFEntity", skip_serializing_if = "Fact::is_not_asked")]
    pub is_bpf_entity: Fact<bool>,
    /// Whether Dataverse tracks changes of the records.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub change_tracking_enabled: Fact<bool>,
    /// Whether Dataverse compares versions of a record (`If-Match`).
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_optimistic_concurrency_enabled: Fact<bool>,
    /// Whether only declared transitions between statuses are allowed.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub enforce_state_transitions: Fact<bool>,
    /// Whether `$metadata` describes the table. It lists all navigation properties, so a lookup without one cannot be set.
    #[serde(rename = "@edm.isDescribed", skip_serializing_if = "core::ops::Not::not")]
    pub is_of_metadata: bool,
    /// What `$metadata` has of the table and no definition can say, such as a property of an unknown type.
    #[serde(rename = "@edm.leftOut", skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The columns.
    #[serde(deserialize_with = "null_is_default")]
    pub attributes: Vec<Column>,
    /// The alternate keys.
    #[serde(deserialize_with = "null_is_default")]
    pub keys: Vec<Key>,
    /// The relationships of this table's lookups.
    #[serde(deserialize_with = "null_is_default")]
    pub many_to_one_relationships: Vec<OneToMany>,
    /// The relationships of the lookups that point to this table.
    #[serde(deserialize_with = "null_is_default")]
    pub one_to_many_relationships: Vec<OneToMany>,
    /// The relationships whose pairs have a table of their own.
    #[serde(deserialize_with = "null_is_default")]
    pub many_to_many_relationships: Vec<ManyToMany>,
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

impl Table {
    /// Returns the column with this logical name.
    pub fn column(&self, logical_name: &str) -> Option<&Column> {
        self.attributes.iter().find(|column| column.logical_name == logical_name)
    }

    /// Returns the relationships of a lookup, one for each table that it points to.
    ///
    /// ```
    /// use dataverse_definitions::read;
    ///
    /// let text = r#"{"LogicalName": "new_loan", "ManyToOneRelationships": [
    ///     {"SchemaName": "new_book_loans", "ReferencingEntity": "new_loan", "ReferencingAttribute": "new_book",
    ///      "ReferencedEntity": "new_book", "ReferencingEntityNavigationPropertyName": "new_Book"}]}"#;
    /// let tables = read(&[text])?;
    /// let targets: Vec<&str> =
    ///     tables[0].relationships_of("new_book").map(|each| each.referenced_entity.as_str()).collect();
    /// assert_eq!(targets, ["new_book"]);
    /// # Ok::<(), dataverse_definitions::ReadError>(())
    /// ```
    pub fn relationships_of<'t>(&'t self, lookup: &'t str) -> impl Iterator<Item = &'t OneToMany> {
        self.many_to_one_relationships.iter().filter(move |each| each.referencing_attribute == lookup)
    }

    /// Sorts every list by name, and drops the members that the structs do not name, so that two definitions of the same facts are
    /// the same text. Options keep their order, which is what people see.
    ///
    /// ```
    /// use dataverse_definitions::parse;
    ///
    /// let text = r#"{"LogicalName": "new_loan", "ModifiedOn": "2026-03-04T09:00:00Z", "Attributes": [
    ///     {"LogicalName": "new_title", "AttributeType": "String"}, {"LogicalName": "new_due", "AttributeType": "DateTime"}]}"#;
    /// let mut table = parse(text)?.remove(0);
    /// table.normalize();
    /// assert_eq!(table.attributes[0].logical_name, "new_due");
    /// assert!(table.other.is_empty());
    /// # Ok::<(), dataverse_definitions::ReadError>(())
    /// ```
    pub fn normalize(&mut self) {
        self.other.clear();
        for label in [&mut self.display_name, &mut self.display_collection_name, &mut self.description] {
            label.normalize(Label::normalize);
        }
        self.attributes.sort_by(|a, b| a.logical_name.cmp(&b.logical_name));
        self.attributes.iter_mut().for_each(Column::normalize);
        self.keys.sort_by(|a, b| a.logical_name.cmp(&b.logical_name));
        self.keys.iter_mut().for_each(Key::normalize);
        for list in [&mut self.many_to_one_relationships, &mut self.one_to_many_relationships] {
            list.sort_by(|a, b| a.schema_name.cmp(&b.schema_name));
            list.iter_mut().for_each(OneToMany::normalize);
        }
        for each in &mut self.many_to_many_relationships {
            each.orient(&self.logical_name);
            each.other.clear();
        }
        self.many_to_many_relationships.sort_by(|a, b| a.schema_name.cmp(&b.schema_name));
    }
}
