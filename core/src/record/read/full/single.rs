//! One column by itself: `{"@odata.context":…,"value":…}`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::json;
use crate::column::{Cell, Held, ReadColumn, SharedStrings};
use crate::encode::excerpt;
use crate::metadata::{AttributeMetadata, EntityMetadata};
use crate::record::error::DecodeError;

/// Reads the value of one column.
pub(crate) fn read_single<'de, F: ReadColumn<'de>>(
    body: &'de [u8],
    table: &'static EntityMetadata,
    column: &'static AttributeMetadata,
) -> Result<F, DecodeError> {
    let members: BTreeMap<Cow<'de, str>, &'de RawValue> = serde_json::from_slice(body).map_err(|error| {
        let error = excerpt::without_value(error.to_string());
        DecodeError::malformed(table, format!("the response has another shape: {error}"))
    })?;
    let raw = members.get("value");
    let raw = raw.ok_or_else(|| DecodeError::malformed(table, "the response holds no `value`"))?;
    let value = json::value(raw);
    let mut field = F::blank();
    let held = Held::new(value);
    field
        .read(Cell::new(&held, None, None), &mut SharedStrings::default())
        .map(|()| field)
        .map_err(|error| DecodeError::value(table, column.logical_name, error))
}
