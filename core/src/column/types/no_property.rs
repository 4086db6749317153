//! The type of fields whose attribute has no property in the Web API.

use serde_core::de::{Deserialize, Deserializer, IgnoredAny};
use serde_core::ser::{Serialize, Serializer};

use crate::column::field::PartyListColumn;
use crate::column::{
    Cell, Change, Difference, KindSet, Pending, ReadValue, SharedStrings, Value, ValueError, WriteValue,
    Written, WrittenCell,
};
use crate::draft::PartyList;

/// The type of a field whose attribute has no property in the Web API, so that a struct can still declare it.
///
/// ```
/// use dataverse_entity::prelude::*;
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "appointment", set = "appointments")]
/// struct Appointment {
///     #[attr(logical = "activityid", primary_id)]
///     id: Id<Appointment>,
///     #[attr(logical = "isworkflowcreated", virtual)]
///     is_workflow_created: NoProperty,
/// }
///
/// assert_eq!(Appointment::select_clause(), "activityid");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NoProperty;

/// Writes `null`.
impl Serialize for NoProperty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// Takes any value.
impl<'de> Deserialize<'de> for NoProperty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for NoProperty {
    const KINDS: KindSet = KindSet::NO_PROPERTY.or(KindSet::PARTY_LIST);

    fn read(_: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        Ok(Self)
    }

    const HAS_ABSENT: bool = true;

    fn blank() -> Self {
        Self
    }
}

crate::__written_as_itself!(NoProperty);

#[diagnostic::do_not_recommend]
impl WriteValue for NoProperty {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Null)
    }
}

crate::__holds_column!(NoPropertyColumn: NoProperty);

/// A field holds no parties, so two states of a record do not differ in them.
#[diagnostic::do_not_recommend]
impl PartyListColumn<PartyList> for NoProperty {
    const IS_REQUIRED: bool = false;

    fn blank() -> Self {
        Self
    }

    fn read<'de>(&mut self, _: Cell<'_, 'de>, _: &mut SharedStrings) -> Result<(), ValueError> {
        Ok(())
    }

    fn cell(&self) -> WrittenCell<'_> {
        WrittenCell::NULL
    }

    fn option(slot: &Option<PartyList>) -> Pending<'_> {
        match slot {
            None => Pending::Keep,
            Some(parties) => Pending::Set(parties.written()),
        }
    }

    fn change(slot: &Change<PartyList>) -> Pending<'_> {
        match slot {
            Change::Keep => Pending::Keep,
            Change::Clear => Pending::Clear,
            Change::Set(parties) => Pending::Set(parties.written()),
        }
    }

    fn differ(_: &Self, _: &Self, _: &mut Change<PartyList>) -> Difference {
        Difference::Same
    }

    fn differ_set(_: &Self, _: &Self, _: &mut Option<PartyList>) -> Difference {
        Difference::Same
    }

    fn integer(&self) -> Option<i32> {
        None
    }

    fn guid(&self) -> Option<uuid::Uuid> {
        None
    }
}
