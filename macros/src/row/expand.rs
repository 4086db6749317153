//! The code: the names of the columns, and a call for each field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::{Field, RowStruct, Source};
use crate::common::crate_path::in_const_block;
use crate::common::names;

pub(super) fn expand(row: &RowStruct) -> TokenStream {
    let ident = &row.ident;
    let mut columns: Vec<&str> = Vec::new();
    for field in &row.fields {
        if let Source::Column { name, .. } | Source::Formatted { name, .. } = &field.source
            && !columns.contains(&name.as_str())
        {
            columns.push(name);
        }
    }
    let fields = row.fields.iter().map(value);
    let row_impl = quote! {
        #[automatically_derived]
        impl __dv::DataverseRow for #ident {
            const COLUMNS: &'static [&'static ::core::primitive::str] = &[#(#columns),*];

            fn from_row(row: __dv::Row) -> __dv::Result<Self, __dv::DecodeError> {
                __dv::Result::Ok(Self { #(#fields),* })
            }
        }
    };
    in_const_block(&row.krate, row_impl)
}

/// Returns the field with the call that reads it.
fn value(field: &Field) -> TokenStream {
    let Field { ident, ty, source } = field;
    let ident = names::own(ident);
    let (function, name) = match source {
        Source::Column { name, .. } => (quote!(row_column), name),
        Source::Formatted { name, .. } => (quote!(row_formatted), name),
        Source::Skipped { .. } => {
            let at = names::at(ty.span());
            return quote_spanned!(at=> #ident: <#ty as __dv::Default>::default());
        }
    };
    let call = quote_spanned!(names::at(ty.span())=> __dv::#function::<#ty>(&row, #name));
    quote! {
        #ident: match #call {
            __dv::Result::Ok(value) => value,
            __dv::Result::Err(error) => return __dv::Result::Err(error),
        }
    }
}
