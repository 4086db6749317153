//! The impls that every message type has.

/// Implements `Clone` and `Debug` without bounds on the table or projection that the type names but does not
/// hold. `Debug` leaves out the fields after `skip`.
macro_rules! message_type {
    (
        $name:ident<$($parameter:ident),+> where [$($bounds:tt)*]
        { $($field:ident),* $(; skip $($skipped:ident),+)? $(,)? }
    ) => {
        impl<$($parameter),+> Clone for $name<$($parameter),+> where $($bounds)* {
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone(),)* $($($skipped: self.$skipped.clone(),)+)? }
            }
        }

        impl<$($parameter),+> core::fmt::Debug for $name<$($parameter),+> where $($bounds)* {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish()
            }
        }
    };
}
pub(super) use message_type;
