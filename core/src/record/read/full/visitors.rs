//! The visitors that `serde_json` drives. They put members into the cells of a row, and skip everything else.

use core::fmt;
use std::borrow::Cow;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::route::{Effect, Route};
use super::json::{self, MemberName};
use super::row::{NestedRows, Row};
use crate::column::Value;
use crate::record::page_info::{PageInfo, server_error};
use crate::table::RowPlan;

/// Fills a row from the text of one record.
pub(crate) fn collect_row<'de>(text: &'de str, row: &mut Row<'de>) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    RowSeed(row).deserialize(&mut deserializer)?;
    deserializer.end()
}

/// Fills a row from one record. Another value than an object becomes the problem of the row, not an error of
/// the page.
struct RowSeed<'r, 'de>(&'r mut Row<'de>);

impl<'de> DeserializeSeed<'de> for RowSeed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl RowSeed<'_, '_> {
    fn not_an_object(self, found: &str) {
        self.0.problem = Some(format!("expected a record (an object), found {found}"));
    }
}

/// Returns the beginning of a text.
fn excerpt(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Visits scalars, which become the problem of the row.
macro_rules! scalars_are_not_objects {
    () => {
        fn visit_unit<E: Error>(self) -> Result<(), E> {
            self.not_an_object("null");
            Ok(())
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
            self.not_an_object(&value.to_string());
            Ok(())
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
            self.not_an_object(&value.to_string());
            Ok(())
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
            self.not_an_object(&value.to_string());
            Ok(())
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
            self.not_an_object(&value.to_string());
            Ok(())
        }

        fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
            self.not_an_object("a string");
            Ok(())
        }
    };
}

impl<'de> Visitor<'de> for RowSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    scalars_are_not_objects!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.not_an_object("an array");
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let row = self.0;
        // The loop reads the routes while it writes to the row.
        let mut routes = core::mem::take(&mut row.routes);
        routes.restart();
        while let Some(MemberName(key)) = map.next_key()? {
            member(row, &key, routes.find(&key, row.plan(), row.is_whole), &mut map)?;
        }
        row.routes = routes;
        Ok(())
    }
}

/// Puts one member of a record into its destination.
fn member<'de, A: MapAccess<'de>>(
    row: &mut Row<'de>,
    key: &str,
    route: &Route,
    map: &mut A,
) -> Result<(), A::Error> {
    match route {
        Route::Skip => drop(map.next_value::<IgnoredAny>()?),
        Route::Etag => row.etag = into_text(next_value(map)?),
        Route::Expand(expand) => {
            let plan = (row.plan().expands[*expand].plan)();
            let rows = map.next_value_seed(NestSeed(plan))?;
            row.put_expanded(*expand, rows);
        }
        Route::OtherResponse => refuse_other_response(row, key, &next_value(map)?),
        Route::Value(_) | Route::Annotation(_) | Route::NextLink(_) | Route::Context => {
            let value = next_value(map)?;
            match route.effect(&value) {
                Effect::Value(route) => row.put_value(route, value),
                Effect::Annotation(route) => row.put_annotation(route, value),
                Effect::NextLink(expand) => row.put_next_link(expand, into_text(value)),
                Effect::Tombstone(is_tombstone) => row.is_tombstone = is_tombstone,
                Effect::Nothing => {}
            }
        }
    }
    Ok(())
}

/// Reports an error or a page, which would otherwise read as a record without values.
fn refuse_other_response(row: &mut Row<'_>, key: &str, value: &Value<'_>) {
    let problem = match value {
        Value::Json(_) if key == "error" => server_error(value),
        Value::Json(text) if key == "value" && text.starts_with('[') => {
            Some("expected a record, found a page of records".to_owned())
        }
        _ => None,
    };
    row.problem = row.problem.take().or(problem);
}

fn next_value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Value<'de>, A::Error> {
    Ok(json::value(map.next_value::<&'de RawValue>()?))
}

fn into_text(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Reads the content of an expanded navigation property.
struct NestSeed(&'static RowPlan);

impl<'de> DeserializeSeed<'de> for NestSeed {
    type Value = NestedRows<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<NestedRows<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NestSeed {
    type Value = NestedRows<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expanded record or an array of them")
    }

    fn visit_unit<E: Error>(self) -> Result<NestedRows<'de>, E> {
        Ok(NestedRows::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<NestedRows<'de>, E> {
        Ok(NestedRows::Other(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<NestedRows<'de>, E> {
        Ok(NestedRows::Other(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<NestedRows<'de>, E> {
        Ok(NestedRows::Other(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<NestedRows<'de>, E> {
        Ok(NestedRows::Other(Cow::Owned(value.to_string())))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<NestedRows<'de>, E> {
        Ok(NestedRows::Other(Cow::Owned(format!("{:?}", excerpt(value)))))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NestedRows<'de>, A::Error> {
        let mut row = Row::new(self.0);
        RowSeed(&mut row).visit_map(map)?;
        Ok(NestedRows::One(Box::new(row)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<NestedRows<'de>, A::Error> {
        let mut rows = Vec::new();
        loop {
            let mut row = Row::new(self.0);
            if seq.next_element_seed(RowSeed(&mut row))?.is_none() {
                return Ok(NestedRows::Many(rows));
            }
            rows.push(row);
        }
    }
}

/// Reads a page, and passes each row to the reader as soon as it is collected.
pub(super) struct PageSeed<'p, 'de> {
    pub(super) plan: &'static RowPlan,
    pub(super) info: &'p mut PageInfo,
    /// The index of the current row, for the text of a syntax error.
    pub(super) current: &'p mut Option<usize>,
    pub(super) on_row: &'p mut dyn FnMut(&mut Row<'de>) -> bool,
}

impl<'de> DeserializeSeed<'de> for PageSeed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PageSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of records (an object with a `value` array)")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut seen = false;
        while let Some(MemberName(key)) = map.next_key()? {
            if key == "value" {
                if seen {
                    return Err(A::Error::custom("the member `value` appears twice"));
                }
                seen = true;
                map.next_value_seed(RowsSeed(&mut self))?;
                *self.current = None;
            } else {
                let value = next_value(&mut map)?;
                self.info.member(&key, value).map_err(A::Error::custom)?;
            }
        }
        if seen {
            Ok(())
        } else {
            Err(A::Error::custom("expected a page of records, found no `value` array"))
        }
    }
}

struct RowsSeed<'s, 'p, 'de>(&'s mut PageSeed<'p, 'de>);

impl<'de> DeserializeSeed<'de> for RowsSeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowsSeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut row = Row::of_page(self.0.plan);
        for index in 0.. {
            row.reset(index);
            *self.0.current = Some(index);
            if seq.next_element_seed(RowSeed(&mut row))?.is_none() {
                break;
            }
            if !(self.0.on_row)(&mut row) {
                return Err(A::Error::custom("stopped at a row that cannot be read"));
            }
        }
        Ok(())
    }
}
