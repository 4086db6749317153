//! The state of reading one response.

use crate::column::SharedStrings;

/// The settings of the decoder, and the texts that records share.
#[derive(Debug)]
pub(crate) struct ReadContext {
    pub(crate) strings: SharedStrings,
    /// Whether records keep the formatted values of their columns.
    pub(crate) formatted_values: bool,
}

impl ReadContext {
    pub(crate) fn new(formatted_values: bool) -> Self {
        Self { strings: SharedStrings::default(), formatted_values }
    }
}
