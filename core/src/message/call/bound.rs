//! What an action or a function is bound to.

use crate::Entity;
use crate::message::http::{Error, NAMESPACE, Organization, record_path};
use crate::metadata::EntityMetadata;
use crate::reference::{Address, RecordRef};

/// An operation's name and what it is bound to.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    name: String,
    to: To,
}

#[derive(Debug, Clone)]
enum To {
    Service,
    Table(&'static EntityMetadata),
    Record(&'static EntityMetadata, Address),
}

impl Bound {
    pub(super) fn to_service(name: impl Into<String>) -> Self {
        Self { name: name.into(), to: To::Service }
    }

    pub(super) fn to_table<T: Entity>(name: impl Into<String>) -> Self {
        Self { name: name.into(), to: To::Table(T::METADATA) }
    }

    pub(super) fn to_record<T: Entity>(record: RecordRef<T>, name: impl Into<String>) -> Self {
        Self { name: name.into(), to: To::Record(T::METADATA, record.address().clone()) }
    }

    /// Bound operations are called with their namespace, others without.
    pub(super) fn path(&self, org: &Organization) -> Result<String, Error> {
        let name = self.name.strip_prefix(NAMESPACE).map_or(&*self.name, |name| name.trim_start_matches('.'));
        self.check_name(name)?;
        Ok(match &self.to {
            To::Service => name.to_owned(),
            To::Table(table) => format!("{}/{NAMESPACE}.{name}", table.entity_set_name),
            To::Record(table, record) => format!("{}/{NAMESPACE}.{name}", record_path(org, table, record)?),
        })
    }

    /// Names of operations and parameters are identifiers; nothing else goes into a URL or a body unescaped.
    pub(super) fn check_name(&self, name: &str) -> Result<(), Error> {
        let is_name =
            !name.is_empty() && name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_');
        if is_name {
            return Ok(());
        }
        Err(Error::invalid_request(format!("{name:?} is not a name of an action, a function or a parameter")))
    }
}
