//! The traits that only some tables have: owned by users, security principals, with a state.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::attrs::Switch;
use super::super::kind::Role;
use super::super::model::{Column, Entity};
use crate::common::{names, types};

pub(in super::super) fn implement(entity: &Entity) -> TokenStream {
    let owned = user_owned(entity);
    let principal = principal(entity);
    let stateful = stateful(entity);
    let facts = facts(entity);
    quote!(#owned #principal #stateful #facts)
}

/// Implements the traits of facts: those that a table has unless the struct says otherwise, and those of elastic and
/// hierarchical tables.
fn facts(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let attrs = &entity.attrs;
    let is_on = |switch: &Option<Switch>| switch.as_ref().is_none_or(|switch| switch.0);
    let facts = [
        (is_on(&attrs.change_tracking), "TracksChanges"),
        (is_on(&attrs.optimistic_concurrency), "OptimisticConcurrency"),
        (entity.columns.iter().any(Column::is_hierarchical), "Hierarchical"),
        (entity.table_type.as_ref().is_some_and(|table_type| table_type == "Elastic"), "Elastic"),
    ];
    let implement = facts.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| {
        let name = names::runtime(name);
        quote!(#[automatically_derived] impl __dv::#name for #ident {})
    });
    quote!(#(#implement)*)
}

/// Records of a user-owned table can be assigned and shared.
fn user_owned(entity: &Entity) -> Option<TokenStream> {
    let ident = &entity.ident;
    entity.is_user_owned().then(|| quote!(#[automatically_derived] impl __dv::UserOwned for #ident {}))
}

/// Users and teams own records and have access to them.
fn principal(entity: &Entity) -> Option<TokenStream> {
    let ident = &entity.ident;
    let is_principal = matches!(entity.logical(), "systemuser" | "team");
    is_principal.then(|| quote!(#[automatically_derived] impl __dv::SecurityPrincipal for #ident {}))
}

/// A message sets state and status together.
fn stateful(entity: &Entity) -> Option<TokenStream> {
    let ident = &entity.ident;
    let with_role = |role| {
        let mut columns = entity.columns.iter();
        columns.find(|column| column.has_role(role) && !is_integer(column))
    };
    let (state, status) = (with_role(Role::State)?, with_role(Role::Status)?);
    let (state_name, status_name) = (&state.logical.value, &status.logical.value);
    let status_type = status.value_type();
    Some(quote! {
        #[automatically_derived]
        impl __dv::Stateful for #ident {
            type Status = #status_type;
            const STATE: &'static ::core::primitive::str = #state_name;
            const STATUS: &'static ::core::primitive::str = #status_name;
        }
    })
}

/// Returns the state and status columns, if both are enums: integers do not say which status belongs to which state.
fn is_integer(column: &Column) -> bool {
    types::last_segment(column.value_type()).is_some_and(|last| last.ident == "i32")
}
