//! The name of a member that belongs to a column: that of the column, and that of an annotation.

use super::super::route::{FORMATTED_VALUE, LOOKUP_LOGICAL_NAME};
use super::scanner::Scanner;
use crate::metadata::SourcePart;

/// A member of a column.
#[derive(Clone, Copy)]
pub(super) enum Member {
    Value,
    Annotation(SourcePart),
    /// A member that nothing reads.
    Skip,
}

impl<'de> Scanner<'de> {
    /// Takes the beginning of a member's name, up to the end of the name of this column.
    #[inline]
    pub(super) fn take_column(&mut self, logical_name: &str, is_lookup: bool) -> Option<()> {
        self.take(b'"')?;
        if !is_lookup {
            return self.next(logical_name.as_bytes());
        }
        self.take(b'_')?;
        self.next(logical_name.as_bytes())?;
        self.next(b"_value")
    }

    /// Takes the beginning of a member's name, up to an annotation or the end, and returns it.
    #[inline]
    pub(super) fn column_name(&mut self) -> Option<&'de str> {
        self.take(b'"')?;
        let start = self.position();
        let length = self.rest().iter().position(|byte| matches!(byte, b'"' | b'@'))?;
        self.go_to(start + length);
        self.text_since(start)
    }

    /// Takes the rest of a member's name after that of its column, and the colon. `None` if it is unusual.
    #[inline]
    pub(super) fn rest_of_name(&mut self) -> Option<Member> {
        let member = if self.take(b'@').is_none() {
            Member::Value
        } else if self.take_text(FORMATTED_VALUE.as_bytes()) {
            Member::Annotation(SourcePart::Name)
        } else if self.take_text(LOOKUP_LOGICAL_NAME.as_bytes()) {
            Member::Annotation(SourcePart::Type)
        } else {
            self.next(b"Microsoft.Dynamics.CRM.associatednavigationproperty")?;
            Member::Skip
        };
        self.next(b"\":")?;
        Some(member)
    }

    #[inline]
    fn next(&mut self, text: &[u8]) -> Option<()> {
        self.take_text(text).then_some(())
    }
}
