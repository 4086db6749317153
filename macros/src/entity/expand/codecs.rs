//! One codec for each column: the only place where the field's type is held against the column's kind.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::kind::{Behavior, Kind};
use super::super::model::{Column, Entity};
use super::companion::written_type;

/// The codecs of a table.
pub(super) fn consts(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let codecs = entity.columns.iter().enumerate().map(|(place, column)| {
        let (name, ty) = (codec_name(place), &column.ty);
        if column.attrs.primary_id.is_given() {
            return quote_spanned! {ty.span()=>
                const #name: __dv::Codec<#ty, __dv::Id<#ident>> = __dv::kind::primary_id::<#ident, #ty>();
            };
        }
        let (kind, written) = (function_of(column), written_type(column, &quote!(__dv)));
        quote_spanned! {ty.span()=>
            const #name: __dv::Codec<#ty, #written> = __dv::kind::#kind::<#ty, #written>();
        }
    });
    quote!(#(#codecs)*)
}

/// The codec of the column at this place.
pub(super) fn codec_name(place: usize) -> Ident {
    format_ident!("__CODEC_{place}", span = Span::mixed_site())
}

/// The runtime's function for the kind.
fn function_of(column: &Column) -> TokenStream {
    match column.kind() {
        Kind::String { .. } | Kind::Memo { .. } | Kind::EntityName => quote!(text),
        Kind::Integer { .. } => quote!(integer),
        Kind::BigInt => quote!(big_int),
        Kind::Double(_) => quote!(double),
        Kind::Decimal(_) | Kind::Money(_) => quote!(decimal),
        Kind::Boolean { .. } => quote!(boolean),
        Kind::DateTime { behavior: Behavior::UserLocal, .. } => quote!(instant),
        Kind::DateTime { behavior: Behavior::TimeZoneIndependent, .. } => quote!(clock),
        Kind::DateTime { behavior: Behavior::DateOnly, .. } => quote!(date),
        Kind::Picklist | Kind::State | Kind::Status => quote!(choice),
        Kind::MultiSelect => quote!(multi_select),
        Kind::Lookup | Kind::Customer | Kind::Owner => quote!(lookup),
        Kind::Uniqueidentifier => quote!(guid),
        Kind::Image => quote!(image),
        Kind::File => quote!(file),
        Kind::ManagedProperty => quote!(managed_property),
        Kind::PartyList | Kind::Virtual => quote!(no_property),
    }
}
