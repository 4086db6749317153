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
use syn::DeriveInput;

#[cfg(test)]
pub(crate) use check::{DRAFT_METHODS, TABLE_CONSTS};
#[cfg(test)]
pub(crate) use kind::words as kind_words;

/// Returns everything that the derive writes.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    crate::common::derive::derive(input, model::read, check::check, expand::expand, fallback::expand)
}
