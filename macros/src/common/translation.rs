//! Texts in languages other than English, as tables, columns and options have them.

use darling::FromMeta;
use proc_macro2::TokenStream;
use quote::quote;

use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Keyed, Number, Text};

/// `translation(language = 1030, display = "Emne", description = "…")`
#[derive(Debug, Clone, Default, FromMeta)]
#[darling(default)]
pub(crate) struct TranslationArgs {
    pub(crate) language: Option<Number>,
    pub(crate) display: Option<Text>,
    pub(crate) display_collection: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) label: Option<Text>,
    pub(crate) true_label: Option<Text>,
    pub(crate) false_label: Option<Text>,
}

impl TranslationArgs {
    /// Returns the texts: the key of each, its name in the library, and the text.
    fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str, &Text)> {
        let texts = [
            ("display", "display_name", &self.display),
            ("display_collection", "display_collection_name", &self.display_collection),
            ("description", "description", &self.description),
            ("label", "display_name", &self.label),
            ("true_label", "true_label", &self.true_label),
            ("false_label", "false_label", &self.false_label),
        ];
        texts.into_iter().filter_map(|(key, method, text)| Some((key, method, text.as_ref()?)))
    }

    fn language(&self) -> Option<u16> {
        self.language.as_ref()?.digits.parse().ok()
    }
}

/// Checks that each translation has another language, and only texts that the translated item has.
pub(crate) fn check(all: &[Keyed<TranslationArgs>], takes: &[&str], diagnostics: &mut Diagnostics) {
    const ENGLISH: u16 = 1033;
    let mut seen: Vec<u16> = Vec::new();
    for keyed in all {
        let args = &keyed.value;
        let span = args.language.as_ref().map_or_else(|| keyed.span(), |number| number.span);
        match args.language() {
            None => diagnostics.help(
                span,
                "this translation does not name its language",
                "add `language = 1030` with the language's locale id (1030 is Danish)",
            ),
            Some(ENGLISH) => diagnostics.help(
                span,
                "1033 is English, the language of the other texts",
                "write the English text outside of `translation(…)`",
            ),
            Some(language) if seen.contains(&language) => {
                diagnostics.error(span, format!("there is already a translation into {language}"));
            }
            Some(language) => seen.push(language),
        }
        for (key, _, text) in args.texts().filter(|(key, ..)| !takes.contains(key)) {
            let takes: Vec<_> = takes.iter().map(|key| format!("`{key}`")).collect();
            diagnostics.help(
                text.span,
                format!("a translation has no `{key}` here"),
                format!("write {}", takes.join(", ")),
            );
        }
    }
}

/// Returns the translations as a list of the library's type, or `None` if there are none.
pub(crate) fn list(all: &[Keyed<TranslationArgs>]) -> Option<TokenStream> {
    let each = all.iter().map(|keyed| {
        let language = keyed.value.language().unwrap_or_default();
        let texts = keyed.value.texts().map(|(_, method, text)| {
            let (method, text) = (crate::common::names::runtime(method), &text.value);
            quote!(.#method(#text))
        });
        quote!(__dv::Translation::new(#language) #(#texts)*)
    });
    (!all.is_empty()).then(|| quote!(&[#(#each),*]))
}
