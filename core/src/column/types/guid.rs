//! GUIDs.

use uuid::Uuid;

use crate::Id;
use crate::column::field::{GuidColumn, PrimaryIdColumn};
use crate::column::{
    Cell, ColumnValue, Guid, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written,
};
use crate::metadata::TargetTable;
use crate::reference::LookupTarget;

/// Reads the GUID of a cell: with or without hyphens or braces, in either case.
#[inline]
pub(super) fn guid(value: &Value<'_>) -> Result<Uuid, ValueError> {
    match value {
        Value::Guid(guid) => return Ok(guid.uuid()),
        Value::Text(text) => Uuid::parse_str(text).ok(),
        _ => None,
    }
    .ok_or_else(|| ValueError::new("a GUID", value))
}

/// A file column holds the GUID of the stored file.
#[diagnostic::do_not_recommend]
impl ReadValue<'_> for Uuid {
    const KINDS: KindSet = KindSet::GUID.or(KindSet::FILE);

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        guid(cell.value())
    }

    fn blank() -> Self {
        Self::nil()
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Self>> ReadValue<'_> for Id<T> {
    const KINDS: KindSet = KindSet::GUID;
    const TARGETS: &'static [TargetTable] = T::TARGETS;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match guid(cell.value()) {
            Ok(guid) => Ok(Self::new(guid)),
            Err(error) => Err(error),
        }
    }

    fn blank() -> Self {
        Self::new(Uuid::nil())
    }
}

crate::__written_as_itself!(Uuid);

#[diagnostic::do_not_recommend]
impl<T: 'static> ColumnValue for Id<T> {
    type Write = Self;

    fn to_write(&self) -> Self {
        *self
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }

    fn guid(&self) -> Option<Uuid> {
        Some(self.uuid())
    }
}

#[diagnostic::do_not_recommend]
impl WriteValue for Uuid {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Guid(Guid::new(*self)))
    }
}

#[diagnostic::do_not_recommend]
impl<T> WriteValue for Id<T> {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Guid(Guid::new(self.uuid())))
    }
}

crate::__holds_column!(GuidColumn: Uuid);
crate::__holds_column!(FileColumn: Uuid);

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Self>> GuidColumn<Self> for Id<T> {
    crate::__field_answers!(Self);
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> GuidColumn<Id<T>> for Option<Id<T>> {
    crate::__field_answers!(Id<T>);
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Self>> PrimaryIdColumn<T> for Id<T> {
    crate::__field_answers!(Self);
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> PrimaryIdColumn<T> for Option<Id<T>> {
    crate::__field_answers!(Id<T>);
}
