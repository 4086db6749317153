//! `#[derive(LookupTarget)]`.

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
    let targets = model::read(input, &mut diagnostics);
    if let Some(targets) = &targets {
        check::check(targets, &mut diagnostics);
    }
    match targets {
        Some(targets) if diagnostics.is_empty() => expand::expand(&targets),
        Some(targets) => {
            let fallback = fallback::expand(&targets);
            quote! { #diagnostics #fallback }
        }
        None => quote! { #diagnostics },
    }
}
