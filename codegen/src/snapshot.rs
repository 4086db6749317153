//! The committed snapshot: a file for each table.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use dataverse_definitions::Table;
use serde::{Deserialize, Serialize};

/// The tables of an org as files, one a table: what code is generated from and checked against, without the org.
///
/// A file is the table's definition with sorted lists and without whatever differs from day to day, and the names that its
/// identifiers are locked to. It is meant to be committed.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Snapshot {
    /// The tables, by logical name.
    pub tables: BTreeMap<String, Table>,
    /// The locked names of each table, by its logical name. Those of a table that is gone stay: if it returns, so do they.
    pub names: BTreeMap<String, LockedNames>,
    /// The locked names of global option sets, by the name of the set.
    pub option_sets: BTreeMap<String, LockedOptionSet>,
}

/// Identifiers that stay as they are, whatever happens to labels.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LockedNames {
    /// The struct.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The module, if it has another name than its table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// The fields, by logical name.
    pub fields: BTreeMap<String, String>,
    /// The enums of option sets, by logical name of the column.
    pub option_sets: BTreeMap<String, String>,
    /// The variants of option sets, by logical name of the column and integer.
    pub options: BTreeMap<String, BTreeMap<i32, String>>,
    /// The enums of the tables that polymorphic lookups point to, by logical name of the lookup.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub targets: BTreeMap<String, String>,
    /// The consts of collections of related records, by schema name of the relationship.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub related: BTreeMap<String, String>,
}

/// The identifiers of a global option set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LockedOptionSet {
    /// The enum.
    pub name: String,
    /// The variants, by integer.
    pub options: BTreeMap<i32, String>,
}

/// The file of names that belong to no table of the snapshot. A logical name has no hyphen.
const SHARED: &str = "locked-names.json";

/// What [`SHARED`] holds.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Shared {
    option_sets: BTreeMap<String, LockedOptionSet>,
    /// The names of tables that are gone.
    tables: BTreeMap<String, LockedNames>,
}

/// The form of the files that this version writes. A later version may write another one, which this version refuses.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File {
    #[serde(default)]
    format: u32,
    definition: Table,
    #[serde(default)]
    names: LockedNames,
}

impl File {
    fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        // A later form may lack members that this version needs, so its number comes first.
        match serde_json::from_str::<Version>(text) {
            Ok(version) if version.format > FORMAT => Err(format!(
                "a newer version of `cargo dataverse` wrote the file (format {}, this version reads {FORMAT}); update with \
                 `cargo install dataverse-codegen`",
                version.format
            )),
            _ => serde_json::from_str(text).map_err(|error| {
                format!("not a snapshot: {error}; remove the file, and run `cargo dataverse pull`")
            }),
        }
    }
}

/// A snapshot that cannot be read or written. It names the file.
#[derive(Debug)]
pub struct SnapshotError {
    path: PathBuf,
    problem: String,
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.problem)
    }
}

impl std::error::Error for SnapshotError {}

impl SnapshotError {
    pub(crate) fn new(path: &Path, problem: impl fmt::Display) -> Self {
        Self { path: path.to_owned(), problem: problem.to_string() }
    }
}

impl Snapshot {
    /// Creates a snapshot of these tables, without locked names.
    pub fn new(tables: impl IntoIterator<Item = Table>) -> Self {
        let tables = tables.into_iter().map(|mut table| {
            table.normalize();
            (table.logical_name.clone(), table)
        });
        Self { tables: tables.collect(), ..Self::default() }
    }

    /// Reads the snapshot of a directory: its files `<table>.json`, and `locked-names.json` with the names that belong to none of
    /// them. A directory that does not exist is an empty snapshot.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read or is no snapshot of the table that it is named after.
    pub fn read(directory: &Path) -> Result<Self, SnapshotError> {
        let mut snapshot = Self::default();
        let entries = match fs::read_dir(directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(snapshot),
            Err(error) => return Err(SnapshotError::new(directory, error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| SnapshotError::new(directory, error))?.path();
            // Other files, such as a README, may be there, too.
            if path.extension().is_none_or(|extension| extension != "json") || path.is_dir() {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(|error| SnapshotError::new(&path, error))?;
            if path.ends_with(SHARED) {
                let shared: Shared = serde_json::from_str(&text).map_err(|error| {
                    SnapshotError::new(&path, format!("not the names of a snapshot: {error}; restore it"))
                })?;
                snapshot.option_sets = shared.option_sets;
                // A table that has returned has its names in its own file.
                for (table, names) in shared.tables {
                    snapshot.names.entry(table).or_insert(names);
                }
                continue;
            }
            let file = File::parse(&text).map_err(|problem| SnapshotError::new(&path, problem))?;
            let name = file.definition.logical_name.clone();
            if path.file_stem().and_then(|stem| stem.to_str()) != Some(&name) {
                let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
                let problem = match is_name {
                    true => format!("the file holds the table `{name}`; rename it to `{name}.json`"),
                    false => format!(
                        "`{name}` is no logical name of a table; remove the file, and run `cargo dataverse pull`"
                    ),
                };
                return Err(SnapshotError::new(&path, problem));
            }
            snapshot.names.insert(name.clone(), file.names);
            snapshot.tables.insert(name, file.definition);
        }
        Ok(snapshot)
    }

    /// Writes the snapshot to a directory, and removes the files of tables that are not in it. A file that says the same
    /// already is left alone. Files that are not of a snapshot stay.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written. If the disk is full or the directory read-only, no file has changed.
    pub fn write(&self, directory: &Path) -> Result<(), SnapshotError> {
        let mut files = Vec::new();
        for (name, table) in &self.tables {
            let path = directory.join(format!("{name}.json"));
            let names = self.names.get(name).cloned().unwrap_or_default();
            let file = File { format: FORMAT, definition: table.clone(), names };
            let mut text =
                serde_json::to_string_pretty(&file).map_err(|error| SnapshotError::new(&path, error))?;
            text.push('\n');
            files.push((path, text));
        }
        let is_gone = |name: &String| !self.tables.contains_key(name);
        let has_names = |names: &LockedNames| *names != LockedNames::default();
        let gone = self.names.iter().filter(|(name, names)| is_gone(name) && has_names(names));
        let shared = Shared {
            option_sets: self.option_sets.clone(),
            tables: gone.map(|(name, names)| (name.clone(), names.clone())).collect(),
        };
        let has_shared = !shared.option_sets.is_empty() || !shared.tables.is_empty();
        if has_shared {
            let path = directory.join(SHARED);
            let mut text =
                serde_json::to_string_pretty(&shared).map_err(|error| SnapshotError::new(&path, error))?;
            text.push('\n');
            files.push((path, text));
        }
        replace_all(directory, &files)?;
        for entry in fs::read_dir(directory).map_err(|error| SnapshotError::new(directory, error))? {
            let path = entry.map_err(|error| SnapshotError::new(directory, error))?.path();
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let is_shared = path.ends_with(SHARED);
            let is_current = if is_shared { has_shared } else { self.tables.contains_key(stem) };
            let is_snapshot =
                || is_shared || fs::read_to_string(&path).is_ok_and(|text| File::parse(&text).is_ok());
            if is_json && !is_current && is_snapshot() {
                fs::remove_file(&path).map_err(|error| SnapshotError::new(&path, error))?;
            }
        }
        Ok(())
    }
}

/// Replaces a file as a whole, so that a crash leaves the old one or the new one.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), SnapshotError> {
    let directory = path.parent().unwrap_or(Path::new(""));
    replace_all(directory, &[(path.to_owned(), text.to_owned())])
}

/// Replaces files in a directory and those below it, each as a whole. All of them are written under other names before the first one is
/// replaced, so a full disk changes none.
pub(crate) fn replace_all(directory: &Path, files: &[(PathBuf, String)]) -> Result<(), SnapshotError> {
    let directories = files.iter().filter_map(|(path, _)| path.parent()).chain([directory]);
    for directory in directories.filter(|directory| !directory.as_os_str().is_empty()) {
        fs::create_dir_all(directory).map_err(|error| SnapshotError::new(directory, error))?;
    }
    let changed = files.iter().filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text));
    let changed: Vec<(PathBuf, &PathBuf, &String)> = changed
        .map(|(path, text)| {
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(".part");
            (path.with_file_name(name), path, text)
        })
        .collect();
    let written = changed.iter().try_for_each(|(scratch, path, text)| {
        fs::write(scratch, text).map_err(|error| SnapshotError::new(path, error))
    });
    let replaced = written.and_then(|()| {
        changed.iter().try_for_each(|(scratch, path, _)| {
            fs::rename(scratch, path).map_err(|error| SnapshotError::new(path, error))
        })
    });
    if replaced.is_err() {
        for (scratch, _, _) in &changed {
            // What is left of them is no use to anybody; the problem itself is reported.
            let _ = fs::remove_file(scratch);
        }
    }
    replaced
}
