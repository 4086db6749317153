//! A value of a response with its annotations, which a field reads.

use core::cell::OnceCell;
use std::borrow::Cow;
use std::sync::Arc;

use super::{SharedStrings, Value};

/// A value of a response, and the shared copy of its text, if a field asked for a copy.
#[derive(Debug)]
pub(crate) struct Held<'de> {
    pub(crate) value: Value<'de>,
    shared: OnceCell<Arc<str>>,
}

impl<'de> Held<'de> {
    pub(crate) const fn new(value: Value<'de>) -> Self {
        Self { value, shared: OnceCell::new() }
    }

    /// Replaces the value.
    #[inline]
    pub(crate) fn put(&mut self, value: Value<'de>) {
        self.value = value;
        self.shared = OnceCell::new();
    }

    /// Returns the text; `None` if the value is not a string.
    #[inline]
    pub(crate) fn text(&self) -> Option<&Cow<'de, str>> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a shared copy of the text.
    pub(crate) fn share(&self, strings: &mut SharedStrings) -> Option<Arc<str>> {
        if let Some(shared) = self.shared.get() {
            return Some(Arc::clone(shared));
        }
        let shared = strings.share(self.text()?);
        Some(Arc::clone(self.shared.get_or_init(|| shared)))
    }
}

/// The value of one column in a response, and those annotations of it that are present.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'c, 'de> {
    held: &'c Held<'de>,
    display: Option<&'c Held<'de>>,
    table: Option<&'c Held<'de>>,
}

impl<'c, 'de> Cell<'c, 'de> {
    pub(crate) const fn new(
        held: &'c Held<'de>,
        display: Option<&'c Held<'de>>,
        table: Option<&'c Held<'de>>,
    ) -> Self {
        Self { held, display, table }
    }

    /// Returns the value.
    #[inline]
    pub(crate) const fn value(self) -> &'c Value<'de> {
        &self.held.value
    }

    /// Returns the value with its shared text.
    #[inline]
    pub(crate) const fn held(self) -> &'c Held<'de> {
        self.held
    }

    /// Returns the annotation `OData.Community.Display.V1.FormattedValue`.
    pub(crate) const fn display(self) -> Option<&'c Held<'de>> {
        self.display
    }

    /// Returns the annotation `Microsoft.Dynamics.CRM.lookuplogicalname`.
    pub(crate) fn table(self) -> Option<&'c str> {
        match self.table {
            Some(table) => table.text().map(|table| &**table),
            None => None,
        }
    }

    #[inline]
    pub(crate) const fn is_null(self) -> bool {
        matches!(self.held.value, Value::Null)
    }
}
