//! Builds from nothing for each feature, which a user waits for once.

use std::path::{Path, PathBuf};

use crate::report::median;
use crate::{cargo, folder, library};

const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"";

/// The builds that are compared with serde's: a name, and the features.
const BUILDS: [(&str, &[&str]); 9] = [
    ("no features", &[]),
    ("`jiff`", &["jiff"]),
    ("`chrono`", &["chrono"]),
    ("`time`", &["time"]),
    ("`rust_decimal`", &["rust_decimal"]),
    ("`base64`", &["base64"]),
    ("`messages`", &["messages"]),
    ("default: `jiff`, `messages`, `tables`", &["jiff", "messages", "tables"]),
    ("default and `client`", &["jiff", "messages", "tables", "client"]),
];

pub fn measure(rounds: usize) -> Result<(), String> {
    let base = write("serde", SERDE)?;
    let mut packages = Vec::new();
    for (index, (_, features)) in BUILDS.iter().enumerate() {
        let features: Vec<String> = features.iter().map(|feature| format!("{feature:?}")).collect();
        let dependency = format!(
            "dataverse-entity = {{ path = \"{}\", default-features = false, features = [{}] }}",
            library().display(),
            features.join(", ")
        );
        packages.push(write(&format!("features-{index}"), &dependency)?);
    }
    let mut ratios = vec![Vec::new(); packages.len()];
    for round in 0..rounds {
        eprintln!("round {} of {rounds} …", round + 1);
        let serde = seconds(&base)?;
        for (package, ratios) in packages.iter().zip(&mut ratios) {
            ratios.push(seconds(package)? / serde);
        }
    }
    println!("| | `cargo build` from nothing, over serde and serde_json | crates |\n|---|---|---|");
    println!("| serde with derive, serde_json | 1 | {} |", crates(&base)?);
    for (((name, _), package), ratios) in BUILDS.iter().zip(&packages).zip(ratios) {
        println!("| {name} | {:.2} | {} |", median(ratios), crates(package)?);
    }
    Ok(())
}

fn write(name: &str, dependencies: &str) -> Result<PathBuf, String> {
    let folder = folder("cold").join(name);
    let manifest = format!(
        "[package]\nname = \"cold\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
    );
    cargo::write(&folder.join("Cargo.toml"), &manifest)?;
    cargo::write(&folder.join("src/lib.rs"), "//! Nothing of its own.\n")?;
    // Downloads are not measured.
    cargo::run(&folder, &["fetch"])?;
    Ok(folder)
}

fn seconds(folder: &Path) -> Result<f64, String> {
    cargo::run(folder, &["clean"])?;
    cargo::run(folder, &["build"]).map(|time| time.as_secs_f64())
}

/// Returns the number of crates that are built, without the package itself.
fn crates(folder: &Path) -> Result<usize, String> {
    let (_, tree) =
        cargo::output(folder, &["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"])?;
    let mut names: Vec<&str> = tree.lines().skip(1).filter(|line| !line.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.len())
}
