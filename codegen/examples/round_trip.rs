//! Writes a program from definitions, whose tables print the facts that they were generated from: `tests/interop/generated_tables`
//! compares the two.
//!
//! ```console
//! cargo run -p dataverse-codegen --example round_trip -- DIRECTORY DOCUMENT…
//! ```
//!
//! The tables are those that a DOCUMENT in JSON defines. A `$metadata` document adds what they do not say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use dataverse_codegen::{Settings, Snapshot, features, generate};
use dataverse_definitions::{Fact, Label, Table, read};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let directory = PathBuf::from(arguments.next().ok_or("name a directory")?);
    let texts = arguments
        .map(|path| fs::read_to_string(&path).map_err(|error| format!("{path}: {error}")))
        .collect::<std::result::Result<Vec<String>, String>>()?;
    let texts: Vec<&str> = texts.iter().map(|text| text.trim_start_matches('\u{feff}')).collect();
    let is_json = |text: &&&str| !text.trim_start().starts_with('<');
    let defined: Vec<&str> = texts.iter().filter(is_json).copied().collect();
    let names: BTreeSet<String> = read(&defined)?.into_iter().map(|table| table.logical_name).collect();
    let tables: Vec<Table> =
        read(&texts)?.into_iter().filter(|table| names.contains(&table.logical_name)).collect();

    let mut settings = Settings::default();
    settings.relationships = dataverse_codegen::Relationships::All;
    settings.languages = languages(&tables).into_iter().collect();
    let mut snapshot = Snapshot::new(tables);
    let files = generate(&mut snapshot, &settings)?;
    let module = directory.join("src/tables");
    fs::create_dir_all(&module)?;
    for (name, text) in &files {
        fs::write(module.join(name), text)?;
    }
    let paths: Vec<String> = snapshot
        .tables
        .keys()
        .map(|table| {
            let module = files.keys().find(|file| file.trim_end_matches(".rs") == table);
            let module = module.map_or(table.as_str(), |file| file.trim_end_matches(".rs"));
            let name = snapshot.names[table].table.as_deref().unwrap_or_default();
            format!("generated_definitions::tables::{module}::{name}")
        })
        .collect();
    fs::write(
        directory.join("src/lib.rs"),
        "//! Tables of an org.\n#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]\npub mod tables;\n",
    )?;
    fs::write(directory.join("src/main.rs"), program(&paths))?;
    let features = features(&snapshot, &settings).into_iter().collect::<Vec<_>>();
    fs::write(directory.join("Cargo.toml"), manifest(&features))?;
    let columns: usize = snapshot.tables.values().map(|table| table.attributes.len()).sum();
    println!("{} tables, {columns} columns", snapshot.tables.len());
    Ok(())
}

/// The program that prints the facts of all tables.
fn program(paths: &[String]) -> String {
    let tables: String =
        paths.iter().map(|path| format!("        <{path} as Entity>::METADATA,\n")).collect();
    format!(
        "//! Prints the facts of all tables.\nuse dataverse_entity::Entity;\n\nfn main() {{\n    let tables = [\n{tables}    ];\n    \
         println!(\"{{}}\", serde_json::to_string(&tables).expect(\"facts are JSON\"));\n}}\n"
    )
}

fn manifest(features: &[&str]) -> String {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("runtime");
    format!(
        "[package]\nname = \"generated_definitions\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\ndataverse-entity = {{ path = {library:?}, features = {features:?} }}\n\
         serde_json = {{ version = \"1\", features = [\"raw_value\"] }}\n"
    )
}

/// Every language that a label has.
fn languages(tables: &[Table]) -> BTreeSet<u32> {
    let mut languages = BTreeSet::from([1033]);
    let mut add = |label: &Fact<Label>| {
        languages.extend(label.known().into_iter().flat_map(Label::iter).map(|(language, _)| language));
    };
    for table in tables {
        [&table.display_name, &table.display_collection_name, &table.description]
            .into_iter()
            .for_each(&mut add);
        for column in &table.attributes {
            [&column.display_name, &column.description].into_iter().for_each(&mut add);
            let Some(set) = column.options() else { continue };
            let booleans = [&set.true_option, &set.false_option].into_iter().filter_map(Fact::known);
            set.options.iter().chain(booleans).for_each(|option| add(&option.label));
        }
    }
    languages
}
