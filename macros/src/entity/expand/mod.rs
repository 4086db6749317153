//! The code: const data, and accessors that hand fields to the runtime.

mod assertions;
mod column_consts;
mod draft;
mod entity_impl;
mod field_trait;
mod marker_traits;
mod metadata;
mod projection_impl;
mod written_type;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use column_consts::lenient as lenient_columns;
pub(super) use draft::{Companion, Operation};
pub(super) use marker_traits::implement as marks;

use super::model::Entity;

/// Everything a struct gets.
pub(super) fn expand(entity: &Entity) -> TokenStream {
    if entity.is_projection() {
        let checks = assertions::projection(entity);
        let read = projection_impl::projection(entity);
        return in_const_block(entity, quote! { #checks #read });
    }
    let create = Companion::new(entity, Operation::Create);
    let update = Companion::new(entity, Operation::Update);
    let (create_type, update_type) = (create.define(), update.define());
    let (create_impls, update_impls) = (create.implement(), update.implement());
    let facts = field_trait::facts(entity);
    let metadata = metadata::consts(entity);
    let checks = assertions::table(entity);
    let table = entity_impl::implement(entity, &update);
    let columns = column_consts::consts(entity);
    let marks = marker_traits::implement(entity);
    let read = projection_impl::table(entity);
    let block = in_const_block(
        entity,
        quote! { #facts #metadata #checks #table #columns #marks #read #create_impls #update_impls },
    );
    quote! { #create_type #update_type #block }
}

/// Impls stand in an anonymous const, so that nothing of them but the impls is visible outside.
pub(super) fn in_const_block(entity: &Entity, items: TokenStream) -> TokenStream {
    let krate = &entity.krate;
    quote! {
        const _: () = {
            use #krate::__private as __dv;
            #items
        };
    }
}
