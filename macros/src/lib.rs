//! The derives of `dataverse-entity`. Use them through that crate, which re-exports them.
//!
//! The page of each derive is its reference: the files of `docs/`, whose examples are tests.
//!
//! Each derive flows one way: `attrs` (what was written, one receiver for each syntax node) → `model` (what it
//! means) → `check` (the rules) → `expand` (the code). If there are errors, `fallback` writes impls that let the rest
//! of the user's code compile, so that the compiler shows only the mistakes that were made.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod common;
mod entity;
mod lookup_target;
mod option_set;
mod row;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../docs/dataverse_entity.md")]
#[proc_macro_derive(DataverseEntity, attributes(entity, attr, expand))]
pub fn derive_dataverse_entity(input: TokenStream) -> TokenStream {
    entity::derive(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../docs/option_set.md")]
#[proc_macro_derive(OptionSet, attributes(option))]
pub fn derive_option_set(input: TokenStream) -> TokenStream {
    option_set::derive(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../docs/dataverse_row.md")]
#[proc_macro_derive(DataverseRow, attributes(row))]
pub fn derive_dataverse_row(input: TokenStream) -> TokenStream {
    row::derive(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../docs/lookup_target.md")]
#[proc_macro_derive(LookupTarget, attributes(target))]
pub fn derive_lookup_target(input: TokenStream) -> TokenStream {
    lookup_target::derive(&parse_macro_input!(input as DeriveInput)).into()
}
