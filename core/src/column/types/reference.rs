//! References to records: lookup, customer and owner columns.

use std::borrow::Cow;

use uuid::Uuid;

use crate::column::field::{Facts, LookupColumn, LookupField};
use crate::column::{
    Cell, ColumnValue, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written,
};
use crate::metadata::TargetTable;
use crate::reference::{Bind, Lookup, LookupTarget};

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> ReadValue<'_> for Lookup<T> {
    const KINDS: KindSet = KindSet::LOOKUP;
    const TARGETS: &'static [TargetTable] = T::TARGETS;
    const OPEN: bool = T::UNKNOWN.is_some();

    #[expect(
        clippy::question_mark,
        reason = "`?` would be two more functions for each table of a user's crate"
    )]
    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        let id = match super::guid::guid(cell.value()) {
            Ok(id) => id,
            Err(error) => return Err(error),
        };
        let name = match cell.display() {
            Some(name) => name.share(strings),
            None => None,
        };
        match Self::read(id, cell.table(), name) {
            Ok(lookup) => Ok(lookup),
            Err(expected) => Err(unexpected(expected, id, cell)),
        }
    }

    fn blank() -> Self {
        Self::default()
    }
}

/// Returns the error for a record to which the lookup cannot point.
fn unexpected(expected: Cow<'static, str>, id: Uuid, cell: Cell<'_, '_>) -> ValueError {
    match cell.table() {
        Some(table) => {
            let found = format!("{id}, which points to the table {table}");
            ValueError::new(expected, &Value::Text(found.into()))
        }
        None => ValueError::new(expected, cell.value()),
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> ColumnValue for Lookup<T> {
    type Write = Bind<T>;

    fn to_write(&self) -> Bind<T> {
        Bind::to_lookup(self)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

#[diagnostic::do_not_recommend]
impl<T> WriteValue for Bind<T> {
    fn written(&self) -> Written<'_> {
        Written::Reference(self.record())
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> LookupColumn<Bind<T>> for Lookup<T> {
    const FACTS: Facts = Facts::of_target::<T>();
    crate::__field_answers!(Bind<T>);
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> LookupColumn<Bind<T>> for Option<Lookup<T>> {
    const FACTS: Facts = Facts::of_target::<T>();
    crate::__field_answers!(Bind<T>);
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> LookupField for Lookup<T> {
    type Target = T;
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> LookupField for Option<Lookup<T>> {
    type Target = T;
}
