//! The struct as a table: its names, its metadata, its drafts.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::kind::Role;
use super::super::model::{Column, Entity};
use super::draft::{Draft, Slot};
use super::field_trait::{Arms, ask};
use super::metadata::table_names;

pub(super) fn implement(entity: &Entity, update: &Draft<'_>) -> TokenStream {
    let (table, lookup_target) = (entity_impl(entity, update), lookup_target_impl(entity));
    quote!(#table #lookup_target)
}

fn entity_impl(entity: &Entity, update: &Draft<'_>) -> TokenStream {
    let ident = &entity.ident;
    let names = table_names(entity);
    let [create_type, update_type] = draft_types(entity);
    let id = entity.primary_id().map(|(_, column)| column);
    let index = entity.primary_id().map(|(index, _)| index).unwrap_or_default();
    let key = id.map(|column| &column.ident);
    let guid = id.map(|column| {
        let (ident, guid) = (&column.ident, ask(entity, column, "guid"));
        quote!(#guid(&self.#ident))
    });
    let made = if entity.is_read_only() {
        quote!(__dv::NoDraft::of(record))
    } else {
        let empty = empty(update);
        quote!(#update_type { #key: __dv::IntoRecord::into_record(record), #empty })
    };
    let (differ, choice) = (differ(entity, update, &update_type), choice(entity));
    quote! {
        #[automatically_derived]
        impl __dv::Entity for #ident {
            const TABLE: __dv::TargetTable = __dv::TargetTable::new(#names);
            const METADATA: &'static __dv::EntityMetadata = &__METADATA;
            const PRIMARY_ID: __dv::Column<Self, __dv::kinds::Guid, __dv::Id<Self>> =
                __dv::column(&__METADATA, #index);
            type Create = #create_type;
            type Update = #update_type;

            #[inline]
            fn update(record: impl __dv::IntoRecord<Self>) -> #update_type {
                #made
            }

            #differ

            #[inline]
            fn __key(&self) -> __dv::Option<__dv::Uuid> {
                #guid
            }

            #choice
        }
    }
}

/// Returns the types of the create and of the update.
fn draft_types(entity: &Entity) -> [TokenStream; 2] {
    let (ident, create, update) = (&entity.ident, &entity.create, &entity.update);
    match entity.is_read_only() {
        true => [
            quote!(__dv::NoDraft<#ident, __dv::CreateDraft>),
            quote!(__dv::NoDraft<#ident, __dv::UpdateDraft>),
        ],
        false => [quote!(#create), quote!(#update)],
    }
}

/// Hides the functions that start the drafts of a read-only table behind functions that the compiler rejects with a reason.
pub(super) fn refusals(entity: &Entity) -> TokenStream {
    let (ident, vis, [create, update]) = (&entity.ident, &entity.vis, draft_types(entity));
    quote! {
        #[automatically_derived]
        impl #ident {
            #[doc(hidden)]
            #vis fn create() -> #create
            where
                for<'__never> Self: __dv::ReadOnlyTable<'__never>,
            {
                __dv::Default::default()
            }

            #[doc(hidden)]
            #vis fn update(record: impl __dv::IntoRecord<Self>) -> #update
            where
                for<'__never> Self: __dv::ReadOnlyTable<'__never>,
            {
                __dv::NoDraft::of(record)
            }
        }
    }
}

/// Returns the fields of an update that changes nothing.
fn empty(update: &Draft<'_>) -> TokenStream {
    let fields = update.columns().map(|(_, column)| {
        let ident = &column.ident;
        match update.slot(column) {
            Slot::Option => quote!(#ident: __dv::Option::None),
            Slot::Change => quote!(#ident: __dv::Change::Keep),
        }
    });
    quote!(#(#fields),*)
}

/// Returns the method that compares a column of two records and puts the difference into an update, if the update has
/// columns.
fn differ(entity: &Entity, update: &Draft<'_>, update_type: &TokenStream) -> Option<TokenStream> {
    let mut differences = Arms::default();
    for (index, column) in update.columns() {
        let what = match update.slot(column) {
            Slot::Option => "differ_set",
            Slot::Change => "differ",
        };
        differences.push(index, ask(entity, column, what), &column.ident);
    }
    let Arms { indices, functions, fields } = differences;
    (!indices.is_empty()).then(|| {
        quote! {
            #[inline]
            fn __differ(
                before: &Self,
                after: &Self,
                column: ::core::primitive::usize,
                update: &mut #update_type,
            ) -> __dv::Difference {
                match column {
                    #(#indices => #functions(&before.#fields, &after.#fields, &mut update.#fields),)*
                    _ => __dv::Difference::Same,
                }
            }
        }
    })
}

/// Returns the method that reads the integer of a state or status, if the table has one.
fn choice(entity: &Entity) -> Option<TokenStream> {
    let is_choice = |column: &Column| column.has_role(Role::State) || column.has_role(Role::Status);
    let columns = entity.columns.iter().enumerate().filter(|(_, column)| is_choice(column));
    let mut choices = Arms::default();
    for (index, column) in columns {
        choices.push(index, ask(entity, column, "integer"), &column.ident);
    }
    let Arms { indices, functions, fields } = choices;
    (!indices.is_empty()).then(|| {
        quote! {
            #[inline]
            fn __choice(&self, column: ::core::primitive::usize) -> __dv::Option<::core::primitive::i32> {
                match column {
                    #(#indices => #functions(&self.#fields),)*
                    _ => __dv::Option::None,
                }
            }
        }
    })
}

fn lookup_target_impl(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    quote! {
        #[automatically_derived]
        impl __dv::LookupTarget for #ident {
            type Key = __dv::Id<Self>;
            const TARGETS: &'static [__dv::TargetTable] = &[<Self as __dv::Entity>::TABLE];
        }
    }
}
