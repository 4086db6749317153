//! Labels in requests, and those that nobody has written.

use dataverse_definitions::{Fact, Label, Table};
use serde_json::{Value, json};

use crate::names::after_prefix;

/// A label in the shape that Dataverse takes. `UserLocalizedLabel` is read-only.
pub(super) fn label(label: &Label) -> Value {
    let texts: Vec<Value> = label
        .iter()
        .map(|(language, text)| {
            json!({
                "@odata.type": "Microsoft.Dynamics.CRM.LocalizedLabel",
                "Label": text,
                "LanguageCode": language,
            })
        })
        .collect();
    json!({ "@odata.type": "Microsoft.Dynamics.CRM.Label", "LocalizedLabels": texts })
}

/// The label, if it has a text in any language.
pub(super) fn known(fact: &Fact<Label>) -> Option<&Label> {
    fact.known().filter(|label| !label.is_empty())
}

/// The label, or the words of a schema name in the language.
pub(super) fn or_words(fact: &Fact<Label>, schema_name: &str, language: u32) -> Label {
    known(fact).cloned().unwrap_or_else(|| Label::new(language, words(schema_name)))
}

/// What apps call several records: the label, or the words of the collection.
pub(super) fn of_collection(table: &Table, language: u32) -> Label {
    if let Some(label) = known(&table.display_collection_name) {
        return label.clone();
    }
    let schema_name = table.schema_name.text().unwrap_or(&table.logical_name);
    let name = or_words(&table.display_name, schema_name, language);
    let set = table.entity_set_name.text().map(after_prefix).unwrap_or_default();
    let texts = name.iter().map(|(language, text)| {
        let lower: String = text.to_lowercase().split_whitespace().collect();
        let plural = match set.to_lowercase().strip_prefix(lower.as_str()) {
            Some(ending) if !ending.is_empty() => format!("{text}{ending}"),
            _ if !set.is_empty() => words(set),
            _ => format!("{text}s"),
        };
        (language, plural)
    });
    texts.collect()
}

/// What differs between a wished label and the one that the org has: the texts to send. Languages that only the org has
/// are not touched.
pub(super) fn changed(wanted: &Fact<Label>, present: &Fact<Label>) -> Option<Label> {
    let (wanted, present) = (known(wanted)?, present.known()?);
    let texts = wanted.iter().filter(|(language, text)| present.get(*language) != Some(*text));
    let texts: Label = texts.map(|(language, text)| (language, text.to_owned())).collect();
    (!texts.is_empty()).then_some(texts)
}

/// The words of a schema name: `Bank Account` of `new_BankAccount`.
pub(super) fn words(schema_name: &str) -> String {
    let name: Vec<char> = after_prefix(schema_name).chars().collect();
    let mut words = String::new();
    for (index, c) in name.iter().enumerate() {
        if *c == '_' {
            words.push(' ');
            continue;
        }
        let before = index.checked_sub(1).map(|index| name[index]);
        let after = name.get(index + 1);
        let starts = c.is_uppercase()
            && before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
            || c.is_uppercase()
                && before.is_some_and(char::is_uppercase)
                && after.is_some_and(|after| after.is_lowercase());
        if starts {
            words.push(' ');
        }
        let is_first = words.is_empty() || words.ends_with(' ');
        match is_first {
            true => words.extend(c.to_uppercase()),
            false => words.push(*c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_name_has_words() {
        for (name, expected) in [
            ("new_BankAccount", "Bank Account"),
            ("new_loan", "Loan"),
            ("new_URLOfPage", "URL Of Page"),
            ("new_due_date", "Due Date"),
            ("Subject", "Subject"),
            ("new_Line2Text", "Line2 Text"),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }

    #[test]
    fn several_records_are_called_after_the_entity_set() {
        for (name, set, expected) in [
            ("Bank Account", "new_bankaccounts", "Bank Accounts"),
            ("Party", "new_parties", "Parties"),
            ("Box", "new_boxes", "Boxes"),
            ("Loan", "", "Loans"),
        ] {
            let mut table = Table::default();
            table.logical_name = "new_x".to_owned();
            table.display_name = Fact::Known(Label::new(1033, name));
            table.entity_set_name = Fact::Known(set.to_owned());
            assert_eq!(of_collection(&table, 1033), Label::new(1033, expected), "{set}");
        }
    }
}
