//! `FormatAddress`.

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::session::Session;

/// Returns the address in the format of its country. Only two countries have a known format.
pub(super) fn format(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let (line, city) = (parameters.text("Line1")?, parameters.text("City")?);
    let (state, code) = (parameters.text("StateOrProvince")?, parameters.text("PostalCode")?);
    let country = parameters.text("Country")?;
    let lines = match country.as_str() {
        "USA" => vec![line, format!("{city}, {state} {code}"), country],
        "JAPAN" => vec![code, state, city, line, country],
        _ => {
            let what = format!("The function FormatAddress for the country '{country}'");
            return Err(Refusal::not_implemented(&what));
        }
    };
    Ok(answer(session, "FormatAddressResponse", [("Address", lines.join("\r\n").into())]))
}
