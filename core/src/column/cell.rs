//! A value of a response with its annotations, as a field reads it.

use core::cell::OnceCell;
use std::borrow::Cow;
use std::sync::Arc;

use super::{SharedStrings, Value};

/// A value of a response, and its shared text once a field has asked for one.
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

    /// Returns the text; `None` for a value that is no string.
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

/// The value of one column in a response, and the annotations that belong to it. Each annotation can be missing.
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

    /// The value.
    #[inline]
    pub(crate) const fn value(self) -> &'c Value<'de> {
        &self.held.value
    }

    /// The value with its shared text.
    #[inline]
    pub(crate) const fn held(self) -> &'c Held<'de> {
        self.held
    }

    /// `OData.Community.Display.V1.FormattedValue`
    pub(crate) const fn display(self) -> Option<&'c Held<'de>> {
        self.display
    }

    /// `Microsoft.Dynamics.CRM.lookuplogicalname`
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
