//! Suggestions: the word that was probably meant.

/// Returns the word that is most similar to what was written, if any is similar enough.
pub(crate) fn closest<'w>(written: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    words
        .into_iter()
        .map(|word| (strsim::jaro_winkler(written, word), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// Returns the help line for an unknown word.
pub(crate) fn help<'w>(written: &str, words: impl IntoIterator<Item = &'w str> + Clone) -> String {
    match closest(written, words.clone()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("use one of {}", list(words)),
    }
}

/// Lists words in backticks, separated by commas.
pub(crate) fn list<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
