//! One option of an option set.

use crate::column::field::{ChoiceColumn, Facts};
use crate::column::option_set::position;
use crate::column::{
    Cell, ColumnValue, KindSet, OptionSet, ReadValue, SharedStrings, UnknownOption, Value, ValueError,
    WriteValue, Written,
};
use crate::metadata::OptionMetadata;

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ReadValue<'_> for E {
    const KINDS: KindSet = KindSet::CHOICE;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match choice(cell, E::OPTIONS) {
            Ok(Choice::Declared(index)) => Ok(E::ALL[index]),
            Ok(Choice::Other(value)) => match E::unknown(value) {
                Some(option) => Ok(option),
                None => Err(unexpected(E::NAME, E::OPTIONS, value)),
            },
            Err(error) => Err(error),
        }
    }

    fn blank() -> Self {
        E::blank()
    }
}

/// The integer in a cell.
enum Choice {
    /// The option at this index.
    Declared(usize),
    Other(i32),
}

#[inline]
fn choice(cell: Cell<'_, '_>, options: &[OptionMetadata]) -> Result<Choice, ValueError> {
    let value = super::number::integer(cell)?;
    Ok(position(options, value).map_or(Choice::Other(value), Choice::Declared))
}

fn unexpected(set: &'static str, options: &'static [OptionMetadata], value: i32) -> ValueError {
    ValueError::new(UnknownOption::new(set, options, value).expectation(), &Value::Integer(i64::from(value)))
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ColumnValue for E {
    type Write = Self;

    fn to_write(&self) -> Self {
        *self
    }

    fn same(&self, other: &Self) -> bool {
        self.value() == other.value()
    }

    fn integer(&self) -> Option<i32> {
        Some(self.value())
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> WriteValue for E {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Integer(i64::from(self.value())))
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ChoiceColumn<Self> for E {
    const FACTS: Facts = Facts::of_options::<E>();
    crate::__field_answers!(Self);
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ChoiceColumn<E> for Option<E> {
    const FACTS: Facts = Facts::of_options::<E>();
    crate::__field_answers!(E);
}
