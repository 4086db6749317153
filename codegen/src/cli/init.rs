//! `init`: the file of settings.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::failure::{Failure, USAGE};
use super::org::organization;
use super::output::say;
use crate::config::TEMPLATE;
use crate::snapshot::replace;

pub(super) fn init(path: &Path, url: Option<&str>, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    if path.exists() {
        return Err(Failure::new(USAGE, format!("{} exists", path.display()))
            .advice("edit it, or remove it to start anew"));
    }
    let mut text = TEMPLATE.to_owned();
    if let Some(url) = url {
        let org = organization(url)?;
        text = text.replace("https://contoso.crm4.dynamics.com", org.origin());
        if org.is_loopback() {
            text = text.replace("# token = \"environment\"", "token = \"none\"");
        }
    }
    replace(path, &text).map_err(|error| Failure::of(USAGE, &error))?;
    say(out, format!("wrote {}; name your tables in it, then run `cargo dataverse pull`\n", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
