//! What a request prefers of its answer: the `Prefer` header.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, header::HeaderName};

use super::error::Error;

pub(crate) const PREFER: HeaderName = HeaderName::from_static("prefer");
pub(crate) const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Most records of a page.
const MAX_PAGE_SIZE: u32 = 5000;

/// Which annotations a response shall hold beside the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotations(Cow<'static, str>);

impl Annotations {
    /// All there are: formatted values, the tables that lookups point to, and more.
    pub const fn all() -> Self {
        Self(Cow::Borrowed("*"))
    }

    /// Formatted values: labels of options, names of the records that lookups point to, numbers and dates as the caller's
    /// language writes them.
    pub const fn formatted_values() -> Self {
        Self(Cow::Borrowed("OData.Community.Display.V1.FormattedValue"))
    }

    /// What reading uses: formatted values, and the tables that lookups point to.
    pub const fn for_reading() -> Self {
        Self(Cow::Borrowed(
            "OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname",
        ))
    }

    /// These annotations, by name; a name may end with `*`, as in `Microsoft.Dynamics.CRM.*`.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        Self(Cow::Owned(names.join(",")))
    }
}

/// What a request prefers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Preferences {
    pub(crate) annotations: Option<Annotations>,
    /// Annotations that the message itself cannot do without.
    pub(crate) needed_annotations: &'static [&'static str],
    pub(crate) page_size: Option<u32>,
    pub(crate) return_representation: bool,
    pub(crate) track_changes: bool,
    pub(crate) continue_on_error: bool,
}

impl Preferences {
    /// Adds the preferences to those that the headers hold already.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        let mut all: Vec<String> = match headers.get(PREFER).map(HeaderValue::to_str) {
            Some(Ok(earlier)) => vec![earlier.to_owned()],
            _ => Vec::new(),
        };
        if self.return_representation {
            all.push("return=representation".to_owned());
        }
        if self.track_changes {
            all.push("odata.track-changes".to_owned());
        }
        if self.continue_on_error {
            all.push("odata.continue-on-error".to_owned());
        }
        if let Some(size) = self.page_size {
            if !(1..=MAX_PAGE_SIZE).contains(&size) {
                return Err(Error::invalid_request(format!(
                    "a page has 1 to {MAX_PAGE_SIZE} records, not {size}"
                )));
            }
            all.push(format!("odata.maxpagesize={size}"));
        }
        if let Some(names) = self.annotation_names()? {
            all.push(format!("odata.include-annotations=\"{names}\""));
        }
        if !all.is_empty() {
            let value = HeaderValue::try_from(all.join(","));
            headers
                .insert(PREFER, value.map_err(|error| Error::invalid_request(format!("`Prefer`: {error}")))?);
        }
        Ok(())
    }

    fn annotation_names(&self) -> Result<Option<String>, Error> {
        let mut names: Vec<&str> = self.annotations.iter().flat_map(|names| names.0.split(',')).collect();
        if let Some(bad) = names.iter().find(|name| !is_annotation(name)) {
            return Err(Error::invalid_request(format!("{bad:?} is not the name of an annotation")));
        }
        if !names.contains(&"*") {
            names.extend(self.needed_annotations);
        }
        Ok((!names.is_empty()).then(|| names.join(",")))
    }
}

/// Letters, digits, `.`, `_`, `-`, `#`, and `*` as a wildcard: nothing that could end the list or the header.
fn is_annotation(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-#*".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}
