//! What an action or a function is bound to.

use crate::Entity;
use crate::message::http::{Error, NAMESPACE, Organization, record_path};
use crate::metadata::EntityMetadata;
use crate::reference::{Address, RecordRef};

/// An operation's name and what it is bound to.
#[derive(Debug, Clone)]
pub(super) struct Callee {
    name: String,
    to: BoundTo,
}

#[derive(Debug, Clone)]
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

    /// Callee operations are called with their namespace, others without.
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

/// Declares how a message that calls something by its name begins, is cloned and is printed. It has the fields `callee`,
/// `parameters` and `result`.
macro_rules! call_message {
    ($name:ident, $what:literal) => {
        impl<R> $name<R> {
            #[doc = concat!($what, " of the service.")]
            pub fn unbound(name: impl Into<String>) -> Self {
                Self::of(Callee::to_service(name))
            }

            #[doc = concat!($what, " of a record. Its name is without the namespace.")]
            pub fn of_record<T: $crate::Entity>(
                record: impl $crate::reference::IntoRecord<T>,
                name: impl Into<String>,
            ) -> Self {
                Self::of(Callee::to_record(record.into_record(), name))
            }

            #[doc = concat!($what, " of all records of a table. Its name is without the namespace.")]
            pub fn of_table<T: $crate::Entity>(name: impl Into<String>) -> Self {
                Self::of(Callee::to_table::<T>(name))
            }

            fn of(callee: Callee) -> Self {
                Self { callee, parameters: Vec::new(), result: PhantomData }
            }
        }

        impl<R> Clone for $name<R> {
            fn clone(&self) -> Self {
                let (callee, parameters) = (self.callee.clone(), self.parameters.clone());
                Self { callee, parameters, result: PhantomData }
            }
        }

        impl<R> core::fmt::Debug for $name<R> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("callee", &self.callee)
                    .field("parameters", &self.parameters)
                    .finish()
            }
        }
    };
}
pub(super) use call_message;
