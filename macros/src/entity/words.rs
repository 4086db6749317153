//! Words that stand for facts, each with the library's name for it.

use proc_macro2::{Ident, Span};

use crate::common::diagnostics::Diagnostics;
use crate::common::meta::Text;
use crate::common::suggest;

/// Words and the variants they stand for.
pub(super) type Vocabulary = &'static [(&'static str, &'static str)];

/// Stands for the logical name of the target in the name of a navigation property.
pub(super) const TABLE: &str = "{table}";

pub(super) const OWNERSHIP: Vocabulary = &[
    ("user", "UserOwned"),
    ("organization", "OrganizationOwned"),
    ("business", "BusinessOwned"),
    ("none", "None"),
];

pub(super) const TABLE_TYPE: Vocabulary =
    &[("standard", "Standard"), ("virtual", "Virtual"), ("elastic", "Elastic")];

pub(super) const COMPUTED: Vocabulary =
    &[("calculated", "Calculated"), ("rollup", "Rollup"), ("formula", "Formula")];

pub(super) const REQUIRED: Vocabulary = &[
    ("none", "None"),
    ("recommended", "Recommended"),
    ("application", "ApplicationRequired"),
    ("system", "SystemRequired"),
];

pub(super) const CASCADE: Vocabulary = &[
    ("no_cascade", "NoCascade"),
    ("cascade", "Cascade"),
    ("active", "Active"),
    ("user_owned", "UserOwned"),
    ("remove_link", "RemoveLink"),
    ("restrict", "Restrict"),
];

pub(super) const STRING_FORMAT: Vocabulary = &[
    ("text", "Text"),
    ("text_area", "TextArea"),
    ("email", "Email"),
    ("url", "Url"),
    ("phone", "Phone"),
    ("ticker_symbol", "TickerSymbol"),
    ("version_number", "VersionNumber"),
    ("phonetic_guide", "PhoneticGuide"),
    ("json", "Json"),
    ("rich_text", "RichText"),
];

pub(super) const INTEGER_FORMAT: Vocabulary = &[
    ("none", "None"),
    ("duration", "Duration"),
    ("time_zone", "TimeZone"),
    ("language", "Language"),
    ("locale", "Locale"),
];

pub(super) const BEHAVIOR: Vocabulary = &[
    ("user_local", "UserLocal"),
    ("date_only", "DateOnly"),
    ("time_zone_independent", "TimeZoneIndependent"),
];

pub(super) const DATETIME_FORMAT: Vocabulary = &[("date_only", "DateOnly"), ("date_and_time", "DateAndTime")];

/// Returns the variant that a word stands for. Reports an unknown word.
pub(super) fn variant(
    key: &str,
    text: Option<&Text>,
    vocabulary: Vocabulary,
    diagnostics: &mut Diagnostics,
) -> Option<Ident> {
    let text = text?;
    match vocabulary.iter().find(|(word, _)| *word == text.value) {
        Some((_, variant)) => Some(Ident::new(variant, Span::mixed_site())),
        None => {
            let words = vocabulary.iter().map(|(word, _)| *word);
            diagnostics.help(
                text.span,
                format!("`{}` is not a value of `{key}`", text.value),
                suggest::help(&text.value, words),
            );
            None
        }
    }
}
