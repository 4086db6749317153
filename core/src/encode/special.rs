//! A search for the bytes that JSON strings must escape, eight at a time.

/// Marks the bytes of a word that are a quote, a backslash or a control character. Only the lowest mark is
/// reliable.
#[inline]
pub(crate) const fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
    const BACKSLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
    const BLANKS: u64 = u64::from_ne_bytes([0x20; 8]);
    let (quote, backslash) = (word ^ QUOTES, word ^ BACKSLASHES);
    ((quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(BLANKS) & !word))
        & HIGHS
}

/// Returns whether the text has nothing that JSON escapes.
#[inline]
pub(crate) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    let marks = words.iter().fold(0, |marks, word| marks | special(u64::from_le_bytes(*word)));
    // The last word overlaps the one before it.
    match bytes.last_chunk::<8>() {
        Some(last) => marks | special(u64::from_le_bytes(*last)) == 0,
        None => bytes.iter().all(|&byte| byte >= 0x20 && byte != b'"' && byte != b'\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_special_byte_at_every_index() {
        for byte in 0..=0x7f_u8 {
            for index in 0..8 {
                let mut word = [b'a'; 8];
                word[index] = byte;
                let found = special(u64::from_le_bytes(word));
                let expected = matches!(byte, b'"' | b'\\' | 0..0x20);
                assert_eq!(found != 0, expected, "{byte} at {index}");
                if expected {
                    assert_eq!(found.trailing_zeros() as usize / 8, index);
                }
            }
        }
        assert_eq!(special(u64::from_ne_bytes([0xff; 8])), 0);
    }

    #[test]
    fn plain_texts_are_those_without_escapes_in_json() {
        for length in 0..20 {
            let text = "é".repeat(length / 2) + &"a".repeat(length % 2);
            assert!(is_plain(&text), "{text}");
        }
        for byte in 0..0x80_u8 {
            for index in 0..17 {
                let mut text = [b'a'; 17];
                text[index] = byte;
                let text = core::str::from_utf8(&text).unwrap();
                let json = serde_json::Value::from(text).to_string();
                assert_eq!(is_plain(text), json == format!("\"{text}\""), "{byte} at {index}");
            }
        }
    }
}
