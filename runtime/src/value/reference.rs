//! References to records: lookup, customer and owner columns.

use super::{Cell, ColumnValue, KindSet, ReadValue, SharedStrings, ValueError, WriteValue, Written};
use crate::lookup::{Bind, Lookup, LookupTarget};
use crate::metadata::TargetTable;

impl<T: LookupTarget> ReadValue<'_> for Lookup<T> {
    const KINDS: KindSet = KindSet::LOOKUP;
    const TARGETS: &'static [TargetTable] = T::TARGETS;
    const OPEN: bool = T::UNKNOWN.is_some();

    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        let id = super::guid::guid(cell.value())?;
        let table = cell.table();
        let key = T::key_from(id, table).map_err(|expected| match table {
            Some(table) => {
                let found = format!("{id}, which points to the table {table}");
                ValueError::new(expected, &super::Value::Text(found.into()))
            }
            None => ValueError::new(expected, cell.value()),
        })?;
        Ok(Self::named(key, cell.display().map(|name| strings.share_of(name))))
    }
}

impl<T: LookupTarget> ColumnValue for Lookup<T> {
    type Write = Bind<T>;

    fn to_write(&self) -> Bind<T> {
        Bind::to(self.key().clone())
    }

    fn same(&self, other: &Self) -> bool {
        T::reference(self.key()) == T::reference(other.key())
    }
}

impl<T> WriteValue for Bind<T> {
    fn written(&self) -> Written<'_> {
        Written::Reference(self.record())
    }
}
