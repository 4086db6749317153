//! Builds the same tables twice: with the derive, and written by hand.

use std::path::{Path, PathBuf};

use crate::report::{self, Figure};
use crate::{cargo, folder, library, ours, theirs};

/// A package of tables.
struct Package {
    folder: PathBuf,
    is_ours: bool,
    tables: usize,
}

pub fn measure(tables: usize, rounds: usize) -> Result<(), String> {
    let packages = [true, false].map(|is_ours| {
        let name = if is_ours { "ours" } else { "theirs" };
        Package { folder: folder("tables").join(name), is_ours, tables }
    });
    for package in &packages {
        package.write()?;
        // Builds of the dependencies are not measured.
        for arguments in [&["check"][..], &["build"], &["build", "--release"]] {
            eprintln!("{}: cargo {} …", package.folder.display(), arguments.join(" "));
            cargo::run(&package.folder, arguments)?;
        }
    }
    let mut check = Figure::new("`cargo check`", "s");
    let mut dev = Figure::new("`cargo build`", "s");
    let mut rebuild = Figure::new("`cargo build` after a change in one table", "s");
    let mut release = Figure::new("`cargo build --release`", "s");
    let mut dev_size = Figure::new("rlib of the dev build", "MB");
    let mut release_size = Figure::new("rlib of the release build", "MB");
    for round in 0..rounds {
        eprintln!("round {} of {rounds} …", round + 1);
        for package in &packages {
            let put = |figure: &mut Figure, value: f64| figure.put(package.is_ours, value);
            put(&mut check, package.afresh(&["check"])?);
            put(&mut dev, package.afresh(&["build"])?);
            put(&mut dev_size, package.size("debug")?);
            package.write_table(0, &format!("Round {round}"))?;
            put(&mut rebuild, cargo::run(&package.folder, &["build"])?.as_secs_f64());
            put(&mut release, package.afresh(&["build", "--release"])?);
            put(&mut release_size, package.size("release")?);
        }
    }
    println!("{tables} tables of {} columns and three option sets:\n", crate::shape::COLUMNS.len());
    report::print(&[check, dev, rebuild, release, dev_size, release_size]);
    Ok(())
}

impl Package {
    fn write(&self) -> Result<(), String> {
        let dependencies = if self.is_ours {
            format!("dataverse-entity = {{ path = \"{}\" }}", library().display())
        } else {
            "jiff = { version = \"1\", default-features = false, features = [\"std\", \"serde\"] }\n\
             serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nserde_repr = \"0.1\"\n\
             uuid = { version = \"1\", features = [\"serde\"] }"
                .to_owned()
        };
        let manifest = format!(
            "[package]\nname = \"tables\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
        );
        cargo::write(&self.folder.join("Cargo.toml"), &manifest)?;
        let modules: String = (0..self.tables).map(|table| format!("pub mod table{table};\n")).collect();
        cargo::write(&self.file("lib"), &format!("//! Tables.\n\n{modules}"))?;
        (0..self.tables).try_for_each(|table| self.write_table(table, "A table"))
    }

    fn write_table(&self, table: usize, mark: &str) -> Result<(), String> {
        let text =
            if self.is_ours { ours::module(table, self.tables, mark) } else { theirs::module(table, mark) };
        cargo::write(&self.file(&format!("table{table}")), &text)
    }

    fn file(&self, module: &str) -> PathBuf {
        self.folder.join("src").join(module).with_extension("rs")
    }

    /// Builds the package anew on dependencies that are built, and returns the seconds.
    fn afresh(&self, arguments: &[&str]) -> Result<f64, String> {
        let profile = if arguments.contains(&"--release") { "release" } else { "dev" };
        cargo::run(&self.folder, &["clean", "--package", "tables", "--profile", profile])?;
        cargo::run(&self.folder, arguments).map(|time| time.as_secs_f64())
    }

    /// Returns the size of the library in megabytes.
    fn size(&self, profile: &str) -> Result<f64, String> {
        let file = self.folder.join("target").join(profile).join("libtables.rlib");
        bytes(&file).map(|bytes| bytes as f64 / 1e6)
    }
}

fn bytes(file: &Path) -> Result<u64, String> {
    std::fs::metadata(file).map(|data| data.len()).map_err(|error| format!("{}: {error}", file.display()))
}
