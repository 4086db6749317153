//! Content negotiation: the media type and version of an answer that a request asks for.

use http::{HeaderValue, StatusCode};

use super::Incoming;
use crate::error::{Refusal, Result, excerpt};

/// Query options whose names start with `$`.
const OPTIONS: [&str; 7] = ["select", "filter", "orderby", "top", "count", "expand", "apply"];

/// Refuses a request for a form that answers do not have. In strict mode, also refuses one that relies on
/// behaviour that no source describes.
pub(crate) fn check(incoming: &Incoming, strict: bool) -> Result<()> {
    let accepted: Vec<&str> =
        texts(incoming, "Accept").flat_map(|text| text.split(',')).map(str::trim).collect();
    let json = accepted.iter().find(|range| is_json(range));
    if let Some(amount) = json.and_then(|range| parameter(range, "odata.metadata"))
        && !amount.eq_ignore_ascii_case("minimal")
    {
        return Err(Refusal::not_implemented(&format!("The format `odata.metadata={amount}`")));
    }
    if strict { check_strictly(incoming, &accepted) } else { Ok(()) }
}

fn check_strictly(incoming: &Incoming, accepted: &[&str]) -> Result<()> {
    // The answers of `$metadata`, `$count` and `$value` are not JSON.
    let may_be_json = !incoming.path.contains('$');
    if may_be_json && !accepted.is_empty() && !accepted.iter().any(|range| is_json(range)) {
        let message = format!(
            "Strict mode: answers are JSON, and the header 'Accept' has '{}'.",
            excerpt(&accepted.join(", "))
        );
        return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, "0x0", message));
    }
    for (name, is_right) in
        [("OData-Version", is_4_0 as fn(&str) -> bool), ("OData-MaxVersion", is_4_or_more)]
    {
        if let Some(version) = texts(incoming, name).find(|version| !is_right(version)) {
            return Err(Refusal::undocumented(&format!(
                "the header '{name}' has '{}', and Dataverse speaks OData 4.0",
                excerpt(version)
            )));
        }
    }
    let names = incoming.query.split('&').map(|option| option.split('=').next().unwrap_or_default());
    match names.into_iter().find(|name| OPTIONS.contains(&name.to_ascii_lowercase().as_str())) {
        Some(name) => Err(Refusal::undocumented(&format!("the option '{name}' has no `$` before its name"))),
        None => Ok(()),
    }
}

fn texts<'a>(incoming: &'a Incoming, name: &str) -> impl Iterator<Item = &'a str> {
    incoming.headers.get_all(name).iter().filter_map(as_text)
}

fn as_text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok().map(str::trim)
}

/// Returns whether a media range includes JSON.
fn is_json(range: &str) -> bool {
    let media_type = range.split(';').next().unwrap_or_default().trim();
    ["application/json", "application/*", "*/*"].iter().any(|each| media_type.eq_ignore_ascii_case(each))
}

/// Returns the value of a media range's parameter.
fn parameter<'a>(range: &'a str, name: &str) -> Option<&'a str> {
    range.split(';').skip(1).find_map(|part| {
        let (each, value) = part.split_once('=')?;
        each.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

fn is_4_0(version: &str) -> bool {
    version == "4.0"
}

fn is_4_or_more(version: &str) -> bool {
    version.split('.').next().and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= 4)
}
