//! The struct as a table: its names, its metadata, its companions.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::model::Entity;
use super::companion::Companion;
use super::kinds::ask;
use super::metadata::table_names;

pub(super) fn implement(entity: &Entity, update: &Companion<'_>) -> TokenStream {
    let ident = &entity.ident;
    let names = table_names(entity);
    let (create_type, update_type) = (&entity.create, &entity.update);
    let empty = update.columns().map(|(_, column)| {
        let ident = &column.ident;
        quote!(#ident: __dv::Default::default())
    });
    let key = entity.primary_id().map(|(_, column)| &column.ident);
    let fields = entity.columns.iter().enumerate().map(|(place, column)| {
        let (ident, field) = (&column.ident, ask(entity, column, &quote!(field)));
        quote!(#place => #field(&self.#ident),)
    });
    quote! {
        #[automatically_derived]
        impl __dv::Entity for #ident {
            const TABLE: __dv::TargetTable = __dv::TargetTable::new(#names);
            const METADATA: &'static __dv::EntityMetadata = __METADATA;
            type Create = #create_type;
            type Update = #update_type;

            fn update(__record: impl __dv::IntoRecord<Self>) -> #update_type {
                #update_type { #key: __dv::IntoRecord::into_record(__record), #(#empty),* }
            }
        }

        #[automatically_derived]
        impl __dv::TableFields for #ident {
            fn field(&self, __place: ::core::primitive::usize) -> __dv::Option<&dyn __dv::TableField> {
                __dv::Option::Some(match __place {
                    #(#fields)*
                    _ => return __dv::Option::None,
                })
            }
        }

        #[automatically_derived]
        impl __dv::LookupTarget for #ident {
            type Key = __dv::Id<Self>;
            const TARGETS: &'static [__dv::TargetTable] = &[<Self as __dv::Entity>::TABLE];
            const VARIANTS: &'static [&'static ::core::primitive::str] = &[];
            const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = __dv::Option::None;

            fn key_from(
                __id: __dv::Uuid,
                __table: __dv::Option<&::core::primitive::str>,
            ) -> __dv::Result<Self::Key, __dv::Cow<'static, ::core::primitive::str>> {
                __dv::single_key(__id, __table)
            }

            fn reference(__key: &Self::Key) -> __dv::Reference<'_> {
                __dv::Reference::known(&<Self as __dv::LookupTarget>::TARGETS[0], __key.uuid())
            }

            fn blank() -> Self::Key {
                __dv::Id::new(__dv::Uuid::nil())
            }
        }
    }
}
