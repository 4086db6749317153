//! Skips the rows of a page: a floor for readers that look at each value.

use jiter::Jiter;
use serde::de::IgnoredAny;

use crate::by_hand::Page;

/// Skips row by row with `serde_json`. Returns the number of rows.
pub fn serde_json(page: &[u8]) -> usize {
    serde_json::from_slice::<Page<IgnoredAny>>(page).expect("a page").value.len()
}

/// Skips row by row with `sonic-rs`, which keeps the bytes of each row.
pub fn sonic_rs(page: &[u8]) -> usize {
    sonic_rs::from_slice::<Page<IgnoredAny>>(page).expect("a page").value.len()
}

/// Skips row by row with `jiter`. Returns the number of rows.
pub fn jiter(page: &[u8]) -> usize {
    let mut jiter = Jiter::new(page);
    let mut rows = 0;
    let is_value = |name: &[u8]| name == b"value";
    let mut member = jiter.next_object_bytes().expect("an object").map(is_value);
    while let Some(has_rows) = member {
        if has_rows {
            let mut row = jiter.next_array().expect("an array");
            while let Some(peek) = row {
                jiter.known_skip(peek).expect("a row");
                rows += 1;
                row = jiter.array_step().expect("an array");
            }
        } else {
            jiter.next_skip().expect("a value");
        }
        member = jiter.next_key_bytes().expect("an object").map(is_value);
    }
    jiter.finish().expect("the end");
    rows
}
