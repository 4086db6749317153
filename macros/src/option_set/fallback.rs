//! Impls for an enum with errors, so that the rest of the user's code still compiles.

use proc_macro2::TokenStream;
use quote::quote;

use super::expand::links;
use super::model::Set;
use crate::common::crate_path::in_const_block;
use crate::common::names;

pub(super) fn expand(set: &Set) -> TokenStream {
    if !set.generics.params.is_empty() {
        return TokenStream::new();
    }
    let ident = &set.ident;
    let (option_set, from_integer, links) = (option_set_impl(set), from_integer(set), links(set));
    in_const_block(&set.krate, quote! { #option_set #from_integer __dv::option_impls!(#ident); #links })
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

fn from_integer(set: &Set) -> TokenStream {
    let ident = &set.ident;
    match set.undeclared() {
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
    }
}
