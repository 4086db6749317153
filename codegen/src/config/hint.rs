//! What the author of a setting may have meant.

/// Returns advice for an error of serde, if its message says what was expected.
pub(super) fn hint(message: &str) -> Option<String> {
    unknown_word(message).or_else(|| wrong_type(message))
}

/// The nearest of the keys or values that serde expected.
fn unknown_word(message: &str) -> Option<String> {
    let rest =
        ["unknown field `", "unknown variant `"].iter().find_map(|start| message.strip_prefix(start))?;
    let (unknown, expected) = rest.split_once("`, expected")?;
    let distance = |word: &&str| strsim::damerau_levenshtein(unknown, word);
    let nearest = expected.split('`').skip(1).step_by(2).min_by_key(distance)?;
    (distance(&nearest) <= 2.max(unknown.len() / 3)).then(|| format!("did you mean `{nearest}`?"))
}

fn wrong_type(message: &str) -> Option<String> {
    let (_, expected) = message.strip_prefix("invalid type: ")?.rsplit_once(", expected ")?;
    let form = match expected.trim() {
        "a sequence" => "a list, such as [\"account\"]",
        "a string" | "path string" => "a text in quotes",
        "a boolean" => "true or false",
        "a map" => "a table of keys and values",
        "u32" | "i32" => "an integer",
        other if other.starts_with("struct ") => "a section of keys and values, such as [org]",
        _ => return None,
    };
    Some(format!("write {form}"))
}
