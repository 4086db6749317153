//! Impls for a struct with errors, so that the rest of the user's code is still understood and the errors shown are
//! the errors made. Nothing of it ever runs: the crate does not compile.

use proc_macro2::TokenStream;
use quote::quote;

use super::expand::{Companion, Operation, in_const_block, lenient_columns, marks};
use super::model::Entity;

pub(super) fn expand(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let (impl_generics, type_generics, where_clause) = entity.generics.split_for_impl();
    let mut reading = entity.generics.clone();
    reading.params.insert(0, syn::parse_quote!('__de));
    let (read_generics, ..) = reading.split_for_impl();
    let table = match &entity.of {
        Some(of) => quote!(#of),
        None => quote!(Self),
    };
    let read = quote! {
        #[automatically_derived]
        impl #impl_generics __dv::Projection for #ident #type_generics #where_clause {
            type Table = #table;
            const PLAN: &'static __dv::RowPlan =
                &__dv::RowPlan {
                    name: ::core::any::type_name::<Self>,
                    table: &__dv::EntityMetadata::new("", "", "", &[]),
                    columns: &[],
                    required: &[],
                    expands: &[],
                };
        }

        #[automatically_derived]
        impl #read_generics __dv::Fields<'__de> for #ident #type_generics #where_clause {
            fn read_column(
                &mut self,
                _: ::core::primitive::usize,
                _: __dv::Cell<'_, '__de>,
                _: &mut __dv::SharedStrings,
            ) -> __dv::Result<(), __dv::ValueError> {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        impl #read_generics __dv::FromRow<'__de> for #ident #type_generics #where_clause {
            fn blank() -> Self {
                ::core::unreachable!()
            }
        }
    };
    let (own, create, update) = (&entity.ident, &entity.create, &entity.update);
    let clash = own == create || own == update || create == update;
    if entity.is_projection() || !entity.generics.params.is_empty() || clash {
        // A table that is generic cannot be anything's identity, and types of one name are no two types.
        let read = entity.is_projection().then_some(read);
        return in_const_block(entity, quote!(#read));
    }
    let companions =
        [Companion::lenient(entity, Operation::Create), Companion::lenient(entity, Operation::Update)];
    let types = companions.iter().map(Companion::define);
    let setters = companions.iter().map(Companion::setters);
    let (columns, marks) = (lenient_columns(entity), marks(entity));
    let block = in_const_block(
        entity,
        quote! {
            #read
            #(#setters)*
            #columns
            #marks

            #[automatically_derived]
            impl __dv::Entity for #ident {
                const TABLE: __dv::TargetTable = __dv::TargetTable::new("", "", "");
                const METADATA: &'static __dv::EntityMetadata = &__dv::EntityMetadata::new("", "", "", &[]);
                type Create = #create;
                type Update = #update;

                fn update(_: impl __dv::IntoRecord<Self>) -> #update {
                    ::core::unreachable!()
                }

                fn __differ(
                    _: &Self,
                    _: &Self,
                    _: ::core::primitive::usize,
                    _: &mut #update,
                ) -> __dv::Difference {
                    ::core::unreachable!()
                }

                fn __key(&self) -> __dv::Option<__dv::Uuid> {
                    ::core::unreachable!()
                }

                fn __choice(&self, _: ::core::primitive::usize) -> __dv::Option<::core::primitive::i32> {
                    ::core::unreachable!()
                }
            }

            #[automatically_derived]
            impl __dv::LookupTarget for #ident {
                type Key = __dv::Id<Self>;
                const TARGETS: &'static [__dv::TargetTable] = &[__dv::TargetTable::new("", "", "")];
                const VARIANTS: &'static [&'static ::core::primitive::str] = &[];
                const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = __dv::Option::None;

                fn key_from(
                    _: __dv::Uuid,
                    _: __dv::Option<&::core::primitive::str>,
                ) -> __dv::Result<Self::Key, __dv::Cow<'static, ::core::primitive::str>> {
                    ::core::unreachable!()
                }

                fn reference(_: &Self::Key) -> __dv::Reference<'_> {
                    ::core::unreachable!()
                }

                fn blank() -> Self::Key {
                    ::core::unreachable!()
                }
            }

            #[automatically_derived]
            impl __dv::Default for #create {
                fn default() -> Self {
                    ::core::unreachable!()
                }
            }
        },
    );
    let drafts = companions.each_ref().map(|draft| {
        let (companion, marker) = (draft.ident(), draft.marker());
        in_const_block(
            entity,
            quote! {
                #[automatically_derived]
                impl __dv::Clone for #companion {
                    fn clone(&self) -> Self {
                        ::core::unreachable!()
                    }
                }

                #[automatically_derived]
                impl __dv::fmt::Debug for #companion {
                    fn fmt(&self, _: &mut __dv::fmt::Formatter<'_>) -> __dv::fmt::Result {
                        ::core::unreachable!()
                    }
                }

                #[automatically_derived]
                impl ::core::cmp::PartialEq for #companion {
                    fn eq(&self, _: &Self) -> ::core::primitive::bool {
                        ::core::unreachable!()
                    }
                }

                #[automatically_derived]
                impl __dv::Serialize for #companion {
                    fn serialize<__S: __dv::Serializer>(&self, _: __S) -> __dv::Result<__S::Ok, __S::Error> {
                        ::core::unreachable!()
                    }
                }

                #[automatically_derived]
                impl __dv::Draft for #companion {
                    type Table = #ident;
                    type Kind = __dv::#marker;
                }

                #[automatically_derived]
                impl __dv::Columns for #companion {
                    fn plan(&self) -> &'static __dv::DraftPlan {
                        ::core::unreachable!()
                    }

                    fn pending(&self, _: ::core::primitive::usize) -> __dv::Pending<'_> {
                        ::core::unreachable!()
                    }
                }
            },
        )
    });
    quote! { #(#types)* #block #(#drafts)* }
}
