//! The struct as a table: its names, its metadata, its companions.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::kind::Kind;
use super::super::model::Entity;
use super::codecs::codec_name;
use super::companion::{Companion, Slot};
use super::metadata::table_names;

pub(super) fn implement(entity: &Entity, update: &Companion<'_>) -> TokenStream {
    let ident = &entity.ident;
    let names = table_names(entity);
    let (create_type, update_type) = (&entity.create, &entity.update);
    let empty = update.columns().map(|(_, column)| {
        let ident = &column.ident;
        quote!(#ident: __dv::Default::default())
    });
    let id = entity.primary_id();
    let key = id.map(|(_, column)| &column.ident);
    let same_record = id.map(|(place, column)| {
        let ident = &column.ident;
        let codec = codec_name(place);
        quote!(#ident: __diff.id(&#codec, #place, &__before.#ident, &__after.#ident))
    });
    let differences = update.columns().map(|(place, column)| {
        let (ident, codec) = (&column.ident, codec_name(place));
        match update.slot(column) {
            Slot::Change => quote!(#ident: __diff.change(&#codec, &__before.#ident, &__after.#ident)),
            Slot::Option => {
                quote!(#ident: __diff.replace(&#codec, #place, &__before.#ident, &__after.#ident))
            }
        }
    });
    let of_kind = |wanted: fn(&Kind) -> bool| update.columns().find(|(_, column)| wanted(&column.kind()));
    let state = of_kind(|kind| matches!(kind, Kind::State));
    let status = of_kind(|kind| matches!(kind, Kind::Status));
    let status = state.zip(status).map(|((state_place, state), (status_place, status))| {
        let (state_codec, status_codec) = (codec_name(state_place), codec_name(status_place));
        let (state, status) = (&state.ident, &status.ident);
        quote! {
            __diff.check_status(
                (&#state_codec, &__before.#state, &__after.#state),
                (&#status_codec, &__before.#status, &__after.#status),
                #status_place,
            );
        }
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

            fn changes(__before: &Self, __after: &Self) -> __dv::Result<#update_type, __dv::Violations> {
                let mut __diff = __dv::Diff::new(__METADATA);
                let __update = #update_type { #same_record, #(#differences),* };
                #status
                __diff.finish(__update)
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
        }
    }
}
