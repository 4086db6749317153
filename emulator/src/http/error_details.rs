//! The annotations of an error, which `odata.include-annotations` asks for.

use http::StatusCode;

use super::Preferences;
use crate::error::Refusal;
use crate::json::Json;

const DETAILS: &str = "Microsoft.PowerApps.CDS.ErrorDetails";

/// The names that Dataverse's own documentation gives to codes.
const NAMES: [(&str, &str); 11] = [
    ("0x80040203", "InvalidArgument"),
    ("0x80040217", "ObjectDoesNotExist"),
    ("0x80040220", "PrivilegeDenied"),
    ("0x80040227", "CannotDeleteDueToAssociation"),
    ("0x80040237", "DuplicateRecord"),
    ("0x80048408", "InvalidStateCodeStatusCode"),
    ("0x8004e023", "AggregateQueryRecordLimitExceeded"),
    ("0x80060882", "ConcurrencyVersionMismatch"),
    ("0x80060891", "RecordNotFoundByEntityKey"),
    ("0x80060892", "DuplicateRecordEntityKey"),
    ("0x80048405", "AccessDenied"),
];

/// Returns the members that the error has next to its code and its message.
pub(super) fn annotations(refusal: &Refusal, preferences: &Preferences) -> Vec<(String, Json)> {
    if preferences.annotations.is_empty() {
        return Vec::new();
    }
    let status = refusal.status;
    let mut all = Vec::new();
    let code = refusal.code.to_ascii_lowercase();
    if let Some((_, name)) = NAMES.iter().find(|(each, _)| *each == code) {
        all.push((format!("{DETAILS}.ApiExceptionCategory"), category(status).to_owned()));
        all.push((format!("{DETAILS}.ApiExceptionMessageName"), (*name).to_owned()));
        all.push((format!("{DETAILS}.ApiExceptionHttpStatusCode"), status.as_str().to_owned()));
    }
    if let Some(digits) = code.strip_prefix("0x").filter(|digits| digits.len() == 8) {
        let link = format!(
            "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a{digits}&client=platform"
        );
        all.push(("Microsoft.PowerApps.CDS.HelpLink".to_owned(), link));
    }
    all.push(("Microsoft.PowerApps.CDS.InnerError.Message".to_owned(), refusal.message.clone()));
    all.into_iter()
        .filter(|(name, _)| preferences.wants(name))
        .map(|(name, value)| (format!("@{name}"), value.into()))
        .collect()
}

fn category(status: StatusCode) -> &'static str {
    if status.is_server_error() { "SystemFailure" } else { "ClientError" }
}
