//! The types of the values that drafts hold.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::super::kind::Role;
use super::super::model::{Column, Entity};
use crate::common::tokens::{segments, sign};
use crate::common::types;

/// The type that a draft holds: a reference for a lookup, otherwise the type of the value.
pub(super) struct WrittenType<'e> {
    entity: &'e Entity,
    column: &'e Column,
    private: &'e dyn ToTokens,
}

/// Returns the type that a draft holds for a column. `private` is the path of the library's hidden module.
pub(super) fn written_type<'e>(
    entity: &'e Entity,
    column: &'e Column,
    private: &'e dyn ToTokens,
) -> WrittenType<'e> {
    WrittenType { entity, column, private }
}

impl WrittenType<'_> {
    fn generic(&self, name: &str, argument: impl ToTokens, tokens: &mut TokenStream) {
        let span = Span::call_site();
        self.private.to_tokens(tokens);
        segments(tokens, &[name], span);
        sign(tokens, '<', span);
        argument.to_tokens(tokens);
        sign(tokens, '>', span);
    }
}

impl ToTokens for WrittenType<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let value = self.column.value_type();
        if self.column.is_primary_id() {
            self.generic("Id", &self.entity.ident, tokens);
        } else if self.column.is_lookup() {
            match types::argument_of(value, "Lookup") {
                Some(target) => self.generic("Bind", target, tokens),
                None => self.generic("Bind", target_type(self.column, self.private), tokens),
            }
        } else if self.column.has_role(Role::PartyList) {
            self.private.to_tokens(tokens);
            segments(tokens, &["PartyList"], Span::call_site());
        } else {
            value.to_tokens(tokens);
        }
    }
}

/// Returns the table or enum that a lookup points to.
pub(super) fn target_type(column: &Column, private: &dyn ToTokens) -> TokenStream {
    let value = column.value_type();
    match types::argument_of(value, "Lookup") {
        Some(target) => target.to_token_stream(),
        None => quote_spanned!(column.type_at=> <#value as #private::kind::LookupField>::Target),
    }
}
