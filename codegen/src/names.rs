//! Identifiers for names of Dataverse, by rules that give no two things one name.

use std::collections::{BTreeMap, HashSet};

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that are raw identifiers as names of fields and modules.
const KEYWORDS: [&str; 50] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    "union", "raw",
];

/// Words that have no raw form.
const NEVER_RAW: [&str; 5] = ["self", "super", "crate", "_", ""];

/// Fields that the derive refuses, because a setter or a const with the name would hide one of the library's.
const HIDING: [&str; 21] = [
    "assume_idempotent",
    "clone",
    "column_names",
    "if_match",
    "is_empty",
    "is_idempotent",
    "known_answer",
    "message_name",
    "metadata",
    "primary_id",
    "request",
    "request_with",
    "response",
    "returning",
    "set_if_some",
    "set_or_clear",
    "single_column",
    "table",
    "to_json",
    "validate",
    "with",
];

/// Names of Rust's prelude and of the library that a generated type must not hide.
pub(crate) const TYPES: [&str; 22] = [
    "Self",
    "Option",
    "Some",
    "None",
    "Ok",
    "Err",
    "Vec",
    "String",
    "Box",
    "Result",
    "Id",
    "Lookup",
    "LookupTarget",
    "MultiSelect",
    "NoProperty",
    "ManagedProperty",
    "OptionSet",
    "DataverseEntity",
    "UnknownTarget",
    "AnyTable",
    "Timestamp",
    "Uuid",
];

/// Returns the name in snake case: `new_LoanDate` is `new_loan_date`, `address1_line1` stays.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut previous = '_';
    let mut characters = name.nfkc().peekable();
    while let Some(c) = characters.next() {
        if !is_letter(c) {
            if !snake.ends_with('_') {
                snake.push('_');
            }
        } else {
            let starts_word = c.is_uppercase()
                && (previous.is_lowercase()
                    || previous.is_numeric()
                    || previous.is_uppercase() && characters.peek().is_some_and(|next| next.is_lowercase()));
            if starts_word && !snake.ends_with('_') {
                snake.push('_');
            }
            snake.extend(c.to_lowercase());
        }
        previous = c;
    }
    let snake = snake.trim_matches('_');
    match snake.chars().next() {
        Some(first) if !is_xid_start(first) => format!("_{snake}"),
        _ => snake.to_owned(),
    }
}

/// Whether the character is part of a word of an identifier: a letter, a digit, or the vowel sign of a letter.
fn is_letter(c: char) -> bool {
    is_xid_continue(c) && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Returns the name in Pascal case: `msdyn_sessionevent` is `MsdynSessionevent`. Letters of other scripts are kept.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    let mut starts = true;
    for c in name.nfkc() {
        match c {
            '\'' | '’' => {}
            c if !is_letter(c) => starts = true,
            c if starts => {
                pascal.extend(c.to_uppercase());
                starts = false;
            }
            c => pascal.push(c),
        }
    }
    pascal
}

/// Returns the name without the prefix of its publisher, such as `new_`: two to eight letters and digits.
pub(crate) fn after_prefix(name: &str) -> &str {
    match name.split_once('_') {
        Some((prefix, rest))
            if (2..=8).contains(&prefix.len())
                && !rest.is_empty()
                && prefix.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            rest
        }
        _ => name,
    }
}

/// Returns the name as identifiers have it: without the prefix, unless a digit follows it.
pub(crate) fn without_prefix(name: &str) -> &str {
    match after_prefix(name) {
        rest if rest.starts_with(|c: char| c.is_ascii_digit()) => name,
        rest => rest,
    }
}

/// Returns the name of the module of a table.
pub(crate) fn module(logical_name: &str) -> String {
    let name = snake(logical_name);
    match NEVER_RAW.contains(&name.as_str()) {
        true => format!("{name}_table").trim_start_matches('_').to_owned(),
        false => name,
    }
}

/// Returns the identifier in source text: raw if it is a keyword.
pub(crate) fn raw(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

/// Returns a name for each of these columns, `(logical name, schema name)`. Names in `locked` stay as they are.
///
/// A name is the schema name in snake case without the publisher's prefix, if no other column has that one; otherwise with it.
pub(crate) fn fields<'c>(
    columns: impl Iterator<Item = (&'c str, Option<&'c str>)> + Clone,
    locked: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let wanted = |schema: &str, with_prefix: bool| {
        let name = snake(if with_prefix { schema } else { without_prefix(schema) });
        match NEVER_RAW.contains(&name.as_str()) || HIDING.contains(&name.as_str()) {
            true => format!("{name}_column").trim_start_matches('_').to_owned(),
            // A leading underscore says that a field is not used.
            false if name.starts_with('_') => format!("column{name}"),
            false => name,
        }
    };
    let short: Vec<String> =
        columns.clone().map(|(logical, schema)| wanted(schema.unwrap_or(logical), false)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &short {
        *counts.entry(name).or_default() += 1;
    }
    let mut taken: HashSet<String> = locked.values().cloned().collect();
    let mut names = BTreeMap::new();
    for ((logical, schema), short) in columns.zip(&short) {
        let name = match locked.get(logical) {
            Some(name) => name.clone(),
            None => {
                let unique = counts.get(short.as_str()) == Some(&1)
                    && !taken.contains(short)
                    && !clears(short, &taken);
                let name = if unique { short.clone() } else { wanted(schema.unwrap_or(logical), true) };
                // The logical name tells two schema names apart that differ in case only.
                let name = if taken.contains(&name) || clears(&name, &taken) {
                    format!("{}_column", snake(logical)).trim_start_matches('_').to_owned()
                } else {
                    name
                };
                free(name, &taken)
            }
        };
        taken.insert(name.clone());
        names.insert(logical.to_owned(), name);
    }
    names
}

/// Whether the name is that of the method that clears another field, or the other way round.
fn clears(name: &str, taken: &HashSet<String>) -> bool {
    name.strip_prefix("clear_").is_some_and(|field| taken.contains(field))
        || taken.contains(&format!("clear_{name}"))
}

/// Returns the name, with a number if it is taken.
pub(crate) fn free(name: String, taken: &HashSet<String>) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let separator =
        if name.chars().any(char::is_lowercase) && !name.starts_with(char::is_uppercase) { "_" } else { "" };
    (2..)
        .map(|number| format!("{name}{separator}{number}"))
        .find(|name| !taken.contains(name))
        .unwrap_or(name)
}

/// Whether a type with this name would hide another one from generated code.
pub(crate) fn hides_a_type(name: &str) -> bool {
    TYPES.contains(&name)
}

/// Returns a type's name for a name of Dataverse.
pub(crate) fn type_name(name: &str) -> String {
    let name = pascal(name);
    match name.chars().next() {
        Some(first) if !is_xid_start(first) => format!("T{name}"),
        None => "Table".to_owned(),
        _ if hides_a_type(&name) => format!("{name}Table"),
        _ => name,
    }
}

/// Returns a variant for each option, `(integer, label)`. Names in `locked` stay as they are.
///
/// A name is the label in Pascal case; a label without letters or with a leading digit gives `Option<integer>`. Two options with
/// one label have their integers as suffixes, never their positions: a position changes when an option is added.
pub(crate) fn variants(
    options: &[(i32, Option<&str>)],
    locked: &BTreeMap<i32, String>,
) -> BTreeMap<i32, String> {
    let wanted: Vec<String> = options
        .iter()
        .map(|(integer, label)| {
            let name = label.map(pascal).unwrap_or_default();
            match name.chars().next() {
                Some(first) if is_xid_start(first) => match name.as_str() {
                    "Self" | "Unknown" => format!("{name}_"),
                    _ => name,
                },
                _ => format!("Option{}", integer_name(*integer)),
            }
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &wanted {
        *counts.entry(name).or_default() += 1;
    }
    let mut taken: HashSet<String> = locked.values().cloned().collect();
    let mut names = BTreeMap::new();
    for ((integer, _), name) in options.iter().zip(&wanted) {
        let name = match locked.get(integer) {
            Some(name) => name.clone(),
            None => {
                let is_free = counts.get(name.as_str()) == Some(&1) && !taken.contains(name);
                // Without an underscore, which rustc's lint would refuse.
                let stem = name.trim_end_matches('_');
                let mut name =
                    if is_free { name.clone() } else { format!("{stem}{}", integer_name(*integer)) };
                while taken.contains(&name) {
                    name.push('_');
                }
                name
            }
        };
        taken.insert(name.clone());
        names.insert(*integer, name);
    }
    names
}

fn integer_name(integer: i32) -> String {
    match integer < 0 {
        true => format!("Minus{}", integer.unsigned_abs()),
        false => integer.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_keeps_words_and_drops_what_is_no_letter() {
        for (name, expected) in [
            ("new_LoanDate", "new_loan_date"),
            ("address1_line1", "address1_line1"),
            ("CreatedOn", "created_on"),
            ("EMailAddress1", "e_mail_address1"),
            ("3D__Model", "_3_d_model"),
            ("_internal_", "internal"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }

    #[test]
    fn a_field_has_no_prefix_unless_two_would_have_one_name() {
        let columns = [
            ("new_name", Some("new_Name")),
            ("cr_name", Some("cr_Name")),
            ("new_date", Some("new_Date")),
            ("type", None),
        ];
        let names = fields(columns.into_iter(), &BTreeMap::new());
        let names: Vec<_> = names.iter().map(|(logical, name)| (logical.as_str(), name.as_str())).collect();
        assert_eq!(
            names,
            [("cr_name", "cr_name"), ("new_date", "date"), ("new_name", "new_name"), ("type", "type")]
        );
    }

    #[test]
    fn a_field_that_the_derive_refuses_gets_another_name() {
        let columns = [("validate", None), ("name", None), ("clear_name", None)];
        let names = fields(columns.into_iter(), &BTreeMap::new());
        assert_eq!(names["validate"], "validate_column");
        assert_eq!(names["clear_name"], "clear_name_column");
    }

    #[test]
    fn a_locked_name_stays() {
        let locked = BTreeMap::from([("new_name".to_owned(), "title".to_owned())]);
        assert_eq!(fields([("new_name", Some("new_Name"))].into_iter(), &locked)["new_name"], "title");
        let locked = BTreeMap::from([(1, "Open".to_owned())]);
        assert_eq!(
            variants(&[(1, Some("Active")), (2, Some("Open"))], &locked),
            BTreeMap::from([(1, "Open".to_owned()), (2, "Open2".to_owned())])
        );
    }

    #[test]
    fn labels_of_other_scripts_are_kept_and_a_suffix_is_the_integer() {
        let options = [
            (1, Some("Øvrig årsag")),
            (2, Some("Closed")),
            (100, Some("closed")),
            (3, Some("Closed")),
            (-1, None),
            (5, Some("2nd")),
            (6, Some("Unknown")),
        ];
        let names: Vec<String> = variants(&options, &BTreeMap::new()).into_values().collect();
        assert_eq!(
            names,
            ["OptionMinus1", "ØvrigÅrsag", "Closed2", "Closed3", "Option5", "Unknown_", "Closed100"]
                .map(str::to_owned)
        );
    }
}
