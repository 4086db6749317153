//! Impls for an enum with errors, so that the rest of the user's code still compiles.

use proc_macro2::TokenStream;
use quote::quote;

use super::expand::{links, order_impls};
use super::model::Set;
use crate::common::crate_path::in_const_block;
use crate::common::names;

pub(super) fn expand(set: &Set) -> TokenStream {
    if !set.generics.params.is_empty() {
        return TokenStream::new();
    }
    let (option_set, integer, text) = (option_set_impl(set), integer_impls(set), text_impls(set));
    let (order, serde, links) = (order_impls(set), serde_impls(set), links(set));
    in_const_block(&set.krate, quote! { #option_set #integer #order #text #serde #links })
}

fn option_set_impl(set: &Set) -> TokenStream {
    let (ident, known) = (&set.ident, &set.names);
    let name = names::text(ident);
    quote! {
        #[automatically_derived]
        impl __dv::OptionSet for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const VARIANTS: &'static [(&'static ::core::primitive::str, ::core::primitive::i32)] =
                &[#((#known, 0)),*];
            const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = __dv::Option::None;
            const OPTIONS: &'static [__dv::OptionMetadata] = &[];
            const ALL: &'static [Self] = &[];

            fn value(self) -> ::core::primitive::i32 {
                ::core::unreachable!()
            }

            fn unknown(_: ::core::primitive::i32) -> __dv::Option<Self> {
                ::core::unreachable!()
            }

            fn blank() -> Self {
                ::core::unreachable!()
            }
        }
    }
}

fn integer_impls(set: &Set) -> TokenStream {
    let ident = &set.ident;
    let from_integer = match set.undeclared() {
        Some(_) => quote! {
            impl __dv::From<::core::primitive::i32> for #ident {
                fn from(_: ::core::primitive::i32) -> Self {
                    ::core::unreachable!()
                }
            }
        },
        None => quote! {
            impl __dv::TryFrom<::core::primitive::i32> for #ident {
                type Error = __dv::UnknownOption;

                fn try_from(_: ::core::primitive::i32) -> __dv::Result<Self, __dv::UnknownOption> {
                    ::core::unreachable!()
                }
            }
        },
    };
    quote! {
        #from_integer

        impl __dv::From<#ident> for ::core::primitive::i32 {
            fn from(_: #ident) -> Self {
                ::core::unreachable!()
            }
        }
    }
}

fn text_impls(set: &Set) -> TokenStream {
    let ident = &set.ident;
    quote! {
        impl ::core::str::FromStr for #ident {
            type Err = __dv::UnknownLabel;

            fn from_str(_: &::core::primitive::str) -> __dv::Result<Self, __dv::UnknownLabel> {
                ::core::unreachable!()
            }
        }

        impl __dv::fmt::Display for #ident {
            fn fmt(&self, _: &mut __dv::fmt::Formatter<'_>) -> __dv::fmt::Result {
                ::core::unreachable!()
            }
        }
    }
}

fn serde_impls(set: &Set) -> TokenStream {
    let ident = &set.ident;
    quote! {
        impl __dv::Serialize for #ident {
            fn serialize<S: __dv::Serializer>(&self, _: S) -> __dv::Result<S::Ok, S::Error> {
                ::core::unreachable!()
            }
        }

        impl<'de> __dv::Deserialize<'de> for #ident {
            fn deserialize<D: __dv::Deserializer<'de>>(_: D) -> __dv::Result<Self, D::Error> {
                ::core::unreachable!()
            }
        }
    }
}
