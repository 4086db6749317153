//! The types of the values that drafts hold.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::kind::Role;
use super::super::model::{Column, Entity};
use crate::common::names;
use crate::common::types;

/// Returns the type that a draft holds: a reference for a lookup, otherwise the type of the value.
pub(super) fn written_type(entity: &Entity, column: &Column, private: &TokenStream) -> TokenStream {
    if column.is_primary_id() {
        let ident = &entity.ident;
        return quote!(#private::Id<#ident>);
    }
    if column.is_lookup() {
        let target = target_type(column, private);
        return quote!(#private::Bind<#target>);
    }
    if column.has_role(Role::PartyList) {
        return quote!(#private::PartyList);
    }
    let value = column.value_type();
    quote!(#value)
}

/// Returns the table or enum that a lookup points to.
pub(super) fn target_type(column: &Column, private: &TokenStream) -> TokenStream {
    let value = column.value_type();
    match types::argument_of(value, "Lookup") {
        Some(target) => quote!(#target),
        None => quote_spanned!(names::at(value.span())=> <#value as #private::kind::LookupField>::Target),
    }
}
