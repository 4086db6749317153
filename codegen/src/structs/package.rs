//! The crate of the structs, as cargo knows it.

use std::path::{Path, PathBuf};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package, TargetKind};

use super::problem::StructsError;

/// A crate with a library that depends on `dataverse-entity`.
#[derive(Debug)]
pub(super) struct Crate {
    /// The name of the package.
    pub(super) name: String,
    /// The name of the library in paths.
    pub(super) library: String,
    /// The directory of the package.
    pub(super) directory: PathBuf,
    /// The directory of the workspace, which has the lock file.
    pub(super) workspace: PathBuf,
    /// Where cargo puts what it builds.
    pub(super) target: PathBuf,
    /// `dataverse-entity` and `serde_json`, as lines of a manifest.
    pub(super) dependencies: String,
}

/// The library that the structs derive their traits with.
const ENTITY: &str = "dataverse-entity";

/// Finds the crate in a directory.
pub(super) fn find(path: &Path) -> Result<Crate, StructsError> {
    let manifest = if path.ends_with("Cargo.toml") { path.to_owned() } else { path.join("Cargo.toml") };
    let manifest = manifest.canonicalize().map_err(|_| {
        StructsError::at(path, "there is no Cargo.toml; name the directory of the crate with the structs")
    })?;
    let metadata = metadata(&manifest)?;
    let package = metadata.packages.iter().find(|package| is_at(package, &manifest)).ok_or_else(|| {
        let members: Vec<&str> =
            metadata.workspace_packages().iter().map(|each| each.name.as_str()).collect();
        let members = members.join(", ");
        StructsError::at(
            path,
            format!("this is a workspace; name the directory of one of its crates: {members}"),
        )
    })?;
    let is_library = |kind: &TargetKind| matches!(kind, TargetKind::Lib | TargetKind::RLib);
    let library =
        package.targets.iter().find(|target| target.kind.iter().any(is_library)).ok_or_else(|| {
            StructsError::at(
                path,
                "the crate has no library; move the structs to `src/lib.rs`, which its program can use",
            )
        })?;
    let find = |name: &str| metadata.packages.iter().find(|package| package.name.as_str() == name);
    let entity = find(ENTITY)
        .ok_or_else(|| StructsError::at(path, format!("the crate does not depend on `{ENTITY}`")))?;
    let json =
        find("serde_json").map(dependency).transpose()?.unwrap_or_else(|| r#"version = "1""#.to_owned());
    Ok(Crate {
        name: package.name.to_string(),
        library: library.name.replace('-', "_"),
        directory: manifest.parent().unwrap_or(path).to_owned(),
        workspace: metadata.workspace_root.clone().into(),
        target: metadata.target_directory.clone().into(),
        dependencies: format!(
            "{ENTITY} = {{ {}, default-features = false }}\nserde_json = {{ {json} }}\n",
            dependency(entity)?
        ),
    })
}

fn is_at(package: &Package, manifest: &Path) -> bool {
    Path::new(&package.manifest_path).canonicalize().is_ok_and(|path| path == manifest)
}

/// The packages of the crate, as its lock file has them. Asks the network only if it has to.
fn metadata(manifest: &Path) -> Result<Metadata, StructsError> {
    let mut command = MetadataCommand::new();
    command.manifest_path(manifest).features(CargoOpt::AllFeatures);
    if let Some(directory) = manifest.parent() {
        command.current_dir(directory);
    }
    let offline = command.clone().other_options(["--offline".to_owned()]).exec();
    offline.or_else(|_| command.exec()).map_err(|error| {
        let problem = match &error {
            cargo_metadata::Error::CargoMetadata { stderr } => stderr.trim().to_owned(),
            error => error.to_string(),
        };
        StructsError::at(manifest, format!("cargo cannot read the crate:\n{problem}"))
    })
}

/// The same version of a package from the same source, as members of a dependency.
fn dependency(package: &Package) -> Result<String, StructsError> {
    let Some(source) = &package.source else {
        let directory = package.manifest_path.parent().map_or_else(String::new, ToString::to_string);
        return Ok(format!("path = {}", text(&directory)));
    };
    if let Some(url) = source.repr.strip_prefix("git+") {
        let (url, revision) = url.split_once('#').unwrap_or((url, ""));
        let url = url.split('?').next().unwrap_or(url);
        return Ok(format!("git = {}, rev = {}", text(url), text(revision)));
    }
    let version = format!("version = {}", text(&format!("={}", package.version)));
    Ok(match source.is_crates_io() {
        true => version,
        false => {
            let index = source.repr.strip_prefix("registry+").unwrap_or(&source.repr);
            format!("{version}, registry-index = {}", text(index))
        }
    })
}

/// A text of TOML.
pub(super) fn text(text: &str) -> String {
    toml::Value::from(text).to_string()
}
