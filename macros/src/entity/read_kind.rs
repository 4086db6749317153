//! The kind of a field: the one that was written, or the one that the type implies.

use proc_macro2::{Ident, Span};
use syn::{PathArguments, Type};

use super::attrs::{LimitsArgs, WrittenArguments, WrittenKind};
use super::kind::{self, Arguments, Kind, KindSpec, Limits, Takes};
use super::words::{self, Vocabulary};
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::Text;
use crate::common::types;

/// Reads a kind that was written. Reports an unknown word and uses the default in its place.
pub(super) fn written(written: &WrittenKind, ty: &Type, diagnostics: &mut Diagnostics) -> Kind {
    let spec = match &written.arguments {
        WrittenArguments::DateTime(args) => {
            datetime(written.key, args.behavior.as_ref(), ty, diagnostics).unwrap_or(written.spec)
        }
        _ => written.spec,
    };
    Kind { spec, arguments: arguments(spec.takes, &written.arguments, diagnostics) }
}

/// Returns the kind that a type implies, if it implies one.
pub(super) fn implied(ty: &Type) -> Option<Kind> {
    let spec = kind_of_type(types::unwrap_option(ty)).or_else(|| kind_of_date(ty))?;
    // Without arguments there are no errors.
    let none = WrittenArguments::none(spec.takes);
    let arguments = arguments(spec.takes, &none, &mut Diagnostics::default());
    Some(Kind { spec, arguments })
}

fn kind_of_type(ty: &Type) -> Option<&'static KindSpec> {
    let name = types::last_segment(ty)?.ident.to_string();
    kind::of_type_name(&name).or_else(|| {
        let inner = types::last_segment(types::argument_of(ty, &name)?)?;
        kind::of_type_name(&format!("{name}<{}>", inner.ident))
    })
}

fn kind_of_date(ty: &Type) -> Option<&'static KindSpec> {
    let segment = types::last_segment(types::unwrap_option(ty))?;
    let name = segment.ident.to_string();
    let generic = (!matches!(segment.arguments, PathArguments::None)).then(|| format!("{name}<_>"));
    generic.and_then(|name| kind::of_date_type_name(&name)).or_else(|| kind::of_date_type_name(&name))
}

/// Returns the row of a datetime, by the behavior that was written or that the type implies.
fn datetime(
    key: Span,
    behavior: Option<&Text>,
    ty: &Type,
    diagnostics: &mut Diagnostics,
) -> Option<&'static KindSpec> {
    if let Some(written) = words::variant("behavior", behavior, words::BEHAVIOR, diagnostics) {
        return kind::with_behavior(&written.to_string());
    }
    let implied = kind_of_date(ty);
    if implied.is_none() && behavior.is_none() {
        diagnostics.help(
            key,
            "the field's type does not say the behavior of this datetime",
            "write `datetime(behavior = \"user_local\")`, `\"time_zone_independent\"` or `\"date_only\"`",
        );
    }
    implied
}

/// Reads the arguments of a kind, with a default for each that was not written.
fn arguments(takes: Takes, written: &WrittenArguments, diagnostics: &mut Diagnostics) -> Arguments {
    match (takes, written) {
        (Takes::Text { format: usual, .. }, WrittenArguments::Text(args)) => Arguments::Text {
            max_length: args.max_length.clone(),
            format: format(args.format.as_ref(), words::STRING_FORMAT, usual, diagnostics),
        },
        (Takes::Integer, WrittenArguments::Integer(args)) => Arguments::Integer {
            min: args.min.clone(),
            max: args.max.clone(),
            format: format(args.format.as_ref(), words::INTEGER_FORMAT, "None", diagnostics),
        },
        (Takes::Float { .. }, WrittenArguments::Limits(args)) => Arguments::Float(limits(args)),
        (Takes::Exact { .. }, WrittenArguments::Limits(args)) => Arguments::Exact(limits(args)),
        (Takes::Labels, WrittenArguments::Labels(args)) => Arguments::Labels {
            true_label: args.true_label.as_ref().map_or("Yes", |label| &label.value).to_owned(),
            false_label: args.false_label.as_ref().map_or("No", |label| &label.value).to_owned(),
        },
        (Takes::DateTime { behavior, format: usual }, WrittenArguments::DateTime(args)) => {
            let format = format(args.format.as_ref(), words::DATETIME_FORMAT, usual, diagnostics);
            Arguments::DateTime { behavior, format }
        }
        _ => Arguments::None,
    }
}

fn limits(args: &LimitsArgs) -> Limits {
    let LimitsArgs { min, max, precision } = args.clone();
    Limits { min, max, precision }
}

fn format(
    written: Option<&Text>,
    vocabulary: Vocabulary,
    usual: &str,
    diagnostics: &mut Diagnostics,
) -> Ident {
    words::variant("format", written, vocabulary, diagnostics)
        .unwrap_or_else(|| Ident::new(usual, Span::mixed_site()))
}
