//! Runs cargo and measures its time.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs cargo in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Result<Duration, String> {
    output(folder, arguments).map(|(time, _)| time)
}

/// Runs cargo in a folder, and returns the time and the output.
pub fn output(folder: &Path, arguments: &[&str]) -> Result<(Duration, String), String> {
    let start = Instant::now();
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .current_dir(folder)
        // Settings of the caller's cargo and rustup do not apply to the generated packages.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    let time = start.elapsed();
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo {} in {}:\n{text}", arguments.join(" "), folder.display()));
    }
    Ok((time, String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// Writes a file, and creates its folders.
pub fn write(file: &Path, text: &str) -> Result<(), String> {
    let folder = file.parent().ok_or("no folder")?;
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(file, text))
        .map_err(|error| format!("{}: {error}", file.display()))
}
