//! Generated code as a crate of its own.
//!
//! rustc checks a crate as a whole: from about a hundred tables on, a change anywhere in a program costs it more than the
//! program itself. In a crate of their own, tables are checked when they change.

use std::collections::{BTreeMap, BTreeSet};

/// The manifest. The tool writes it once; then it belongs to the user, who adds what derives and types of one's own need.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// Moves the files of a module into a crate, and adds its manifest.
pub(super) fn of_module(
    name: &str,
    module: BTreeMap<String, String>,
    features: &BTreeSet<&'static str>,
) -> BTreeMap<String, String> {
    let place = |file: String| match file.as_str() {
        "mod.rs" => "src/lib.rs".to_owned(),
        _ => format!("src/{file}"),
    };
    let mut files: BTreeMap<String, String> =
        module.into_iter().map(|(file, text)| (place(file), text)).collect();
    files.insert(MANIFEST.to_owned(), manifest(name, features));
    files
}

fn manifest(name: &str, features: &BTreeSet<&'static str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let dependency = if features.is_empty() {
        format!("\"{version}\"")
    } else {
        let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
        format!("{{ version = \"{version}\", features = [{}] }}", features.join(", "))
    };
    format!(
        "# `cargo dataverse generate` wrote this file once, and does not change it again.\n\
         [package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n\
         [dependencies]\ndataverse-entity = {dependency}\n"
    )
}

/// Returns what is wrong with the name of a crate.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_part) {
        return Ok(());
    }
    Err(format!(
        "`crate = \"{name}\"` is not the name of a crate: it starts with a letter, and has letters, digits, `-` and `_`"
    ))
}
