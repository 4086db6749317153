//! The name of an action or a function, and what it is bound to.

use crate::Entity;
use crate::message::http::{Error, NAMESPACE, Organization, record_path};
use crate::metadata::EntityMetadata;
use crate::reference::{Address, RecordRef};

/// An action or a function: its name, and what it is bound to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Callee {
    name: String,
    to: BoundTo,
}

#[derive(Debug, Clone, PartialEq)]
enum BoundTo {
    Service,
    Table(&'static EntityMetadata),
    Record(&'static EntityMetadata, Address),
}

impl Callee {
    pub(super) fn to_service(name: impl Into<String>) -> Self {
        Self { name: name.into(), to: BoundTo::Service }
    }

    pub(super) fn to_table<T: Entity>(name: impl Into<String>) -> Self {
        Self { name: name.into(), to: BoundTo::Table(T::METADATA) }
    }

    pub(super) fn to_record<T: Entity>(record: RecordRef<T>, name: impl Into<String>) -> Self {
        Self { name: name.into(), to: BoundTo::Record(T::METADATA, record.address().clone()) }
    }

    /// Returns the path of the call. The path has the namespace of a bound action or function, but not that
    /// of an unbound one.
    pub(super) fn path(&self, org: &Organization) -> Result<String, Error> {
        let name = self.name.strip_prefix(NAMESPACE).map_or(&*self.name, |name| name.trim_start_matches('.'));
        self.check_name(name)?;
        Ok(match &self.to {
            BoundTo::Service => name.to_owned(),
            BoundTo::Table(table) => format!("{}/{NAMESPACE}.{name}", table.entity_set_name),
            BoundTo::Record(table, record) => {
                format!("{}/{NAMESPACE}.{name}", record_path(org, table, record)?)
            }
        })
    }

    /// Refuses a name that is no identifier, because names are written into URLs and bodies unescaped.
    pub(super) fn check_name(&self, name: &str) -> Result<(), Error> {
        let is_name =
            !name.is_empty() && name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_');
        if is_name {
            return Ok(());
        }
        Err(Error::invalid_request(format!(
            "{name:?} is not the name of an action, a function or a parameter; names have ASCII letters, digits \
             and `_`"
        )))
    }
}

/// Implements the constructors, `Clone` and `Debug` of a message that calls something by its name. The
/// message has the fields `callee`, `parameters` and `result`.
macro_rules! call_message {
    ($name:ident, $what:literal) => {
        impl<R> $name<R> {
            #[doc = concat!("Calls ", $what, " of the service.")]
            pub fn unbound(name: impl Into<String>) -> Self {
                Self::of(Callee::to_service(name))
            }

            #[doc = concat!("Calls ", $what, " that is bound to a record. The name is without the namespace.")]
            pub fn of_record<T: $crate::Entity>(
                record: impl $crate::reference::IntoRecord<T>,
                name: impl Into<String>,
            ) -> Self {
                Self::of(Callee::to_record(record.into_record(), name))
            }

            #[doc = concat!("Calls ", $what, " that is bound to a table. The name is without the namespace.")]
            pub fn of_table<T: $crate::Entity>(name: impl Into<String>) -> Self {
                Self::of(Callee::to_table::<T>(name))
            }

            fn of(callee: Callee) -> Self {
                Self { callee, parameters: Vec::new(), result: PhantomData }
            }
        }

        $crate::message::message_type::message_type!($name<R> where [] { callee, parameters; skip result });
    };
}
pub(super) use call_message;
