//! The enum of an option set.

use std::collections::{BTreeMap, HashSet};

use dataverse_definitions::{Fact, Kind, OptionDefinition, OptionSet};

use super::text::{self, doc, labels, literal};
use super::{Context, derive};
use crate::names;

/// The enum of an option set.
pub(super) struct Enum<'a> {
    pub(super) name: &'a str,
    pub(super) doc: String,
    pub(super) derives: &'a [String],
    pub(super) set: &'a OptionSet,
    /// The variants, by integer.
    pub(super) variants: &'a BTreeMap<i32, String>,
    /// For a state, the enum of the statuses; for a status, that of the states.
    pub(super) other: Option<Other<'a>>,
    pub(super) kind: Kind,
}

/// The enum that options of a state or status refer to.
pub(super) struct Other<'a> {
    pub(super) name: &'a str,
    pub(super) set: &'a OptionSet,
    pub(super) variants: &'a BTreeMap<i32, String>,
}

impl Other<'_> {
    /// The path of an option's variant. The names of options that are gone are still there, but not their variants.
    fn path(&self, integer: i32) -> Option<String> {
        let is_there = self.set.options.iter().any(|option| option.value == integer);
        let variant = self.variants.get(&integer).filter(|_| is_there)?;
        Some(format!("{}::{}", self.name, names::raw(variant)))
    }
}

/// Names the variant of each option, and locks these names. Names of options that are gone stay, for the day on which they
/// return.
pub(super) fn lock(
    set: &OptionSet,
    languages: &[u32],
    chosen: Option<&BTreeMap<String, String>>,
    locked: &mut BTreeMap<i32, String>,
) -> Result<(), String> {
    let mut values = HashSet::new();
    if let Some(twice) = set.options.iter().find(|option| !values.insert(option.value)) {
        return Err(format!("its definition has the option {} twice; pull the table again", twice.value));
    }
    for (integer, variant) in chosen.into_iter().flatten() {
        if let Ok(integer) = integer.parse() {
            locked.insert(integer, variant.clone());
        }
    }
    let options: Vec<(i32, Option<&str>)> = set
        .options
        .iter()
        .map(|option| (option.value, option.label.known().and_then(|label| label.in_any(languages))))
        .collect();
    locked.extend(names::variants(&options, locked));
    let mut by_name: BTreeMap<&str, i32> = BTreeMap::new();
    for option in &set.options {
        if let Some(other) = by_name.insert(&locked[&option.value], option.value)
            && other != option.value
        {
            let (name, value) = (&locked[&option.value], option.value);
            return Err(format!(
                "the options {other} and {value} would both be `{name}`; name them in `options`"
            ));
        }
    }
    Ok(())
}

/// The index of the option that the catch-all follows: the last one whose next integer is free, because Rust gives that integer to
/// the catch-all.
fn before_unknown(options: &[&OptionDefinition]) -> Option<usize> {
    let next_is_free = |index: &usize| {
        let next = options[*index].value.checked_add(1);
        next.is_some_and(|next| options.iter().all(|option| option.value != next))
    };
    (0..options.len()).rev().find(next_is_free)
}

/// Returns the source of an enum.
pub(super) fn source(context: &Context<'_>, of: &Enum<'_>) -> String {
    let languages = context.settings.languages();
    let mut variants = String::new();
    let unknown = "/// An option that this code does not know.\n#[option(unknown)]\nUnknown(i32),\n";
    let is_strict = context.settings.strict_option_sets && !of.set.options.is_empty();
    // By integer, and not in the order that people see: that may change, and code would change with it.
    let mut options: Vec<&OptionDefinition> = of.set.options.iter().collect();
    options.sort_by_key(|option| option.value);
    let before_unknown = if is_strict { None } else { before_unknown(&options) };
    for (index, option) in options.into_iter().enumerate() {
        let description = option.description.known().and_then(|label| label.in_any(languages));
        let label = option.label.known().and_then(|label| label.in_any(languages));
        let comment = description
            .or(label)
            .and_then(doc)
            .unwrap_or_else(|| format!("/// The option {}.\n", option.value));
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
        if let Some((key, Fact::Known(integer))) = related {
            // The integer, if the other column is not there to have an enum.
            let value = of.other.as_ref().and_then(|other| other.path(*integer));
            arguments.push(format!("{key} = {}", value.unwrap_or_else(|| integer.to_string())));
        }
        if !arguments.is_empty() {
            variants.push_str(&format!("#[option({})]\n", arguments.join(", ")));
        }
        variants.push_str(&format!(
            "{} = {},\n",
            names::raw(&of.variants[&option.value]),
            text::integer(option.value)
        ));
        if before_unknown == Some(index) {
            variants.push_str(unknown);
        }
    }
    let derives = context.settings.option_set_derives.iter().chain(of.derives);
    format!(
        "{}{}#[repr(i32)]\npub enum {} {{\n{variants}}}\n",
        of.doc,
        derive::attribute(&["Debug", "Clone", "Copy", "OptionSet"], derives),
        of.name
    )
}
