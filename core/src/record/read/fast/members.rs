//! Members that both readers of the fast path read alike: etags and expanded records.

use super::budget::Budget;
use super::scanner::{ScannedEtag, Scanner};
use crate::record::fields::{Fields, FillExpand};

/// Reads an etag into the head of a record.
#[inline]
pub(super) fn put_etag<'de>(scanner: &mut Scanner<'de>, fields: &mut dyn Fields<'de>) -> Option<()> {
    let etag = scanner.etag()?;
    if let Some(head) = fields.head_mut() {
        head.etag = match etag {
            ScannedEtag::Etag(etag) => Some(etag),
            ScannedEtag::NoString => None,
        };
    }
    Some(())
}

/// Reads the content of an expanded navigation property, each record with `read`.
pub(super) fn records<'de>(
    scanner: &mut Scanner<'de>,
    field: &mut dyn FillExpand<'de>,
    budget: &mut Budget,
    mut read: impl FnMut(&mut Scanner<'de>, &mut dyn Fields<'de>, &mut Budget) -> Option<()>,
) -> Option<()> {
    budget.descend()?;
    match scanner.peek()? {
        b'n' if scanner.take_value(b"null") => {}
        b'{' if !field.is_collection() => read(scanner, field.begin(), budget)?,
        b'[' if field.is_collection() => {
            scanner.take(b'[')?;
            if scanner.take(b']').is_none() {
                loop {
                    read(scanner, field.begin(), budget)?;
                    if scanner.take(b',').is_none() {
                        break;
                    }
                }
                scanner.take(b']')?;
            }
        }
        _ => return None,
    }
    budget.ascend();
    Some(())
}
