//! What a page says beside its records: links and counts.

use crate::column::Value;

/// The links and counts of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageInfo {
    /// Where the next page is, byte for byte: to be requested as it stands, not taken apart and put together again.
    pub next_link: Option<String>,
    /// Where later changes are, byte for byte.
    pub delta_link: Option<String>,
    /// How many records match (`$count=true`), 5,000 at most.
    pub count: Option<u64>,
    /// How many records match, as the annotation `totalrecordcount` says it; `None` where it is −1, not counted.
    pub total_record_count: Option<u64>,
    /// Are there more records than the server counts?
    pub total_record_count_limit_exceeded: Option<bool>,
    /// The paging cookie of a FetchXML query.
    pub fetch_xml_paging_cookie: Option<String>,
    /// Are there more records than this page of a FetchXML query has?
    pub more_records: Option<bool>,
    /// What the server says instead of a page.
    pub(super) server_error: Option<String>,
}

impl PageInfo {
    /// Takes a member of the page other than its rows.
    ///
    /// A link that cannot be read is an error: without it the rest of the records would be missed.
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
                self.more_records = match value {
                    Value::Boolean(more) => Some(more),
                    _ => None,
                };
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

/// A count is a string where the client asked for `IEEE754Compatible=true`; −1 is no count.
fn number(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::Number(text) | Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// What the server says in the `error` member of an answer, if that is what the member is.
pub(super) fn server_error(value: &Value<'_>) -> Option<String> {
    const MOST: usize = 500;
    let Value::Json(text) = value else { return None };
    let body: serde_json::Value = serde_json::from_str(text).ok()?;
    let member = |name: &str| body.get(name).and_then(serde_json::Value::as_str);
    let (code, message) = (member("code"), member("message"));
    if code.is_none() && message.is_none() {
        return None;
    }
    let message: String = message.unwrap_or_default().chars().take(MOST).collect();
    Some(format!("the response is an error of the server: {} {message}", code.unwrap_or_default()))
}
