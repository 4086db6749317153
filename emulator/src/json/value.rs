//! JSON values: members keep their order, numbers their own text.

use super::read;

/// Maximum number of values in a body: 1,000 records with 2,000 columns each.
const MAX_VALUES_OF_A_BODY: usize = 2_000_000;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The number's own text, so that decimals stay exact.
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Parses a text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        read::read(text, usize::MAX)
    }

    /// Parses the text of a body. Limits the number of values, because they take many times the memory of
    /// their text.
    pub(crate) fn parse_body(text: &str) -> Result<Self, String> {
        read::read(text, MAX_VALUES_OF_A_BODY)
    }

    /// Returns the member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(members) => members.iter().find(|(each, _)| each == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Turns a number into a text; returns any other value unchanged.
    pub(crate) fn into_text(self) -> Self {
        match self {
            Self::Number(text) => Self::Text(text),
            other => other,
        }
    }

    /// Returns the text, or `None` if the value is not a text.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a member.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Returns the boolean of a member.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Returns the integer of a member.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns the elements of a member, or none if it is not an array.
    pub(crate) fn list(&self, name: &str) -> &[Json] {
        match self.get(name) {
            Some(Self::Array(elements)) => elements,
            _ => &[],
        }
    }

    /// Sets a member of an object, in its place if the object has it. Leaves any other value unchanged.
    pub(crate) fn set(&mut self, name: &str, value: Json) {
        let Self::Object(members) = self else { return };
        match members.iter_mut().find(|(each, _)| each == name) {
            Some((_, old)) => *old = value,
            None => members.push((name.to_owned(), value)),
        }
    }

    /// Takes the value of a member, and leaves null in its place.
    pub(crate) fn take(&mut self, name: &str) -> Option<Json> {
        let Self::Object(members) = self else { return None };
        let (_, value) = members.iter_mut().find(|(each, _)| each == name)?;
        Some(core::mem::replace(value, Self::Null))
    }

    /// Returns the elements of a member that is an array of texts.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.list(name).iter().filter_map(|each| each.as_str().map(str::to_owned)).collect()
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

/// Returns an object with the members in this order.
pub(crate) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
