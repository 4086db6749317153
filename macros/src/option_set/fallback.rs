//! Impls for an enum with errors, so that the rest of the user's code is still understood.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::Set;
use crate::common::names;

pub(super) fn expand(set: &Set) -> TokenStream {
    let (ident, krate) = (&set.ident, &set.krate);
    let name = names::text(ident);
    let (impl_generics, type_generics, where_clause) = set.generics.split_for_impl();
    let known = set.options.iter().map(|member| names::text(&member.ident));
    quote! {
        const _: () = {
            use #krate::__private as __dv;

            #[automatically_derived]
            impl #impl_generics __dv::OptionSet for #ident #type_generics #where_clause {
                const NAME: &'static ::core::primitive::str = #name;
                const VARIANTS: &'static [(&'static ::core::primitive::str, ::core::primitive::i32)] =
                    &[#((#known, 0)),*];
                const OPTIONS: &'static [__dv::OptionMetadata] = &[];
                const ALL: &'static [Self] = &[];

                fn value(self) -> ::core::primitive::i32 {
                    ::core::unreachable!()
                }

                fn unknown(_: ::core::primitive::i32) -> __dv::Option<Self> {
                    ::core::unreachable!()
                }
            }

            #[automatically_derived]
            impl #impl_generics __dv::fmt::Display for #ident #type_generics #where_clause {
                fn fmt(&self, _: &mut __dv::fmt::Formatter<'_>) -> __dv::fmt::Result {
                    ::core::unreachable!()
                }
            }

            #[automatically_derived]
            impl #impl_generics __dv::Serialize for #ident #type_generics #where_clause {
                fn serialize<__S: __dv::Serializer>(&self, _: __S) -> __dv::Result<__S::Ok, __S::Error> {
                    ::core::unreachable!()
                }
            }
        };
    }
}
