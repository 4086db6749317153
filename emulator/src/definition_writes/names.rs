//! Schema names, logical names, and the names that follow from them.

use http::StatusCode;

use crate::error::{Refusal, Result, excerpt};
use crate::json::Json;

/// Maximum length of a schema name in characters.
const MAX_LENGTH: usize = 100;

/// Returns the schema name in a body: a publisher's prefix, an underscore, and a name of letters, digits and
/// underscores.
pub(super) fn schema_name<'j>(body: &'j Json, what: &str) -> Result<&'j str> {
    let name = body.text("SchemaName").ok_or_else(|| missing("SchemaName", what))?;
    check(name, what)?;
    Ok(name)
}

/// Refuses a name without a publisher's prefix, or with characters that names cannot have.
pub(super) fn check(name: &str, what: &str) -> Result<()> {
    let is_letter = |each: char| each.is_ascii_alphanumeric() || each == '_';
    let prefix = name.split_once('_').map(|(prefix, _)| prefix);
    let is_prefix = |prefix: &str| {
        (2..=8).contains(&prefix.len())
            && prefix.starts_with(|each: char| each.is_ascii_alphabetic())
            && !prefix.to_ascii_lowercase().starts_with("mscrm")
    };
    if !name.chars().all(is_letter) || name.len() > MAX_LENGTH {
        let name = excerpt(name);
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "0x80040203",
            format!(
                "The name '{name}' of the {what} is not valid: it may have up to {MAX_LENGTH} letters, digits and underscores."
            ),
        ));
    }
    if !prefix.is_some_and(is_prefix) || name.ends_with('_') {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "0x80048062",
            format!(
                "Invalid name for {what} {name}.  Custom {what} names must start with a valid customization prefix. The prefix for a \
                 solution component should match the prefix that is specified for the publisher of the solution."
            ),
        ));
    }
    Ok(())
}

/// Refuses a body without a property that it must have.
pub(super) fn missing(property: &str, what: &str) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "0x80040203",
        format!("Required field '{property}' of the {what} is missing."),
    )
}

/// Returns the plural of a table's name: its collection, and its entity set unless the body names one.
pub(super) fn plural(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let consonant_before_y = lower.ends_with('y')
        && !lower.trim_end_matches('y').ends_with(['a', 'e', 'i', 'o', 'u', '_'])
        && lower.len() > 1;
    if consonant_before_y {
        return format!("{}ies", &name[..name.len() - 1]);
    }
    let es = ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end));
    format!("{name}{}", if es { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn plurals_end_in_s_es_or_ies() {
        let all = ["new_BankAccount", "new_category", "new_day", "new_box", "new_address", "new_branch"];
        let plurals =
            ["new_BankAccounts", "new_categories", "new_days", "new_boxes", "new_addresses", "new_branches"];
        assert_eq!(all.map(plural), plurals);
    }
}
