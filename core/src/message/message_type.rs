//! What every message type has.

/// Implements `Clone` and `Debug` without asking anything of the table or projection that the type only names.
macro_rules! message_type {
    ($name:ident<$($parameter:ident),+> where [$($bounds:tt)*] { $($field:ident),+ $(,)? }) => {
        impl<$($parameter),+> Clone for $name<$($parameter),+> where $($bounds)* {
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone()),+ }
            }
        }

        impl<$($parameter),+> core::fmt::Debug for $name<$($parameter),+> where $($bounds)* {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let mut shown = f.debug_struct(stringify!($name));
                $(crate::operation::macros::show(&mut shown, stringify!($field), &self.$field);)+
                shown.finish()
            }
        }
    };
}
pub(crate) use message_type;

/// Adds a field to what is shown, unless it only names a type.
pub(crate) fn show(shown: &mut core::fmt::DebugStruct<'_, '_>, name: &str, value: &impl core::fmt::Debug) {
    if name != "projection" && name != "table" {
        shown.field(name, value);
    }
}
