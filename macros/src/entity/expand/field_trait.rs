//! The trait of a column's kind: the only place that checks whether a field's type fits its kind.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::super::model::{Column, Entity};
use super::written_type::written_type;
use crate::common::tokens::{segments, sign, word};

/// The arms of a match over the columns, in parts: the index of each column, the function that it calls, and the field.
/// `quote!` repeats parts without a stream of tokens for each arm.
#[derive(Default)]
pub(super) struct Arms<'e> {
    pub(super) indices: Vec<usize>,
    pub(super) functions: Vec<Function<'e>>,
    pub(super) fields: Vec<&'e Ident>,
}

impl<'e> Arms<'e> {
    pub(super) fn push(&mut self, index: usize, function: impl Into<Function<'e>>, field: &'e Ident) {
        self.indices.push(index);
        self.functions.push(function.into());
        self.fields.push(field);
    }
}

/// The path of a function that generated code calls for a column.
pub(super) enum Function<'e> {
    OfKind(KindItem<'e>),
    Other(TokenStream),
}

impl<'e> From<KindItem<'e>> for Function<'e> {
    fn from(item: KindItem<'e>) -> Self {
        Self::OfKind(item)
    }
}

impl From<TokenStream> for Function<'_> {
    fn from(path: TokenStream) -> Self {
        Self::Other(path)
    }
}

impl ToTokens for Function<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::OfKind(item) => item.to_tokens(tokens),
            Self::Other(path) => path.to_tokens(tokens),
        }
    }
}

/// The path of an item of the kind's trait.
pub(super) struct KindItem<'e> {
    entity: &'e Entity,
    column: &'e Column,
    item: &'static str,
}

/// Returns the path of an item of the kind's trait. Through the trait, an error of the compiler points at the field's type
/// and at no generated code.
pub(super) fn ask<'e>(entity: &'e Entity, column: &'e Column, item: &'static str) -> KindItem<'e> {
    KindItem { entity, column, item }
}

impl ToTokens for KindItem<'_> {
    /// Adds `<Type as __dv::kind::Trait<Written>>::item`.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { entity, column, item } = *self;
        let at = column.type_at;
        sign(tokens, '<', at);
        column.ty.to_tokens(tokens);
        for path in ["as", "__dv"] {
            word(tokens, path, at);
        }
        segments(tokens, &["kind", trait_of(column)], at);
        sign(tokens, '<', at);
        if column.is_primary_id() {
            entity.ident.to_tokens(tokens);
        } else {
            written_type(entity, column, &Ident::new("__dv", Span::call_site())).to_tokens(tokens);
        }
        for _ in 0..2 {
            sign(tokens, '>', at);
        }
        segments(tokens, &[item], at);
    }
}

/// Returns the name of the kind's trait.
fn trait_of(column: &Column) -> &'static str {
    if column.is_primary_id() {
        "PrimaryIdColumn"
    } else if column.has_no_property() {
        "NoPropertyColumn"
    } else {
        column.spec().field_trait
    }
}

/// Returns consts of what the types of choices and lookups say for the metadata.
pub(super) fn facts(entity: &Entity) -> TokenStream {
    let has_facts = |column: &Column| column.is_lookup() || column.has_options();
    let facts = entity.columns.iter().enumerate().filter(|(_, column)| has_facts(column));
    let facts = facts.map(|(index, column)| {
        let (name, facts) = (facts_name(index), ask(entity, column, "FACTS"));
        quote_spanned!(column.type_at=> const #name: __dv::kind::Facts = #facts;)
    });
    quote!(#(#facts)*)
}

/// Returns the name of the const for the column with this index.
pub(super) fn facts_name(index: usize) -> Ident {
    format_ident!("__FACTS_{index}", span = Span::mixed_site())
}
