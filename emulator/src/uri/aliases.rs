//! Parameter aliases: `@p1`, assigned elsewhere in the query.

/// What aliases stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aliases(Vec<(String, String)>);

impl Aliases {
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// What an alias, named with its `@`, stands for.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }
}
