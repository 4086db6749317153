//! Identifiers: with `r#` in code, without it in texts.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// Returns the name without `r#`, for texts.
pub(crate) fn text(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Returns the span for a generated token: errors point at the user's token, and lints know that the code is generated.
pub(crate) fn at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// Makes an identifier for an item of the library.
pub(crate) fn runtime(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Makes an identifier at the position of a user's token. Lints take it for generated code.
pub(crate) fn generated(name: &str, at: &Ident) -> Ident {
    Ident::new(name, self::at(at.span()))
}

/// Copies a user's identifier, raw or not. Lints take the copy for generated code.
pub(crate) fn own(ident: &Ident) -> Ident {
    let mut own = ident.clone();
    own.set_span(at(ident.span()));
    own
}
