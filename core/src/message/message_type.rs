//! The impls that every message type has.

/// Implements `Clone`, `Debug` and `PartialEq` without bounds on the table or projection that the type names
/// but does not hold. `Debug` and `PartialEq` leave out the fields after `skip`. The parameter after `of` is
/// a type that the message holds. The message has a trait only if this type has it.
macro_rules! message_type {
    (
        $name:ident<$($parameter:ident),+> $(of $held:ident)? where [$($bounds:tt)*]
        { $($field:ident),* $(; skip $($skipped:ident),+)? $(,)? }
    ) => {
        impl<$($parameter),+> Clone for $name<$($parameter),+> where $($held: Clone,)? $($bounds)* {
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone(),)* $($($skipped: self.$skipped.clone(),)+)? }
            }
        }

        impl<$($parameter),+> core::fmt::Debug for $name<$($parameter),+>
        where
            $($held: core::fmt::Debug,)? $($bounds)*
        {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish()
            }
        }

        impl<$($parameter),+> PartialEq for $name<$($parameter),+> where $($held: PartialEq,)? $($bounds)* {
            fn eq(&self, other: &Self) -> bool {
                let _ = other;
                true $(&& self.$field == other.$field)*
            }
        }
    };
}
pub(super) use message_type;
