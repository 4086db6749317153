//! What a struct reads, and how its fields are taken out of a row.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, parse_quote};

use super::super::model::{Entity, Place};
use super::checks::column_name;
use super::codecs::codec_name;
use crate::common::names;
use crate::common::types;

/// A table reads all its columns.
pub(super) fn table(entity: &Entity) -> TokenStream {
    let count = entity.columns.len();
    let ident = &entity.ident;
    let columns = quote!(&__dv::all_columns::<#count>(__METADATA));
    implement(entity, &quote!(#ident), &quote!(__METADATA), &columns)
}

/// A projection reads the columns it names.
pub(super) fn projection(entity: &Entity) -> TokenStream {
    let Some(of) = &entity.of else { return TokenStream::new() };
    let columns = (0..entity.columns.len()).map(column_name);
    implement(entity, &quote!(#of), &quote!(__TABLE), &quote!(&[#(#columns),*]))
}

fn implement(
    entity: &Entity,
    table: &TokenStream,
    metadata: &TokenStream,
    columns: &TokenStream,
) -> TokenStream {
    let ident = &entity.ident;
    let (_, type_generics, _) = entity.generics.split_for_impl();
    let shape = with_bounds(entity, &entity.generics, false);
    let (shape_generics, _, shape_where) = shape.split_for_impl();
    let read = with_bounds(entity, &reading(&entity.generics), true);
    let (read_generics, _, read_where) = read.split_for_impl();
    let expands = entity.expands.iter().map(|expand| {
        let (nav, ty) = (&expand.nav.value, &expand.ty);
        let plan = quote_spanned!(names::at(ty.span())=> <#ty as __dv::ExpandShape>::plan);
        quote!(__dv::ExpandPlan { navigation: #nav, plan: #plan })
    });
    let fields = fields(entity);
    let names: Vec<_> = fields.iter().map(|(ident, _)| ident).collect();
    let takes = fields.iter().map(|(_, take)| take);
    let locals: Vec<_> = (0..fields.len()).map(|place| format_ident!("__field_{place}")).collect();
    quote! {
        #[automatically_derived]
        impl #shape_generics __dv::Projection for #ident #type_generics #shape_where {
            type Table = #table;

            const PLAN: &'static __dv::RowPlan =
                &__dv::RowPlan {
                    name: ::core::any::type_name::<Self>,
                    table: #metadata,
                    columns: #columns,
                    expands: &[#(#expands),*],
                };
        }

        #[automatically_derived]
        impl #read_generics __dv::FromRow<'__de> for #ident #type_generics #read_where {
            fn from_row(
                __row: &mut __dv::Row<'__de>,
                __context: &mut __dv::ReadContext,
            ) -> __dv::Result<Self, __dv::DecodeError> {
                // All fields are taken, and looked at together: a way out behind each of them would be a lot of code.
                #(let #locals = #takes;)*
                match (#(#locals,)*) {
                    (#(__dv::Option::Some(#locals),)*) => __dv::Result::Ok(Self { #(#names: #locals),* }),
                    _ => __dv::Result::Err(__row.failure()),
                }
            }
        }
    }
}

/// The fields with the code that takes them out of the row, in the order of the struct: an error is that of the first.
fn fields(entity: &Entity) -> Vec<(&Ident, TokenStream)> {
    let field = |place: &Place| match *place {
        Place::Column(place) => {
            let column = entity.columns.get(place)?;
            let ty = &column.ty;
            let take = if entity.is_projection() {
                quote_spanned! {names::at(ty.span())=>
                    __row.column(<#ty as __dv::ReadColumn<'__de>>::read_column, #place, __context)
                }
            } else {
                let codec = codec_name(place);
                quote!(__row.decode(&#codec, #place, __context))
            };
            Some((&column.ident, take))
        }
        Place::Expand(place) => {
            let expand = entity.expands.get(place)?;
            let ty = &expand.ty;
            let take = quote_spanned! {names::at(ty.span())=>
                __row.expand(<#ty as __dv::ExpandField<'__de>>::from_records, #place, __context)
            };
            Some((&expand.ident, take))
        }
    };
    entity.order.iter().filter_map(field).collect()
}

/// A response may outlive whatever the struct borrows from it.
fn reading(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let lifetimes: Vec<_> = generics.lifetimes().map(|parameter| parameter.lifetime.clone()).collect();
    let parameter: syn::GenericParam =
        if lifetimes.is_empty() { parse_quote!('__de) } else { parse_quote!('__de: #(#lifetimes)+*) };
    generics.params.insert(0, parameter);
    generics
}

/// Fields whose types mention a parameter say what they need of it.
fn with_bounds(entity: &Entity, generics: &Generics, reading: bool) -> Generics {
    let mut generics = generics.clone();
    let mentions = |ty: &&syn::Type| types::mentions_parameter(ty, &entity.generics);
    let mut predicates: Vec<syn::WherePredicate> = Vec::new();
    for ty in entity.expands.iter().map(|expand| &expand.ty).filter(mentions) {
        predicates.push(if reading {
            parse_quote!(#ty: __dv::ExpandField<'__de>)
        } else {
            parse_quote!(#ty: __dv::ExpandShape)
        });
    }
    if reading {
        for ty in entity.columns.iter().map(|column| &column.ty).filter(mentions) {
            predicates.push(parse_quote!(#ty: __dv::ReadColumn<'__de>));
        }
    }
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}
