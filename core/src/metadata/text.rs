//! Text at compile time.

/// Returns whether two texts are equal. `==` on `str` is not available in const code.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    // The compiler evaluates each step by itself, so a step compares 16 bytes.
    while let (Some((left, rest_of_a)), Some((right, rest_of_b))) =
        (a.split_first_chunk(), b.split_first_chunk())
    {
        if u128::from_ne_bytes(*left) != u128::from_ne_bytes(*right) {
            return false;
        }
        (a, b) = (rest_of_a, rest_of_b);
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Returns whether a text is a name of letters, digits and `_` that does not begin with a digit.
pub(crate) const fn is_name(name: &str) -> bool {
    let name = name.as_bytes();
    if name.is_empty() || name[0].is_ascii_digit() {
        return false;
    }
    let mut index = 0;
    while index < name.len() {
        if !name[index].is_ascii_alphanumeric() && name[index] != b'_' {
            return false;
        }
        index += 1;
    }
    true
}
