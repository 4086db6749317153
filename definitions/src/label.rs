//! Texts in several languages.

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Fact, OtherMembers};

/// A text in each language that the org has it in, by locale id such as 1033 (English).
///
/// ```
/// use dataverse_definitions::Label;
///
/// let label: Label = serde_json::from_str(
///     r#"{"LocalizedLabels": [{"Label": "Maskine", "LanguageCode": 1030}, {"Label": "Machine", "LanguageCode": 1033}],
///         "UserLocalizedLabel": {"Label": "Machine", "LanguageCode": 1033}}"#,
/// )?;
/// assert_eq!(label.get(1030), Some("Maskine"));
/// assert_eq!(label.in_any(&[1031, 1033]), Some("Machine"));
/// assert_eq!(label.iter().collect::<Vec<_>>(), [(1030, "Maskine"), (1033, "Machine")]);
/// assert_eq!(label.of_caller(), Some("Machine"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    texts: Vec<Localized>,
    /// The text in the language of whoever asked.
    of_caller: Fact<Localized>,
    other: OtherMembers,
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Localized {
    label: Option<String>,
    language_code: u32,
    #[serde(flatten)]
    other: OtherMembers,
}

impl Localized {
    fn text(&self) -> Option<&str> {
        self.label.as_deref().filter(|text| !text.is_empty())
    }
}

impl Label {
    /// Creates a label with one text.
    ///
    /// ```
    /// use dataverse_definitions::Label;
    ///
    /// assert_eq!(Label::new(1033, "Loan").get(1033), Some("Loan"));
    /// ```
    pub fn new(language: u32, text: impl Into<String>) -> Self {
        Self::from_iter([(language, text.into())])
    }

    /// Returns the text in a language.
    pub fn get(&self, language: u32) -> Option<&str> {
        self.texts.iter().find(|each| each.language_code == language)?.text()
    }

    /// Returns the text in the first of these languages that the label has, else in the lowest locale id.
    pub fn in_any(&self, languages: &[u32]) -> Option<&str> {
        let preferred = languages.iter().find_map(|language| self.get(*language));
        preferred.or_else(|| self.iter().next().map(|(_, text)| text))
    }

    /// Returns the text in the language of whoever asked for the definition, else the first one. [`read`](crate::read) drops the
    /// former, because it differs from caller to caller.
    pub fn of_caller(&self) -> Option<&str> {
        let first = self.texts.first().and_then(Localized::text);
        self.of_caller.known().and_then(Localized::text).or(first)
    }

    /// Returns the locale ids and texts, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut texts: Vec<(u32, &str)> =
            self.texts.iter().filter_map(|each| Some((each.language_code, each.text()?))).collect();
        texts.sort_by_key(|(language, _)| *language);
        texts.into_iter()
    }

    /// Returns whether no language has a text.
    ///
    /// ```
    /// use dataverse_definitions::Label;
    ///
    /// assert!(Label::default().is_empty());
    /// assert!(!Label::new(1033, "Loan").is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(|each| each.text().is_none())
    }

    /// Keeps the texts alone, in the order of their languages.
    pub(crate) fn normalize(&mut self) {
        *self = self.iter().map(|(language, text)| (language, text.to_owned())).collect();
    }
}

impl FromIterator<(u32, String)> for Label {
    fn from_iter<I: IntoIterator<Item = (u32, String)>>(texts: I) -> Self {
        let mut label = Self::default();
        for (language_code, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            label.texts.retain(|each| each.language_code != language_code);
            label.texts.push(Localized { label: Some(text), language_code, ..Localized::default() });
        }
        label.texts.sort_by_key(|each| each.language_code);
        label
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Given {
    #[serde(default)]
    localized_labels: Option<Vec<Localized>>,
    #[serde(default)]
    user_localized_label: Fact<Localized>,
    #[serde(flatten)]
    other: OtherMembers,
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("LocalizedLabels", &self.texts)?;
        if !self.of_caller.is_not_asked() {
            map.serialize_entry("UserLocalizedLabel", &self.of_caller)?;
        }
        for (name, value) in self.other.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Given { localized_labels, user_localized_label: of_caller, other } =
            Given::deserialize(deserializer)?;
        Ok(Self { texts: localized_labels.unwrap_or_default(), of_caller, other })
    }
}
