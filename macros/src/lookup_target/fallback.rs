//! Impls for an enum with errors, so that the rest of the user's code still compiles.

use proc_macro2::TokenStream;
use quote::quote;

use super::expand::conversions;
use super::model::Targets;
use crate::common::crate_path::in_const_block;
use crate::common::names;

pub(super) fn expand(targets: &Targets) -> TokenStream {
    let ident = &targets.ident;
    if !targets.generics.params.is_empty() {
        return TokenStream::new();
    }
    let variants = targets.tables.iter().map(|target| names::text(&target.ident));
    let tables = targets.tables.iter().map(|_| quote!(__dv::TargetTable::new("", "", "")));
    let conversions = conversions(targets);
    let impls = quote! {
        #[automatically_derived]
        impl __dv::LookupTarget for #ident {
            type Key = Self;
            const TARGETS: &'static [__dv::TargetTable] = &[#(#tables),*];
            const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#variants),*];
        }

        #[automatically_derived]
        impl __dv::TargetKey for #ident {
            fn of(_: __dv::Reference<'_>) -> Self {
                ::core::unreachable!()
            }

            fn reference(&self) -> __dv::Reference<'_> {
                ::core::unreachable!()
            }

            fn blank() -> Self {
                ::core::unreachable!()
            }
        }

        #conversions
    };
    in_const_block(&targets.krate, impls)
}
