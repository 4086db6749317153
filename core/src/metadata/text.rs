//! Text at compile time.

/// Returns whether two texts are equal. `==` on `str` is not available in const code.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
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
