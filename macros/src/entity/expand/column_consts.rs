//! Typed columns: a const of the table for each field, in capitals.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::model::{Column, Entity, const_name};
use super::draft::annotated_doc;
use super::written_type::target_type;
use crate::common::{names, types};

/// The columns of a table.
pub(super) fn consts(entity: &Entity) -> TokenStream {
    implement(entity, false, &|index| quote!(__dv::column(&__METADATA, #index)))
}

/// The columns of a table with errors, so that code that names them still compiles.
pub(in super::super) fn lenient(entity: &Entity) -> TokenStream {
    implement(entity, true, &|_| {
        quote!(__dv::Column::new(&__dv::AttributeMetadata::new("", __dv::AttributeType::Virtual)))
    })
}

fn implement(entity: &Entity, is_lenient: bool, made: &dyn Fn(usize) -> TokenStream) -> TokenStream {
    let ident = &entity.ident;
    let mut taken: Vec<String> = Vec::new();
    // A name that is given twice has been reported; the compiler would report two consts again.
    let mut is_first = |name: &Ident| {
        let text = name.to_string();
        let first = !taken.contains(&text);
        taken.push(text);
        first
    };
    let mut items = Vec::new();
    for (index, column) in entity.columns.iter().enumerate() {
        let name = const_name(&column.ident);
        if !is_first(&name) {
            continue;
        }
        let (vis, kind, value) = (&column.vis, kind_of(column), value_of(entity, column, is_lenient));
        let made = made(index);
        let sentence = format!("The column `{}`, for queries.", column.logical.value);
        let doc = column.docs.with_sentence(&sentence, annotated_doc(column).as_deref());
        items.push(quote! {
            #doc
            #vis const #name: __dv::Column<Self, __dv::kinds::#kind, #value> = #made;
        });
    }
    for expand in &entity.expands {
        let name = const_name(&expand.ident);
        if !is_first(&name) {
            continue;
        }
        let (vis, ty, nav) = (&expand.vis, &expand.ty, &expand.nav.value);
        let doc =
            expand.docs.with_sentence(&format!("The records that `{nav}` leads to, for queries."), None);
        let shape = quote_spanned!(names::at(ty.span())=> <#ty as __dv::ExpandShape>);
        items.push(quote! {
            #doc
            #vis const #name: __dv::Related<Self, #shape::Table, #shape::Count> = __dv::related(#nav);
        });
    }
    for relationship in &entity.relationships {
        let (Some((name, related)), Some(nav)) = (&relationship.related, &relationship.nav) else { continue };
        if !is_first(name) {
            continue;
        }
        let vis = &entity.vis;
        let schema = &relationship.schema;
        let doc =
            format!("The records that `{nav}` leads to, for queries: those of the relationship `{schema}`.");
        items.push(quote! {
            #[doc = #doc]
            #vis const #name: __dv::Related<Self, #related, __dv::Many> = __dv::related(#nav);
        });
    }
    quote! {
        #[automatically_derived]
        impl #ident {
            #(#items)*
        }
    }
}

/// Returns the marker for what queries can do with the column.
fn kind_of(column: &Column) -> Ident {
    names::runtime(if column.is_queryable() { column.spec().query_kind } else { "Unavailable" })
}

/// Returns the type of the column's values; for a lookup, the table or enum that it points to.
fn value_of(entity: &Entity, column: &Column, is_lenient: bool) -> TokenStream {
    if column.is_primary_id() {
        let ident = &entity.ident;
        return quote!(__dv::Id<#ident>);
    }
    let value = column.value_type();
    match (column.is_lookup(), types::argument_of(value, "Lookup")) {
        (true, Some(target)) => quote!(#target),
        // The error may be in what the lookup points to.
        (true, None) if is_lenient => quote!(()),
        (true, None) => target_type(column, &quote!(__dv)),
        (false, _) => quote!(#value),
    }
}
