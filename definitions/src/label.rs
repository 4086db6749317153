//! Texts in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text in each language that the org has it in, by locale id such as 1033 (English).
///
/// `UserLocalizedLabel` is not kept: it depends on the language of whoever asked.
///
/// ```
/// use dataverse_definitions::Label;
///
/// let label: Label = serde_json::from_str(r#"{"LocalizedLabels":[{"Label":"Maskine","LanguageCode":1030}]}"#)?;
/// assert_eq!(label.get(1030), Some("Maskine"));
/// assert_eq!(label.in_any(&[1033, 1030]), Some("Maskine"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label(BTreeMap<u32, String>);

impl Label {
    /// Creates a label with one text.
    pub fn new(language: u32, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(language, text.into())]))
    }

    /// Returns the text in a language.
    pub fn get(&self, language: u32) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// Returns the text in the first of these languages that the label has, else in the lowest locale id.
    pub fn in_any(&self, languages: &[u32]) -> Option<&str> {
        let preferred = languages.iter().find_map(|language| self.get(*language));
        preferred.or_else(|| self.0.values().next().map(String::as_str))
    }

    /// Returns the locale ids and texts, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str()))
    }

    /// Returns whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(u32, String)> for Label {
    fn from_iter<I: IntoIterator<Item = (u32, String)>>(texts: I) -> Self {
        Self(texts.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Localized {
    label: Option<String>,
    language_code: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Shape {
    #[serde(default)]
    localized_labels: Option<Vec<Localized>>,
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let localized =
            |(language_code, text): (u32, &str)| Localized { label: Some(text.to_owned()), language_code };
        Shape { localized_labels: Some(self.iter().map(localized).collect()) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape = Shape::deserialize(deserializer)?;
        let texts = shape.localized_labels.unwrap_or_default().into_iter();
        Ok(texts.filter_map(|each| Some((each.language_code, each.label?))).collect())
    }
}
