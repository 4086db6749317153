//! The struct as a table: its names, its metadata, its drafts.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::kind::Role;
use super::super::model::{Column, Entity};
use super::draft::{Companion, Slot};
use super::field_trait::ask;
use super::metadata::table_names;

pub(super) fn implement(entity: &Entity, update: &Companion<'_>) -> TokenStream {
    let ident = &entity.ident;
    let names = table_names(entity);
    let (create_type, update_type) = (&entity.create, &entity.update);
    let empty = update.columns().map(|(_, column)| {
        let ident = &column.ident;
        match update.slot(column) {
            Slot::Option => quote!(#ident: __dv::Option::None),
            Slot::Change => quote!(#ident: __dv::Change::Keep),
        }
    });
    let id = entity.primary_id().map(|(_, column)| column);
    let key = id.map(|column| &column.ident);
    let guid = id.map(|column| {
        let (ident, guid) = (&column.ident, ask(entity, column, &quote!(guid)));
        quote!(#guid(&self.#ident))
    });
    let differences = update.columns().map(|(place, column)| {
        let what = match update.slot(column) {
            Slot::Option => quote!(differ_set),
            Slot::Change => quote!(differ),
        };
        let (ident, differ) = (&column.ident, ask(entity, column, &what));
        quote!(#place => #differ(&__before.#ident, &__after.#ident, &mut __update.#ident),)
    });
    let is_choice = |column: &Column| column.has_role(Role::State) || column.has_role(Role::Status);
    let choices = entity.columns.iter().enumerate().filter(|(_, column)| is_choice(column));
    let choices = choices.map(|(place, column)| {
        let (ident, integer) = (&column.ident, ask(entity, column, &quote!(integer)));
        quote!(#place => #integer(&self.#ident),)
    });
    quote! {
        #[automatically_derived]
        impl __dv::Entity for #ident {
            const TABLE: __dv::TargetTable = __dv::TargetTable::new(#names);
            const METADATA: &'static __dv::EntityMetadata = __METADATA;
            type Create = #create_type;
            type Update = #update_type;

            #[inline]
            fn update(__record: impl __dv::IntoRecord<Self>) -> #update_type {
                #update_type { #key: __dv::IntoRecord::into_record(__record), #(#empty),* }
            }

            #[inline]
            fn __differ(
                __before: &Self,
                __after: &Self,
                __column: ::core::primitive::usize,
                __update: &mut #update_type,
            ) -> __dv::Difference {
                match __column {
                    #(#differences)*
                    _ => __dv::Difference::Same,
                }
            }

            #[inline]
            fn __key(&self) -> __dv::Option<__dv::Uuid> {
                #guid
            }

            #[inline]
            fn __choice(&self, __column: ::core::primitive::usize) -> __dv::Option<::core::primitive::i32> {
                match __column {
                    #(#choices)*
                    _ => __dv::Option::None,
                }
            }
        }

        #[automatically_derived]
        impl __dv::LookupTarget for #ident {
            type Key = __dv::Id<Self>;
            const TARGETS: &'static [__dv::TargetTable] = &[<Self as __dv::Entity>::TABLE];
            const VARIANTS: &'static [&'static ::core::primitive::str] = &[];
            const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = __dv::Option::None;

            #[inline]
            fn key_from(
                __id: __dv::Uuid,
                __table: __dv::Option<&::core::primitive::str>,
            ) -> __dv::Result<Self::Key, __dv::Cow<'static, ::core::primitive::str>> {
                __dv::single_key(__id, __table)
            }

            #[inline]
            fn reference(__key: &Self::Key) -> __dv::Reference<'_> {
                __dv::Reference::known(&<Self as __dv::LookupTarget>::TARGETS[0], __key.uuid())
            }

            #[inline]
            fn blank() -> Self::Key {
                __dv::Id::new(__dv::Uuid::nil())
            }
        }
    }
}
