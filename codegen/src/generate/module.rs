//! The module of the tables.

use std::collections::BTreeSet;

use super::text::{self, HEADER};
use super::{Context, GenerateError};
use crate::names;

/// The file `mod.rs`. rustfmt leaves the other files alone: prettyplease lays them out, and `generate --check` compares them.
pub(super) fn root(
    context: &Context<'_>,
    features: &BTreeSet<&'static str>,
) -> Result<String, GenerateError> {
    let mut source = "//! Tables of an org.\n".to_owned();
    if !features.is_empty() {
        let features: Vec<String> = features.iter().map(|feature| format!("`{feature}`")).collect();
        source.push_str(&format!(
            "//!\n//! `dataverse-entity` needs these features for them: {}.\n",
            features.join(", ")
        ));
    }
    for (table, module) in &context.names.modules {
        source.push_str(&format!(
            "/// The table `{table}`.\n#[rustfmt::skip]\npub mod {};\n",
            names::raw(module)
        ));
    }
    if !context.global.is_empty() {
        source.push_str(
            "/// Option sets that several columns share.\n#[rustfmt::skip]\npub mod option_sets;\n",
        );
    }
    Ok(format!("{HEADER}{}", text::format("mod.rs", &source)?))
}
