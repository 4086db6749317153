//! The code: const lists, and a match in each direction.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Targets;
use crate::common::crate_path::in_const_block;
use crate::common::names;

pub(super) fn expand(targets: &Targets) -> TokenStream {
    let (lookup_target, conversions) = (lookup_target_impl(targets), conversions(targets));
    in_const_block(&targets.krate, quote! { #lookup_target #conversions })
}

fn lookup_target_impl(targets: &Targets) -> TokenStream {
    let ident = &targets.ident;
    let texts = targets.tables.iter().map(|target| names::text(&target.ident));
    let tables = targets.tables.iter().map(|target| {
        let table = &target.table;
        quote_spanned!(names::at(table.span())=> <#table as __dv::LookupTarget>::TARGETS[0])
    });
    let unknown = match targets.other().map(names::text) {
        Some(name) => quote!(__dv::Option::Some(#name)),
        None => quote!(__dv::Option::None),
    };
    let (key, reference, blank) = (key(targets), reference(targets), blank(targets));
    quote! {
        #[automatically_derived]
        impl __dv::LookupTarget for #ident {
            type Key = Self;
            const TARGETS: &'static [__dv::TargetTable] = &[#(#tables),*];
            const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#texts),*];
            const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = #unknown;
        }

        #[automatically_derived]
        impl __dv::TargetKey for #ident {
            #[inline]
            fn of(record: __dv::Reference<'_>) -> Self {
                #key
            }

            #[inline]
            fn reference(&self) -> __dv::Reference<'_> {
                #reference
            }

            #[inline]
            fn blank() -> Self {
                #blank
            }
        }
    }
}

/// Returns the match from the table of a record to a variant. A lookup without a variant for other tables holds no record of one.
fn key(targets: &Targets) -> TokenStream {
    let variants = targets.tables.iter().map(|target| &target.ident);
    let indices = 0..targets.tables.len();
    let otherwise = match targets.other() {
        Some(other) => quote!(Self::#other(record.to_unknown())),
        None => quote!(<Self as __dv::TargetKey>::blank()),
    };
    quote! {
        match record.position(<Self as __dv::LookupTarget>::TARGETS) {
            #(__dv::Option::Some(#indices) => Self::#variants(__dv::Id::new(record.id)),)*
            _ => #otherwise,
        }
    }
}

/// Returns the match from a variant to its table and id.
fn reference(targets: &Targets) -> TokenStream {
    let ident = &targets.ident;
    let variants = targets.tables.iter().map(|target| &target.ident);
    let indices = 0..targets.tables.len();
    let other =
        targets.other().map(|other| quote!(Self::#other(unknown) => __dv::Reference::unknown(unknown),));
    quote! {
        const TARGETS: &[__dv::TargetTable] = <#ident as __dv::LookupTarget>::TARGETS;
        match self {
            #(Self::#variants(id) => __dv::Reference::known(&TARGETS[#indices], id.uuid()),)*
            #other
        }
    }
}

/// Returns a key before it is read. There is a variant for it: the checks reject an enum without tables.
fn blank(targets: &Targets) -> Option<TokenStream> {
    let first = targets.tables.first().map(|target| {
        let variant = &target.ident;
        quote!(Self::#variant(__dv::Id::new(__dv::Uuid::nil())))
    });
    first.or_else(|| {
        targets.other().map(
            |other| quote!(Self::#other(__dv::UnknownTarget::new(__dv::Uuid::nil(), __dv::Option::None))),
        )
    })
}

/// Returns the conversions into a target: from the ids of its tables.
pub(super) fn conversions(targets: &Targets) -> TokenStream {
    let ident = &targets.ident;
    // A table that is given twice has been reported; the compiler would report two impls again.
    let mut seen = std::collections::HashSet::new();
    let once = targets.tables.iter().filter(|target| seen.insert(target.table.to_token_stream().to_string()));
    let of_tables = once.map(|target| {
        let table = &target.table;
        quote! {
            #[automatically_derived]
            impl __dv::PointsTo<#table> for #ident {}
        }
    });
    quote! {
        #[automatically_derived]
        impl __dv::BindTo<#ident> for #ident {
            #[inline]
            fn bind(self) -> __dv::Bind<#ident> {
                __dv::Bind::to(self)
            }
        }

        #[automatically_derived]
        impl<__R: __dv::LookupTarget<Key = __dv::Id<__R>>> __dv::From<__dv::Id<__R>> for #ident
        where
            #ident: __dv::PointsTo<__R>,
        {
            #[inline]
            fn from(id: __dv::Id<__R>) -> Self {
                __dv::key_of::<Self, __R>(id)
            }
        }

        __dv::principal_enum!(#ident);

        #(#of_tables)*
    }
}
