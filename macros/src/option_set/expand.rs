//! The code: const lists, and one match.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::attrs::OptionRef;
use super::model::{Member, Set};
use crate::common::crate_path::in_const_block;
use crate::common::names;
use crate::common::translation;

pub(super) fn expand(set: &Set) -> TokenStream {
    let ident = &set.ident;
    let (option_set, from_integer) = (option_set_impl(set), from_integer(set));
    let (links, checks) = (links(set), checks(set));
    in_const_block(
        &set.krate,
        quote! { #option_set #from_integer __dv::option_impls!(#ident); #links #checks },
    )
}

fn option_set_impl(set: &Set) -> TokenStream {
    let ident = &set.ident;
    let name = names::text(ident);
    let idents: Vec<_> = set.options.iter().map(|member| &member.ident).collect();
    let texts: Vec<_> = idents.iter().map(|ident| names::text(ident)).collect();
    let values: Vec<_> = set.options.iter().filter_map(|member| member.discriminant.as_ref()).collect();
    let options = set.options.iter().zip(&texts).map(|(member, text)| option(member, text));
    let Undeclared { name: undeclared_name, value: undeclared_value, arm } = undeclared(set);
    // There is at least one variant: the checks reject an enum without any.
    let first = idents.first().map(|first| quote!(Self::#first));
    let blank = first.or_else(|| set.undeclared().map(|undeclared| quote!(Self::#undeclared(0))));
    quote! {
        #[automatically_derived]
        impl __dv::OptionSet for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const VARIANTS: &'static [(&'static ::core::primitive::str, ::core::primitive::i32)] =
                &[#((#texts, #values)),*];
            const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = #undeclared_name;
            const OPTIONS: &'static [__dv::OptionMetadata] = &[#(#options),*];
            const ALL: &'static [Self] = &[#(Self::#idents),*];

            #[inline]
            fn value(self) -> ::core::primitive::i32 {
                match self {
                    #(Self::#idents => #values,)*
                    #arm
                }
            }

            #[inline]
            fn unknown(value: ::core::primitive::i32) -> __dv::Option<Self> {
                #undeclared_value
            }

            #[inline]
            fn blank() -> Self {
                #blank
            }
        }
    }
}

/// What the set does with the integers of undeclared options.
struct Undeclared {
    /// The variant's name, as an `Option`.
    name: TokenStream,
    /// The variant that holds `value`, as an `Option`.
    value: TokenStream,
    /// The arm that takes the integer out of the variant.
    arm: TokenStream,
}

fn undeclared(set: &Set) -> Undeclared {
    match set.undeclared() {
        Some(variant) => {
            let name = names::text(variant);
            Undeclared {
                name: quote!(__dv::Option::Some(#name)),
                value: quote!(__dv::Option::Some(Self::#variant(value))),
                arm: quote!(Self::#variant(value) => value,),
            }
        }
        None => Undeclared {
            name: quote!(__dv::Option::None),
            value: quote!({
                let _ = value;
                __dv::Option::None
            }),
            arm: TokenStream::new(),
        },
    }
}

/// Returns `From` an integer if the set keeps undeclared options, otherwise `TryFrom`.
fn from_integer(set: &Set) -> TokenStream {
    let ident = &set.ident;
    match set.undeclared() {
        Some(undeclared) => quote! {
            #[automatically_derived]
            impl __dv::From<::core::primitive::i32> for #ident {
                #[inline]
                fn from(value: ::core::primitive::i32) -> Self {
                    __dv::Result::unwrap_or(__dv::option_from_value(value), Self::#undeclared(value))
                }
            }
        },
        None => quote! {
            #[automatically_derived]
            impl __dv::TryFrom<::core::primitive::i32> for #ident {
                type Error = __dv::UnknownOption;

                #[inline]
                fn try_from(value: ::core::primitive::i32) -> __dv::Result<Self, __dv::UnknownOption> {
                    __dv::option_from_value(value)
                }
            }
        },
    }
}

fn option(member: &Member, text: &str) -> TokenStream {
    let (value, label, attrs) = (&member.discriminant, &member.label, &member.attrs);
    let invariant = attrs.invariant.as_ref().map(|name| {
        let name = &name.value;
        quote!(.invariant_name(#name))
    });
    let default_status = attrs.default_status.as_ref().map(|reference| {
        let value = reference_value(reference);
        quote!(.default_status(#value))
    });
    let state = attrs.state.as_ref().map(|reference| {
        let value = reference_value(reference);
        quote!(.state(#value))
    });
    let translations =
        translation::list(&attrs.translation).map(|list| quote!(.translations(const { #list })));
    quote!(__dv::OptionMetadata::new(#text, #value, #label) #default_status #invariant #state #translations)
}

/// Returns the integer of an option of the other set. The compiler finds it in consts of that set only: the two sets may
/// refer to each other.
fn reference_value(reference: &OptionRef) -> TokenStream {
    match reference {
        OptionRef::Value { digits, .. } => digits.parse().unwrap_or_default(),
        OptionRef::Variant { set, variant } => {
            let name = names::text(variant);
            quote_spanned!(names::at(variant.span())=> __dv::variant_value(
                <#set as __dv::OptionSet>::VARIANTS,
                <#set as __dv::OptionSet>::UNKNOWN,
                #name,
            ))
        }
    }
}

/// Returns checks that each variant of the other set exists. Their errors are at the variant.
fn checks(set: &Set) -> Option<TokenStream> {
    let checks: Vec<_> = set.options.iter().flat_map(link_checks).collect();
    (!checks.is_empty()).then(|| quote!(const _: fn() = || { #(#checks)* };))
}

fn link_checks(member: &Member) -> impl Iterator<Item = TokenStream> {
    [&member.attrs.default_status, &member.attrs.state].into_iter().filter_map(|reference| {
        match reference.as_ref()? {
            OptionRef::Variant { set, variant } => {
                Some(quote_spanned!(names::at(variant.span())=> let _ = #set::#variant;))
            }
            OptionRef::Value { .. } => None,
        }
    })
}

/// Returns the impls that tie a state to its status as types, if they name each other by path.
pub(super) fn links(set: &Set) -> TokenStream {
    let ident = &set.ident;
    let status = set.linked(|member| member.attrs.default_status.as_ref()).map(|status| {
        quote! {
            #[automatically_derived]
            impl __dv::StateSet for #ident {
                type Status = #status;
            }
        }
    });
    let state = set.linked(|member| member.attrs.state.as_ref()).map(|state| {
        quote! {
            #[automatically_derived]
            impl __dv::StatusSet for #ident {
                type State = #state;
            }
        }
    });
    quote! { #status #state }
}
