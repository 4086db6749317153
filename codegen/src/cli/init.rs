//! `init`: the file of settings.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use dataverse_entity::Organization;

use super::failure::{Failure, USAGE};
use super::output::say;
use crate::config::TEMPLATE;
use crate::snapshot::replace;

pub(super) fn init(path: &Path, url: Option<&str>, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    if path.exists() {
        return Err(Failure::new(USAGE, format!("{} exists; remove it to start anew", path.display())));
    }
    let mut text = TEMPLATE.to_owned();
    if let Some(url) = url {
        let org = Organization::new(url).map_err(|error| Failure::of(USAGE, &error))?;
        text = text.replace("https://contoso.crm4.dynamics.com", org.origin());
        if org.is_loopback() {
            text = text.replace("# token = \"environment\"", "token = \"none\"");
        }
    }
    replace(path, &text).map_err(|error| Failure::of(USAGE, &error))?;
    say(out, format!("wrote {}; name your tables in it, then run `cargo dataverse pull`\n", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
