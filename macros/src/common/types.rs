//! Looking at types: through groups, into `Option`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Generics, PathArguments, PathSegment, Type};

/// Returns the type without invisible groups and parentheses: `macro_rules!` passes on `$t:ty` in a group.
pub(crate) fn ungroup(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            _ => return ty,
        };
    }
}

/// Returns the last segment of a path type.
pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ungroup(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// Returns the only type argument of a segment with this name.
pub(crate) fn argument_of<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match (arguments.args.first(), arguments.args.len()) {
        (Some(GenericArgument::Type(inner)), 1) => Some(inner),
        _ => None,
    }
}

/// Returns the type in an `Option`, or the type itself.
pub(crate) fn unwrap_option(ty: &Type) -> &Type {
    argument_of(ty, "Option").unwrap_or(ty)
}

/// Returns whether the type has a well-known name, and so is no alias of a lookup.
pub(crate) fn is_known(ty: &Type) -> bool {
    const KNOWN: &str = "String str char bool i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 Uuid Timestamp \
                         Decimal Date Id Box Vec Option Arc MultiSelect NoProperty";
    match ungroup(ty) {
        Type::Path(_) => {
            last_segment(ty).is_some_and(|segment| KNOWN.split(' ').any(|name| segment.ident == name))
        }
        Type::Macro(_) => false,
        _ => true,
    }
}

/// Returns whether the type is a number or a `bool`. Their setters convert nothing: option sets convert into `i32`, too.
pub(crate) fn is_primitive(ty: &Type) -> bool {
    last_segment(ty)
        .is_some_and(|segment| ["bool", "i32", "i64", "f64"].iter().any(|name| segment.ident == name))
}

/// Returns whether the type mentions one of the type or const parameters.
pub(crate) fn mentions_parameter(ty: &Type, generics: &Generics) -> bool {
    let names: Vec<_> = generics
        .type_params()
        .map(|parameter| &parameter.ident)
        .chain(generics.const_params().map(|parameter| &parameter.ident))
        .collect();
    any_ident(ty.to_token_stream(), &|ident| names.contains(&ident))
}

fn any_ident(tokens: TokenStream, wanted: &dyn Fn(&Ident) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => wanted(&ident),
        TokenTree::Group(group) => any_ident(group.stream(), wanted),
        _ => false,
    })
}

/// Replaces `Self` by the struct: in generated code, `Self` is often another type.
pub(crate) fn without_self(ty: &Type, ident: &Ident, generics: &Generics) -> Type {
    let (_, type_generics, _) = generics.split_for_impl();
    let this = quote::quote!(#ident #type_generics);
    syn::parse2(replace_self(ty.to_token_stream(), &this)).unwrap_or_else(|_| ty.clone())
}

fn replace_self(tokens: TokenStream, this: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) if ident == "Self" => this.clone(),
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), replace_self(group.stream(), this));
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            other => other.into(),
        })
        .collect()
}

/// Replaces every lifetime by `'static`, for checks that are outside of the struct's generics.
pub(crate) fn with_static_lifetimes(ty: &Type) -> TokenStream {
    static_lifetimes(ty.to_token_stream())
}

fn static_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut after_apostrophe = false;
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) if std::mem::take(&mut after_apostrophe) => {
                TokenTree::Ident(Ident::new("static", ident.span()))
            }
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), static_lifetimes(group.stream()));
                replaced.set_span(group.span());
                TokenTree::Group(replaced)
            }
            TokenTree::Punct(punct) => {
                after_apostrophe = punct.as_char() == '\'';
                TokenTree::Punct(punct)
            }
            other => other,
        })
        .collect()
}
