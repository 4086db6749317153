//! What was meant: options with integers and labels, and perhaps a variant for undeclared ones.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Generics, Path, Variant};

use super::attrs::{OptionAttrs, OptionRef, SetAttrs};
use crate::common::crate_path::CratePath;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta;
use crate::common::names;
use crate::common::receive::{Received, receive};

/// The enum.
pub(super) struct Set {
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) krate: CratePath,
    /// Whether the enum has `#[repr(i32)]`.
    pub(super) repr: bool,
    pub(super) options: Vec<Member>,
    pub(super) unknown: Vec<UndeclaredOption>,
    /// The names of all variants, understood or not.
    pub(super) names: Vec<String>,
    /// Whether any variant has errors.
    pub(super) incomplete: bool,
}

/// A declared option.
pub(super) struct Member {
    pub(super) ident: Ident,
    pub(super) discriminant: Option<Expr>,
    /// The discriminant, where it is a literal.
    pub(super) value: Option<i128>,
    pub(super) label: String,
    pub(super) attrs: OptionAttrs,
}

/// The variant for undeclared options.
pub(super) struct UndeclaredOption {
    pub(super) ident: Ident,
    pub(super) key: Span,
    pub(super) fields: Fields,
    pub(super) has_discriminant: bool,
    /// The integer of the previous option: the compiler adds one to it.
    pub(super) after: Option<i128>,
    pub(super) attrs: OptionAttrs,
}

pub(super) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Set> {
    let attrs = receive::<SetAttrs>("option", &input.attrs, diagnostics).value;
    let Data::Enum(data) = &input.data else {
        diagnostics.help(
            input.ident.span(),
            "`OptionSet` can be derived for an enum only",
            format!("write `enum {} {{ … }}` with a variant for each option", input.ident),
        );
        return None;
    };
    let mut set = Set {
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        krate: CratePath::new(attrs.krate.as_ref(), diagnostics),
        repr: input.attrs.iter().any(is_repr_i32),
        options: Vec::new(),
        unknown: Vec::new(),
        names: data.variants.iter().map(|variant| names::text(&variant.ident)).collect(),
        incomplete: false,
    };
    let mut last = None;
    for variant in &data.variants {
        last = read_variant(variant, last, &mut set, diagnostics);
    }
    Some(set)
}

/// Reads a variant, and returns its integer.
fn read_variant(
    variant: &Variant,
    last: Option<i128>,
    set: &mut Set,
    diagnostics: &mut Diagnostics,
) -> Option<i128> {
    let discriminant = variant.discriminant.as_ref().map(|(_, expr)| expr.clone());
    let value = match &discriminant {
        Some(expr) => meta::digits_of(meta::ungroup(expr)).and_then(|digits| digits.parse().ok()),
        None => last.and_then(|last| last.checked_add(1)),
    };
    let Received { value: attrs, damaged } = receive::<OptionAttrs>("option", &variant.attrs, diagnostics);
    set.incomplete |= damaged;
    if let Some(key) = attrs.unknown.span() {
        set.unknown.push(UndeclaredOption {
            ident: variant.ident.clone(),
            key,
            fields: variant.fields.clone(),
            has_discriminant: discriminant.is_some(),
            after: last,
            attrs,
        });
        return value;
    }
    if !matches!(variant.fields, Fields::Unit) {
        if damaged {
            return value;
        }
        diagnostics.help(
            variant.fields.span(),
            format!("the option `{}` holds data; an option is an integer and nothing more", variant.ident),
            format!(
                "write `{} = 1`, or mark the variant for undeclared values: `#[option(unknown)]`",
                variant.ident
            ),
        );
        set.incomplete = true;
        return value;
    }
    let label = attrs.label.as_ref().map_or_else(|| names::text(&variant.ident), |label| label.value.clone());
    let ident = variant.ident.clone();
    set.options.push(Member { ident, discriminant, value, label, attrs });
    value
}

fn is_repr_i32(attr: &Attribute) -> bool {
    let mut found = false;
    if attr.path().is_ident("repr") {
        // The compiler checks the rest of the attribute.
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("i32");
            Ok(())
        });
    }
    found
}

impl Set {
    /// Returns the variant for integers of undeclared options.
    pub(super) fn undeclared(&self) -> Option<&Ident> {
        self.unknown.first().map(|unknown| &unknown.ident)
    }

    /// Returns the set that all references of one key name, if they name it by path.
    pub(super) fn linked<'s>(
        &'s self,
        reference: impl Fn(&'s Member) -> Option<&'s OptionRef>,
    ) -> Option<&'s Path> {
        let mut paths = self.options.iter().filter_map(|member| match reference(member)? {
            OptionRef::Variant { set, .. } => Some(set),
            OptionRef::Value { .. } => None,
        });
        let first = paths.next()?;
        paths.all(|path| path == first).then_some(first)
    }
}
