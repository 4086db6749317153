//! Derives.

/// Returns a `#[derive(…)]`: those that the code needs, and those that a user adds, each once.
pub(super) fn attribute<'d>(needed: &[&'d str], added: impl IntoIterator<Item = &'d String>) -> String {
    let mut derives = needed.to_vec();
    for derive in added {
        if !derives.contains(&derive.as_str()) {
            derives.push(derive);
        }
    }
    format!("#[derive({})]\n", derives.join(", "))
}
