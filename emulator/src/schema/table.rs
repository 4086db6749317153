//! Tables: their columns, keys and navigation properties.

use std::sync::Arc;

use dataverse_definitions::Table as Definition;

use super::answer::Answer;
use super::column::{Column, Kind};
use super::privilege::Privilege;
use super::table_privileges::TablePrivilege;

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) logical_name: String,
    pub(crate) entity_set_name: String,
    pub(crate) ownership: Ownership,
    pub(crate) privileges: Vec<TablePrivilege>,
    pub(crate) is_activity: bool,
    pub(crate) change_tracking: bool,
    /// Whether its rows are in partitions.
    pub(crate) elastic: bool,
    pub(crate) primary_id: String,
    pub(crate) primary_name: Option<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) keys: Vec<Key>,
    pub(crate) navigations: Vec<Navigation>,
    /// The lookups that point to this table.
    pub(crate) dependents: Vec<Dependent>,
    /// The definition of the table.
    pub(crate) model: Arc<Definition>,
    /// The definition of the table, as `EntityDefinitions` returns it.
    pub(crate) definition: Answer,
}

/// The kind of owner of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ownership {
    User,
    /// A business unit.
    BusinessUnit,
    /// The organization, or nobody.
    Other,
}

/// An alternate key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

/// A navigation property.
#[derive(Debug, Clone)]
pub(crate) enum Navigation {
    /// Leads to the record that a lookup of this table names.
    One { name: String, column: String, targets: Vec<String> },
    /// Leads to the records of another table whose lookup names this one.
    Many { name: String, table: String, column: String },
    /// Leads to the records of another table that are associated with this one.
    Association { name: String, intersect: String, mine: String, table: String },
}

impl Navigation {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::One { name, .. } | Self::Many { name, .. } | Self::Association { name, .. } => name,
        }
    }
}

/// A many-to-many relationship.
#[derive(Debug, Clone)]
pub(crate) struct Association {
    pub(crate) intersect: String,
    pub(crate) columns: [String; 2],
    pub(crate) tables: [String; 2],
}

/// A lookup of another table that points to this table.
#[derive(Debug, Clone)]
pub(crate) struct Dependent {
    pub(crate) table: String,
    pub(crate) column: String,
    pub(crate) on_delete: OnDelete,
}

/// The action on a record when the record to which it refers is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnDelete {
    Nothing,
    Delete,
    DeleteActive,
    DeleteSameOwner,
    Clear,
    Refuse,
}

impl OnDelete {
    pub(crate) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("Cascade") => Self::Delete,
            Some("Active") => Self::DeleteActive,
            Some("UserOwned") => Self::DeleteSameOwner,
            Some("Restrict") => Self::Refuse,
            Some("NoCascade") => Self::Nothing,
            // The cascade of a relationship whose definition names none.
            _ => Self::Clear,
        }
    }
}

impl Table {
    /// Returns the column with this logical name.
    pub(crate) fn column(&self, logical_name: &str) -> Option<&Column> {
        self.columns.iter().find(|each| each.logical_name == logical_name)
    }

    /// Returns the column with this property.
    pub(crate) fn property(&self, name: &str) -> Option<&Column> {
        let column = match name.strip_prefix('_').and_then(|rest| rest.strip_suffix("_value")) {
            Some(stem) => {
                self.column(stem).filter(|each| each.kind.is_lookup()).or_else(|| self.column(name))
            }
            None => self.column(name).filter(|each| !each.kind.is_lookup()),
        };
        column.filter(|each| each.is_property)
    }

    /// Returns the columns that the database stores.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|each| each.is_stored())
    }

    pub(crate) fn navigation(&self, name: &str) -> Option<&Navigation> {
        self.navigations.iter().find(|each| each.name() == name)
    }

    /// Returns the single-valued navigation properties of a lookup.
    pub(crate) fn navigations_of<'t>(
        &'t self,
        lookup: &'t str,
    ) -> impl Iterator<Item = (&'t str, &'t [String])> {
        self.navigations.iter().filter_map(move |each| match each {
            Navigation::One { name, column, targets } if column == lookup => {
                Some((name.as_str(), targets.as_slice()))
            }
            _ => None,
        })
    }

    /// Returns the state column, if the table has one.
    pub(crate) fn state(&self) -> Option<&Column> {
        self.columns.iter().find(|each| matches!(each.kind, Kind::State(_)))
    }

    /// Returns the status column, if the table has one.
    pub(crate) fn status(&self) -> Option<&Column> {
        self.columns.iter().find(|each| matches!(each.kind, Kind::Status(_)))
    }

    /// Returns the owner column of a user-owned table.
    pub(crate) fn owner(&self) -> Option<&Column> {
        (self.ownership == Ownership::User).then(|| self.column("ownerid")).flatten()
    }

    /// Returns the privilege of this kind, if the table has it.
    pub(crate) fn privilege(&self, kind: Privilege) -> Option<&TablePrivilege> {
        self.privileges.iter().find(|each| each.kind == kind)
    }

    /// Returns the text that names the table in messages and contexts.
    pub(crate) fn type_name(&self) -> String {
        format!("Microsoft.Dynamics.CRM.{}", self.logical_name)
    }
}
