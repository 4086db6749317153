//! Labels of new and changed definitions.

use crate::json::{Json, object};
use crate::session::Session;

/// The language of the users of this service: English.
const LANGUAGE: i64 = 1033;

/// Returns the label in a body, with what Dataverse adds to it: ids, and the text in the user's language. A
/// text is a label in that language.
pub(super) fn label(session: &Session<'_>, given: Option<&Json>) -> Json {
    let texts = match given {
        Some(Json::Text(text)) => vec![(text.clone(), LANGUAGE)],
        Some(label) => texts(label),
        None => Vec::new(),
    };
    of_texts(session, texts)
}

/// Returns the label after an update: with `merge`, texts in other languages stay.
pub(super) fn updated(session: &Session<'_>, old: Option<&Json>, new: &Json, merge: bool) -> Json {
    let mut all = texts(new);
    if merge {
        let others = old.map(texts).unwrap_or_default();
        let others = others.into_iter().filter(|(_, code)| !all.iter().any(|(_, each)| each == code));
        let others: Vec<_> = others.collect();
        all.extend(others);
    }
    of_texts(session, all)
}

fn of_texts(session: &Session<'_>, texts: Vec<(String, i64)>) -> Json {
    let localized: Vec<Json> = texts.into_iter().map(|(text, code)| localized(session, text, code)).collect();
    let own = localized.iter().find(|each| each.integer("LanguageCode") == Some(LANGUAGE));
    let own = own.or(localized.first()).cloned().unwrap_or(Json::Null);
    object([("LocalizedLabels", Json::Array(localized)), ("UserLocalizedLabel", own)])
}

fn localized(session: &Session<'_>, text: String, code: i64) -> Json {
    object([
        ("Label", text.into()),
        ("LanguageCode", code.into()),
        ("IsManaged", false.into()),
        ("MetadataId", session.new_id().into()),
        ("HasChanged", Json::Null),
    ])
}

/// Returns the texts of a label with their languages. `UserLocalizedLabel` is read-only, and counts only
/// where it is everything that is given.
fn texts(label: &Json) -> Vec<(String, i64)> {
    let one = |each: &Json| Some((each.text("Label")?.to_owned(), each.integer("LanguageCode")?));
    let all: Vec<_> = label.list("LocalizedLabels").iter().filter_map(one).collect();
    if all.is_empty() { label.get("UserLocalizedLabel").and_then(one).into_iter().collect() } else { all }
}
