//! GUIDs in the one form in which Dataverse writes them.

use crate::column::Guid;

/// Returns the GUID of a text with hyphens: `6f9619ff-8b86-d011-b42d-00cf4fc964ff`.
#[inline]
pub(super) fn parse(text: &[u8; 36]) -> Option<Guid> {
    if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
        return None;
    }
    let four = |at: usize| text[at..].first_chunk().map_or(0, |four| u64::from(u32::from_be_bytes(*four)));
    // Not by `map`: the compiler then reads byte by byte.
    let words = [
        four(0) << 32 | four(4),
        four(9) << 32 | four(14),
        four(19) << 32 | four(24),
        four(28) << 32 | four(32),
    ];
    let marks = words.iter().fold(0, |marks, word| marks | no_digits(*word));
    let [a, b, c, d] = words.map(eight_digits);
    (marks == 0).then(|| Guid::of_words(a << 32 | b, c << 32 | d))
}

const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Marks the bytes of a word that are no hexadecimal digits. A word without marks has only such digits; with
/// one, the other bytes may be marked or not.
#[inline]
const fn no_digits(word: u64) -> u64 {
    // A sum sets the upper bit of a byte that is above the limit, as the bytes are below 0x80.
    let number = word ^ each(b'0');
    let no_number = number.wrapping_add(each(0x80 - 10));
    // Letters of both cases become 1 to 6.
    let letter = (word | each(0x20)) ^ each(0x60);
    let no_letter = letter.wrapping_add(each(0x80 - 7)) | !letter.wrapping_add(each(0x80 - 1));
    (word | (no_number & no_letter)) & each(0x80)
}

/// Returns the value of eight hexadecimal digits. Each step joins neighbours.
#[inline]
const fn eight_digits(word: u64) -> u64 {
    // Letters have the bit 0x40, and their lower bits begin at 1.
    let digits = (word & each(0x0f)) + ((word >> 6) & each(1)) * 9;
    let pairs = (digits >> 4 | digits) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs >> 8 | pairs) & 0x0000_ffff_0000_ffff;
    (fours >> 16 | fours) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn reads_what_uuid_reads() {
        let good = "6f9619ff-8B86-d011-b42d-00cf4fc964ff";
        for index in 0..36 {
            for byte in 0..=0xff_u8 {
                let mut text: [u8; 36] = good.as_bytes().try_into().unwrap();
                text[index] = byte;
                let expected = core::str::from_utf8(&text).ok().and_then(|text| Uuid::parse_str(text).ok());
                assert_eq!(parse(&text).map(Guid::uuid), expected, "{byte} at {index}");
            }
        }
    }
}
