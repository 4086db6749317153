//! Instants in the one form in which Dataverse writes them.

/// The seconds since 1970 of a text such as `2024-09-18T10:20:39Z`.
pub(super) fn parse(text: &[u8; 20]) -> Option<i64> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1, b'Z'] = *text
    else {
        return None;
    };
    let digits = [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, n0, n1, s0, s1].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().fold(false, |found, digit| found | (*digit > 9)) {
        return None;
    }
    let pair = |place: usize| i64::from(digits[place]) * 10 + i64::from(digits[place + 1]);
    let (year, month, day) = (pair(0) * 100 + pair(2), pair(4), pair(6));
    let (hour, minute, second) = (pair(8), pair(10), pair(12));
    let fits = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    fits.then(|| ((day_number(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

fn days_of(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How many days after 1970-01-01 a day of the Gregorian calendar is. Years are counted from March on, so that the day that
/// leap years add is their last.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let century = year.div_euclid(100);
    let of_year = (153 * month + 2) / 5 + day - 1;
    let before = 365 * year + year.div_euclid(4) - century + century.div_euclid(4);
    // The days from 0000-03-01 to 1970-01-01.
    before + of_year - 719_468
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
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
    }

    #[test]
    fn what_is_no_instant_is_left_alone() {
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
            "+024-01-01T00:00:00Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
