//! Enums of option sets.

use std::collections::BTreeMap;

use dataverse_definitions::{Fact, Kind, OptionSet};

use super::text::{self, HEADER, doc, labels, literal};
use super::{Context, GenerateError};
use crate::names;
use crate::snapshot::Snapshot;

/// The enum of an option set.
pub(super) struct Enum<'a> {
    pub(super) name: &'a str,
    pub(super) doc: String,
    pub(super) set: &'a OptionSet,
    /// The variants, by integer.
    pub(super) variants: &'a BTreeMap<i32, String>,
    /// For a state, the enum of the statuses, and their variants; for a status, those of the states.
    pub(super) other: Option<(&'a str, &'a BTreeMap<i32, String>)>,
    pub(super) kind: Kind,
}

/// Returns the variant of each option.
pub(super) fn variants(
    set: &OptionSet,
    languages: &[u32],
    locked: &BTreeMap<i32, String>,
) -> BTreeMap<i32, String> {
    let options: Vec<(i32, Option<&str>)> = set
        .options
        .iter()
        .map(|option| (option.value, option.label.known().and_then(|label| label.in_any(languages))))
        .collect();
    names::variants(&options, locked)
}

/// Returns the source of an enum.
pub(super) fn source(context: &Context<'_>, of: &Enum<'_>) -> String {
    let languages = context.settings.languages();
    let mut variants = String::new();
    for option in &of.set.options {
        let description = option.description.known().and_then(|label| label.in_any(languages));
        let label = option.label.known().and_then(|label| label.in_any(languages));
        let comment =
            description.or(label).map_or_else(|| format!("/// The option {}.\n", option.value), doc);
        variants.push_str(&comment);
        let mut arguments = labels(&[("label", &option.label)], languages);
        if let (Kind::State, Some(name)) = (of.kind, option.invariant_name.text()) {
            arguments.push(format!("invariant = {}", literal(name)));
        }
        let related = match of.kind {
            Kind::State => Some(("default_status", &option.default_status)),
            Kind::Status => Some(("state", &option.state)),
            _ => None,
        };
        if let (Some((key, Fact::Known(integer))), Some((ty, variants))) = (related, of.other)
            && let Some(variant) = variants.get(integer)
        {
            arguments.push(format!("{key} = {ty}::{variant}"));
        }
        if !arguments.is_empty() {
            variants.push_str(&format!("#[option({})]\n", arguments.join(", ")));
        }
        variants.push_str(&format!("{} = {},\n", of.variants[&option.value], text::integer(option.value)));
    }
    if !context.settings.strict_option_sets || of.set.options.is_empty() {
        variants.push_str("/// An option that this code does not know.\n#[option(unknown)]\nUnknown(i32),\n");
    }
    format!(
        "{}#[derive(Debug, Clone, Copy, OptionSet)]\n#[repr(i32)]\npub enum {} {{\n{variants}}}\n",
        of.doc, of.name
    )
}

/// The file of the global option sets. Keeps their variants in the context.
pub(super) fn global_file(
    context: &mut Context<'_>,
    sets: &BTreeMap<String, OptionSet>,
    snapshot: &Snapshot,
) -> Result<String, GenerateError> {
    let languages = context.settings.languages().to_vec();
    let mut source =
        "//! Option sets that several columns share.\nuse dataverse_entity::OptionSet;\n".to_owned();
    for (name, set) in sets {
        let variants = variants(set, &languages, &locked(snapshot, name));
        let description = set.description.known().and_then(|label| label.in_any(&languages));
        let display = set.display_name.known().and_then(|label| label.in_any(&languages));
        let comment =
            description.or(display).map_or_else(|| format!("/// The global option set `{name}`.\n"), doc);
        let of = Enum {
            name: &context.global_names[name],
            doc: comment,
            set,
            variants: &variants,
            other: None,
            kind: Kind::Picklist,
        };
        source.push_str(&self::source(context, &of));
        context.global_variants.insert(name.clone(), variants);
    }
    Ok(format!("{HEADER}{}", text::format(&source)?))
}

/// The locked variants of a global option set: those of any column that has it.
fn locked(snapshot: &Snapshot, name: &str) -> BTreeMap<i32, String> {
    let mut locked = BTreeMap::new();
    for (logical_name, table) in &snapshot.tables {
        let Some(names) = snapshot.names.get(logical_name) else { continue };
        for column in table.attributes.iter().filter(|column| column.global_option_set_name() == Some(name)) {
            locked.extend(
                names
                    .options
                    .get(&column.logical_name)
                    .into_iter()
                    .flatten()
                    .map(|(key, name)| (*key, name.clone())),
            );
        }
    }
    locked
}
