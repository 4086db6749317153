//! The package that prints `METADATA` of the structs.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::Code;
use super::package::{Crate, text};
use super::problem::StructsError;

/// The package on the disk.
#[derive(Debug)]
pub(super) struct Scratch {
    /// The path of the manifest.
    pub(super) manifest: PathBuf,
    /// The name of the package and of its program.
    pub(super) name: String,
}

/// What stands before the first struct in the program.
const START: &str = r#"// Written by `cargo dataverse`: prints the definitions that structs declare.

use dataverse_entity::Entity;

/// The definition, and the navigation properties of each lookup, which no member of the definition has.
fn table<T: Entity>(name: &str) -> String {
    let metadata = T::METADATA;
    let definition = serde_json::to_string(metadata).expect("metadata is JSON");
    let mut navigation = Vec::new();
    for column in metadata.attributes {
        for target in column.attribute_type.targets() {
            if let Some(property) = column.navigation.property_to(target.logical_name) {
                navigation.push(serde_json::json!({
                    "lookup": column.logical_name,
                    "target": target.logical_name,
                    "key": target.primary_id_attribute,
                    "property": property,
                }));
            }
        }
    }
    let navigation = serde_json::Value::from(navigation);
    let name = serde_json::Value::from(name);
    format!("{{\"name\":{name},\"definition\":{definition},\"navigation\":{navigation}}}")
}

fn main() {
    let tables = [
"#;

/// The line of the first struct, from one.
pub(super) fn first_line() -> usize {
    START.lines().count() + 1
}

/// The paths of the structs, from the root of the crate.
pub(super) fn types(names: &[String], package: &Crate) -> Result<Vec<String>, StructsError> {
    let path = |name: &String| {
        let path = name.trim();
        let path = path.strip_prefix("crate::").unwrap_or(path);
        let path = path.strip_prefix(&format!("{}::", package.library)).unwrap_or(path);
        syn::parse_str::<syn::Path>(path).map(|_| path.to_owned()).map_err(|_| {
            StructsError::new(format!("`{name}` is no path of a struct; write it as in `tables::Loan`"))
        })
    };
    names.iter().map(path).collect()
}

/// Writes the package below the target directory.
pub(super) fn write(code: &Code, package: &Crate, types: &[String]) -> Result<Scratch, StructsError> {
    // Crates can share a target directory, and commands can run at the same time: each choice has a package of its own.
    let mut hasher = DefaultHasher::new();
    (&package.directory, types, &code.features, code.default_features).hash(&mut hasher);
    let name = format!("cargo-dataverse-{}-{:016x}", package.library, hasher.finish());
    let directory = package.target.join("cargo-dataverse").join(&name);
    let sources = directory.join("src");
    fs::create_dir_all(&sources).map_err(|error| StructsError::at(&sources, error))?;
    let mut program = START.to_owned();
    for name in types {
        let library = &package.library;
        program.push_str(&format!("        table::<{library}::{name}>({name:?}),\n"));
    }
    program.push_str("    ];\n    println!(\"[{}]\", tables.join(\",\"));\n}\n");
    replace(&sources.join("main.rs"), &program)?;
    let manifest = directory.join("Cargo.toml");
    replace(&manifest, &self::manifest(code, package, &name)?)?;
    // The same versions as those of the crate, which are there already.
    let lock = package.workspace.join("Cargo.lock");
    if let Ok(versions) = fs::read_to_string(&lock) {
        let copy = directory.join("Cargo.lock");
        if !copy.exists() || is_newer(&lock, &copy) {
            replace(&copy, &versions)?;
        }
    }
    Ok(Scratch { manifest, name })
}

fn is_newer(file: &Path, other: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    modified(file) >= modified(other)
}

fn manifest(code: &Code, package: &Crate, name: &str) -> Result<String, StructsError> {
    let features: Vec<String> = code.features.iter().map(|feature| text(feature)).collect();
    let path = package.directory.display().to_string();
    // The empty table keeps the package out of the workspace around it.
    let mut manifest = format!(
        "# Written by `cargo dataverse`.\n[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\npublish = false\n\n\
         [workspace]\n\n[dependencies]\n{} = {{ package = {}, path = {}, default-features = {}, features = [{}] }}\n{}",
        package.library,
        text(&package.name),
        text(&path),
        code.default_features,
        features.join(", "),
        package.dependencies,
    );
    if let Some(patches) = patches(&package.workspace)? {
        manifest.push('\n');
        manifest.push_str(&patches);
    }
    Ok(manifest)
}

/// The `[patch]` tables of a workspace. Cargo reads them from the root only, so the package needs its own copy.
fn patches(workspace: &Path) -> Result<Option<String>, StructsError> {
    let path = workspace.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| StructsError::at(&path, error))?;
    let manifest: toml::Table = toml::from_str(&text).map_err(|error| StructsError::at(&path, error))?;
    let Some(toml::Value::Table(mut patch)) = manifest.get("patch").cloned() else { return Ok(None) };
    for (_, sources) in &mut patch {
        for dependency in sources.as_table_mut().into_iter().flatten().map(|(_, dependency)| dependency) {
            if let Some(relative) = dependency.get("path").and_then(toml::Value::as_str) {
                let absolute = workspace.join(relative).display().to_string();
                if let Some(members) = dependency.as_table_mut() {
                    members.insert("path".to_owned(), absolute.into());
                }
            }
        }
    }
    let table = toml::Table::from_iter([("patch".to_owned(), toml::Value::Table(patch))]);
    Ok(Some(table.to_string()))
}

/// Replaces a file as a whole if it differs: cargo builds anew what has changed.
fn replace(path: &Path, text: &str) -> Result<(), StructsError> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let part = path.with_extension(format!("{}.part", std::process::id()));
    fs::write(&part, text)
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| StructsError::at(path, error))
}
