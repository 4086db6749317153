//! Whether a member of a definition is known.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A member of a definition: not asked for, `null`, or known.
///
/// An answer leaves out what the request did not ask for. That differs from `null`, which the server says, and from
/// `false`: a tool that takes one for another reports changes that nobody made.
///
/// ```
/// use dataverse_definitions::Fact;
///
/// let fact: Fact<bool> = serde_json::from_str("null")?;
/// assert_eq!(fact, Fact::Null);
/// assert_eq!(Fact::Known(false).known(), Some(&false));
/// assert_eq!(Fact::<bool>::NotAsked.known(), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fact<T> {
    /// The definition does not have the member.
    #[default]
    NotAsked,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Known(T),
}

impl<T> Fact<T> {
    /// Returns the value, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::NotAsked | Self::Null => None,
        }
    }

    /// Changes the value, if there is one.
    pub(crate) fn normalize(&mut self, change: impl FnOnce(&mut T)) {
        if let Self::Known(value) = self {
            change(value);
        }
    }

    /// Returns whether the definition does not have the member.
    pub fn is_not_asked(&self) -> bool {
        matches!(self, Self::NotAsked)
    }
}

impl Fact<String> {
    /// Returns the text; `None` if it is empty, too.
    ///
    /// ```
    /// use dataverse_definitions::Fact;
    ///
    /// assert_eq!(Fact::Known("new_Loan".to_owned()).text(), Some("new_Loan"));
    /// assert_eq!(Fact::Known(String::new()).text(), None);
    /// ```
    pub fn text(&self) -> Option<&str> {
        self.known().map(String::as_str).filter(|text| !text.is_empty())
    }
}

impl Fact<bool> {
    /// Returns whether the member is known to be true.
    pub fn is_true(&self) -> bool {
        self.known() == Some(&true)
    }

    /// Returns whether the member is known to be false.
    ///
    /// ```
    /// use dataverse_definitions::Fact;
    ///
    /// assert!(Fact::Known(false).is_false());
    /// assert!(!Fact::<bool>::Null.is_false());
    /// ```
    pub fn is_false(&self) -> bool {
        self.known() == Some(&false)
    }
}

impl<T> From<T> for Fact<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.known().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Known(value),
            None => Self::Null,
        })
    }
}

/// Reads a member that has a default instead of `null`. Answers have `null` for what was not asked for.
pub(crate) fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
