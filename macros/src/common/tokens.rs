//! Tokens that are added one by one. `quote!` makes a stream of its own for each part of an item, and hands it over to the
//! compiler and back; for the paths that each field has several times, that is most of the derive's time.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::TokenStreamExt;

/// Adds an identifier.
pub(crate) fn word(tokens: &mut TokenStream, word: &str, span: Span) {
    tokens.append(Ident::new(word, span));
}

/// Adds a sign, such as `<`.
pub(crate) fn sign(tokens: &mut TokenStream, sign: char, span: Span) {
    let mut sign = Punct::new(sign, Spacing::Alone);
    sign.set_span(span);
    tokens.append(sign);
}

/// Adds `::` and an identifier for each segment.
pub(crate) fn segments(tokens: &mut TokenStream, segments: &[&str], span: Span) {
    for segment in segments {
        for spacing in [Spacing::Joint, Spacing::Alone] {
            let mut colon = Punct::new(':', spacing);
            colon.set_span(span);
            tokens.append(colon);
        }
        word(tokens, segment, span);
    }
}
