//! What the setters of drafts do: one function for each kind of argument and of field.
//!
//! The compiler checks the body of each setter of each column of a user's tables. A call is the cheapest body, and one of
//! a function without a trait for the field is cheaper than one with.

use super::into_value::IntoValue;
use super::parties::{IntoParties, PartyList};
use crate::column::Change;
use crate::reference::{Bind, BindTo};

/// Declares the setters for one kind of argument. Those that take an `Option` leave the column as it is if there is no
/// value; the last one clears it.
macro_rules! setters {
    (
        [$($T:ident)?] $Value:ty, $argument:ident: $Argument:path => $value:expr,
        $set:ident, $set_if_some:ident, $change:ident, $change_if_some:ident, $change_or_clear:ident
    ) => {
        #[doc(hidden)]
        pub fn $set$(<$T>)?(field: &mut Option<$Value>, $argument: impl $Argument) {
            *field = Some($value);
        }

        #[doc(hidden)]
        pub fn $set_if_some$(<$T>)?(field: &mut Option<$Value>, argument: Option<impl $Argument>) {
            if let Some($argument) = argument {
                *field = Some($value);
            }
        }

        #[doc(hidden)]
        pub fn $change$(<$T>)?(field: &mut Change<$Value>, $argument: impl $Argument) {
            *field = Change::Set($value);
        }

        #[doc(hidden)]
        pub fn $change_if_some$(<$T>)?(field: &mut Change<$Value>, argument: Option<impl $Argument>) {
            if let Some($argument) = argument {
                *field = Change::Set($value);
            }
        }

        #[doc(hidden)]
        pub fn $change_or_clear$(<$T>)?(field: &mut Change<$Value>, argument: Option<impl $Argument>) {
            *field = match argument {
                Some($argument) => Change::Set($value),
                None => Change::Clear,
            };
        }
    };
}

setters!(
    [V] V, value: IntoValue<V> => value.into_value(),
    set, set_if_some, change, change_if_some, change_or_clear
);
setters!(
    [T] Bind<T>, record: BindTo<T> => record.bind(),
    bind, bind_if_some, rebind, rebind_if_some, rebind_or_clear
);
setters!(
    [] PartyList, parties: IntoParties => parties.into_parties(),
    set_parties, set_parties_if_some, change_parties, change_parties_if_some, change_parties_or_clear
);
