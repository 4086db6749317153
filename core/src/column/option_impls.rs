//! The impls that are the same for all option sets.
//!
//! The derive calls a macro for them, because the compiler expands a macro faster than a derive that is not
//! optimized, as in a dev build.

/// Implements equality, hash and order by the integer, and the conversions into the integer, from and into
/// labels, and from and into what serde reads and writes. `Unknown(1)` equals the declared option with the
/// integer 1.
#[doc(hidden)]
#[macro_export]
macro_rules! __option_impls {
    ($set:ident) => {
        #[automatically_derived]
        impl $crate::__private::From<$set> for ::core::primitive::i32 {
            #[inline]
            fn from(option: $set) -> Self {
                $crate::__private::option_value(option)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $set {
            #[inline]
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                $crate::__private::equal_options(self, other)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Eq for $set {}

        #[automatically_derived]
        impl ::core::hash::Hash for $set {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::__private::hash_option(self, state);
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialOrd for $set {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> $crate::__private::Option<::core::cmp::Ordering> {
                $crate::__private::Option::Some($crate::__private::compare_options(self, other))
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Ord for $set {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                $crate::__private::compare_options(self, other)
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $set {
            type Err = $crate::__private::UnknownLabel;

            #[inline]
            fn from_str(
                label: &::core::primitive::str,
            ) -> $crate::__private::Result<Self, $crate::__private::UnknownLabel> {
                $crate::__private::option_from_label(label)
            }
        }

        #[automatically_derived]
        impl $crate::__private::fmt::Display for $set {
            #[inline]
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::__private::display_option(self, f)
            }
        }

        #[automatically_derived]
        impl $crate::__private::Serialize for $set {
            #[inline]
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize_option(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::Deserialize<'de> for $set {
            #[inline]
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::deserialize_option(deserializer)
            }
        }
    };
}
