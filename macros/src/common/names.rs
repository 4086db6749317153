//! Identifiers: raw in code, unraw in text.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// The name without `r#`, for texts.
pub(crate) fn text(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The span of a user's token for tokens of ours: errors point there, but lints know that it is not the user's code.
pub(crate) fn at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// A name of the runtime's.
pub(crate) fn runtime(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// A generated identifier that stands where the user's token stands, but is the macro's own: lints leave it alone.
pub(crate) fn generated(name: &str, at: &Ident) -> Ident {
    Ident::new(name, self::at(at.span()))
}

/// The same identifier, raw or not, as the macro's own.
pub(crate) fn own(ident: &Ident) -> Ident {
    let mut own = ident.clone();
    own.set_span(at(ident.span()));
    own
}
