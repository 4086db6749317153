//! The attributes of the `fetch` element.

use roxmltree::Node;

use super::error::{invalid, refused};
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::read::cookie::Cookie;
use crate::read::selection::MAX_ROWS;

/// Maximum number of rows that pages reach without a cookie.
const MAX_ROWS_WITHOUT_COOKIE: usize = 50_000;

/// The attributes of the `fetch` element.
pub(super) struct FetchAttributes {
    pub(super) aggregate: bool,
    pub(super) aggregate_limit: Option<i64>,
    pub(super) distinct: bool,
    pub(super) count_all: bool,
    /// Whether choices sort by their integers.
    pub(super) raw_order: bool,
    /// Whether the query is for rows in long-term retention, of which there are none.
    pub(super) retained: bool,
    pub(super) page: usize,
    pub(super) page_size: usize,
    /// Whether the query has a `top`, which excludes further pages.
    pub(super) top: bool,
    pub(super) cookie: Option<Cookie>,
}

impl FetchAttributes {
    pub(super) fn read(fetch: &Node<'_, '_>, preferences: &Preferences) -> Result<Self> {
        known(fetch)?;
        let (page, count, top) = (number(fetch, "page")?, number(fetch, "count")?, number(fetch, "top")?);
        let count_all = flag(fetch, "returntotalrecordcount")?;
        if let Some(top) = top {
            let counted = count_all.then_some("returntotalrecordcount");
            let other = page.map(|_| "page").or(count.map(|_| "count")).or(counted);
            if let Some(other) = other {
                let message = format!("The top attribute can't be specified with paging attribute {other}");
                return Err(refused("0x80040203", message));
            }
            if top > MAX_ROWS {
                return Err(invalid(&format!("`top` can't exceed {MAX_ROWS}")));
            }
        }
        let page = page.unwrap_or(1).max(1);
        let page_size = top.or(count).or(preferences.page_size).unwrap_or(MAX_ROWS).min(MAX_ROWS);
        // A count of 0 counts as missing.
        let page_size = if page_size == 0 && top.is_none() { MAX_ROWS } else { page_size };
        let cookie = fetch.attribute("paging-cookie").filter(|cookie| !cookie.is_empty() && page > 1);
        let cookie = cookie.map(|cookie| Cookie::parse_inner(cookie, page)).transpose()?;
        if cookie.is_none() && page.saturating_mul(page_size) > MAX_ROWS_WITHOUT_COOKIE {
            return Err(invalid(&format!(
                "pages without a paging cookie end at {MAX_ROWS_WITHOUT_COOKIE} rows; set `paging-cookie`"
            )));
        }
        let limit = number(fetch, "aggregatelimit")?.map(|limit| i64::try_from(limit).unwrap_or(i64::MAX));
        Ok(Self {
            aggregate: flag(fetch, "aggregate")?,
            aggregate_limit: limit,
            distinct: flag(fetch, "distinct")?,
            count_all,
            raw_order: flag(fetch, "useraworderby")?,
            retained: fetch.attribute("datasource") == Some("retained"),
            page,
            page_size,
            top: top.is_some(),
            cookie,
        })
    }

    /// Returns the number of rows to skip if no cookie names the last row.
    pub(super) fn offset(&self) -> usize {
        (self.page - 1).saturating_mul(self.page_size)
    }
}

/// Returns a boolean attribute: `true`, `1`, `false` or `0`.
pub(super) fn flag(node: &Node<'_, '_>, name: &str) -> Result<bool> {
    match node.attribute(name) {
        None | Some("false" | "0" | "False") => Ok(false),
        Some("true" | "1" | "True") => Ok(true),
        Some(other) => Err(invalid(&format!("`{name}` is `{other}`, which is not a boolean"))),
    }
}

fn number(fetch: &Node<'_, '_>, name: &str) -> Result<Option<usize>> {
    let parse = |text: &str| text.trim().parse().map_err(|_| invalid(&format!("`{name}` is not a number")));
    fetch.attribute(name).map(parse).transpose()
}

/// Refuses attributes that the service does not know.
fn known(fetch: &Node<'_, '_>) -> Result<()> {
    const KNOWN: [&str; 18] = [
        "version",
        "output-format",
        "mapping",
        "no-lock",
        "distinct",
        "page",
        "count",
        "paging-cookie",
        "top",
        "aggregate",
        "aggregatelimit",
        "returntotalrecordcount",
        "options",
        "latematerialize",
        "useraworderby",
        "datasource",
        "utc-offset",
        "min-active-row-version",
    ];
    match fetch.attributes().find(|each| !KNOWN.contains(&each.name())) {
        Some(other) => Err(Refusal::not_implemented(&format!("The attribute `{}` of `fetch`", other.name()))),
        None => Ok(()),
    }
}
