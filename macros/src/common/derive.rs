//! The steps of every derive.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::diagnostics::Diagnostics;

/// Reads what was written into a model, checks the model, and writes its code. Where there are errors, it writes the
/// errors, and code that lets the rest of the user's program compile.
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
