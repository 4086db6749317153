//! What a request prefers of its answer: the `Prefer` header.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, header::HeaderName};

use super::error::Error;
use crate::table::RowPlan;

pub(crate) const PREFER: HeaderName = HeaderName::from_static("prefer");
pub(crate) const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Most records of a page.
const MAX_PAGE_SIZE: u32 = 5000;

/// The annotation that says to which table a lookup points.
const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

/// The annotations that a response holds next to the values.
///
/// A message asks for none by itself, with one exception: if the struct that it reads, or one that it expands, holds a
/// lookup that can point to several tables, it asks for `Microsoft.Dynamics.CRM.lookuplogicalname`, because without it
/// the table of such a lookup is not known. Other annotations come in addition; [`none`](Self::none) switches it off.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Annotations(Cow<'static, str>);

impl Annotations {
    /// No annotations. The tables of lookups that can point to several are then not known.
    pub const fn none() -> Self {
        Self(Cow::Borrowed(""))
    }

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

/// What a request prefers. A request carries them in its extensions too, for options that are applied later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Preferences {
    pub(crate) annotations: Option<Annotations>,
    /// Annotations that the message itself cannot do without.
    pub(crate) needed_annotations: &'static [&'static str],
    /// Whether what is read holds lookups whose table only an annotation tells.
    pub(crate) lookup_tables: bool,
    pub(crate) page_size: Option<u32>,
    /// The message says in another way how many records it wants: `$top`, or an attribute of FetchXML. Dataverse ignores
    /// `$top` where there is a page size, so options must not add one.
    pub(crate) is_limited: bool,
    pub(crate) return_representation: bool,
    pub(crate) track_changes: bool,
    pub(crate) continue_on_error: bool,
}

impl Preferences {
    /// These preferences for a message that reads what the plan says.
    pub(crate) fn reading(&self, plan: &RowPlan) -> Self {
        Self { lookup_tables: plan.reads_lookup_tables(), ..self.clone() }
    }

    /// These preferences, and the others where these say nothing. What a message cannot do without stays.
    pub(crate) fn or(mut self, others: &Self) -> Self {
        self.annotations = self.annotations.take().or_else(|| others.annotations.clone());
        if !self.is_limited {
            self.page_size = self.page_size.or(others.page_size);
        }
        self
    }

    /// Adds the preferences to those that the headers hold already.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        let mut all: Vec<String> = match headers.get(PREFER).map(HeaderValue::to_str) {
            Some(Ok(earlier)) => vec![earlier.to_owned()],
            _ => Vec::new(),
        };
        all.extend(self.texts()?);
        if !all.is_empty() {
            let value = HeaderValue::try_from(all.join(","));
            headers
                .insert(PREFER, value.map_err(|error| Error::invalid_request(format!("`Prefer`: {error}")))?);
        }
        Ok(())
    }

    /// The preferences as the header has them.
    fn texts(&self) -> Result<Vec<String>, Error> {
        let mut all = Vec::new();
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
        Ok(all)
    }

    fn annotation_names(&self) -> Result<Option<String>, Error> {
        let wanted = self.annotations.as_ref().map(|names| &*names.0);
        let is_off = wanted == Some("");
        let mut names: Vec<&str> =
            wanted.filter(|_| !is_off).iter().flat_map(|names| names.split(',')).collect();
        if let Some(bad) = names.iter().find(|name| !is_annotation(name)) {
            return Err(Error::invalid_request(format!("{bad:?} is not the name of an annotation")));
        }
        let lookup_table = (self.lookup_tables && !is_off).then_some(LOOKUP_TABLE);
        for needed in self.needed_annotations.iter().copied().chain(lookup_table) {
            if !names.iter().any(|name| covers(name, needed)) {
                names.push(needed);
            }
        }
        Ok((!names.is_empty()).then(|| names.join(",")))
    }
}

/// Whether a name, which may end with `*`, stands for the annotation.
fn covers(name: &str, annotation: &str) -> bool {
    match name.strip_suffix('*') {
        Some(start) => annotation.starts_with(start),
        None => name == annotation,
    }
}

/// Letters, digits, `.`, `_`, `-`, `#`, and `*` as a wildcard: nothing that could end the list or the header.
fn is_annotation(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-#*".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}
