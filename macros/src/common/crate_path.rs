//! Where the runtime crate is found: `crate = "…"`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;

use super::diagnostics::Diagnostics;
use super::meta::Text;

/// The path of the runtime crate.
#[derive(Debug, Clone, Default)]
pub(crate) struct CratePath(Option<Path>);

impl CratePath {
    /// Takes the path in `crate = "…"`, or without one the crate's own name.
    pub(crate) fn new(given: Option<&Text>, diagnostics: &mut Diagnostics) -> Self {
        Self(given.and_then(|text| check_crate_path(text, diagnostics)))
    }
}

/// Rejects relative paths: what they mean differs from module to module.
fn check_crate_path(text: &Text, diagnostics: &mut Diagnostics) -> Option<Path> {
    let path = text.parse::<Path>().ok().filter(|path| {
        let first = path.segments.first().map(|segment| segment.ident.to_string());
        path.leading_colon.is_some() || first.as_deref() == Some("crate")
    });
    if path.is_none() {
        diagnostics.help(
            text.span,
            format!("`crate = \"{}\"` is not an absolute path to the crate", text.value),
            "write `crate = \"::path::to::dataverse_entity\"` or `crate = \"crate::path\"`",
        );
    }
    path
}

/// Puts impls into an anonymous const, so that the helpers next to them are invisible outside.
pub(crate) fn in_const_block(krate: &CratePath, items: TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            use #krate::__private as __dv;
            #items
        };
    }
}

impl ToTokens for CratePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.0 {
            Some(path) => path.to_tokens(tokens),
            None => tokens.extend(quote_spanned!(Span::mixed_site()=> ::dataverse_entity)),
        }
    }
}
