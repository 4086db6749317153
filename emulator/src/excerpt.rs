//! Excerpts of long values for error texts.

use std::borrow::Cow;

/// Maximum number of characters of a value that an error text quotes, and of a whole error text.
const MAX_QUOTED: usize = 100;
const MAX_MESSAGE: usize = 1000;

/// Returns the start of a value of a request, and the length of a longer one.
pub(crate) fn excerpt(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()).into(),
        None => text.into(),
    }
}

/// Returns the start and the end of an error text that quotes too much.
pub(crate) fn shortened(message: String) -> String {
    if message.len() <= MAX_MESSAGE {
        return message;
    }
    let half = MAX_MESSAGE / 2;
    let left = message.char_indices().nth(half).map(|(at, _)| at);
    let right = message.char_indices().nth_back(half - 1).map(|(at, _)| at);
    match (left, right) {
        (Some(left), Some(right)) if left < right => {
            let between = message[left..right].chars().count();
            format!("{} … ({between} characters left out) … {}", &message[..left], &message[right..])
        }
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_quoted_by_their_start() {
        assert_eq!(excerpt("short"), "short");
        let long = "é".repeat(5000);
        assert_eq!(excerpt(&long), format!("{}… (5000 characters)", "é".repeat(100)));
    }

    #[test]
    fn long_messages_keep_their_start_and_their_end() {
        let short = "x".repeat(1000);
        assert_eq!(shortened(short.clone()), short);
        let long = shortened(format!("start {} end", "é".repeat(50_000)));
        assert!(long.starts_with("start é") && long.ends_with("é end"), "{long}");
        assert!(long.contains("(49010 characters left out)"), "{long}");
    }
}
