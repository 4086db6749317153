//! Excerpts of a server's text, cut and cleaned, because terminals and logs show them.

use core::iter::Peekable;
use core::str::Chars;

/// Returns at most `max` characters of the text, on one line. Leaves out escape sequences of terminals,
/// control characters and characters that change the direction of text.
pub(crate) fn line(text: &str, max: usize) -> String {
    let mut line = String::new();
    let (mut length, mut gap) = (0, false);
    let mut characters = text.chars().peekable();
    while let Some(each) = characters.next() {
        if is_escape(each) {
            skip_sequence(each, &mut characters);
            continue;
        }
        if is_unseen(each) {
            continue;
        }
        if each.is_whitespace() || each.is_control() {
            gap = length > 0;
            continue;
        }
        if length + usize::from(gap) >= max {
            line.push('…');
            break;
        }
        if core::mem::take(&mut gap) {
            line.push(' ');
            length += 1;
        }
        line.push(each);
        length += 1;
    }
    line
}

/// Returns at most `max` characters of the text, with its lines, each cleaned.
#[cfg(feature = "messages")]
pub(crate) fn lines(text: &str, max: usize) -> String {
    let mut left = max;
    let mut cleaned: Vec<String> = Vec::new();
    for each in text.lines() {
        let each = line(each, left);
        left = left.saturating_sub(each.chars().count());
        cleaned.push(each);
        if left == 0 {
            break;
        }
    }
    cleaned.join("\n").trim_matches('\n').to_owned()
}

/// Returns the beginning of a body that is not what was expected, on one line.
#[cfg(feature = "messages")]
pub(crate) fn body(body: &[u8]) -> String {
    const MAX_CHARS: usize = 200;
    // A body may begin with megabytes of white space.
    const MAX_BYTES: usize = 64 * 1024;
    let text = String::from_utf8_lossy(&body[..body.len().min(MAX_BYTES)]);
    let line = line(&text, MAX_CHARS);
    if line.is_empty() { "(empty body)".to_owned() } else { line }
}

/// Returns what serde says without the value that it quotes: an answer may hold a token.
pub(crate) fn without_value(problem: String) -> String {
    let is_value = ["invalid type: ", "invalid value: ", "unknown variant "]
        .iter()
        .any(|start| problem.starts_with(start));
    match problem.rsplit_once(", expected ") {
        Some((found, expected)) if is_value => {
            let found = found.split(['"', '`', '\'']).next().unwrap_or_default().trim_end();
            format!("{found}, expected {expected}")
        }
        _ => problem,
    }
}

/// Returns whether the character is ESC, or the control character that means `ESC [`.
fn is_escape(each: char) -> bool {
    matches!(each, '\u{1B}' | '\u{9B}')
}

/// Skips the sequence after an escape character. Colours and moves of the cursor end with a letter; titles
/// and links end with BEL or `ESC \`.
fn skip_sequence(escape: char, characters: &mut Peekable<Chars<'_>>) {
    let introducer = if escape == '\u{9B}' { Some('[') } else { characters.next() };
    match introducer {
        Some('[') => while characters.next().is_some_and(|each| !('@'..='~').contains(&each)) {},
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(each) = characters.next() {
                if each == '\u{7}' || each == '\u{9C}' {
                    return;
                }
                if each == '\u{1B}' {
                    characters.next_if_eq(&'\\');
                    return;
                }
            }
        }
        _ => {}
    }
}

/// Returns whether the character has no glyph and reorders or hides text. The joiners of scripts do not
/// count.
fn is_unseen(each: char) -> bool {
    matches!(each, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(each, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "messages")]
    use super::{body, lines};
    use super::{line, without_value};

    #[test]
    fn a_value_that_serde_quotes_is_left_out() {
        for (said, kept) in [
            (
                "invalid type: string \"eyJ0, expected x\", expected a map at line 1",
                "invalid type: string, expected a map at line 1",
            ),
            ("invalid type: integer `5`, expected a string", "invalid type: integer, expected a string"),
            ("invalid type: map, expected an array", "invalid type: map, expected an array"),
            ("unknown variant `eyJ0`, expected `A` or `B`", "unknown variant, expected `A` or `B`"),
            // Error texts of other `Deserialize` impls stay unchanged.
            ("the price of `A` is late, expected today's", "the price of `A` is late, expected today's"),
            (
                "expected a page of records, found no `value` array",
                "expected a page of records, found no `value` array",
            ),
        ] {
            assert_eq!(without_value(said.to_owned()), kept);
        }
    }

    #[test]
    fn what_terminals_obey_is_left_out() {
        assert_eq!(line("a\u{1B}[31mred\u{1B}[0m b\u{9B}2Jc", 80), "ared bc");
        assert_eq!(line("\u{1B}]0;title\u{7}x \u{1B}]8;;http://e\u{1B}\\link", 80), "x link");
        assert_eq!(line("a\r\nb\t\0 c\u{8}d", 80), "a b c d");
        assert_eq!(line("\u{202E}evil\u{200B}\u{FEFF}", 80), "evil");
        assert_eq!(line("a \u{1B}[", 80), "a");
        assert_eq!(line("می\u{200C}خواهم", 80), "می\u{200C}خواهم");
    }

    #[test]
    fn a_text_is_cut_at_its_maximum() {
        assert_eq!(line("abc", 3), "abc");
        assert_eq!(line("abc ", 3), "abc");
        assert_eq!(line("abcd", 3), "abc…");
        assert_eq!(line("ab cd", 3), "ab…");
        assert_eq!(line("ééé", 2), "éé…");
        assert_eq!(lines("at a\r\n  at b\n\n", 80), "at a\nat b");
        assert_eq!(lines("ab\ncd", 3), "ab\nc…");
        assert_eq!(body(&[b' '; 100]), "(empty body)");
        assert_eq!(body(format!("{}down", " ".repeat(60_000)).as_bytes()), "down");
        assert_eq!(body(&vec![b'x'; 10_000_000]).chars().count(), 201);
    }
}
