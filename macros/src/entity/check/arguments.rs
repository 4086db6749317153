//! Rules about the arguments of a kind.

use super::super::kind::{Arguments, Limits, Takes};
use super::super::model::Column;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::Number;

pub(super) fn check(column: &Column, diagnostics: &mut Diagnostics) {
    for (kind, _) in &column.kinds {
        let word = kind.spec.word;
        match (kind.spec.takes, &kind.arguments) {
            (Takes::Text { max_length: most, .. }, Arguments::Text { max_length, .. }) => {
                check_max_length(max_length.as_ref(), most, word, diagnostics);
            }
            (_, Arguments::Integer { min, max, .. }) => {
                check_integer_limit("min", min.as_ref(), diagnostics);
                check_integer_limit("max", max.as_ref(), diagnostics);
                check_range(min.as_ref(), max.as_ref(), diagnostics);
            }
            (Takes::Float { max_precision }, Arguments::Float(limits)) => {
                check_limits(limits, max_precision, word, diagnostics);
            }
            (Takes::Exact { max_precision }, Arguments::Exact(limits)) => {
                check_limits(limits, max_precision, word, diagnostics);
                check_plain_limits(limits, diagnostics);
            }
            _ => {}
        }
    }
}

/// The longest text that the server stores in a column of the kind.
fn check_max_length(length: Option<&Number>, most: u32, kind: &str, diagnostics: &mut Diagnostics) {
    let Some(number) = length else { return };
    match number.digits.parse::<i64>() {
        Ok(length) if (1..=i64::from(most)).contains(&length) => {}
        _ => diagnostics.help(
            number.span,
            format!("`max_length` cannot be {}", number.digits),
            format!("a {kind} column holds 1 to {most} characters"),
        ),
    }
}

/// The server stores an integer in 32 bits.
fn check_integer_limit(key: &str, limit: Option<&Number>, diagnostics: &mut Diagnostics) {
    let Some(number) = limit else { return };
    if number.digits.parse::<i32>().is_err() {
        diagnostics.help(
            number.span,
            format!("`{key}` cannot be {}", number.digits),
            "an integer column holds whole numbers from -2147483648 to 2147483647; `bigint` has 64 bits",
        );
    }
}

fn check_limits(limits: &Limits, most: u8, kind: &str, diagnostics: &mut Diagnostics) {
    check_range(limits.min.as_ref(), limits.max.as_ref(), diagnostics);
    check_precision(limits.precision.as_ref(), most, kind, diagnostics);
}

/// A range without a value would accept nothing.
fn check_range(min: Option<&Number>, max: Option<&Number>, diagnostics: &mut Diagnostics) {
    let (Some(min), Some(max)) = (min, max) else { return };
    if let (Ok(least), Ok(most)) = (min.digits.parse::<f64>(), max.digits.parse::<f64>())
        && least > most
    {
        diagnostics.help(
            max.span,
            format!("`max` is less than `min`: no number is between {} and {}", min.digits, max.digits),
            "swap them",
        );
    }
}

/// The server limits the number of digits after the decimal point.
fn check_precision(precision: Option<&Number>, most: u8, kind: &str, diagnostics: &mut Diagnostics) {
    let Some(number) = precision else { return };
    if !number.digits.parse::<u8>().is_ok_and(|digits| digits <= most) {
        diagnostics.help(
            number.span,
            format!("`precision` cannot be {}", number.digits),
            format!("a {kind} column keeps 0 to {most} digits after the decimal point"),
        );
    }
}

/// Compares limits of exact numbers by their digits: a float would round them.
fn check_plain_limits(limits: &Limits, diagnostics: &mut Diagnostics) {
    for limit in [&limits.min, &limits.max].into_iter().flatten() {
        let plain = limit.digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
        if !plain {
            diagnostics.help(
                limit.span,
                format!("`{}` is not in plain notation", limit.digits),
                "write the digits out, such as `-100000000000` or `0.5`",
            );
        }
    }
}
