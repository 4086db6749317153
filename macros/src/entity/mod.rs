//! `#[derive(DataverseEntity)]`.

mod attrs;
mod check;
mod expand;
mod fallback;
mod kind;
mod model;
mod read_kind;
mod words;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::common::diagnostics::Diagnostics;

#[cfg(test)]
pub(crate) use kind::words as kind_words;

/// The whole story: read, check, write.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let entity = model::read(input, &mut diagnostics);
    if let Some(entity) = &entity {
        check::check(entity, &mut diagnostics);
    }
    match entity {
        Some(entity) if diagnostics.is_empty() => expand::expand(&entity),
        Some(entity) => {
            let fallback = fallback::expand(&entity);
            quote! { #diagnostics #fallback }
        }
        None => quote! { #diagnostics },
    }
}
