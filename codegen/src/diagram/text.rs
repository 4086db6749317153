//! Texts in a picture: what they may contain, and how wide they are.

use unicode_normalization::char::is_combining_mark;

use super::layout::Px;

/// The width of a letter of a monospaced font, for a font size of 1000. DejaVu Sans Mono, Menlo and Liberation Mono have 602,
/// Cascadia Mono 586, Consolas 550.
const NARROW: i64 = 610;
/// The width of letters that monospaced fonts do not have, and that come from another font. The viewer is told to fit such texts.
const WIDE: i64 = 1200;

/// Returns a text that shows as it is: on one line, without characters that have no picture or that change the direction of
/// others.
pub(super) fn clean(text: &str) -> String {
    let is_shown = |c: &char| {
        !matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            // Noncharacters: XML does not allow the first two.
            | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}')
    };
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() || is_line_end(c) { ' ' } else { c })
        .filter(is_shown)
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether all letters are in the usual monospaced fonts: Latin, Greek and Cyrillic, and the sign for a cut text.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().all(is_narrow)
}

fn is_narrow(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{52f}' | '…') && c != '\u{ad}' && !is_combining_mark(c)
}

/// Returns an upper bound of the width of a text in a monospaced font of this size.
pub(super) fn width(text: &str, size: Px) -> Px {
    let sum: i64 = text.chars().map(advance).sum();
    Px::try_from((sum * i64::from(size) + 999) / 1000).unwrap_or(Px::MAX / 4)
}

fn advance(c: char) -> i64 {
    match c {
        c if is_combining_mark(c) => 0,
        // Joiners and variants of the letter before.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' => 0,
        c if is_narrow(c) => NARROW,
        _ => WIDE,
    }
}

/// Returns the text, or its beginning with `…` if it is wider.
pub(super) fn cut(text: &str, size: Px, max_width: Px) -> String {
    if width(text, size) <= max_width {
        return text.to_owned();
    }
    let fits = |end: &usize| width(&text[..*end], size) + width("…", size) <= max_width;
    let ends = text.char_indices().map(|(index, _)| index);
    // What belongs to the letter before stays with it.
    let is_start = |end: &usize| text[*end..].chars().next().is_none_or(|c| advance(c) > 0);
    let end = ends.take_while(fits).filter(is_start).last().unwrap_or_default();
    format!("{}…", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_left_out() {
        assert_eq!(clean(" a\u{202e}b\tc\n\u{0}d\u{ffff} "), "ab c d");
        assert_eq!(clean("שלום 日本"), "שלום 日本");
    }

    #[test]
    fn a_text_that_is_too_wide_is_cut_and_fits() {
        for text in ["a".repeat(1000), "日本語".repeat(50), "e\u{301}".repeat(90), "👩\u{200d}🔧".repeat(30)]
        {
            let cut = cut(&text, 12, 100);
            assert!(cut.ends_with('…') && width(&cut, 12) <= 100, "{cut}");
            assert!(width(&cut, 12) > 70, "{cut}");
            assert!(!cut.contains("\u{200d}…"), "{cut}");
        }
        assert_eq!(cut("short", 12, 100), "short");
    }

    #[test]
    fn letters_are_as_wide_as_the_fonts_say() {
        // DejaVu Sans Mono: an advance of 1233 of 2048 units for each glyph.
        let text = "new_loan.new_itemid";
        let real = 1233.0 / 2048.0 * 12.0 * text.len() as f64;
        assert!(f64::from(width(text, 12)) >= real && f64::from(width(text, 12)) < real * 1.03);
    }
}
