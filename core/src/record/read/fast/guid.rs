//! GUIDs in the one form in which Dataverse writes them.

use crate::column::Guid;

/// The value of a byte that is not a digit.
const NONE: u8 = 0xff;

/// The value of each hexadecimal digit.
const DIGITS: [u8; 256] = {
    let mut digits = [NONE; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        digits[b"0123456789ABCDEF"[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

/// Returns the GUID of a text with hyphens: `6f9619ff-8b86-d011-b42d-00cf4fc964ff`.
#[inline]
pub(super) fn parse(text: &[u8; 36]) -> Option<Guid> {
    if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
        return None;
    }
    let mut all = 0;
    let mut word = |offsets: &[usize; 8]| {
        offsets.iter().fold(0, |word, &offset| {
            let (high, low) = (DIGITS[usize::from(text[offset])], DIGITS[usize::from(text[offset + 1])]);
            all |= high | low;
            word << 8 | u64::from(high << 4 | low)
        })
    };
    let guid = Guid::of_words(word(&[0, 2, 4, 6, 9, 11, 14, 16]), word(&[19, 21, 24, 26, 28, 30, 32, 34]));
    // Digits are below 16, so any other byte sets the upper bits.
    (all < 16).then_some(guid)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn reads_what_uuid_reads() {
        let good = "6f9619ff-8B86-d011-b42d-00cf4fc964ff";
        for index in 0..36 {
            for byte in 0..0x80_u8 {
                let mut text: [u8; 36] = good.as_bytes().try_into().unwrap();
                text[index] = byte;
                let expected = core::str::from_utf8(&text).ok().and_then(|text| Uuid::parse_str(text).ok());
                assert_eq!(parse(&text).map(Guid::uuid), expected, "{byte} at {index}");
            }
        }
    }
}
