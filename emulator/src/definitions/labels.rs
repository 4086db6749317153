//! The languages of labels.

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::uri::Options;

/// The languages to answer; `None` for all.
#[derive(Debug, Clone, Default)]
pub(super) struct Languages(Option<Vec<i64>>);

impl Languages {
    /// Returns the languages of `LabelLanguages=1033,1036`.
    pub(super) fn of_options(options: &Options) -> Result<Self> {
        let Some(text) = options.get("LabelLanguages") else { return Ok(Self(None)) };
        let wrong = || {
            Refusal::query_not_supported(format!(
                "The value '{text}' of LabelLanguages is not a list of language codes."
            ))
        };
        let codes = text.split(',').map(|code| code.trim().parse().map_err(|_| wrong()));
        Ok(Self(Some(codes.collect::<Result<_>>()?)))
    }

    /// Returns the languages of a `LabelQuery`; an empty list means all.
    pub(super) fn of_query(query: Option<&Json>) -> Self {
        let codes = query.map(|query| query.list("FilterLanguages")).unwrap_or_default();
        let codes: Vec<i64> = codes
            .iter()
            .filter_map(|code| match code {
                Json::Number(text) => text.parse().ok(),
                _ => None,
            })
            .collect();
        Self((!codes.is_empty()).then_some(codes))
    }

    /// Removes all other languages from the labels of a value, and adds the members that every label has.
    pub(super) fn keep(&self, value: &mut Json) {
        match value {
            Json::Array(elements) => elements.iter_mut().for_each(|each| self.keep(each)),
            Json::Object(members) => {
                for (name, member) in members.iter_mut() {
                    self.keep_in(name, member);
                }
            }
            _ => {}
        }
    }

    fn keep_in(&self, name: &str, member: &mut Json) {
        if name == "UserLocalizedLabel" && !matches!(member, Json::Null) {
            if self.has(member) {
                complete(member)
            } else {
                *member = Json::Null
            }
            return;
        }
        match (name, member) {
            ("LocalizedLabels", Json::Array(labels)) => {
                labels.retain(|label| self.has(label));
                labels.iter_mut().for_each(complete);
            }
            (_, member) => self.keep(member),
        }
    }

    fn has(&self, label: &Json) -> bool {
        let Self(Some(codes)) = self else { return true };
        label.integer("LanguageCode").is_some_and(|code| codes.contains(&code))
    }
}

fn complete(label: &mut Json) {
    let Json::Object(members) = label else { return };
    for name in ["IsManaged", "MetadataId", "HasChanged"] {
        if !members.iter().any(|(each, _)| each == name) {
            members.push((name.to_owned(), Json::Null));
        }
    }
}
