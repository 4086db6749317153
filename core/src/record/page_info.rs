//! The links and counts of a page.

use crate::column::Value;

/// The links and counts of a page.
///
/// ```
/// use dataverse_entity::{Page, tables::Team};
///
/// let json = r#"{"@odata.count":5000,"value":[],"@odata.nextLink":"https://contoso.crm4.dynamics.com/x"}"#;
/// let info = Page::<Team>::from_json(json)?.info;
/// assert_eq!(info.count, Some(5000));
/// assert_eq!(info.next_link.as_deref(), Some("https://contoso.crm4.dynamics.com/x"));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageInfo {
    /// The URL of the next page, byte for byte: request it unchanged.
    pub next_link: Option<String>,
    /// The URL of later changes, byte for byte.
    pub delta_link: Option<String>,
    /// The number of records that match (`$count=true`), up to 5,000, where Dataverse stops counting: 5,000
    /// means 5,000 or more. `Count` of the module `message` describes how to count further.
    pub count: Option<u64>,
    /// The number of records that match, from the annotation `totalrecordcount`; `None` for −1, which means
    /// not counted.
    pub total_record_count: Option<u64>,
    /// Whether more records match than the server counts.
    pub total_record_count_limit_exceeded: Option<bool>,
    /// The paging cookie of a FetchXML query.
    pub fetch_xml_paging_cookie: Option<String>,
    /// Whether a FetchXML query has more records than this page.
    pub more_records: Option<bool>,
    /// The error with which the server answered instead of a page.
    pub(super) server_error: Option<String>,
}

impl PageInfo {
    /// Returns the error with which the server answered instead of a page.
    pub(super) fn take_server_error(&mut self) -> Option<String> {
        self.server_error.take()
    }

    /// Reads a member of the page other than its rows.
    ///
    /// A link that cannot be read is an error, because the caller would miss the other records.
    pub(super) fn member(&mut self, name: &str, value: Value<'_>) -> Result<(), String> {
        match name {
            "error" => self.server_error = server_error(&value),
            "@odata.nextLink" => self.next_link = link(name, value)?,
            "@odata.deltaLink" => self.delta_link = link(name, value)?,
            "@odata.count" => self.count = number(&value),
            "@Microsoft.Dynamics.CRM.totalrecordcount" => self.total_record_count = number(&value),
            "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded" => {
                self.total_record_count_limit_exceeded = match value {
                    Value::Boolean(exceeded) => Some(exceeded),
                    _ => None,
                };
            }
            "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie" => {
                self.fetch_xml_paging_cookie = link(name, value)?;
            }
            "@Microsoft.Dynamics.CRM.morerecords" => {
                self.more_records = flag(name, &value)?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn link(name: &str, value: Value<'_>) -> Result<Option<String>, String> {
    match value {
        Value::Text(text) => Ok(Some(text.into_owned())),
        Value::Null => Ok(None),
        _ => Err(format!("the member `{name}` is not a string")),
    }
}

/// Reads a boolean. Anything else is an error, because reading it as `false` would end the pages.
fn flag(name: &str, value: &Value<'_>) -> Result<Option<bool>, String> {
    match value {
        Value::Boolean(flag) => Ok(Some(*flag)),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Value::Null => Ok(None),
        _ => Err(format!("the member `{name}` is not a boolean")),
    }
}

/// Reads a count, which is a string with `IEEE754Compatible=true`. −1 means not counted.
fn number(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::Number(text) | Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// Returns the text of the server's error, if the `error` member of a response holds one.
pub(super) fn server_error(value: &Value<'_>) -> Option<String> {
    const MAX_MESSAGE: usize = 500;
    let Value::Json(text) = value else { return None };
    let body: serde_json::Value = serde_json::from_str(text).ok()?;
    let member = |name: &str| body.get(name).and_then(serde_json::Value::as_str);
    let (code, message) = (member("code"), member("message"));
    if code.is_none() && message.is_none() {
        return None;
    }
    let message: String = message.unwrap_or_default().chars().take(MAX_MESSAGE).collect();
    Some(format!("the response is an error of the server: {} {message}", code.unwrap_or_default()))
}
