//! One column of a table.

use super::{AttributeType, Navigation, Translation};

/// One column (*attribute*) of a table, with every fact that Microsoft's table reference has about it.
///
/// ```
/// use dataverse_entity::Entity;
/// use dataverse_entity::metadata::RequiredLevel;
/// use dataverse_entity::tables::SystemUser;
///
/// let user = SystemUser::METADATA.attribute("lastname").unwrap();
/// assert_eq!(user.display_name, Some("Last Name"));
/// assert_eq!(user.required_level, RequiredLevel::ApplicationRequired);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct AttributeMetadata {
    /// Logical name: lower case, the name on the wire.
    pub logical_name: &'static str,
    /// Schema name: the name in Microsoft's reference pages.
    pub schema_name: &'static str,
    /// The name that apps show.
    pub display_name: Option<&'static str>,
    /// The purpose of the column, in prose.
    pub description: Option<&'static str>,
    /// The type, with its limits.
    pub attribute_type: AttributeType,
    /// Whether a value is required, and by whom.
    pub required_level: RequiredLevel,
    /// Whether a create accepts the column. If not, Dataverse ignores it there without an error.
    pub is_valid_for_create: bool,
    /// Whether an update accepts the column. If not, Dataverse ignores it there without an error.
    pub is_valid_for_update: bool,
    /// Whether the column can be read.
    pub is_valid_for_read: bool,
    /// Whether the column can be put on a form.
    pub is_valid_for_form: bool,
    /// Whether the text can differ from language to language.
    pub is_localizable: bool,
    /// Logical name of the column to which this one belongs (`AttributeOf`). Columns that belong to an image
    /// have properties of their own in the Web API; those that belong to a lookup have none.
    pub attribute_of: Option<&'static str>,
    /// The column whose annotation holds the value; `None` if the column is not read from an annotation.
    pub source: Option<AttributeSource>,
    /// Whether the Web API may have a property for the column; `false` for columns that only definitions
    /// have.
    pub has_property: bool,
    /// How the value comes about. Dataverse computes the values of all but simple columns, which no request
    /// can set.
    pub source_type: SourceType,
    /// The format of the numbers that Dataverse gives records in this column (`AutoNumberFormat`); `None` if
    /// it gives none.
    pub auto_number_format: Option<&'static str>,
    /// Whether a column security profile decides who reads and writes the column. A caller who may not read
    /// it gets `null`, or no member at all.
    pub is_secured: bool,
    /// The value with which Dataverse, or a form, starts a record.
    pub default_value: Option<DefaultValue>,
    /// Name of the global option set to which the options belong.
    pub global_option_set: Option<&'static str>,
    /// Texts in languages other than English.
    pub translations: &'static [Translation],
    /// The navigation property of a lookup.
    pub navigation: Navigation,
    /// Whether the lookup's field also holds references to tables that the attribute type does not name.
    pub has_open_targets: bool,
    /// The solution that added the column, as Microsoft's reference names it.
    pub solution: Option<&'static str>,
}

impl AttributeMetadata {
    /// Returns a column that can be created, updated and read. Its schema name equals its logical name.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeMetadata, AttributeType, RequiredLevel, StringFormat};
    ///
    /// const NAME: AttributeMetadata =
    ///     AttributeMetadata::new("name", AttributeType::string(Some(160), StringFormat::Text))
    ///         .schema_name("Name")
    ///         .display_name("Account Name")
    ///         .required(RequiredLevel::ApplicationRequired);
    ///
    /// assert!(NAME.is_creatable() && NAME.is_updatable());
    /// ```
    pub const fn new(logical_name: &'static str, attribute_type: AttributeType) -> Self {
        Self {
            logical_name,
            schema_name: logical_name,
            display_name: None,
            description: None,
            attribute_type,
            required_level: RequiredLevel::None,
            is_valid_for_create: true,
            is_valid_for_update: true,
            is_valid_for_read: true,
            is_valid_for_form: true,
            is_localizable: false,
            attribute_of: None,
            source: None,
            has_property: true,
            source_type: SourceType::Simple,
            auto_number_format: None,
            is_secured: false,
            default_value: None,
            global_option_set: None,
            translations: &[],
            navigation: Navigation::None,
            has_open_targets: false,
            solution: None,
        }
    }

    /// Sets the schema name.
    pub const fn schema_name(mut self, name: &'static str) -> Self {
        self.schema_name = name;
        self
    }

    /// Sets the display name.
    pub const fn display_name(mut self, name: &'static str) -> Self {
        self.display_name = Some(name);
        self
    }

    /// Sets the description.
    pub const fn description(mut self, text: &'static str) -> Self {
        self.description = Some(text);
        self
    }

    /// Sets the required level.
    pub const fn required(mut self, level: RequiredLevel) -> Self {
        self.required_level = level;
        self
    }

    /// Sets whether a create, an update and a read accept the column.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeMetadata, AttributeType};
    ///
    /// // Dataverse counts the versions of a record; apps do not show them.
    /// const VERSION: AttributeMetadata = AttributeMetadata::new("versionnumber", AttributeType::BigInt)
    ///     .schema_name("VersionNumber")
    ///     .valid_for(false, false, true)
    ///     .not_on_forms();
    ///
    /// assert!(!VERSION.is_creatable() && !VERSION.is_updatable() && VERSION.is_selectable());
    /// assert!(!VERSION.is_valid_for_form);
    /// ```
    pub const fn valid_for(mut self, create: bool, update: bool, read: bool) -> Self {
        self.is_valid_for_create = create;
        self.is_valid_for_update = update;
        self.is_valid_for_read = read;
        self
    }

    /// Marks a column that cannot be put on a form.
    pub const fn not_on_forms(mut self) -> Self {
        self.is_valid_for_form = false;
        self
    }

    /// Marks a column whose text can differ from language to language.
    pub const fn localizable(mut self) -> Self {
        self.is_localizable = true;
        self
    }

    /// Sets the column from whose annotation this one is read.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeMetadata, AttributeType, SourcePart};
    ///
    /// const OWNER_NAME: AttributeMetadata =
    ///     AttributeMetadata::new("owneridname", AttributeType::Virtual)
    ///         .taken_from("ownerid", SourcePart::Name);
    ///
    /// assert!(!OWNER_NAME.is_selectable() && !OWNER_NAME.is_updatable());
    /// ```
    pub const fn taken_from(mut self, attribute_of: &'static str, part: SourcePart) -> Self {
        self.attribute_of = Some(attribute_of);
        self.source = Some(AttributeSource { attribute_of, part });
        self
    }

    /// Sets the column to which this one belongs.
    pub const fn attribute_of(mut self, logical_name: &'static str) -> Self {
        self.attribute_of = Some(logical_name);
        self
    }

    /// Sets whether the Web API may have a property for the column.
    pub const fn property(mut self, has_property: bool) -> Self {
        self.has_property = has_property;
        self
    }

    /// Sets how the value comes about.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeMetadata, AttributeType, SourceType};
    ///
    /// const OPEN_LOANS: AttributeMetadata =
    ///     AttributeMetadata::new("new_openloans", AttributeType::BigInt).source_type(SourceType::Rollup);
    ///
    /// assert!(OPEN_LOANS.is_selectable() && !OPEN_LOANS.is_updatable());
    /// ```
    pub const fn source_type(mut self, source_type: SourceType) -> Self {
        self.source_type = source_type;
        self
    }

    /// Sets the format of the numbers that Dataverse gives records in this column, such as `ACC-{SEQNUM:5}`.
    pub const fn auto_number(mut self, format: &'static str) -> Self {
        self.auto_number_format = Some(format);
        self
    }

    /// Sets whether a column security profile decides who reads and writes the column.
    pub const fn secured(mut self, is_secured: bool) -> Self {
        self.is_secured = is_secured;
        self
    }

    /// Sets the value with which a record starts.
    pub const fn default_value(mut self, value: DefaultValue) -> Self {
        self.default_value = Some(value);
        self
    }

    /// Sets the name of the global option set to which the options belong.
    pub const fn global_option_set(mut self, name: &'static str) -> Self {
        self.global_option_set = Some(name);
        self
    }

    /// Sets the texts in languages other than English.
    pub const fn translations(mut self, translations: &'static [Translation]) -> Self {
        self.translations = translations;
        self
    }

    /// Sets the navigation property of a lookup.
    pub const fn navigation(mut self, navigation: Navigation) -> Self {
        self.navigation = navigation;
        self
    }

    /// Sets whether the lookup's field also holds references to tables that the attribute type does not name.
    pub const fn open_targets(mut self, is_open: bool) -> Self {
        self.has_open_targets = is_open;
        self
    }

    /// Returns whether reading the column needs the annotation `Microsoft.Dynamics.CRM.lookuplogicalname`.
    ///
    /// Owners and customers need it, and lookups with several targets or open ones. The type column of a
    /// lookup is that annotation.
    #[cfg(feature = "messages")]
    pub(crate) fn needs_lookup_table(&self) -> bool {
        match self.attribute_type {
            AttributeType::Owner { .. } | AttributeType::Customer { .. } => true,
            AttributeType::Lookup { targets, .. } => self.has_open_targets || targets.len() != 1,
            _ => self.source.is_some_and(|source| source.part == SourcePart::Type),
        }
    }

    /// Sets the name of the solution that added the column.
    pub const fn solution(mut self, name: &'static str) -> Self {
        self.solution = Some(name);
        self
    }

    /// Returns whether the Web API has a property for the column (`IsValidODataAttribute`).
    ///
    /// A column without property can be neither selected nor written. Its value comes from an annotation of
    /// [`source`](Self::source), or not at all.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// let column = |name| SessionEvent::METADATA.attribute(name).unwrap();
    /// assert!(column("ownerid").is_valid_odata_attribute());
    /// assert!(!column("owneridname").is_valid_odata_attribute());
    /// ```
    pub const fn is_valid_odata_attribute(&self) -> bool {
        self.source.is_none()
            && self.has_property
            && !matches!(self.attribute_type, AttributeType::PartyList | AttributeType::Virtual)
    }

    /// Returns whether the body of a create can hold the column.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::Team};
    ///
    /// let column = |name| Team::METADATA.attribute(name).unwrap();
    /// assert!(column("teamtype").is_creatable());
    /// assert!(!column("createdon").is_creatable());
    /// ```
    pub const fn is_creatable(&self) -> bool {
        self.is_valid_for_create && self.is_writable_property()
    }

    /// Returns whether the body of an update can hold the column.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::Team};
    ///
    /// let column = |name| Team::METADATA.attribute(name).unwrap();
    /// assert!(column("name").is_updatable());
    /// assert!(!column("teamtype").is_updatable());
    /// ```
    pub const fn is_updatable(&self) -> bool {
        self.is_valid_for_update && self.is_writable_property()
    }

    /// Returns whether a query can select the column.
    pub const fn is_selectable(&self) -> bool {
        self.is_valid_for_read && self.is_valid_odata_attribute()
    }

    /// Returns whether a body can hold the column at all. A file has an endpoint of its own. A party list has
    /// no property, but its parties go into a collection of the body.
    const fn is_writable_property(&self) -> bool {
        if self.source_type.is_computed() {
            return false;
        }
        match self.attribute_type {
            AttributeType::PartyList => self.source.is_none() && self.has_property,
            AttributeType::File => false,
            _ => self.is_valid_odata_attribute(),
        }
    }

    /// Returns the name of the property in an answer: `_name_value` for a lookup, and the logical name for
    /// other columns; `None` if the column cannot be selected.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// let owner = SessionEvent::METADATA.attribute("ownerid").unwrap();
    /// assert_eq!(owner.read_name().unwrap(), "_ownerid_value");
    /// ```
    pub fn read_name(&self) -> Option<String> {
        self.is_selectable().then(|| self.parts_of_name().concat())
    }

    /// Returns the parts of the name under which answers and queries have the value: `_name_value` for a
    /// lookup, and the logical name for other columns and for what cannot be selected.
    pub(crate) fn parts_of_name(&self) -> [&'static str; 3] {
        match self.is_selectable() && self.attribute_type.is_lookup() {
            true => ["_", self.logical_name, "_value"],
            false => ["", self.logical_name, ""],
        }
    }
}

/// Whether a column must have a value. The numbers are those of Dataverse's `AttributeRequiredLevel`.
///
/// Dataverse enforces only [`SystemRequired`](Self::SystemRequired). A create can leave such a column out,
/// because the platform fills it; an update cannot clear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RequiredLevel {
    /// Not required.
    #[default]
    None = 0,
    /// Required by the platform.
    SystemRequired = 1,
    /// Required by apps and forms; the Web API does not enforce it.
    ApplicationRequired = 2,
    /// Recommended by apps and forms.
    Recommended = 3,
}

impl RequiredLevel {
    /// Returns the name in `RequiredLevel`.
    ///
    /// ```
    /// use dataverse_entity::metadata::RequiredLevel;
    ///
    /// assert_eq!(RequiredLevel::ApplicationRequired.name(), "ApplicationRequired");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::SystemRequired => "SystemRequired",
            Self::ApplicationRequired => "ApplicationRequired",
            Self::Recommended => "Recommended",
        }
    }
}

/// How the value of a column comes about. The numbers are those of Dataverse's `SourceType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SourceType {
    /// Callers write it.
    #[default]
    Simple = 0,
    /// Dataverse calculates it from other columns of the record when it is read.
    Calculated = 1,
    /// Dataverse aggregates it over related records from time to time.
    Rollup = 2,
    /// Dataverse computes it by a formula when it is read.
    Formula = 3,
}

impl SourceType {
    /// Returns whether Dataverse computes the value, so that no request can set it.
    ///
    /// ```
    /// use dataverse_entity::metadata::SourceType;
    ///
    /// assert!(SourceType::Rollup.is_computed());
    /// assert!(!SourceType::Simple.is_computed());
    /// ```
    pub const fn is_computed(self) -> bool {
        !matches!(self, Self::Simple)
    }
}

/// The value of a column with which a record starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DefaultValue {
    /// The value of a yes or no (`DefaultValue`).
    Boolean(bool),
    /// The integer of an option (`DefaultFormValue`).
    Integer(i32),
}

/// The source of a value without a property in the Web API: a part of another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AttributeSource {
    /// Logical name of that column (`AttributeOf`).
    pub attribute_of: &'static str,
    /// The part.
    pub part: SourcePart,
}

/// The part of a column that another column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SourcePart {
    /// The display name: the `FormattedValue` annotation.
    Name,
    /// The phonetic name: no annotation holds it.
    YomiName,
    /// The logical name of the lookup's table: the `lookuplogicalname` annotation.
    Type,
}
