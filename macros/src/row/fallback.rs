//! An impl for a struct with errors, so that the rest of the user's code still compiles.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::RowStruct;
use crate::common::crate_path::in_const_block;

pub(super) fn expand(row: &RowStruct) -> TokenStream {
    let ident = &row.ident;
    let (generics, arguments, conditions) = row.generics.split_for_impl();
    let row_impl = quote! {
        #[automatically_derived]
        impl #generics __dv::DataverseRow for #ident #arguments #conditions {
            const COLUMNS: &'static [&'static ::core::primitive::str] = &[];

            fn from_row(_: __dv::Row) -> __dv::Result<Self, __dv::DecodeError> {
                ::core::unreachable!()
            }
        }
    };
    in_const_block(&row.krate, row_impl)
}
