//! References to records: lookup, customer and owner columns.

use super::{Cell, ColumnValue, KindSet, ReadValue, SharedStrings, ValueError, WriteValue, Written};
use crate::lookup::{Bind, Lookup, LookupTarget};
use crate::metadata::TargetTable;

impl<T: LookupTarget> ReadValue<'_> for Lookup<T> {
    const KINDS: KindSet = KindSet::LOOKUP;
    const TARGETS: &'static [TargetTable] = T::TARGETS;
    const OPEN: bool = T::UNKNOWN.is_some();

    fn read(mut cell: Cell<'_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        let name = cell.display.take().map(|name| strings.share_of(name));
        let table = cell.table.take();
        let value = cell.value();
        let id = super::guid::guid(&value)?;
        let key = T::key_from(id, table.as_deref()).map_err(|expected| {
            let found = match &table {
                Some(table) => super::Value::Text(format!("{id}, which points to the table {table}").into()),
                None => value,
            };
            ValueError::new(expected, &found)
        })?;
        Ok(Self::named(key, name))
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
