//! The text of an expression, and a position in it.

use super::literal::starting_guid;
use crate::error::{Refusal, Result};

/// A text, read from its start to its end.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns a refusal of the text that names the current position.
    pub(super) fn problem(&self, what: &str) -> Refusal {
        Refusal::bad(format!("Syntax error at position {} in '{}': {what}.", self.at, self.text))
    }

    /// Returns the refusal of a text whose last quote is not closed. As in OData's parser, its position is
    /// the end of the text.
    fn unterminated(&self) -> Refusal {
        let position = self.text.encode_utf16().count();
        Refusal::bad(format!("There is an unterminated literal at position {position} in '{}'.", self.text))
    }

    /// Returns the text from the position on.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips `length` bytes.
    pub(super) fn advance(&mut self, length: usize) {
        self.at += length;
    }

    pub(super) fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    pub(super) fn end(&mut self) -> Result<()> {
        self.blanks();
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(());
        }
        // A quote that is not doubled ends a text early and leaves one quote over.
        if !rest.matches('\'').count().is_multiple_of(2) {
            return Err(self.unterminated());
        }
        Err(self.problem("the expression ends before the text does"))
    }

    pub(super) fn take(&mut self, wanted: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<()> {
        if self.take(wanted) { Ok(()) } else { Err(self.problem(&format!("'{wanted}' is missing"))) }
    }

    /// Consumes a word, if the text continues with it as a whole word.
    pub(super) fn word(&mut self, wanted: &str) -> bool {
        self.blanks();
        let Some(after) = self.rest().strip_prefix(wanted) else { return false };
        let ends = after.chars().next().is_none_or(|next| next.is_whitespace() || next == '(');
        if ends {
            self.at += wanted.len();
        }
        ends
    }

    /// Returns the name at the position, which may have dots and slashes, without consuming it.
    pub(super) fn name(&self) -> &'a str {
        let rest = self.rest();
        if !rest.starts_with(|each: char| each.is_ascii_alphabetic() || each == '_')
            || starting_guid(rest).is_some()
        {
            return "";
        }
        let end = rest
            .find(|each: char| !(each.is_ascii_alphanumeric() || "_./".contains(each)))
            .unwrap_or(rest.len());
        &rest[..end]
    }

    /// Consumes a text in single quotes, in which quotes are doubled.
    pub(super) fn quoted(&mut self) -> Result<String> {
        let mut out = String::new();
        let mut rest = self.rest().strip_prefix('\'').ok_or_else(|| self.problem("a quote is missing"))?;
        loop {
            let Some(end) = rest.find('\'') else {
                return Err(self.unterminated());
            };
            out.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            let Some(after) = rest.strip_prefix('\'') else { break };
            out.push('\'');
            rest = after;
        }
        self.at = self.text.len() - rest.len();
        Ok(out)
    }
}
