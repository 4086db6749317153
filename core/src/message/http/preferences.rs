//! The `Prefer` header: what a request asks of its answer.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, header::HeaderName};

use super::error::Error;
use crate::table::RowPlan;

pub(crate) const PREFER: HeaderName = HeaderName::from_static("prefer");
pub(crate) const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Maximum number of records in a page.
const MAX_PAGE_SIZE: u32 = 5000;

/// The annotation that names the table of a lookup's record.
const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

/// The annotations that a response has next to the values.
///
/// By default, a message asks for no annotations, with one exception. If the struct, or a struct that it
/// expands, has a lookup to several tables, the message asks for `Microsoft.Dynamics.CRM.lookuplogicalname`,
/// which names the table of each record. It also asks for this annotation if you set others;
/// [`none`](Self::none) turns it off.
///
/// ```
/// use dataverse_entity::message::{Annotations, RequestOptions};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let options = RequestOptions::new().annotations(Annotations::formatted_values());
/// let request = SystemUser::query().with(options).request(&org)?;
/// assert_eq!(
///     request.headers()["prefer"],
///     r#"odata.include-annotations="OData.Community.Display.V1.FormattedValue""#
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Annotations(Cow<'static, str>);

impl Annotations {
    /// Asks for no annotations. The table of a record in a lookup to several tables is then unknown.
    pub const fn none() -> Self {
        Self(Cow::Borrowed(""))
    }

    /// Asks for all annotations: formatted values, the tables of lookups, and more.
    pub const fn all() -> Self {
        Self(Cow::Borrowed("*"))
    }

    /// Asks for formatted values: labels of options, names of the records in lookups, numbers and dates in
    /// the caller's language.
    pub const fn formatted_values() -> Self {
        Self(Cow::Borrowed("OData.Community.Display.V1.FormattedValue"))
    }

    /// Asks for what records can hold: formatted values, and the tables of lookups.
    pub const fn for_reading() -> Self {
        Self(Cow::Borrowed(
            "OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname",
        ))
    }

    /// Asks for the annotations with these names. A name may end with `*`.
    ///
    /// ```
    /// use dataverse_entity::message::Annotations;
    ///
    /// let annotations = Annotations::named(["Microsoft.Dynamics.CRM.*"]);
    /// # let _ = annotations;
    /// ```
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        Self(Cow::Owned(names.join(",")))
    }
}

/// The preferences of a request. The request also has them in its extensions, for options that are applied
/// later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Preferences {
    pub(crate) annotations: Option<Annotations>,
    /// Annotations that the message needs to read its answer.
    pub(crate) needed_annotations: &'static [&'static str],
    /// Whether the struct has lookups to several tables. Only an annotation then names the table of the
    /// record.
    pub(crate) lookup_tables: bool,
    pub(crate) page_size: Option<u32>,
    /// Whether the message limits its records by other means: `$top`, or an attribute of FetchXML. Dataverse
    /// ignores `$top` if there is a page size, so options must not add one.
    pub(crate) is_limited: bool,
    pub(crate) return_representation: bool,
    pub(crate) track_changes: bool,
    pub(crate) continue_on_error: bool,
}

impl Preferences {
    /// Returns these preferences for a message that reads the rows of this plan.
    pub(crate) fn reading(&self, plan: &'static RowPlan) -> Self {
        Self { lookup_tables: plan.texts().reads_lookup_tables, ..self.clone() }
    }

    /// Returns these preferences, completed by the others. The message keeps the annotations that it needs.
    pub(crate) fn or(mut self, others: &Self) -> Self {
        self.annotations = self.annotations.take().or_else(|| others.annotations.clone());
        if !self.is_limited {
            self.page_size = self.page_size.or(others.page_size);
        }
        self
    }

    /// Adds the preferences to those in the headers.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        let earlier = headers.get(PREFER).map(HeaderValue::to_str).and_then(Result::ok);
        if let Some(value) = self.header(earlier)? {
            headers.insert(PREFER, value);
        }
        Ok(())
    }

    /// Returns the value of the header, with earlier preferences before these. `None` if there are none.
    pub(crate) fn header(&self, earlier: Option<&str>) -> Result<Option<HeaderValue>, Error> {
        let mut all: Vec<String> = earlier.into_iter().map(str::to_owned).collect();
        all.extend(self.texts()?);
        if all.is_empty() {
            return Ok(None);
        }
        let value = HeaderValue::try_from(all.join(","));
        value.map(Some).map_err(|error| Error::invalid_request(format!("`Prefer`: {error}")))
    }

    /// Returns the preferences as texts of the header.
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
        if self.annotations.is_none() && self.needed_annotations.is_empty() && !self.lookup_tables {
            return Ok(None);
        }
        let wanted = self.annotations.as_ref().map(|names| &*names.0);
        let is_off = wanted == Some("");
        let mut names: Vec<&str> =
            wanted.filter(|_| !is_off).iter().flat_map(|names| names.split(',')).collect();
        if let Some(bad) = names.iter().find(|name| !is_annotation(name)) {
            return Err(Error::invalid_request(format!(
                "{bad:?} is not the name of an annotation, such as `OData.Community.Display.V1.FormattedValue`"
            )));
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

/// Returns whether a name, which may end with `*`, matches the annotation.
fn covers(name: &str, annotation: &str) -> bool {
    match name.strip_suffix('*') {
        Some(start) => annotation.starts_with(start),
        None => name == annotation,
    }
}

/// Returns whether the name has only letters, digits, `.`, `_`, `-`, `#` and the wildcard `*`: nothing that
/// could end the list or the header.
fn is_annotation(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-#*".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}
