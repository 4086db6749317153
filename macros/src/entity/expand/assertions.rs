//! Checks that only the compiler can do: whether types fit kinds, lookups their navigation properties, and projections
//! their tables. The error of each check is at the token that it is about.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::kind::Role;
use super::super::model::{Column, Entity, Expand};
use super::field_trait::facts_name;
use super::metadata::is_pattern;
use super::written_type::target_type;
use crate::common::meta::Nav;
use crate::common::names;
use crate::common::types;

/// The checks of a table. Generated code checks whether types fit kinds wherever it uses a field.
pub(super) fn table(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let navigations =
        entity.columns.iter().enumerate().filter_map(|(index, column)| navigation_check(index, column));
    let statuses = entity.columns.iter().enumerate().filter(|(_, column)| column.has_role(Role::Status));
    let statuses = statuses.map(|(index, column)| {
        let facts = facts_name(index);
        quote_spanned!(column.type_at=> const _: () = __dv::assert_states_known(#facts.options);)
    });
    let hierarchies = entity.columns.iter().enumerate().filter_map(|(index, column)| {
        let (facts, logical) = (facts_name(index), entity.logical());
        let span = column.attrs.hierarchical.span().filter(|_| column.is_lookup())?;
        Some(quote_spanned! {names::at(span)=>
            const _: () = __dv::assert_hierarchical(#facts.targets, #logical);
        })
    });
    let expands = expand_checks(entity, &quote!(#ident));
    let related = entity.relationships.iter().filter_map(|relationship| {
        let (_, related) = relationship.related.as_ref()?;
        let table = &relationship.table;
        Some(quote_spanned! {names::at(related.span())=>
            const _: () = __dv::assert_related(<#related as __dv::LookupTarget>::TARGETS, #table);
        })
    });
    let relationships =
        entity.columns.iter().enumerate().filter_map(|(index, column)| relationship_check(index, column));
    quote! { #(#navigations)* #(#relationships)* #(#statuses)* #(#hierarchies)* #expands #(#related)* }
}

/// Checks that every target has a navigation property, or that one property is enough.
fn navigation_check(index: usize, column: &Column) -> Option<TokenStream> {
    let facts = facts_name(index);
    match column.nav()? {
        Nav::One(_) if column.has_role(Role::Owner) => None,
        Nav::One(text) if is_pattern(&text.value) => None,
        Nav::One(text) => {
            // One assertion costs the compiler less than two.
            let assert = match column.relationship() {
                Some(Nav::One(_)) => quote_spanned!(names::at(text.span)=> assert_one_of_each),
                _ => quote_spanned!(names::at(text.span)=> assert_one_target),
            };
            Some(quote_spanned! {names::at(text.span)=> const _: () = __dv::#assert(#facts.targets);})
        }
        Nav::PerTarget { key, targets } => {
            let target = target_type(column, &quote!(__dv));
            let names = targets.iter().map(|(variant, _)| names::text(variant));
            let variants = targets
                .iter()
                .map(|(variant, _)| quote_spanned!(names::at(variant.span())=> let _ = <#target>::#variant;));
            Some(quote_spanned! {names::at(*key)=>
                #[allow(long_running_const_eval)]
                const _: () = __dv::assert_navigation_complete(#facts.variants, #facts.unknown, &[#(#names),*]);
                const _: fn() = || { #(#variants)* };
            })
        }
    }
}

/// Checks that a single relationship has a single target, or that each variant with a relationship exists.
fn relationship_check(index: usize, column: &Column) -> Option<TokenStream> {
    match column.relationship()? {
        Nav::One(_) if column.has_role(Role::Owner) => None,
        // The check of the navigation property includes that of the relationship.
        Nav::One(_) if matches!(column.nav(), Some(Nav::One(name)) if !is_pattern(&name.value)) => None,
        Nav::One(text) => {
            let facts = facts_name(index);
            Some(quote_spanned! {names::at(text.span)=>
                const _: () = __dv::assert_one_relationship(#facts.targets);
            })
        }
        Nav::PerTarget { targets, .. } => {
            let target = target_type(column, &quote!(__dv));
            let variants = targets
                .iter()
                .map(|(variant, _)| quote_spanned!(names::at(variant.span())=> let _ = <#target>::#variant;));
            Some(quote!(const _: fn() = || { #(#variants)* };))
        }
    }
}

/// The checks of a projection: each column is one of the table, and the field's type can hold it. The consts of the
/// columns are used again where they are read.
pub(super) fn projection(entity: &Entity) -> TokenStream {
    let columns =
        entity.columns.iter().enumerate().map(|(index, column)| projection_column(index, column, entity));
    let table = entity.of.as_ref().map(|of| {
        // Through the projection, where it can be named, the compiler asks once whether it is a table.
        let ident = &entity.ident;
        if entity.generics.params.is_empty() {
            quote!(__dv::table_of::<#ident>())
        } else {
            quote_spanned!(names::at(of.span())=> <#of as __dv::Entity>::METADATA)
        }
    });
    let expands = entity.of.as_ref().map(|of| expand_checks(entity, &quote!(#of)));
    quote! {
        const __TABLE: &__dv::EntityMetadata = #table;
        #(#columns)*
        #expands
    }
}

/// Returns the name of the const for a projection's column.
pub(super) fn column_name(index: usize) -> Ident {
    format_ident!("__COLUMN_{index}", span = Span::mixed_site())
}

fn projection_column(index: usize, column: &Column, entity: &Entity) -> TokenStream {
    let logical = &column.logical.value;
    let (name, of) = (column_name(index), entity.of.to_token_stream().to_string().replace(' ', ""));
    let problem = format!("`{logical}` is not a column of `{of}`");
    let found = quote_spanned! {names::at(column.logical.span)=>
        const #name: &__dv::AttributeMetadata = __dv::column_of(__TABLE, #logical, #problem);
    };
    let kind = column.written_kind().map(|(spec, span)| {
        let problem = format!("`{logical}` is not a `{}` column of `{of}`", spec.word);
        let kind = spec.attribute_type;
        quote_spanned!(names::at(span)=> const _: () = __dv::expect_column(__TABLE, __dv::is_kind(#name, #kind), #problem);)
    });
    let primary = column.primary_id_span().map(|span| {
        let problem = format!("`{logical}` is not the primary id of `{of}`");
        quote_spanned!(names::at(span)=> const _: () = __dv::expect_column(__TABLE, __dv::is_primary_id(__TABLE, #logical), #problem);)
    });
    let holds = (!types::mentions_parameter(&column.ty, &entity.generics)).then(|| {
        let ty = types::with_static_lifetimes(&column.ty);
        let kinds = format!("the type of this field cannot hold `{logical}`, as `{of}` declares it");
        let targets = format!("the type of this field refers to other tables than `{logical}` does");
        quote_spanned! {column.type_at=>
            const _: () = __dv::expect_column(
                __TABLE,
                <#ty as __dv::ReadColumn<'static>>::KINDS.holds(&#name.attribute_type),
                #kinds,
            );
            const _: () = __dv::expect_column(
                __TABLE,
                __dv::reads_targets(
                    <#ty as __dv::ReadColumn<'static>>::TARGETS,
                    <#ty as __dv::ReadColumn<'static>>::OPEN,
                    __TABLE,
                    #name,
                ),
                #targets,
            );
        }
    });
    quote! { #found #kind #primary #holds }
}

/// Checks that expanded records are of a table that the navigation property leads to, if the struct declares its lookup.
fn expand_checks(entity: &Entity, table: &TokenStream) -> TokenStream {
    let own = |expand: &&Expand| !types::mentions_parameter(&expand.ty, &entity.generics);
    let all: Vec<_> = entity.expands.iter().map(|expand| &expand.nav.value).collect();
    let checks = entity.expands.iter().filter(own).map(|expand| {
        let nav = &expand.nav.value;
        let ty = types::with_static_lifetimes(&expand.ty);
        let name = quote_spanned! {names::at(expand.nav.span)=>
            const _: () = __dv::assert_navigation(<#table as __dv::Entity>::METADATA, #nav);
        };
        let records = quote_spanned! {names::at(expand.ty.span())=>
            const _: () = __dv::assert_expands(
                <#table as __dv::Entity>::METADATA,
                #nav,
                <#ty as __dv::ExpandShape>::TABLE,
            );
        };
        let alone = quote_spanned! {names::at(expand.nav.span)=>
            const _: () = __dv::assert_pairs_alone(
                <#table as __dv::Entity>::METADATA,
                #nav,
                &[#(#all),*],
                <#ty as __dv::ExpandShape>::EXPANDS,
            );
        };
        quote!(#name #records #alone)
    });
    quote!(#(#checks)*)
}
