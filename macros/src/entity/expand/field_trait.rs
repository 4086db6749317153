//! The trait of a column's kind: the only place that checks whether a field's type fits its kind.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::model::{Column, Entity};
use super::written_type::written_type;
use crate::common::names;

/// Returns the path of an item of the kind's trait. Through the trait, an error of the compiler points at the field's type
/// and at no generated code.
pub(super) fn ask(entity: &Entity, column: &Column, what: &TokenStream) -> TokenStream {
    let ty = &column.ty;
    let written = written_type(entity, column, &quote!(__dv));
    let of_kind = if column.is_primary_id() {
        let ident = &entity.ident;
        quote!(PrimaryIdColumn<#ident>)
    } else {
        let name = if column.has_no_property() { "NoPropertyColumn" } else { column.spec().field_trait };
        let field_trait = names::runtime(name);
        quote!(#field_trait<#written>)
    };
    quote_spanned!(names::at(ty.span())=> <#ty as __dv::kind::#of_kind>::#what)
}

/// Returns consts of what the types of choices and lookups say for the metadata.
pub(super) fn facts(entity: &Entity) -> TokenStream {
    let has_facts = |column: &Column| column.is_lookup() || column.has_options();
    let facts = entity.columns.iter().enumerate().filter(|(_, column)| has_facts(column));
    let facts = facts.map(|(index, column)| {
        let (name, facts) = (facts_name(index), ask(entity, column, &quote!(FACTS)));
        quote_spanned!(names::at(column.ty.span())=> const #name: __dv::kind::Facts = #facts;)
    });
    quote!(#(#facts)*)
}

/// Returns the name of the const for the column with this index.
pub(super) fn facts_name(index: usize) -> Ident {
    format_ident!("__FACTS_{index}", span = Span::mixed_site())
}
