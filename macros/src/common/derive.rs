//! The steps that every derive takes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::diagnostics::Diagnostics;

/// Reads what was written into a model, holds the model against the rules, and writes its code; or, where there are
/// errors, the errors and what lets the rest of the user's code compile.
pub(crate) fn derive<M>(
    input: &DeriveInput,
    read: fn(&DeriveInput, &mut Diagnostics) -> Option<M>,
    check: fn(&M, &mut Diagnostics),
    expand: fn(&M) -> TokenStream,
    fallback: fn(&M) -> TokenStream,
) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let Some(model) = read(input, &mut diagnostics) else { return quote!(#diagnostics) };
    check(&model, &mut diagnostics);
    if diagnostics.is_empty() {
        return expand(&model);
    }
    let fallback = fallback(&model);
    quote! { #diagnostics #fallback }
}
