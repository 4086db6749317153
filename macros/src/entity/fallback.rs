//! Impls for a struct with errors. They let the rest of the user's code compile, so that the compiler shows only the
//! mistakes that were made. They never run: the crate does not compile.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::expand::{Draft, DraftKind, lenient_columns, marker_traits};
use super::model::Entity;
use crate::common::crate_path::in_const_block;

pub(super) fn expand(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    if entity.is_projection() {
        return in_const_block(krate, reading(entity));
    }
    let (own, create, update) = (&entity.ident, &entity.create, &entity.update);
    let clash = own == create || own == update || create == update;
    if !entity.generics.params.is_empty() || clash {
        // No impl can help: a generic table is no single type, and two drafts with one name are no two types.
        return in_const_block(krate, TokenStream::new());
    }
    let drafts = [DraftKind::Create, DraftKind::Update].map(|kind| Draft::lenient(entity, kind));
    let types = drafts.iter().map(Draft::define);
    let setters = drafts.iter().map(Draft::setters);
    let (reading, columns, marker_traits) = (reading(entity), lenient_columns(entity), marker_traits(entity));
    let (table, lookup_target, default) =
        (entity_impl(entity), lookup_target_impl(entity), default_impl(entity));
    let block = in_const_block(
        krate,
        quote! { #reading #(#setters)* #columns #marker_traits #table #lookup_target #default },
    );
    let draft_blocks = drafts.iter().map(|draft| in_const_block(krate, draft_impls(draft, entity)));
    quote! { #(#types)* #block #(#draft_blocks)* }
}

/// Returns the impls that reading needs.
fn reading(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let (impl_generics, type_generics, where_clause) = entity.generics.split_for_impl();
    let mut generics = entity.generics.clone();
    generics.params.insert(0, parse_quote!('__de));
    let (read_generics, ..) = generics.split_for_impl();
    let table = match &entity.of {
        Some(of) => quote!(#of),
        None => quote!(Self),
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics __dv::Projection for #ident #type_generics #where_clause {
            type Table = #table;
            const PLAN: &'static __dv::RowPlan =
                &__dv::RowPlan {
                    name: ::core::any::type_name::<Self>,
                    table: &__dv::EntityMetadata::new("", "", "", &[]),
                    columns: &[],
                    index: &[],
                    required: &[],
                    expands: &[],
                };
        }

        #[automatically_derived]
        impl #impl_generics __dv::WriteRow for #ident #type_generics #where_clause {
            fn cell(&self, _: ::core::primitive::usize) -> __dv::WrittenCell<'_> {
                ::core::unreachable!()
            }
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
    }
}

fn entity_impl(entity: &Entity) -> TokenStream {
    let (ident, create, update) = (&entity.ident, &entity.create, &entity.update);
    quote! {
        #[automatically_derived]
        impl __dv::Entity for #ident {
            const TABLE: __dv::TargetTable = __dv::TargetTable::new("", "", "");
            const METADATA: &'static __dv::EntityMetadata = &__dv::EntityMetadata::new("", "", "", &[]);
            const PRIMARY_ID: __dv::Column<Self, __dv::kinds::Guid, __dv::Id<Self>> =
                __dv::Column::new(&__dv::AttributeMetadata::new("", __dv::AttributeType::Virtual));
            type Create = #create;
            type Update = #update;

            fn update(_: impl __dv::IntoRecord<Self>) -> #update {
                ::core::unreachable!()
            }

            fn __key(&self) -> __dv::Option<__dv::Uuid> {
                ::core::unreachable!()
            }
        }
    }
}

fn lookup_target_impl(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    quote! {
        #[automatically_derived]
        impl __dv::LookupTarget for #ident {
            type Key = __dv::Id<Self>;
            const TARGETS: &'static [__dv::TargetTable] = &[__dv::TargetTable::new("", "", "")];
        }
    }
}

/// A create starts empty; an update starts from a record.
fn default_impl(entity: &Entity) -> TokenStream {
    let create = &entity.create;
    quote! {
        #[automatically_derived]
        impl __dv::Default for #create {
            fn default() -> Self {
                ::core::unreachable!()
            }
        }
    }
}

/// Returns the impls of a draft.
fn draft_impls(draft: &Draft<'_>, entity: &Entity) -> TokenStream {
    let (ident, table, marker) = (draft.ident(), &entity.ident, draft.marker());
    quote! {
        #[automatically_derived]
        impl __dv::Clone for #ident {
            fn clone(&self) -> Self {
                ::core::unreachable!()
            }
        }

        __dv::draft_impls!(#marker, #ident, #table);

        #[automatically_derived]
        impl __dv::Columns for #ident {
            fn plan(&self) -> &'static __dv::DraftPlan {
                ::core::unreachable!()
            }

            fn pending(&self, _: ::core::primitive::usize) -> __dv::Pending<'_> {
                ::core::unreachable!()
            }

            fn besides(&self) -> __dv::Besides<'_> {
                ::core::unreachable!()
            }
        }
    }
}
