//! `$filter` on definitions, and the criteria of `RetrieveMetadataChanges`.

use core::cmp::Ordering;

use http::StatusCode;

use super::types::{Type, members, type_named};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::uri::{Comparison, Filter, Literal, Operand};

/// Refuses a filter that does not fit the type. `text` is the filter as the client sent it, in which members
/// of enumerations have their type.
pub(super) fn check(filter: &Filter, declared: &Type, text: &str) -> Result<()> {
    match filter {
        Filter::All(all) | Filter::Any(all) => all.iter().try_for_each(|each| check(each, declared, text)),
        Filter::Not(inner) => check(inner, declared, text),
        Filter::Compare { left, right: Operand::Literal(literal), comparison } => {
            let of = simple_type(declared, left)?;
            fits(of, literal, *comparison, text)
        }
        Filter::Like { pattern, .. } => {
            Err(not_on_definitions(match (pattern.starts_with('%'), pattern.ends_with('%')) {
                (true, true) => "contains",
                (true, false) => "endswith",
                _ => "startswith",
            }))
        }
        Filter::Function { name, .. } => Err(not_on_definitions(name)),
        Filter::Lambda { all, .. } => Err(not_on_definitions(if *all { "all" } else { "any" })),
        Filter::Compare { .. } => {
            Err(Refusal::not_implemented("A comparison of two properties of definitions"))
        }
    }
}

fn not_on_definitions(function: &str) -> Refusal {
    let message = format!("The \"{function}\" function isn't supported for Metadata Entities.");
    Refusal::new(StatusCode::NOT_IMPLEMENTED, "0x8006088a", message)
}

/// Returns the type at the end of a path, which must be a simple type or an enumeration.
fn simple_type(declared: &Type, path: &[String]) -> Result<&'static str> {
    let [first, rest @ ..] = path else { return Err(Refusal::bad("The path of a property is empty.")) };
    let mut of = declared.property(first).ok_or_else(|| Refusal::no_property(first, declared.name))?;
    for name in rest {
        let inner = type_named(of).ok_or_else(|| Refusal::no_property(name, of))?;
        of = inner.property(name).ok_or_else(|| Refusal::no_property(name, inner.name))?;
    }
    if of.starts_with("Edm.") || members(of).is_some() {
        return Ok(of);
    }
    Err(Refusal::query_not_supported(format!(
        "The property '{}' of type 'Microsoft.Dynamics.CRM.{of}' cannot be filtered by; name the simple property within it.",
        path.join("/")
    )))
}

fn fits(of: &str, literal: &Literal, comparison: Comparison, text: &str) -> Result<()> {
    let found = literal.edm();
    let fit = match (of, literal) {
        (_, Literal::Null) | ("Edm.String", Literal::Text(_)) | ("Edm.Boolean", Literal::Bool(_)) => true,
        ("Edm.Guid", Literal::Guid(_)) | ("Edm.DateTimeOffset", Literal::Instant(_) | Literal::Date(_)) => {
            true
        }
        (of, Literal::Number(_)) => {
            ["Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Double", "Edm.Decimal"].contains(&of)
        }
        (of, Literal::Text(member)) if members(of).is_some() => {
            // The parser keeps the member of an enumeration alone. Its type may be left out, as Microsoft's
            // Python client does.
            let known = members(of).is_some_and(|all| all.contains(&member.as_str()));
            if !known && text.contains(&format!("{of}'{member}'")) {
                return Err(Refusal::bad(format!(
                    "The string 'Microsoft.Dynamics.CRM.{of}'{member}'' is not a valid enumeration type constant."
                )));
            }
            known
        }
        _ => false,
    };
    if fit {
        return Ok(());
    }
    let of = if of.starts_with("Edm.") { of.to_owned() } else { format!("Microsoft.Dynamics.CRM.{of}") };
    Err(Refusal::bad(format!(
        "A binary operator with incompatible types was detected. Found operand types '{of}' and '{found}' for operator kind '{}'.",
        comparison.odata_name()
    )))
}

/// Returns whether a definition meets a filter that was checked.
pub(super) fn meets(filter: &Filter, one: &Json) -> bool {
    match filter {
        Filter::All(all) => all.iter().all(|each| meets(each, one)),
        Filter::Any(all) => all.iter().any(|each| meets(each, one)),
        Filter::Not(inner) => !meets(inner, one),
        Filter::Compare { comparison, left, right: Operand::Literal(literal) } => {
            let value = left.iter().try_fold(one, |value, name| value.get(name));
            compare(value, literal, *comparison)
        }
        _ => false,
    }
}

fn compare(value: Option<&Json>, literal: &Literal, comparison: Comparison) -> bool {
    let ordering = order(value, literal);
    match comparison {
        Comparison::Eq => ordering == Some(Ordering::Equal),
        Comparison::Ne => ordering != Some(Ordering::Equal),
        Comparison::Gt => ordering == Some(Ordering::Greater),
        Comparison::Ge => ordering.is_some_and(Ordering::is_ge),
        Comparison::Lt => ordering == Some(Ordering::Less),
        Comparison::Le => ordering.is_some_and(Ordering::is_le),
    }
}

/// Returns the order of a value and a literal; `None` if they cannot be compared.
pub(super) fn order(value: Option<&Json>, literal: &Literal) -> Option<Ordering> {
    match (value, literal) {
        (None | Some(Json::Null), Literal::Null) => Some(Ordering::Equal),
        (Some(Json::Bool(one)), Literal::Bool(other)) => Some(one.cmp(other)),
        (Some(Json::Number(one)), Literal::Number(other)) => {
            one.parse::<f64>().ok()?.partial_cmp(&other.parse::<f64>().ok()?)
        }
        (Some(Json::Text(one)), Literal::Text(other)) => Some(one.as_str().cmp(other)),
        (Some(Json::Text(one)), Literal::Guid(other)) => Some(one.to_lowercase().cmp(&other.to_lowercase())),
        (Some(Json::Text(one)), Literal::Instant(other)) => Some(crate::value::instant(one)?.cmp(other)),
        (Some(Json::Text(one)), Literal::Date(other)) => Some(one.as_str().cmp(other)),
        _ => None,
    }
}
