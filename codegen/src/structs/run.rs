//! Builds the package that prints the definitions, and runs it.

use std::process::Command;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};
use serde::Deserialize;

use super::package::Crate;
use super::problem::StructsError;
use super::scratch::{Scratch, first_line};

/// What the program prints of a struct.
#[derive(Debug, Deserialize)]
pub(super) struct Printed {
    pub(super) name: String,
    pub(super) definition: serde_json::Value,
    pub(super) navigation: Vec<Navigation>,
}

/// How a lookup leads to one of its tables.
#[derive(Debug, Deserialize)]
pub(super) struct Navigation {
    pub(super) lookup: String,
    pub(super) target: String,
    pub(super) key: String,
    pub(super) property: String,
}

pub(super) fn run(
    package: &Crate,
    scratch: &Scratch,
    types: &[String],
) -> Result<Vec<Printed>, StructsError> {
    let program = build(package, scratch, types)?;
    let output = Command::new(&program)
        .current_dir(&package.directory)
        .output()
        .map_err(|error| StructsError::at(program.as_ref(), error))?;
    let problem = |error: &dyn std::fmt::Display| {
        StructsError::new(format!("the definitions of `{}` cannot be read: {error}", package.name))
    };
    if !output.status.success() {
        return Err(problem(&String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| problem(&error))
}

/// Builds the program, and returns its path.
fn build(package: &Crate, scratch: &Scratch, types: &[String]) -> Result<String, StructsError> {
    let offline = compile(package, scratch, &["--offline"])?;
    let is_incomplete = !offline.is_success && offline.errors.is_empty();
    let built = if is_incomplete { compile(package, scratch, &[])? } else { offline };
    match (built.is_success, built.program) {
        (true, Some(program)) => Ok(program),
        _ => Err(explain(package, types, &built.errors, &built.stderr)),
    }
}

struct Built {
    is_success: bool,
    program: Option<String>,
    /// The errors of the compiler, and whether each is about the program itself.
    errors: Vec<(Diagnostic, bool)>,
    stderr: String,
}

fn compile(package: &Crate, scratch: &Scratch, options: &[&str]) -> Result<Built, StructsError> {
    // Cargo names itself in `CARGO` when it runs a subcommand.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .arg("build")
        .args(options)
        .args(["--message-format", "json", "--manifest-path"])
        .arg(&scratch.manifest)
        .arg("--target-dir")
        .arg(&package.target)
        // The settings and the toolchain of the crate.
        .current_dir(&package.directory)
        .output()
        .map_err(|error| StructsError::new(format!("cargo cannot be run: {error}")))?;
    let mut built = Built {
        is_success: output.status.success(),
        program: None,
        errors: Vec::new(),
        stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    };
    for message in Message::parse_stream(output.stdout.as_slice()).flatten() {
        match message {
            Message::CompilerMessage(message) => {
                let is_error = matches!(message.message.level, DiagnosticLevel::Error | DiagnosticLevel::Ice);
                if is_error {
                    built.errors.push((message.message, message.target.name == scratch.name));
                }
            }
            Message::CompilerArtifact(artifact) if artifact.target.name == scratch.name => {
                built.program = artifact.executable.map(|path| path.to_string());
            }
            _ => {}
        }
    }
    Ok(built)
}

/// Says what the compiler means for whoever named the structs.
fn explain(package: &Crate, types: &[String], errors: &[(Diagnostic, bool)], stderr: &str) -> StructsError {
    let own: Vec<&Diagnostic> = errors.iter().filter(|(_, is_own)| *is_own).map(|(error, _)| error).collect();
    let others: Vec<&Diagnostic> =
        errors.iter().filter(|(_, is_own)| !is_own).map(|(error, _)| error).collect();
    let rendered = |errors: &[&Diagnostic]| {
        let texts = errors.iter().map(|error| error.rendered.as_deref().unwrap_or(&error.message));
        texts.collect::<Vec<_>>().join("\n").trim().to_owned()
    };
    if !others.is_empty() {
        return StructsError::new(format!(
            "the crate `{}` does not compile:\n{}",
            package.name,
            rendered(&others)
        ));
    }
    let mut problems: Vec<String> = own.iter().filter_map(|error| of_type(package, types, error)).collect();
    problems.dedup();
    if !problems.is_empty() {
        return StructsError::new(problems.join("\n"));
    }
    let problem = if own.is_empty() { stderr.to_owned() } else { rendered(&own) };
    StructsError::new(format!("the structs of `{}` cannot be read:\n{problem}", package.name))
}

/// An error at the line of a struct.
fn of_type(package: &Crate, types: &[String], error: &Diagnostic) -> Option<String> {
    let span = error.spans.iter().find(|span| span.is_primary)?;
    let name = types.get(span.line_start.checked_sub(first_line())?)?;
    let library = &package.library;
    Some(match error.code.as_ref()?.code.as_str() {
        "E0412" | "E0425" | "E0432" | "E0433" => format!(
            "the crate `{library}` has no struct `{name}`: {}; write its path as in `tables::Loan`",
            error.message
        ),
        "E0603" => format!(
            "`{library}::{name}` cannot be reached: {}; make it `pub`, or re-export it",
            error.message
        ),
        "E0277" => {
            format!(
                "`{library}::{name}` is no table: derive `DataverseEntity`, and do not name a projection (`of = …`)"
            )
        }
        _ => return None,
    })
}
