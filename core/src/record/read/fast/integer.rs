//! Decimal digits, eight at a time.

/// The maximum number of digits of which every number fits into an `i64`.
const MAX_DIGITS: usize = 18;

/// Returns the number that the digits at the beginning of a text are, and how many they are; `None` if they
/// are more than 18.
#[inline]
pub(super) fn leading(text: &[u8]) -> Option<(i64, usize)> {
    let (mut number, mut length) = (0_i64, 0);
    while let Some(&chunk) = text.get(length..).and_then(<[u8]>::first_chunk::<8>) {
        let digits = u64::from_le_bytes(chunk) ^ u64::from_ne_bytes([b'0'; 8]);
        // A sum sets the upper bit of a byte above 9. Only the lowest mark is reliable.
        let above_9 = digits.wrapping_add(u64::from_ne_bytes([0x80 - 10; 8])) | digits;
        let marks = above_9 & u64::from_ne_bytes([0x80; 8]);
        let count = marks.trailing_zeros() / 8;
        if count == 0 {
            return Some((number, length));
        }
        length += count as usize;
        if length > MAX_DIGITS {
            return None;
        }
        // Zeros come before fewer than eight digits.
        number = number * 10_i64.pow(count) + eight(digits << (64 - 8 * count));
        if count < 8 {
            return Some((number, length));
        }
    }
    while let Some(digit) = text.get(length).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        length += 1;
        if length > MAX_DIGITS {
            return None;
        }
        number = number * 10 + i64::from(digit);
    }
    Some((number, length))
}

/// Returns the number of eight digits, the first of which is the lowest byte. Each step joins neighbours.
#[inline]
fn eight(digits: u64) -> i64 {
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    ((fours * 10_000 + (fours >> 32)) & 0xffff_ffff).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_number_of_digits_before_every_byte() {
        let digits = "9081726354433221100";
        for length in 0..digits.len() {
            for start in 0..=digits.len() - length {
                let number = &digits[start..start + length];
                let expected = if length == 0 { 0 } else { number.parse().unwrap() };
                assert_eq!(leading(number.as_bytes()), Some((expected, length)), "{number}");
                for byte in (0..=255).filter(|byte: &u8| !byte.is_ascii_digit()) {
                    let text = [number.as_bytes(), &[byte], b"12345678"].concat();
                    assert_eq!(leading(&text), Some((expected, length)), "{number}, then {byte}");
                }
            }
        }
    }

    #[test]
    fn reads_no_more_than_18_digits() {
        for length in 1..60 {
            let text = "9".repeat(length);
            let expected = (length <= 18).then(|| (text.parse().unwrap(), length));
            assert_eq!(leading(text.as_bytes()), expected);
            assert_eq!(leading(format!("{text},          ").as_bytes()), expected);
        }
    }
}
