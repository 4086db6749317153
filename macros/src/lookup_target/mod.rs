//! `#[derive(LookupTarget)]`.

mod attrs;
mod check;
mod expand;
mod fallback;
mod model;

use proc_macro2::TokenStream;
use syn::DeriveInput;

/// Returns everything that the derive writes.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    crate::common::derive::derive(input, model::read, check::check, expand::expand, fallback::expand)
}
