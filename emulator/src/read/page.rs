//! The counts and links of a page.

use super::cookie::Cookie;
use crate::http::Preferences;
use crate::json::Json;
use crate::session::Session;
use crate::uri::Options;

/// Adds the annotations of a collection with the total number of records.
pub(super) fn totals(
    preferences: &Preferences,
    counted: Option<(usize, bool)>,
    out: &mut Vec<(String, Json)>,
) {
    let mut add = |name: &str, value: Json| {
        let name = format!("Microsoft.Dynamics.CRM.{name}");
        if preferences.wants(&name) {
            out.push((format!("@{name}"), value));
        }
    };
    add(
        "totalrecordcount",
        Json::Number(counted.map_or_else(|| "-1".to_owned(), |(count, _)| count.to_string())),
    );
    add("totalrecordcountlimitexceeded", Json::Bool(counted.is_some_and(|(_, exceeded)| exceeded)));
    add("globalmetadataversion", Json::from("1000000"));
}

pub(super) fn next_link(session: &Session<'_>, path: &str, options: &Options, next: &Cookie) -> String {
    let query = options.without(&["$skiptoken"]);
    let separator = if query.is_empty() { "" } else { "&" };
    format!("{}/{path}?{query}{separator}$skiptoken={}", session.root, next.token())
}
