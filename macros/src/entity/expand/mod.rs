//! The code: const data, and accessors that hand fields to the runtime.

mod checks;
mod columns;
mod companion;
mod kinds;
mod marks;
mod metadata;
mod read;
mod table;
mod written;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use columns::lenient as lenient_columns;
pub(super) use companion::{Companion, Operation};
pub(super) use marks::implement as marks;

use super::model::Entity;

/// Everything a struct gets.
pub(super) fn expand(entity: &Entity) -> TokenStream {
    if entity.is_projection() {
        let checks = checks::projection(entity);
        let read = read::projection(entity);
        return in_const_block(entity, quote! { #checks #read });
    }
    let create = Companion::new(entity, Operation::Create);
    let update = Companion::new(entity, Operation::Update);
    let (create_type, update_type) = (create.define(), update.define());
    let (create_impls, update_impls) = (create.implement(), update.implement());
    let facts = kinds::facts(entity);
    let metadata = metadata::consts(entity);
    let checks = checks::table(entity);
    let table = table::implement(entity, &update);
    let columns = columns::consts(entity);
    let marks = marks::implement(entity);
    let read = read::table(entity);
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
