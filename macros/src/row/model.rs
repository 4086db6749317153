//! What was meant: a column of the answer for each field.

use proc_macro2::{Ident, Span};
use syn::{Data, DeriveInput, Fields, Generics, Type};

use super::attrs::{ColumnAttrs, RowAttrs};
use crate::common::crate_path::CratePath;
use crate::common::diagnostics::Diagnostics;
use crate::common::names;
use crate::common::receive::receive;

/// The struct.
pub(super) struct RowStruct {
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) krate: CratePath,
    pub(super) fields: Vec<Field>,
    /// Whether any field has errors.
    pub(super) incomplete: bool,
}

/// A field.
pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) source: Source,
}

/// Where a field is read from.
pub(super) enum Source {
    Column {
        name: String,
        span: Span,
    },
    Formatted {
        name: String,
        span: Span,
    },
    /// The field is no column and gets its `Default`. A key next to `skip` is a mistake.
    Skipped {
        with: Option<Span>,
    },
}

pub(super) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<RowStruct> {
    let attrs = receive::<RowAttrs>("row", &input.attrs, diagnostics).value;
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            _ => None,
        },
        _ => None,
    };
    let Some(fields) = fields else {
        diagnostics.help(
            input.ident.span(),
            "`DataverseRow` can be derived for a struct with named fields only",
            format!("write `struct {} {{ total: Option<Decimal> }}`", input.ident),
        );
        return None;
    };
    let mut row = RowStruct {
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        krate: CratePath::new(attrs.krate.as_ref(), diagnostics),
        fields: Vec::new(),
        incomplete: false,
    };
    for field in fields {
        let Some(ident) = field.ident.clone() else { continue };
        let received = receive::<ColumnAttrs>("row", &field.attrs, diagnostics);
        row.incomplete |= received.damaged;
        let attrs = received.value;
        let alias = attrs.alias.as_ref().map(|alias| alias.span);
        let (name, span) = match attrs.alias {
            Some(alias) => (alias.value, alias.span),
            None => (names::text(&ident), ident.span()),
        };
        let source = match (attrs.skip.span(), attrs.formatted.span()) {
            (Some(_), formatted) => Source::Skipped { with: alias.or(formatted) },
            (None, Some(_)) => Source::Formatted { name, span },
            (None, None) => Source::Column { name, span },
        };
        row.fields.push(Field { ident, ty: field.ty.clone(), source });
    }
    Some(row)
}
