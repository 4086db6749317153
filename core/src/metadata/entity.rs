//! One table.

use super::{AttributeMetadata, OptionMetadata, RelationshipMetadata, Translation};

/// A Dataverse table (*entity*), with every fact that Microsoft's table reference has about it.
///
/// ```
/// use dataverse_entity::Entity;
/// use dataverse_entity::metadata::OwnershipType;
/// use dataverse_entity::tables::Team;
///
/// assert_eq!(Team::METADATA.entity_set_name, "teams");
/// assert_eq!(Team::METADATA.ownership, OwnershipType::BusinessOwned);
/// ```
///
/// It serialises to the shape of `EntityDefinitions(LogicalName='…')`:
///
/// ```
/// # use dataverse_entity::{Entity, tables::Team};
/// let json = serde_json::to_value(Team::METADATA)?;
/// assert_eq!(json["PrimaryNameAttribute"], "name");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EntityMetadata {
    /// Logical name: lower case.
    pub logical_name: &'static str,
    /// Schema name.
    pub schema_name: &'static str,
    /// Entity set name: the name in URLs.
    pub entity_set_name: &'static str,
    /// Logical name of the collection.
    pub logical_collection_name: &'static str,
    /// Schema name of the collection.
    pub collection_schema_name: &'static str,
    /// The name that apps show for one record.
    pub display_name: Option<&'static str>,
    /// The name that apps show for several records.
    pub display_collection_name: Option<&'static str>,
    /// The purpose of the table, in prose.
    pub description: Option<&'static str>,
    /// Who can own a record.
    pub ownership: OwnershipType,
    /// Whether the table is an activity.
    pub is_activity: bool,
    /// Whether the table holds the instances of a business process flow.
    pub is_bpf_entity: bool,
    /// The storage of the rows.
    pub table_type: TableType,
    /// Whether the table holds the links of a many-to-many relationship.
    pub is_intersect: bool,
    /// Whether Dataverse tracks changes of the table (`ChangeTrackingEnabled`), if declared.
    pub change_tracking: Option<bool>,
    /// Whether a write can depend on the version of a record (`IsOptimisticConcurrencyEnabled`), if declared.
    pub optimistic_concurrency: Option<bool>,
    /// Logical name of the image column that represents the record, if there is one.
    pub primary_image_attribute: Option<&'static str>,
    /// Texts in languages other than English.
    pub translations: &'static [Translation],
    /// The solution that added the table, as Microsoft's reference names it.
    pub solution: Option<&'static str>,
    /// Logical name of the primary key column.
    pub primary_id_attribute: &'static str,
    /// Logical name of the primary name column, if the table has one.
    pub primary_name_attribute: Option<&'static str>,
    /// The columns, in the order of declaration.
    pub attributes: &'static [AttributeMetadata],
    /// The alternate keys.
    pub keys: &'static [AlternateKey],
    /// The relationships that were declared.
    pub relationships: &'static [RelationshipMetadata],
}

impl EntityMetadata {
    /// Returns a table with the facts that every table has, from which all other names follow.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeMetadata, AttributeType, EntityMetadata, OwnershipType};
    ///
    /// const LOAN: EntityMetadata = EntityMetadata::new(
    ///     "new_loan",
    ///     "new_loans",
    ///     "new_loanid",
    ///     &[AttributeMetadata::new("new_loanid", AttributeType::Uniqueidentifier)],
    /// )
    /// .display_name("Loan")
    /// .ownership(OwnershipType::UserOwned);
    ///
    /// assert_eq!(LOAN.logical_collection_name, "new_loans");
    /// ```
    pub const fn new(
        logical_name: &'static str,
        entity_set_name: &'static str,
        primary_id_attribute: &'static str,
        attributes: &'static [AttributeMetadata],
    ) -> Self {
        Self {
            logical_name,
            schema_name: logical_name,
            entity_set_name,
            logical_collection_name: entity_set_name,
            collection_schema_name: entity_set_name,
            display_name: None,
            display_collection_name: None,
            description: None,
            ownership: OwnershipType::None,
            is_activity: false,
            is_bpf_entity: false,
            table_type: TableType::Standard,
            is_intersect: false,
            change_tracking: None,
            optimistic_concurrency: None,
            primary_image_attribute: None,
            translations: &[],
            solution: None,
            primary_id_attribute,
            primary_name_attribute: None,
            attributes,
            keys: &[],
            relationships: &[],
        }
    }

    /// Sets the schema name.
    pub const fn schema_name(mut self, name: &'static str) -> Self {
        self.schema_name = name;
        self
    }

    /// Sets the logical name of the collection.
    pub const fn logical_collection_name(mut self, name: &'static str) -> Self {
        self.logical_collection_name = name;
        self
    }

    /// Sets the schema name of the collection.
    pub const fn collection_schema_name(mut self, name: &'static str) -> Self {
        self.collection_schema_name = name;
        self
    }

    /// Sets the display name.
    pub const fn display_name(mut self, name: &'static str) -> Self {
        self.display_name = Some(name);
        self
    }

    /// Sets the display name of the collection.
    pub const fn display_collection_name(mut self, name: &'static str) -> Self {
        self.display_collection_name = Some(name);
        self
    }

    /// Sets the description.
    pub const fn description(mut self, text: &'static str) -> Self {
        self.description = Some(text);
        self
    }

    /// Sets who can own a record.
    pub const fn ownership(mut self, ownership: OwnershipType) -> Self {
        self.ownership = ownership;
        self
    }

    /// Marks the table as an activity.
    pub const fn activity(mut self) -> Self {
        self.is_activity = true;
        self
    }

    /// Marks the table as one with the instances of a business process flow.
    pub const fn business_process_flow(mut self) -> Self {
        self.is_bpf_entity = true;
        self
    }

    /// Sets the storage of the rows.
    pub const fn table_type(mut self, table_type: TableType) -> Self {
        self.table_type = table_type;
        self
    }

    /// Sets whether the table holds the links of a many-to-many relationship.
    pub const fn intersect(mut self, is_intersect: bool) -> Self {
        self.is_intersect = is_intersect;
        self
    }

    /// Sets whether Dataverse tracks changes of the table.
    pub const fn change_tracking(mut self, is_enabled: bool) -> Self {
        self.change_tracking = Some(is_enabled);
        self
    }

    /// Sets whether a write can depend on the version of a record.
    pub const fn optimistic_concurrency(mut self, is_enabled: bool) -> Self {
        self.optimistic_concurrency = Some(is_enabled);
        self
    }

    /// Sets the image column that represents the record.
    pub const fn primary_image_attribute(mut self, name: &'static str) -> Self {
        self.primary_image_attribute = Some(name);
        self
    }

    /// Sets the texts in languages other than English.
    pub const fn translations(mut self, translations: &'static [Translation]) -> Self {
        self.translations = translations;
        self
    }

    /// Sets the name of the solution that added the table.
    pub const fn solution(mut self, name: &'static str) -> Self {
        self.solution = Some(name);
        self
    }

    /// Sets the primary name column.
    pub const fn primary_name_attribute(mut self, name: &'static str) -> Self {
        self.primary_name_attribute = Some(name);
        self
    }

    /// Sets the alternate keys.
    pub const fn keys(mut self, keys: &'static [AlternateKey]) -> Self {
        self.keys = keys;
        self
    }

    /// Sets the relationships.
    pub const fn relationships(mut self, relationships: &'static [RelationshipMetadata]) -> Self {
        self.relationships = relationships;
        self
    }

    /// Returns the column with this logical name.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::Team};
    ///
    /// assert_eq!(Team::METADATA.attribute("name").unwrap().schema_name, "Name");
    /// assert!(Team::METADATA.attribute("Name").is_none());
    /// ```
    pub fn attribute(&self, logical_name: &str) -> Option<&'static AttributeMetadata> {
        self.attributes.iter().find(|each| each.logical_name == logical_name)
    }

    /// Returns the state in which a new record starts: that with the lowest integer, which is 0 in all tables
    /// of the platform. A create cannot choose another. `None` if the table has no state column.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// assert_eq!(SessionEvent::METADATA.initial_state().unwrap().label, "Active");
    /// ```
    pub fn initial_state(&self) -> Option<&'static OptionMetadata> {
        self.attributes.iter().find_map(|each| match each.attribute_type {
            super::AttributeType::State { options } => options.iter().min_by_key(|option| option.value),
            _ => None,
        })
    }
}

/// Who can own a record of a table. Records of a user-owned table can be assigned and shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OwnershipType {
    /// Nobody.
    None,
    /// A user or a team.
    UserOwned,
    /// A business unit.
    BusinessOwned,
    /// The organization.
    OrganizationOwned,
}

impl OwnershipType {
    /// Returns the name in `OwnershipType`.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// assert_eq!(SessionEvent::METADATA.ownership.name(), "UserOwned");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::UserOwned => "UserOwned",
            Self::BusinessOwned => "BusinessOwned",
            Self::OrganizationOwned => "OrganizationOwned",
        }
    }
}

/// The storage of a table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum TableType {
    /// In Dataverse's SQL database.
    #[default]
    Standard,
    /// In another system, from which a data provider reads them.
    Virtual,
    /// In Azure Cosmos DB: rows have a partition and can expire.
    Elastic,
}

impl TableType {
    /// Returns the name in `TableType`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Virtual => "Virtual",
            Self::Elastic => "Elastic",
        }
    }
}

/// An alternate key: columns whose values together identify one record.
///
/// ```
/// use dataverse_entity::metadata::AlternateKey;
///
/// const NUMBER: AlternateKey = AlternateKey::new("accountnumber", &["accountnumber"]);
/// assert_eq!(NUMBER.attributes, ["accountnumber"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AlternateKey {
    /// Name of the key.
    pub name: &'static str,
    /// Logical names of its columns.
    pub attributes: &'static [&'static str],
}

impl AlternateKey {
    /// Returns a key of these columns.
    pub const fn new(name: &'static str, attributes: &'static [&'static str]) -> Self {
        Self { name, attributes }
    }
}
