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
pub(super) use draft::{Draft, DraftKind};
pub(super) use marker_traits::implement as marker_traits;

use super::model::Entity;
use crate::common::crate_path::in_const_block;

/// Returns everything that is generated for a struct.
pub(super) fn expand(entity: &Entity) -> TokenStream {
    if entity.is_projection() {
        let assertions = assertions::projection(entity);
        let read = projection_impl::projection(entity);
        return in_const_block(&entity.krate, quote! { #assertions #read });
    }
    let create = Draft::new(entity, DraftKind::Create);
    let update = Draft::new(entity, DraftKind::Update);
    let drafts = (!entity.is_read_only()).then_some([&create, &update]);
    let draft_types = drafts.iter().flatten().map(|draft| draft.define());
    let draft_impls = drafts.iter().flatten().map(|draft| draft.implement());
    let refusals = entity.is_read_only().then(|| entity_impl::refusals(entity));
    let facts = field_trait::facts(entity);
    let metadata = metadata::consts(entity);
    let assertions = assertions::table(entity);
    let table = entity_impl::implement(entity, &update);
    let columns = column_consts::consts(entity);
    let marker_traits = marker_traits::implement(entity);
    let read = projection_impl::table(entity);
    let block = in_const_block(
        &entity.krate,
        quote! { #facts #metadata #assertions #table #columns #marker_traits #read #refusals #(#draft_impls)* },
    );
    quote! { #(#draft_types)* #block }
}
