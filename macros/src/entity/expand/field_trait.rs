//! The trait of a column's kind: the only place where the field's type is held against the kind.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::kind::{Behavior, Kind};
use super::super::model::{Column, Entity};
use super::written_type::written_type;
use crate::common::names;

/// Something of the trait of the column's kind. It is named through the trait, so that the compiler points at the field's
/// type and at nothing of ours.
pub(super) fn ask(entity: &Entity, column: &Column, what: &TokenStream) -> TokenStream {
    let ty = &column.ty;
    let written = written_type(entity, column, &quote!(__dv));
    let of_kind = if column.attrs.primary_id.is_given() {
        let ident = &entity.ident;
        quote!(PrimaryIdColumn<#ident>)
    } else {
        let kind = trait_of(column);
        quote!(#kind<#written>)
    };
    quote_spanned!(names::at(ty.span())=> <#ty as __dv::kind::#of_kind>::#what)
}

/// What the metadata takes from the types of choices and lookups.
pub(super) fn facts(entity: &Entity) -> TokenStream {
    let facts = entity.columns.iter().enumerate().filter(|(_, column)| has_facts(column));
    let facts = facts.map(|(place, column)| {
        let (name, facts) = (facts_name(place), ask(entity, column, &quote!(FACTS)));
        quote_spanned!(names::at(column.ty.span())=> const #name: __dv::kind::Facts = #facts;)
    });
    quote!(#(#facts)*)
}

fn has_facts(column: &Column) -> bool {
    let kind = column.kind();
    kind.is_lookup() || matches!(kind, Kind::Picklist | Kind::State | Kind::Status | Kind::MultiSelect)
}

/// What the metadata takes from the type of the column at this place.
pub(super) fn facts_name(place: usize) -> Ident {
    format_ident!("__FACTS_{place}", span = Span::mixed_site())
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
