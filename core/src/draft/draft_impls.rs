//! The impls that are the same for all drafts of tables.
//!
//! The derive calls a macro for them, because the compiler expands a macro faster than a derive that is not
//! optimized, as in a dev build.

/// Implements `Draft`, and `Debug`, `PartialEq` and `Serialize` by the columns that the draft sends. With the
/// feature `messages`, also implements the traits of messages.
#[doc(hidden)]
#[macro_export]
macro_rules! __draft_impls {
    ($kind:ident, $draft:ident, $table:ident) => {
        #[automatically_derived]
        impl $crate::__private::fmt::Debug for $draft {
            #[inline]
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::__private::debug_draft(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $draft {
            #[inline]
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                $crate::__private::equal_drafts(self, other)
            }
        }

        #[automatically_derived]
        impl $crate::__private::Serialize for $draft {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize_draft(self, serializer)
            }
        }

        #[automatically_derived]
        impl $crate::__private::Draft for $draft {
            type Table = $table;
            type Kind = $crate::__private::$kind;

            #[inline]
            fn to_json(
                &self,
            ) -> $crate::__private::Result<$crate::__private::String, $crate::__private::EncodeError> {
                $crate::__private::draft_to_json(self)
            }
        }

        $crate::__private::draft_message!($kind, $draft, $table);
    };
}
