//! Reads attributes into receivers. One mistake in an attribute does not hide the others.

use darling::FromAttributes;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token, parse_quote};

use super::diagnostics::Diagnostics;

/// The keys of one syntax node that could be read.
pub(crate) struct Received<T> {
    pub(crate) value: T,
    /// Whether the attributes had errors. A key that is missing may then be one of those with an error.
    pub(crate) damaged: bool,
}

/// Reads the attributes with this name. Reports the keys with errors and keeps those without.
pub(crate) fn receive<T: FromAttributes + Default>(
    name: &str,
    attrs: &[Attribute],
    diagnostics: &mut Diagnostics,
) -> Received<T> {
    match diagnostics.handle(T::from_attributes(attrs)) {
        Some(value) => Received { value, damaged: false },
        None => Received { value: salvage::<T>(name, attrs), damaged: true },
    }
}

/// Reads each key by itself, and keeps the first of each name that has no error.
fn salvage<T: FromAttributes + Default>(name: &str, attrs: &[Attribute]) -> T {
    let name = syn::Ident::new(name, proc_macro2::Span::mixed_site());
    let with = |keys: &[Meta]| -> Attribute { parse_quote!(#[#name(#(#keys),*)]) };
    let mut seen = Vec::new();
    let mut right = Vec::new();
    let lists = attrs.iter().filter(|attr| attr.path().is_ident(&name));
    let keys =
        lists.filter_map(|attr| attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok());
    for key in keys.flatten() {
        let path = key.path().to_token_stream().to_string();
        if !seen.contains(&path) && T::from_attributes(&[with(std::slice::from_ref(&key))]).is_ok() {
            seen.push(path);
            right.push(key);
        }
    }
    T::from_attributes(&[with(&right)]).unwrap_or_default()
}
