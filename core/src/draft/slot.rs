//! What the setters of drafts do: one function for each kind of argument and of field.
//!
//! The compiler checks the body of each setter of each column of a user's tables. A call is the cheapest body, and one of
//! a function without a trait for the field is cheaper than one with.

use super::into_value::IntoValue;
use super::parties::{IntoParties, PartyList};
use crate::column::Change;
use crate::reference::{Bind, BindTo};

/// Declares the setters for one kind of argument: of a field that is left out or set, and of one that can be cleared.
macro_rules! setters {
    ([$($T:ident)?] $Value:ty, $argument:ident: $Argument:path => $value:expr, $set:ident, $change:ident) => {
        #[doc(hidden)]
        pub fn $set$(<$T>)?(field: &mut Option<$Value>, $argument: impl $Argument) {
            *field = Some($value);
        }

        #[doc(hidden)]
        pub fn $change$(<$T>)?(field: &mut Change<$Value>, $argument: impl $Argument) {
            *field = Change::Set($value);
        }
    };
}

setters!([V] V, value: IntoValue<V> => value.into_value(), set, change);
setters!([T] Bind<T>, record: BindTo<T> => record.bind(), bind, rebind);
setters!([] PartyList, parties: IntoParties => parties.into_parties(), set_parties, change_parties);
