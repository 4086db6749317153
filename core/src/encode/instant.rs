//! Instants as whole seconds since 1970, and in the one form in which Dataverse writes them,
//! `2024-09-18T10:20:39Z`.
//!
//! Date libraries parse and print many forms. This form is in every record several times, so it has a fast
//! path.

/// The years that have four digits.
const YEARS: core::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Returns whether the year of an instant has four digits.
pub(crate) fn has_text(seconds: i64) -> bool {
    YEARS.contains(&seconds)
}

/// Parses the text of an instant into seconds since 1970.
#[inline]
pub(crate) fn parse(text: &[u8; 20]) -> Option<i64> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1, b'Z'] = *text
    else {
        return None;
    };
    let digits = [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, n0, n1, s0, s1].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().fold(false, |found, digit| found | (*digit > 9)) {
        return None;
    }
    let pair = |index: usize| i64::from(digits[index]) * 10 + i64::from(digits[index + 1]);
    let (year, month, day) = (pair(0) * 100 + pair(2), pair(4), pair(6));
    let (hour, minute, second) = (pair(8), pair(10), pair(12));
    let fits = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    fits.then(|| ((day_number(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

#[inline]
fn days_of(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the number of days from 1970-01-01 to a day of the Gregorian calendar. Years begin in March here,
/// so that the leap day is the last of its year.
#[inline]
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let century = year.div_euclid(100);
    let of_year = (153 * month + 2) / 5 + day - 1;
    let before = 365 * year + year.div_euclid(4) - century + century.div_euclid(4);
    // The days from 0000-03-01 to 1970-01-01.
    before + of_year - 719_468
}

/// Returns the text of an instant, if its year has four digits.
pub(crate) fn print(seconds: i64) -> Option<[u8; 20]> {
    if !has_text(seconds) {
        return None;
    }
    // From the first of these years on, all numbers are positive and small.
    let since = u64::try_from(seconds - YEARS.start()).ok()?;
    let (day, second) = (u32::try_from(since / 86_400).ok()?, u32::try_from(since % 86_400).ok()?);
    let (year, month, day) = date_of(day);
    let mut text = *b"0000-00-00T00:00:00Z";
    let pairs = [
        (0, year / 100),
        (2, year % 100),
        (5, month),
        (8, day),
        (11, second / 3600),
        (14, second / 60 % 60),
        (17, second % 60),
    ];
    for (index, pair) in pairs {
        let digits = u8::try_from(pair).ok()?;
        text[index] += digits / 10;
        text[index + 1] += digits % 10;
    }
    Some(text)
}

/// Returns the text of an instant, whatever its year.
pub(crate) fn text(seconds: i64) -> String {
    let text = print(seconds).and_then(|text| core::str::from_utf8(&text).map(str::to_owned).ok());
    text.unwrap_or_else(|| format!("{seconds} s since 1970"))
}

/// Returns year, month and day of a day counted from 0000-01-01: the inverse of [`day_number`].
const fn date_of(day: u32) -> (u32, u32, u32) {
    // The calendar repeats after 400 years. These eras begin on March 1, so the first two months belong to
    // the era before 0000-03-01.
    let since = day + 146_097 - 60;
    let (era, of_era) = (since / 146_097, since % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    (year + era * 400 - 400, month, day)
}

#[cfg(all(test, feature = "jiff"))]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<i64> {
        parse(text.as_bytes().try_into().ok()?)
    }

    #[test]
    fn every_day_is_that_of_jiff() {
        let mut day = jiff::civil::date(0, 1, 1);
        loop {
            let text = format!("{day}T23:01:09Z");
            let expected = jiff::tz::Offset::UTC.to_timestamp(day.at(23, 1, 9, 0)).ok();
            if let Some(expected) = expected {
                assert_eq!(read(&text), Some(expected.as_second()), "{text}");
                assert_eq!(print(expected.as_second()).as_ref().map(|text| &text[..]), Some(text.as_bytes()));
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
    }

    #[test]
    fn years_of_more_digits_have_no_text() {
        assert_eq!(text(-62_167_219_200), "0000-01-01T00:00:00Z");
        assert_eq!(text(253_402_300_799), "9999-12-31T23:59:59Z");
        assert_eq!(print(-62_167_219_201), None);
        assert_eq!(print(253_402_300_800), None);
        assert_eq!(print(i64::MAX), None);
        assert_eq!(print(i64::MIN), None);
    }

    #[test]
    fn other_texts_are_not_parsed() {
        for text in [
            "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-01-32T00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:60Z",
            "2024-01-01 00:00:00Z",
            "2024-01-01T00:00:00z",
            "2024-01-0:T00:00:00Z",
            // RFC 3339, 5.6: a year is four digits. Both of these together would read as 110.
            "20::-01-01T00:00:00Z",
            "+024-01-01T00:00:00Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
