//! The answer to a SQL query: the answer to its FetchXML, with a link to the next page instead of a cookie.

use super::error::unknown;
use super::statement::{page_of, sql_query};
use crate::error::Result;
use crate::http::Preferences;
use crate::json::Json;
use crate::read::selection::{MAX_ROWS, Scope};
use crate::schema::Table;
use crate::session::Session;
use crate::uri::Options;

const MORE: &str = "Microsoft.Dynamics.CRM.morerecords";
const COOKIE: &str = "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie";

/// Answers a SQL query for a table. `run` answers FetchXML; `path` is the path of the request, for the link.
pub(in crate::read) fn answer(
    session: &Session<'_>,
    preferences: &Preferences,
    (table, scope): (&Table, &Scope<'_>),
    options: &Options,
    path: &str,
    run: impl FnOnce(&Preferences, &str) -> Result<Json>,
) -> Result<Json> {
    options.alone("sql", &["$skiptoken"])?;
    if !matches!(scope, Scope::Set) {
        return Err(unknown("A collection of one record"));
    }
    if table.elastic {
        return Err(unknown("An elastic table"));
    }
    let page = page_of(options.get("$skiptoken"))?;
    let size = preferences.page_size.unwrap_or(MAX_ROWS).min(MAX_ROWS);
    let text = sql_query(session.schema, table, options.get("sql").unwrap_or_default(), size, page)?;
    let mut asked = preferences.clone();
    asked.annotations.push(MORE.to_owned());
    let Json::Object(mut members) = run(&asked, &text)? else {
        return Err(unknown("An answer that is not an object"));
    };
    let more = members
        .iter()
        .any(|(name, value)| name.strip_prefix('@') == Some(MORE) && matches!(value, Json::Bool(true)));
    members.retain(|(name, _)| name.strip_prefix('@') != Some(MORE) && name != COOKIE);
    if more {
        let query = options.without(&["$skiptoken"]);
        let link = format!("{}/{path}?{query}&$skiptoken={}", session.root, page + 1);
        members.push(("@odata.nextLink".to_owned(), Json::Text(link)));
    }
    Ok(Json::Object(members))
}
