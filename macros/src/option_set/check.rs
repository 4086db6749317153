//! The rules: one function each, with the reason above it.

use std::collections::HashMap;

use syn::Fields;
use syn::spanned::Spanned;

use super::attrs::OptionRef;
use super::model::{Member, Set};
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::Keyed;
use crate::common::{translation, types};

pub(super) fn check(set: &Set, diagnostics: &mut Diagnostics) {
    check_not_generic(set, diagnostics);
    check_not_empty(set, diagnostics);
    check_discriminants(set, diagnostics);
    check_values_unique(set, diagnostics);
    check_translations(set, diagnostics);
    check_one_unknown(set, diagnostics);
    check_unknown_shape(set, diagnostics);
    check_unknown_keys(set, diagnostics);
    check_unknown_discriminant(set, diagnostics);
    check_repr(set, diagnostics);
    check_state_or_status(set, diagnostics);
    check_links_complete(set, diagnostics);
    check_links_one_set(set, diagnostics);
    check_invariant_of_state(set, diagnostics);
}

/// A parameter could not change the list of options.
fn check_not_generic(set: &Set, diagnostics: &mut Diagnostics) {
    if !set.generics.params.is_empty() {
        diagnostics.error(set.generics.params.span(), "an option set cannot be generic");
    }
}

/// An enum without variants has no values.
fn check_not_empty(set: &Set, diagnostics: &mut Diagnostics) {
    if set.options.is_empty() && set.unknown.is_empty() && !set.incomplete {
        diagnostics.help(
            set.ident.span(),
            "this option set has no options",
            "add a variant such as `Default = 192350000`, or `#[option(unknown)] Unknown(i32)` if the options are not known",
        );
    }
}

/// The integer is what is sent: the user writes it, and it fits into 32 bits.
fn check_discriminants(set: &Set, diagnostics: &mut Diagnostics) {
    for member in &set.options {
        let Some(expr) = &member.discriminant else {
            diagnostics.help(
                member.ident.span(),
                format!("the option `{}` has no integer", member.ident),
                format!("write `{} = 192350000`, with the value of the option", member.ident),
            );
            continue;
        };
        if member.value.is_some_and(|value| i32::try_from(value).is_err()) {
            diagnostics.error(expr.span(), "the integer of an option has 32 bits: -2147483648 to 2147483647");
        }
    }
}

/// Two options with one integer would be the same option.
fn check_values_unique(set: &Set, diagnostics: &mut Diagnostics) {
    let mut options: HashMap<i128, &Member> = HashMap::new();
    for member in &set.options {
        let (Some(expr), Some(value)) = (&member.discriminant, member.value) else { continue };
        match options.get(&value) {
            Some(first) => {
                diagnostics
                    .error(expr.span(), format!("{value} is already the integer of `{}`", first.ident));
            }
            None => drop(options.insert(value, member)),
        }
    }
}

/// An option has one label in each language.
fn check_translations(set: &Set, diagnostics: &mut Diagnostics) {
    for member in &set.options {
        translation::check(&member.attrs.translation, &["label"], diagnostics);
    }
}

/// One variant is enough for all other values.
fn check_one_unknown(set: &Set, diagnostics: &mut Diagnostics) {
    let mut unknown = set.unknown.iter();
    let Some(first) = unknown.next() else { return };
    for other in unknown {
        diagnostics.error(other.key, format!("`{}` already stands for unknown values", first.ident));
    }
}

/// The variant keeps the integer of an unknown option, so that a program can write it back.
fn check_unknown_shape(set: &Set, diagnostics: &mut Diagnostics) {
    for unknown in &set.unknown {
        let one = match &unknown.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            _ => None,
        };
        let fits = one
            .and_then(|field| types::last_segment(&field.ty))
            .is_some_and(|segment| segment.ident == "i32");
        if !fits {
            diagnostics.help(
                unknown.ident.span(),
                format!("`{}` cannot hold the unknown value", unknown.ident),
                format!("write `{}(i32)`", unknown.ident),
            );
        }
    }
}

/// Nothing is known about an unknown option, so no key applies.
fn check_unknown_keys(set: &Set, diagnostics: &mut Diagnostics) {
    for unknown in &set.unknown {
        let attrs = &unknown.attrs;
        let keys = [
            ("label", attrs.label.as_ref().map(|text| text.span)),
            ("invariant", attrs.invariant.as_ref().map(|text| text.span)),
            ("default_status", attrs.default_status.as_ref().map(OptionRef::span)),
            ("state", attrs.state.as_ref().map(OptionRef::span)),
            ("translation", attrs.translation.first().map(Keyed::span)),
        ];
        for (key, span) in keys.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            diagnostics.help(
                span,
                format!("`{key}` contradicts `unknown`: nothing is known about unknown values"),
                format!("remove `{key}`"),
            );
        }
    }
}

/// The compiler gives the variant the integer after the previous one, and an option may have it.
fn check_unknown_discriminant(set: &Set, diagnostics: &mut Diagnostics) {
    for unknown in set.unknown.iter().filter(|unknown| !unknown.has_discriminant) {
        let next = unknown.after.map_or(0, |value| value + 1);
        let taken = set.options.iter().find(|member| member.value == Some(next));
        let help = format!(
            "write `{}(i32) = {}`, or move it after the option with the greatest integer",
            unknown.ident,
            free(set)
        );
        if let Some(member) = taken {
            diagnostics.help(
                unknown.ident.span(),
                format!(
                    "the compiler gives `{}` the integer {next}, which is that of `{}`",
                    unknown.ident, member.ident
                ),
                help,
            );
        } else if next > i128::from(i32::MAX) {
            diagnostics.help(
                unknown.ident.span(),
                format!("the compiler has no integer for `{}` after {}", unknown.ident, i32::MAX),
                help,
            );
        }
    }
}

/// Returns an integer that no option has.
fn free(set: &Set) -> i128 {
    (0..)
        .map(|step: i128| -1 - step)
        .find(|value| !set.options.iter().any(|member| member.value == Some(*value)))
        .unwrap_or(-1)
}

/// Without `#[repr(i32)]`, the compiler allows no integers in an enum with a variant that holds data.
fn check_repr(set: &Set, diagnostics: &mut Diagnostics) {
    if !set.repr && !set.names.is_empty() {
        diagnostics.help(
            set.ident.span(),
            "an option set is stored as 32-bit integers, so the enum needs that representation",
            "add `#[repr(i32)]`",
        );
    }
}

/// An option set belongs to a state column, to a status column, or to neither.
fn check_state_or_status(set: &Set, diagnostics: &mut Diagnostics) {
    let state = set.options.iter().any(|member| member.attrs.default_status.is_some());
    for member in &set.options {
        if let (true, Some(reference)) = (state, &member.attrs.state) {
            diagnostics.help(
                reference.span(),
                "`state` contradicts `default_status`: an option set belongs to a state column or to a status column",
                "`default_status` belongs to the options of a state, `state` to those of a status",
            );
        }
    }
}

/// If one state has a default status, all have; if one status has a state, all have.
fn check_links_complete(set: &Set, diagnostics: &mut Diagnostics) {
    check_complete(set, "default_status", |member| member.attrs.default_status.is_some(), diagnostics);
    check_complete(set, "state", |member| member.attrs.state.is_some(), diagnostics);
}

fn check_complete(set: &Set, key: &str, has: impl Fn(&Member) -> bool, diagnostics: &mut Diagnostics) {
    let Some(example) = set.options.iter().find(|member| has(member)) else { return };
    // A set with keys of both has been reported already.
    let both = set.options.iter().any(|member| member.attrs.state.is_some())
        && set.options.iter().any(|member| member.attrs.default_status.is_some());
    if set.incomplete || both {
        return;
    }
    for member in set.options.iter().filter(|member| !has(member)) {
        diagnostics.help(
            member.ident.span(),
            format!("`{}` has no `{key}`, but `{}` has one", member.ident, example.ident),
            format!("add `#[option({key} = …)]`"),
        );
    }
}

/// All options name options of the same set, by path or by integer.
fn check_links_one_set(set: &Set, diagnostics: &mut Diagnostics) {
    let keys: [fn(&Member) -> Option<&OptionRef>; 2] =
        [|member| member.attrs.default_status.as_ref(), |member| member.attrs.state.as_ref()];
    for reference in keys {
        let mut references = set.options.iter().filter_map(reference);
        let Some(first) = references.next() else { continue };
        for other in references {
            let same = match (first, other) {
                (OptionRef::Variant { set: a, .. }, OptionRef::Variant { set: b, .. }) => a == b,
                (OptionRef::Value { .. }, OptionRef::Value { .. }) => true,
                _ => false,
            };
            if !same {
                diagnostics.help(
                    other.span(),
                    "all options of a set refer to options of the same other set",
                    "name them all by the same path, or all by their integers",
                );
            }
        }
    }
}

/// Only states have a name that is the same in all languages.
fn check_invariant_of_state(set: &Set, diagnostics: &mut Diagnostics) {
    for member in &set.options {
        if let (Some(text), Some(_)) = (&member.attrs.invariant, &member.attrs.state) {
            diagnostics.help(
                text.span,
                "`invariant` is a name of a state, not of a status",
                "remove `invariant`",
            );
        }
    }
}
