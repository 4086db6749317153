//! How one table leads to another: targets of lookups, navigation properties, relationships.

use std::borrow::Cow;

/// A table to which a lookup may point: the names that a body or a URL needs for one of its records.
///
/// ```
/// use dataverse_entity::metadata::TargetTable;
///
/// const ACCOUNT: TargetTable = TargetTable::new("account", "accounts", "accountid");
/// assert_eq!(ACCOUNT.entity_set_name, "accounts");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TargetTable {
    /// Logical name, as in the annotation `lookuplogicalname`.
    pub logical_name: &'static str,
    /// Entity set name, as in URLs.
    pub entity_set_name: &'static str,
    /// Logical name of the primary key column.
    pub primary_id_attribute: &'static str,
}

impl TargetTable {
    /// Returns the table with these names.
    pub const fn new(
        logical_name: &'static str,
        entity_set_name: &'static str,
        primary_id_attribute: &'static str,
    ) -> Self {
        Self { logical_name, entity_set_name, primary_id_attribute }
    }

    /// Returns the table of a [`table_ref!`](crate::table_ref).
    ///
    /// # Panics
    ///
    /// Panics if a name has other characters than letters, digits and `_`; in a const, this is a compile
    /// error.
    #[doc(hidden)]
    #[track_caller]
    pub const fn named(
        logical_name: &'static str,
        entity_set_name: &'static str,
        primary_id_attribute: &'static str,
    ) -> Self {
        assert!(super::is_name(logical_name), "`logical` is the table's logical name, such as `account`");
        assert!(
            super::is_name(entity_set_name),
            "`set` is the entity set's name in URLs, such as `accounts`"
        );
        assert!(
            super::is_name(primary_id_attribute),
            "`id` is the primary key column's logical name, such as `accountid`"
        );
        Self::new(logical_name, entity_set_name, primary_id_attribute)
    }
}

/// The single-valued navigation property through which a lookup is written and expanded.
///
/// The name is the relationship's `ReferencingEntityNavigationPropertyName`. It is case-sensitive and follows
/// no rule.
///
/// ```
/// use dataverse_entity::{Entity, tables::SessionEvent};
///
/// let session = SessionEvent::METADATA.attribute("msdyn_omnichannelsession").unwrap();
/// assert_eq!(session.navigation.to("msdyn_ocsession"), Some("msdyn_omnichannelsession"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Navigation {
    /// None is declared: the lookup can be read, but neither written nor expanded.
    None,
    /// One property, whatever the target.
    One(&'static str),
    /// One property for each target.
    PerTarget(&'static [TargetNavigation]),
    /// One property for each target, whose names follow a pattern: `{table}` is the logical name of the
    /// target.
    Pattern(&'static str),
}

/// The placeholder for the logical name of the target in [`Navigation::Pattern`].
const TABLE: &str = "{table}";

impl Navigation {
    /// Returns the navigation property that leads to the table with this logical name, if it is declared by
    /// name.
    ///
    /// ```
    /// use dataverse_entity::metadata::{Navigation, TargetNavigation};
    ///
    /// const CUSTOMER: Navigation = Navigation::PerTarget(&[
    ///     TargetNavigation::new("account", "customerid_account"),
    ///     TargetNavigation::new("contact", "customerid_contact"),
    /// ]);
    ///
    /// assert_eq!(CUSTOMER.to("contact"), Some("customerid_contact"));
    /// assert_eq!(CUSTOMER.to("lead"), None);
    /// ```
    pub fn to(&self, table: &str) -> Option<&'static str> {
        match self {
            Self::None | Self::Pattern(_) => None,
            Self::One(name) => Some(name),
            Self::PerTarget(all) => all.iter().find(|each| each.table == table).map(|each| each.property),
        }
    }

    /// Returns the navigation property that leads to the table with this logical name, declared by name or by
    /// pattern.
    ///
    /// ```
    /// use dataverse_entity::metadata::Navigation;
    ///
    /// let regarding = Navigation::Pattern("regardingobjectid_{table}");
    /// assert_eq!(regarding.property_to("account").unwrap(), "regardingobjectid_account");
    /// ```
    pub fn property_to(&self, table: &str) -> Option<Cow<'static, str>> {
        match self {
            Self::Pattern(pattern) => Some(Cow::Owned(pattern.replace(TABLE, table))),
            _ => self.to(table).map(Cow::Borrowed),
        }
    }

    /// Returns the navigation properties of the lookup that are declared by name.
    ///
    /// ```
    /// use dataverse_entity::metadata::Navigation;
    ///
    /// assert_eq!(Navigation::One("parentaccountid").properties().collect::<Vec<_>>(), ["parentaccountid"]);
    /// ```
    pub fn properties(&self) -> impl Iterator<Item = &'static str> + use<> {
        let (one, many): (Option<&'static str>, &'static [TargetNavigation]) = match *self {
            Self::None | Self::Pattern(_) => (None, &[]),
            Self::One(name) => (Some(name), &[]),
            Self::PerTarget(all) => (None, all),
        };
        one.into_iter().chain(many.iter().map(|each| each.property))
    }
}

/// The navigation property of a polymorphic lookup for one of its targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TargetNavigation {
    /// Logical name of the target table.
    pub table: &'static str,
    /// Name of the navigation property.
    pub property: &'static str,
}

impl TargetNavigation {
    /// Returns the navigation property for a target.
    pub const fn new(table: &'static str, property: &'static str) -> Self {
        Self { table, property }
    }
}

/// The cardinality of a navigation property that leads to at most one record.
#[derive(Debug, Clone, Copy)]
pub enum One {}

/// The cardinality of a navigation property that leads to any number of records.
#[derive(Debug, Clone, Copy)]
pub enum Many {}

/// What Dataverse does with the referencing records when the referenced record is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CascadeType {
    /// Nothing.
    NoCascade,
    /// Deletes them, too.
    Cascade,
    /// Deletes those that are active, too.
    Active,
    /// Deletes those with the same owner, too.
    UserOwned,
    /// Clears their lookup.
    RemoveLink,
    /// Refuses the deletion.
    Restrict,
}

impl CascadeType {
    /// Returns the name in `CascadeConfiguration`.
    ///
    /// ```
    /// use dataverse_entity::metadata::CascadeType;
    ///
    /// assert_eq!(CascadeType::RemoveLink.name(), "RemoveLink");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoCascade => "NoCascade",
            Self::Cascade => "Cascade",
            Self::Active => "Active",
            Self::UserOwned => "UserOwned",
            Self::RemoveLink => "RemoveLink",
            Self::Restrict => "Restrict",
        }
    }
}

/// The side of a relationship on which the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelationshipKind {
    /// This table holds the lookup.
    ManyToOne,
    /// The other table holds the lookup.
    OneToMany,
    /// Neither table holds a lookup: an intersect table holds the pairs.
    ManyToMany,
}

/// A relationship between this table and another.
///
/// ```
/// use dataverse_entity::metadata::{CascadeType, RelationshipKind, RelationshipMetadata};
///
/// const LOANS: RelationshipMetadata = RelationshipMetadata::new(
///     RelationshipKind::OneToMany,
///     "new_account_new_loan",
///     "new_accountid",
///     "new_loan",
///     "accountid",
/// )
/// .navigation_property("new_account_new_loan")
/// .on_delete(CascadeType::Restrict);
///
/// assert_eq!(LOANS.on_delete, Some(CascadeType::Restrict));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RelationshipMetadata {
    /// The side on which this table is.
    pub kind: RelationshipKind,
    /// Schema name of the relationship.
    pub schema_name: &'static str,
    /// The lookup column: of this table when many-to-one, of the other when one-to-many; empty when
    /// many-to-many.
    pub referencing_attribute: &'static str,
    /// Logical name of the other table.
    pub table: &'static str,
    /// Key column of the referenced table; empty when many-to-many.
    pub referenced_attribute: &'static str,
    /// The navigation property on this table's side: single-valued when many-to-one, a collection when
    /// one-to-many.
    pub navigation_property: Option<&'static str>,
    /// What Dataverse does with the referencing records when the referenced record is deleted, if declared.
    pub on_delete: Option<CascadeType>,
    /// Whether the records of the table form a hierarchy along this relationship.
    pub is_hierarchical: bool,
    /// Logical name of the table that holds the pairs, when many-to-many.
    pub intersect_table: Option<&'static str>,
}

impl RelationshipMetadata {
    /// Returns a relationship with the facts that every relationship has.
    pub const fn new(
        kind: RelationshipKind,
        schema_name: &'static str,
        referencing_attribute: &'static str,
        table: &'static str,
        referenced_attribute: &'static str,
    ) -> Self {
        Self {
            kind,
            schema_name,
            referencing_attribute,
            table,
            referenced_attribute,
            navigation_property: None,
            on_delete: None,
            is_hierarchical: false,
            intersect_table: None,
        }
    }

    /// Returns a many-to-many relationship of this table and another.
    ///
    /// ```
    /// use dataverse_entity::metadata::RelationshipMetadata;
    ///
    /// const MEMBERS: RelationshipMetadata =
    ///     RelationshipMetadata::many_to_many("teammembership_association", "systemuser")
    ///         .intersect("teammembership")
    ///         .navigation_property("teammembership_association");
    ///
    /// assert_eq!(MEMBERS.intersect_table, Some("teammembership"));
    /// ```
    pub const fn many_to_many(schema_name: &'static str, table: &'static str) -> Self {
        Self::new(RelationshipKind::ManyToMany, schema_name, "", table, "")
    }

    /// Sets the table that holds the pairs.
    pub const fn intersect(mut self, table: &'static str) -> Self {
        self.intersect_table = Some(table);
        self
    }

    /// Sets the navigation property on this table's side.
    pub const fn navigation_property(mut self, name: &'static str) -> Self {
        self.navigation_property = Some(name);
        self
    }

    /// Sets whether the records of the table form a hierarchy along this relationship.
    pub const fn hierarchical(mut self, is_hierarchical: bool) -> Self {
        self.is_hierarchical = is_hierarchical;
        self
    }

    /// Sets what Dataverse does with the referencing records when the referenced record is deleted.
    pub const fn on_delete(mut self, cascade: CascadeType) -> Self {
        self.on_delete = Some(cascade);
        self
    }
}
