//! The expected form of a member's value, by the kind of its column.

use std::borrow::Cow;

use super::scanner::Scanner;
use crate::column::{Guid, Held, Value};
use crate::metadata::{AttributeType, DateTimeBehavior};

/// The form that is tried first.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Any,
    Guid,
    Integer,
    Instant,
}

/// The last GUID and the last instant with their texts, because a record often names the same user several
/// times, and is often created and modified at the same time.
pub(super) struct LastValues<'de> {
    guid: (&'de [u8], Guid),
    instant: (&'de [u8], i64),
}

impl LastValues<'_> {
    pub(super) const NONE: Self = Self { guid: (&[], Guid::of_words(0, 0)), instant: (&[], 0) };
}

impl Shape {
    /// Returns the shape of the values of a column.
    pub(super) fn of(attribute_type: &AttributeType) -> Self {
        match attribute_type {
            AttributeType::Uniqueidentifier
            | AttributeType::Lookup { .. }
            | AttributeType::Customer { .. }
            | AttributeType::Owner { .. }
            | AttributeType::File => Self::Guid,
            AttributeType::Integer { .. }
            | AttributeType::BigInt
            | AttributeType::Picklist { .. }
            | AttributeType::State { .. }
            | AttributeType::Status { .. } => Self::Integer,
            AttributeType::DateTime { behavior: DateTimeBehavior::UserLocal, .. } => Self::Instant,
            _ => Self::Any,
        }
    }

    /// Takes a value of any shape, the expected one fastest. Writes it in place, because moving it would cost
    /// more than reading it.
    #[inline]
    pub(super) fn read<'de>(
        self,
        scanner: &mut Scanner<'de>,
        last: &mut LastValues<'de>,
        held: &mut Held<'de>,
    ) -> Option<()> {
        match self {
            Self::Guid => {
                if scanner.take_value(last.guid.0) {
                    held.put(Value::Guid(last.guid.1));
                    return Some(());
                }
                let start = scanner.position();
                if let Some(guid) = scanner.guid() {
                    last.guid = (scanner.since(start), guid);
                    held.put(Value::Guid(guid));
                    return Some(());
                }
            }
            Self::Integer => {
                if let Some(number) = scanner.integer() {
                    held.put(Value::Integer(number));
                    return Some(());
                }
            }
            Self::Instant => {
                if scanner.take_value(last.instant.0) {
                    held.put(Value::Instant(last.instant.1));
                    return Some(());
                }
                let start = scanner.position();
                if let Some(seconds) = scanner.instant() {
                    last.instant = (scanner.since(start), seconds);
                    held.put(Value::Instant(seconds));
                    return Some(());
                }
            }
            Self::Any => {
                if let Some(text) = scanner.plain_text() {
                    held.put(Value::Text(Cow::Borrowed(text)));
                    return Some(());
                }
            }
        }
        held.put(scanner.value()?);
        Some(())
    }
}
