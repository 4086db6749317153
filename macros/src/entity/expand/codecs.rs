//! One codec for each column: the only place where the field's type is held against the column's kind.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::kind::{Behavior, Kind};
use super::super::model::{Column, Entity};
use super::written::written_type;
use crate::common::names;

/// The codecs of a table.
pub(super) fn consts(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let codecs = entity.columns.iter().enumerate().map(|(place, column)| {
        let (name, ty) = (codec_name(place), &column.ty);
        let written = written_type(entity, column, &quote!(__dv));
        let of_kind = if column.attrs.primary_id.is_given() {
            quote!(PrimaryIdColumn<#ident>)
        } else {
            let kind = trait_of(column);
            quote!(#kind<#written>)
        };
        // Named through the trait, so that the compiler points at the type and at nothing of ours.
        quote_spanned! {names::at(ty.span())=>
            const #name: __dv::Codec<#ty, #written> = <#ty as __dv::kind::#of_kind>::COLUMN;
        }
    });
    quote!(#(#codecs)*)
}

/// The codec of the column at this place.
pub(super) fn codec_name(place: usize) -> Ident {
    format_ident!("__CODEC_{place}", span = Span::mixed_site())
}

/// The runtime's trait for the kind.
fn trait_of(column: &Column) -> TokenStream {
    match column.kind() {
        Kind::String { .. } | Kind::Memo { .. } | Kind::EntityName => quote!(TextColumn),
        Kind::Integer { .. } => quote!(IntegerColumn),
        Kind::BigInt => quote!(BigIntColumn),
        Kind::Double(_) => quote!(DoubleColumn),
        Kind::Decimal(_) | Kind::Money(_) => quote!(DecimalColumn),
        Kind::Boolean { .. } => quote!(BooleanColumn),
        Kind::DateTime { behavior: Behavior::UserLocal, .. } => quote!(InstantColumn),
        Kind::DateTime { behavior: Behavior::TimeZoneIndependent, .. } => quote!(ClockColumn),
        Kind::DateTime { behavior: Behavior::DateOnly, .. } => quote!(DateColumn),
        Kind::Picklist | Kind::State | Kind::Status => quote!(ChoiceColumn),
        Kind::MultiSelect => quote!(MultiSelectColumn),
        Kind::Lookup | Kind::Customer | Kind::Owner => quote!(LookupColumn),
        Kind::Uniqueidentifier => quote!(GuidColumn),
        Kind::Image => quote!(ImageColumn),
        Kind::File => quote!(FileColumn),
        Kind::ManagedProperty => quote!(ManagedPropertyColumn),
        Kind::PartyList | Kind::Virtual => quote!(NoPropertyColumn),
    }
}
