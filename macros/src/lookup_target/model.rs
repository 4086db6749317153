//! What was meant: a table for each variant, and perhaps a variant for other tables.

use proc_macro2::{Ident, Span};
use syn::{Data, DeriveInput, Fields, Generics, Type};

use super::attrs::{TargetAttrs, TargetsAttrs};
use crate::common::crate_path::CratePath;
use crate::common::diagnostics::Diagnostics;
use crate::common::receive::{Received, receive};
use crate::common::types;

/// The enum.
pub(super) struct Targets {
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) krate: CratePath,
    pub(super) tables: Vec<Target>,
    pub(super) unknown: Vec<OtherTarget>,
    /// Whether any variant has errors.
    pub(super) incomplete: bool,
}

/// A variant for one table.
pub(super) struct Target {
    pub(super) ident: Ident,
    /// The table in `Id<Table>`.
    pub(super) table: Type,
}

/// The variant for other tables.
pub(super) struct OtherTarget {
    pub(super) ident: Ident,
    pub(super) key: Span,
    /// The type in the variant, if it has one.
    pub(super) ty: Option<Type>,
}

pub(super) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Targets> {
    let attrs = receive::<TargetsAttrs>("target", &input.attrs, diagnostics).value;
    let Data::Enum(data) = &input.data else {
        diagnostics.help(
            input.ident.span(),
            "`LookupTarget` can be derived for an enum only",
            format!("write `enum {} {{ SystemUser(Id<SystemUser>), Team(Id<Team>) }}`", input.ident),
        );
        return None;
    };
    let mut targets = Targets {
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        krate: CratePath::new(attrs.krate.as_ref(), diagnostics),
        tables: Vec::new(),
        unknown: Vec::new(),
        incomplete: false,
    };
    for variant in &data.variants {
        let Received { value: attrs, damaged } =
            receive::<TargetAttrs>("target", &variant.attrs, diagnostics);
        let ident = variant.ident.clone();
        let only = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| &field.ty)
            }
            _ => None,
        };
        if let Some(key) = attrs.unknown.span() {
            targets.unknown.push(OtherTarget { ident, key, ty: only.cloned() });
        } else if let Some(table) = only.and_then(|ty| types::argument_of(ty, "Id")) {
            targets.tables.push(Target { ident, table: table.clone() });
        } else if damaged {
            targets.incomplete = true;
        } else {
            diagnostics.help(
                ident.span(),
                format!("`{ident}` does not hold the id of a table"),
                format!(
                    "write `{ident}(Id<{ident}>)`, or mark the variant for other tables: `#[target(unknown)]`"
                ),
            );
            targets.incomplete = true;
        }
    }
    Some(targets)
}

impl Targets {
    /// The variant for other tables.
    pub(super) fn other(&self) -> Option<&Ident> {
        self.unknown.first().map(|unknown| &unknown.ident)
    }
}
