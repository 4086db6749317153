//! `#[derive(OptionSet)]`.

mod attrs;
mod check;
mod expand;
mod fallback;
mod model;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::common::diagnostics::Diagnostics;

/// The whole story: read, check, write.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let set = model::read(input, &mut diagnostics);
    if let Some(set) = &set {
        check::check(set, &mut diagnostics);
    }
    match set {
        Some(set) if diagnostics.is_empty() => expand::expand(&set),
        Some(set) => {
            let fallback = fallback::expand(&set);
            quote! { #diagnostics #fallback }
        }
        None => quote! { #diagnostics },
    }
}
