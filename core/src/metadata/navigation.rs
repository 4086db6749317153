//! How one table leads to another: targets of lookups, navigation properties, relationships.

use std::borrow::Cow;

use super::same;

/// A table that a lookup may point to: what is needed to name one of its records in a body or a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TargetTable {
    /// Logical name, as the `lookuplogicalname` annotation prints it.
    pub logical_name: &'static str,
    /// Entity set name, as a URL needs it.
    pub entity_set_name: &'static str,
    /// Logical name of the primary key column.
    pub primary_id_attribute: &'static str,
}

impl TargetTable {
    /// Names a table.
    pub const fn new(
        logical_name: &'static str,
        entity_set_name: &'static str,
        primary_id_attribute: &'static str,
    ) -> Self {
        Self { logical_name, entity_set_name, primary_id_attribute }
    }

    /// Names a table in a [`table_ref!`](crate::table_ref).
    ///
    /// # Panics
    ///
    /// In a const, the compiler stops where a name is not made of letters, digits and `_`.
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
/// The name is the relationship's `ReferencingEntityNavigationPropertyName`: it is case-sensitive and follows no rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Navigation {
    /// None was declared: the lookup can be read, not written or expanded.
    None,
    /// One property, whatever the target.
    One(&'static str),
    /// One property for each target.
    PerTarget(&'static [TargetNavigation]),
    /// One property for each target, whose names follow a pattern: `{table}` stands for the logical name of the target.
    Pattern(&'static str),
}

/// What stands for the logical name of the target in [`Navigation::Pattern`].
const TABLE: &str = "{table}";

impl Navigation {
    /// The navigation property that leads to the table with this logical name, if it is declared by name.
    pub fn to(&self, table: &str) -> Option<&'static str> {
        match self {
            Self::None | Self::Pattern(_) => None,
            Self::One(name) => Some(name),
            Self::PerTarget(all) => all.iter().find(|each| each.table == table).map(|each| each.property),
        }
    }

    /// The navigation property that leads to the table with this logical name, by a pattern, too.
    pub fn property_to(&self, table: &str) -> Option<Cow<'static, str>> {
        match self {
            Self::Pattern(pattern) => Some(Cow::Owned(pattern.replace(TABLE, table))),
            _ => self.to(table).map(Cow::Borrowed),
        }
    }

    /// Every navigation property of the lookup, as far as they are declared by name.
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
    /// Ties a target to its navigation property.
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

/// What happens to the referencing records when the referenced record is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CascadeType {
    /// Nothing.
    NoCascade,
    /// They are deleted too.
    Cascade,
    /// Those that are active are deleted too.
    Active,
    /// Those with the same owner are deleted too.
    UserOwned,
    /// Their lookup is cleared.
    RemoveLink,
    /// The deletion is refused.
    Restrict,
}

impl CascadeType {
    /// The name in `CascadeConfiguration`.
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

/// On which side of a relationship the table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelationshipKind {
    /// This table holds the lookup.
    ManyToOne,
    /// The other table holds the lookup.
    OneToMany,
    /// Neither table holds a lookup: a table of its own holds the pairs.
    ManyToMany,
}

/// A relationship between this table and another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RelationshipMetadata {
    /// On which side this table stands.
    pub kind: RelationshipKind,
    /// Schema name of the relationship.
    pub schema_name: &'static str,
    /// The lookup column: of this table when many-to-one, of the other when one-to-many; empty when many-to-many.
    pub referencing_attribute: &'static str,
    /// Logical name of the other table.
    pub table: &'static str,
    /// Key column of the table that is pointed to; empty when many-to-many.
    pub referenced_attribute: &'static str,
    /// The navigation property on this table's side: single-valued when many-to-one, a collection when one-to-many.
    pub navigation_property: Option<&'static str>,
    /// What the deletion of the referenced record does.
    pub on_delete: Option<CascadeType>,
    /// Whether it is the one along which the records of a table form a hierarchy.
    pub is_hierarchical: bool,
    /// Logical name of the table that holds the pairs, when many-to-many.
    pub intersect_table: Option<&'static str>,
}

impl RelationshipMetadata {
    /// A relationship with all that every one has.
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

    /// A relationship of pairs of this table and another.
    pub const fn many_to_many(schema_name: &'static str, table: &'static str) -> Self {
        Self::new(RelationshipKind::ManyToMany, schema_name, "", table, "")
    }

    /// Names the table that holds the pairs.
    pub const fn intersect(mut self, table: &'static str) -> Self {
        self.intersect_table = Some(table);
        self
    }

    /// Names the navigation property on this table's side.
    pub const fn navigation_property(mut self, name: &'static str) -> Self {
        self.navigation_property = Some(name);
        self
    }

    /// Sets whether it is the one along which the records of a table form a hierarchy.
    pub const fn hierarchical(mut self, is_hierarchical: bool) -> Self {
        self.is_hierarchical = is_hierarchical;
        self
    }

    /// Says that the lookup is the one along which the records of this table form a hierarchy. A lookup to several tables has a
    /// relationship with each, and the hierarchy is along the one with its own table.
    #[doc(hidden)]
    pub const fn hierarchical_within(self, table: &str) -> Self {
        let is_own = same(self.table, table);
        self.hierarchical(is_own)
    }

    /// Says what the deletion of the referenced record does.
    pub const fn on_delete(mut self, cascade: CascadeType) -> Self {
        self.on_delete = Some(cascade);
        self
    }
}
