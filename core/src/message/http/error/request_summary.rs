//! The request that an error is about, without confidential parts.

use core::fmt;

use http::Method;

/// The method, host and path of a request.
///
/// It leaves out the query and the values of alternate keys, which may be confidential:
/// `accounts(accountnumber='…')`. It keeps record ids.
///
/// ```
/// use dataverse_entity::http::Request;
/// use dataverse_entity::message::RequestSummary;
///
/// let url = "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts(accountnumber='A-1')?$select=name";
/// let summary = RequestSummary::of(&Request::get(url).body(()).unwrap());
/// assert_eq!(
///     summary.to_string(),
///     "GET contoso.crm4.dynamics.com/api/data/v9.2/accounts(accountnumber='…')"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestSummary {
    method: Method,
    host: Option<String>,
    path: String,
}

impl RequestSummary {
    /// Creates the summary of a request.
    pub fn of<B>(request: &http::Request<B>) -> Self {
        let uri = request.uri();
        Self {
            method: request.method().clone(),
            host: uri.authority().map(|authority| {
                // A user name and a password come before `@`.
                authority.as_str().rsplit('@').next().unwrap_or_default().to_owned()
            }),
            path: masked(uri.path()),
        }
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the host, with the port if the URL has one; `None` if the URL is only a path.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Returns the path of the URL, with `…` in place of the values of alternate keys.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for RequestSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.as_deref().unwrap_or_default();
        write!(f, "{} {host}{}", self.method, self.path)
    }
}

/// Replaces each value in parentheses with `…`, unless it is a GUID or a parameter alias.
fn masked(path: &str) -> String {
    let mut masked = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(open) = rest.find('(') {
        masked.push_str(&rest[..=open]);
        rest = &rest[open + 1..];
        let mut names_a_value = false;
        loop {
            let (item, separator) = item(rest);
            rest = &rest[item.len()..];
            push_masked(&mut masked, item, names_a_value);
            let Some(separator) = separator else { break };
            masked.push(separator);
            rest = &rest[separator.len_utf8()..];
            match separator {
                ')' => break,
                each => names_a_value = each == '=',
            }
        }
    }
    masked.push_str(rest);
    masked
}

/// Returns the text before the next `=`, `,` or `)` outside of quotes, and that character. Quotes may be
/// percent-encoded.
fn item(text: &str) -> (&str, Option<char>) {
    let mut is_quoted = false;
    for (index, each) in text.char_indices() {
        let is_quote = each == '\'' || text[index..].starts_with("%27");
        if is_quote {
            is_quoted = !is_quoted;
        } else if !is_quoted && matches!(each, '=' | ',' | ')') {
            return (&text[..index], Some(each));
        }
    }
    (text, None)
}

fn push_masked(masked: &mut String, item: &str, is_value: bool) {
    let is_quoted = item.starts_with('\'') || item.starts_with("%27");
    let is_open = item.starts_with('@') || uuid::Uuid::parse_str(item).is_ok();
    match (is_quoted, is_value && !is_open && !item.is_empty()) {
        (true, _) => masked.push_str("'…'"),
        (false, true) => masked.push('…'),
        (false, false) => masked.push_str(item),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn values_of_keys_are_masked() {
        for (path, expected) in [
            ("/api/accounts", "/api/accounts"),
            (
                "/accounts(0f1e2d3c-0000-0000-0000-000000000001)/name",
                "/accounts(0f1e2d3c-0000-0000-0000-000000000001)/name",
            ),
            ("/accounts(accountnumber='A-1')", "/accounts(accountnumber='…')"),
            ("/accounts(a=%27x%27,b=2)/c", "/accounts(a='…',b=…)/c"),
            ("/accounts(a='x''y),(=z',b=@p1)", "/accounts(a='…',b=@p1)"),
            (
                "/accounts(_x_value=0f1e2d3c-0000-0000-0000-000000000001)",
                "/accounts(_x_value=0f1e2d3c-0000-0000-0000-000000000001)",
            ),
            ("/accounts('A-1')", "/accounts('…')"),
            ("/accounts(a='A", "/accounts(a='…'"),
            ("/f(A=@p1,B=@p2)", "/f(A=@p1,B=@p2)"),
            ("/WhoAmI()", "/WhoAmI()"),
            ("/a(k='1')/b(k='2')", "/a(k='…')/b(k='…')"),
        ] {
            assert_eq!(masked(path), expected, "{path}");
        }
    }
}
