//! The code: const tables, and a match each way.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Targets;
use crate::common::names;

pub(super) fn expand(targets: &Targets) -> TokenStream {
    let (ident, krate) = (&targets.ident, &targets.krate);
    let variants: Vec<_> = targets.tables.iter().map(|target| &target.ident).collect();
    let texts = variants.iter().map(|variant| names::text(variant));
    let indices: Vec<_> = (0..variants.len()).collect();
    let tables: Vec<_> = targets.tables.iter().map(|target| &target.table).collect();
    let table_names =
        tables.iter().map(|table| quote_spanned!(names::at(table.span())=> <#table as __dv::Entity>::TABLE));
    let unknown = targets.unknown.first().map(|unknown| &unknown.ident);
    let otherwise = match unknown {
        Some(unknown) => {
            quote!(__dv::Result::Ok(Self::#unknown(__dv::UnknownTarget::new(__id, __table))))
        }
        None => quote! {
            __dv::Result::Err(__dv::expected_target(<Self as __dv::LookupTarget>::TARGETS, __table))
        },
    };
    let unknown_name = match unknown.map(names::text) {
        Some(unknown) => quote!(__dv::Option::Some(#unknown)),
        None => quote!(__dv::Option::None),
    };
    let unknown_arm =
        unknown.map(|unknown| quote!(Self::#unknown(__unknown) => __dv::Reference::unknown(__unknown),));
    // There is one of both: an enum without any table has been refused.
    let first = variants.first().map(|first| quote!(Self::#first(__dv::Id::new(__dv::Uuid::nil()))));
    let blank = first.or_else(|| {
        unknown.map(
            |unknown| quote!(Self::#unknown(__dv::UnknownTarget::new(__dv::Uuid::nil(), __dv::Option::None))),
        )
    });
    let conversions = conversions(targets);
    quote! {
        const _: () = {
            use #krate::__private as __dv;

            #[automatically_derived]
            impl __dv::LookupTarget for #ident {
                type Key = Self;
                const TARGETS: &'static [__dv::TargetTable] = &[#(#table_names),*];
                const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#texts),*];
                const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = #unknown_name;

                #[inline]
                fn key_from(
                    __id: __dv::Uuid,
                    __table: __dv::Option<&::core::primitive::str>,
                ) -> __dv::Result<Self, __dv::Cow<'static, ::core::primitive::str>> {
                    match __dv::target_position(<Self as __dv::LookupTarget>::TARGETS, __table) {
                        #(__dv::Option::Some(#indices) => __dv::Result::Ok(Self::#variants(__dv::Id::new(__id))),)*
                        _ => #otherwise,
                    }
                }

                #[inline]
                fn reference(__key: &Self) -> __dv::Reference<'_> {
                    const TARGETS: &[__dv::TargetTable] = <#ident as __dv::LookupTarget>::TARGETS;
                    match __key {
                        #(Self::#variants(__id) => __dv::Reference::known(&TARGETS[#indices], __id.uuid()),)*
                        #unknown_arm
                    }
                }

                #[inline]
                fn blank() -> Self {
                    #blank
                }
            }

            #conversions
        };
    }
}

/// What can be turned into a target: the ids of its tables.
pub(super) fn conversions(targets: &Targets) -> TokenStream {
    let ident = &targets.ident;
    // A table that stands there twice has been reported; two impls would be reported again.
    let mut seen = std::collections::HashSet::new();
    let once = targets
        .tables
        .iter()
        .enumerate()
        .filter(|(_, target)| seen.insert(target.table.to_token_stream().to_string()));
    let of_tables: Vec<_> = once
        .map(|(index, target)| {
            let (variant, table) = (&target.ident, &target.table);
            quote! {
                #[automatically_derived]
                impl __dv::From<__dv::Id<#table>> for #ident {
                    #[inline]
                    fn from(__id: __dv::Id<#table>) -> Self {
                        Self::#variant(__id)
                    }
                }

                #[automatically_derived]
                impl __dv::BindTo<#ident> for __dv::Id<#table> {
                    #[inline]
                    fn bind(self) -> __dv::Bind<#ident> {
                        __dv::Bind::to(#ident::#variant(self))
                    }
                }

                #[automatically_derived]
                impl __dv::BindTo<#ident> for __dv::RecordRef<#table> {
                    #[inline]
                    fn bind(self) -> __dv::Bind<#ident> {
                        __dv::Bind::to_record(&self, &<#ident as __dv::LookupTarget>::TARGETS[#index])
                    }
                }
            }
        })
        .collect();
    quote! {
        #[automatically_derived]
        impl __dv::BindTo<#ident> for #ident {
            #[inline]
            fn bind(self) -> __dv::Bind<#ident> {
                __dv::Bind::to(self)
            }
        }

        #(#of_tables)*
    }
}
