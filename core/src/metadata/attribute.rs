//! One column of a table.

use super::{AttributeType, Navigation, Translation};

/// One column (*attribute*) of a table, with every fact the table reference prints about it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct AttributeMetadata {
    /// Logical name: lower case, the name on the wire.
    pub logical_name: &'static str,
    /// Schema name: the name in Microsoft's reference pages.
    pub schema_name: &'static str,
    /// The name apps show.
    pub display_name: Option<&'static str>,
    /// What the column is for.
    pub description: Option<&'static str>,
    /// The type, with its limits.
    pub attribute_type: AttributeType,
    /// Whether a value has to be there, and who says so.
    pub required_level: RequiredLevel,
    /// Does a create take it? If not, the server ignores it there without an error.
    pub is_valid_for_create: bool,
    /// Does an update take it? If not, the server ignores it there without an error.
    pub is_valid_for_update: bool,
    /// Can it be read?
    pub is_valid_for_read: bool,
    /// Can it be put on a form?
    pub is_valid_for_form: bool,
    /// Can its text differ from language to language?
    pub is_localizable: bool,
    /// Logical name of the column that this one belongs to (`AttributeOf`), whether or not the Web API has a property for it:
    /// an image has companions with properties, a lookup has companions without.
    pub attribute_of: Option<&'static str>,
    /// Set where the Web API has no property for the column but an annotation: the column it is taken from.
    pub source: Option<AttributeSource>,
    /// Whether the Web API may have a property for the column; `false` for columns that only the definitions show.
    pub has_property: bool,
    /// How the value comes about. Dataverse computes the values of all but simple columns, and nobody writes them.
    pub source_type: SourceType,
    /// The format by which Dataverse numbers the records in this column, where it does (`AutoNumberFormat`).
    pub auto_number_format: Option<&'static str>,
    /// Whether a column security profile decides who reads and writes the column. Dataverse answers `null`, or nothing at all,
    /// to a caller who may not read it.
    pub is_secured: bool,
    /// The value that Dataverse, or a form, starts a record with.
    pub default_value: Option<DefaultValue>,
    /// Name of the global option set that the options come from.
    pub global_option_set: Option<&'static str>,
    /// Texts in languages other than English.
    pub translations: &'static [Translation],
    /// The navigation property of a lookup.
    pub navigation: Navigation,
    /// Whether the lookup's field also holds records of tables that the attribute type does not name.
    pub has_open_targets: bool,
    /// The solution that added the column, as the reference page prints it.
    pub solution: Option<&'static str>,
}

impl AttributeMetadata {
    /// A column that can be created, updated and read, with the schema name equal to the logical name.
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

    /// A column from what generated code says of it.
    const fn from_parts(
        &(logical_name, attribute_type, required_level, flags, facts): &AttributeParts,
    ) -> Self {
        let mut attribute = Self {
            required_level,
            is_valid_for_create: flags & flags::NO_CREATE == 0,
            is_valid_for_update: flags & flags::NO_UPDATE == 0,
            is_valid_for_read: flags & flags::NO_READ == 0,
            is_valid_for_form: flags & flags::NO_FORM == 0,
            is_localizable: flags & flags::LOCALIZABLE != 0,
            has_property: flags & flags::NO_PROPERTY == 0,
            is_secured: flags & flags::SECURED != 0,
            ..Self::new(logical_name, attribute_type)
        };
        let mut index = 0;
        while index < facts.len() {
            attribute = match facts[index] {
                AttributeFact::Schema(name) => attribute.schema_name(name),
                AttributeFact::Display(name) => attribute.display_name(name),
                AttributeFact::Description(text) => attribute.description(text),
                AttributeFact::Solution(name) => attribute.solution(name),
                AttributeFact::TakenFrom(of, part) => attribute.taken_from(of, part),
                AttributeFact::AttributeOf(of) => attribute.attribute_of(of),
                AttributeFact::SourceType(source_type) => attribute.source_type(source_type),
                AttributeFact::AutoNumber(format) => attribute.auto_number(format),
                AttributeFact::Default(value) => attribute.default_value(value),
                AttributeFact::GlobalOptionSet(name) => attribute.global_option_set(name),
                AttributeFact::Translations(translations) => attribute.translations(translations),
                AttributeFact::Navigation(navigation) => attribute.navigation(navigation),
                AttributeFact::OpenTargets(is_open) => attribute.open_targets(is_open),
            };
            index += 1;
        }
        attribute
    }

    /// Sets the required level.
    pub const fn required(mut self, level: RequiredLevel) -> Self {
        self.required_level = level;
        self
    }

    /// Says whether a create, an update and a read are valid for the column.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeMetadata, AttributeType};
    ///
    /// // The server counts the versions of a record; apps do not show them.
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

    /// Says that the column cannot be put on a form.
    pub const fn not_on_forms(mut self) -> Self {
        self.is_valid_for_form = false;
        self
    }

    /// Says that the text can differ from language to language.
    pub const fn localizable(mut self) -> Self {
        self.is_localizable = true;
        self
    }

    /// Says from which column this one is taken.
    pub const fn taken_from(mut self, attribute_of: &'static str, part: SourcePart) -> Self {
        self.attribute_of = Some(attribute_of);
        self.source = Some(AttributeSource { attribute_of, part });
        self
    }

    /// Says to which column this one belongs.
    pub const fn attribute_of(mut self, logical_name: &'static str) -> Self {
        self.attribute_of = Some(logical_name);
        self
    }

    /// Sets whether the Web API may have a property for the column.
    pub const fn property(mut self, has_property: bool) -> Self {
        self.has_property = has_property;
        self
    }

    /// Says how the value comes about.
    pub const fn source_type(mut self, source_type: SourceType) -> Self {
        self.source_type = source_type;
        self
    }

    /// Says by which format Dataverse numbers the records in this column.
    pub const fn auto_number(mut self, format: &'static str) -> Self {
        self.auto_number_format = Some(format);
        self
    }

    /// Sets whether a column security profile decides who reads and writes the column.
    pub const fn secured(mut self, is_secured: bool) -> Self {
        self.is_secured = is_secured;
        self
    }

    /// Sets the value that a record starts with.
    pub const fn default_value(mut self, value: DefaultValue) -> Self {
        self.default_value = Some(value);
        self
    }

    /// Names the global option set that the options come from.
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

    /// Sets whether the lookup's field also holds records of tables that the attribute type does not name.
    pub const fn open_targets(mut self, is_open: bool) -> Self {
        self.has_open_targets = is_open;
        self
    }

    /// Returns whether a value of the column is only complete with the name of its table: the annotation
    /// `Microsoft.Dynamics.CRM.lookuplogicalname`.
    ///
    /// That is so for owners and customers, and for lookups with several targets or open ones. The type column of a
    /// lookup is read from the same annotation.
    #[cfg(feature = "messages")]
    pub(crate) fn needs_lookup_table(&self) -> bool {
        match self.attribute_type {
            AttributeType::Owner { .. } | AttributeType::Customer { .. } => true,
            AttributeType::Lookup { targets, .. } => self.has_open_targets || targets.len() != 1,
            _ => self.source.is_some_and(|source| source.part == SourcePart::Type),
        }
    }

    /// Names the solution that added the column.
    pub const fn solution(mut self, name: &'static str) -> Self {
        self.solution = Some(name);
        self
    }

    /// Does the Web API have the column as a property (`IsValidODataAttribute`)? If not, it can neither be selected
    /// nor written; its value comes from an annotation of [`source`](Self::source), or not at all.
    pub const fn is_valid_odata_attribute(&self) -> bool {
        self.source.is_none()
            && self.has_property
            && !matches!(self.attribute_type, AttributeType::PartyList | AttributeType::Virtual)
    }

    /// Can a body of a create hold the column?
    pub const fn is_creatable(&self) -> bool {
        self.is_valid_for_create && self.is_writable_property()
    }

    /// Can a body of an update hold the column?
    pub const fn is_updatable(&self) -> bool {
        self.is_valid_for_update && self.is_writable_property()
    }

    /// Can the column be selected?
    pub const fn is_selectable(&self) -> bool {
        self.is_valid_for_read && self.is_valid_odata_attribute()
    }

    /// A file is set through an endpoint of its own, never through a body. The parties of a party list are members of a
    /// collection in the body.
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

    /// The name of the property that is read: `_name_value` for a lookup, else the logical name; nothing where the
    /// Web API has no such property.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// let owner = SessionEvent::METADATA.attribute("ownerid").unwrap();
    /// assert_eq!(owner.read_name().unwrap(), "_ownerid_value");
    /// ```
    pub fn read_name(&self) -> Option<String> {
        self.is_selectable().then(|| {
            if self.attribute_type.is_lookup() {
                format!("_{}_value", self.logical_name)
            } else {
                self.logical_name.to_owned()
            }
        })
    }
}

/// Whether a column has to have a value. The numbers are those of Dataverse's `AttributeRequiredLevel`.
///
/// Only [`SystemRequired`](Self::SystemRequired) is enforced by the server, and such a column need not be sent in a
/// create, because the platform fills it; it cannot be cleared.
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
    /// The name in `RequiredLevel`.
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
    /// It is written.
    #[default]
    Simple = 0,
    /// Dataverse calculates it from other columns of the record when it is read.
    Calculated = 1,
    /// Dataverse sums it up over related records from time to time.
    Rollup = 2,
    /// Dataverse computes it by a formula when it is read.
    Formula = 3,
}

impl SourceType {
    /// Returns whether Dataverse computes the value, so that nobody writes it.
    pub const fn is_computed(self) -> bool {
        !matches!(self, Self::Simple)
    }
}

/// The value that a record starts with in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DefaultValue {
    /// That of a yes or no (`DefaultValue`).
    Boolean(bool),
    /// The integer of an option (`DefaultFormValue`).
    Integer(i32),
}

/// Where the value of a column comes from that the Web API has no property for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AttributeSource {
    /// Logical name of the column it belongs to (`AttributeOf`).
    pub attribute_of: &'static str,
    /// Which part of that column it is.
    pub part: SourcePart,
}

/// Which part of a column another column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SourcePart {
    /// The display name: the `FormattedValue` annotation.
    Name,
    /// The phonetic name: no annotation holds it.
    YomiName,
    /// The logical name of the table pointed to: the `lookuplogicalname` annotation.
    Type,
}

/// A column as generated code says it, because a tuple of consts is compiled sooner than a call: logical name, type,
/// required level, [`flags`], and further facts.
#[doc(hidden)]
pub type AttributeParts = (&'static str, AttributeType, RequiredLevel, u16, &'static [AttributeFact]);

/// The flags of [`AttributeParts`]. Most columns have none of them.
#[doc(hidden)]
pub mod flags {
    /// A create does not take the column.
    pub const NO_CREATE: u16 = 1;
    /// An update does not take the column.
    pub const NO_UPDATE: u16 = 1 << 1;
    /// The column cannot be read.
    pub const NO_READ: u16 = 1 << 2;
    /// The column cannot be put on a form.
    pub const NO_FORM: u16 = 1 << 3;
    /// The text differs from language to language.
    pub const LOCALIZABLE: u16 = 1 << 4;
    /// The Web API has no property for the column.
    pub const NO_PROPERTY: u16 = 1 << 5;
    /// A column security profile decides who reads and writes the column.
    pub const SECURED: u16 = 1 << 6;
}

/// What not every column has.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum AttributeFact {
    Schema(&'static str),
    Display(&'static str),
    Description(&'static str),
    Solution(&'static str),
    TakenFrom(&'static str, SourcePart),
    AttributeOf(&'static str),
    SourceType(SourceType),
    AutoNumber(&'static str),
    Default(DefaultValue),
    GlobalOptionSet(&'static str),
    Translations(&'static [Translation]),
    Navigation(Navigation),
    /// Whether a lookup's field also holds records of other tables.
    OpenTargets(bool),
}

/// The columns of a table.
#[doc(hidden)]
pub const fn attributes<const N: usize>(parts: &[AttributeParts; N]) -> [AttributeMetadata; N] {
    let mut attributes = [const { AttributeMetadata::new("", AttributeType::Virtual) }; N];
    let mut index = 0;
    while index < N {
        attributes[index] = AttributeMetadata::from_parts(&parts[index]);
        index += 1;
    }
    attributes
}
