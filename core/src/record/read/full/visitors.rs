//! The walk through the JSON: members go to the cells that want them, everything else is skipped.

use core::fmt;
use std::borrow::Cow;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::json::{self, Key};
use super::page_info::{PageInfo, server_error};
use super::route::{Note, Route};
use super::row::{Content, Row};
use crate::column::Value;
use crate::table::RowPlan;

/// Fills a row from the text of one record.
pub(super) fn collect_row<'de>(text: &'de str, row: &mut Row<'de>) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    RowSeed(row).deserialize(&mut deserializer)?;
    deserializer.end()
}

/// Fills a row from one record. A value that is no object at all becomes the row's problem, not an error of the page.
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

/// The beginning of a text.
fn excerpt(text: &str) -> String {
    text.chars().take(80).collect()
}

/// A record is an object; what else JSON can hold is noted.
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

        fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
            self.not_an_object(&format!("the string {:?}", excerpt(value)));
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
        // The row is written to while its routes are read.
        let mut routes = core::mem::take(&mut row.routes);
        routes.restart();
        while let Some(Key(key)) = map.next_key()? {
            member(row, &key, routes.find(&key, row.plan(), row.is_whole), &mut map)?;
        }
        row.routes = routes;
        Ok(())
    }
}

/// Takes one member of a record to where it belongs.
fn member<'de, A: MapAccess<'de>>(
    row: &mut Row<'de>,
    key: &str,
    route: &Route,
    map: &mut A,
) -> Result<(), A::Error> {
    match route {
        Route::Skip => drop(map.next_value::<IgnoredAny>()?),
        Route::Value { column, is_id, note } => {
            let value = next_value(map)?;
            let text = (*is_id || note.is_some()).then(|| into_text(value.clone())).flatten();
            match note {
                Some(Note::Id) => row.note.id.clone_from(&text),
                Some(Note::Reason) => row.note.reason.clone_from(&text),
                None => {}
            }
            if *is_id {
                row.id = text;
            }
            if let Some(place) = *column {
                row.put_value(place, value);
            }
        }
        Route::Annotation { part, own, taken } => {
            if let Some(text) = next_text(map)? {
                row.put_annotation(*part, *own, taken, &text);
            }
        }
        Route::Etag => row.etag = next_text(map)?,
        Route::Context => {
            row.is_deleted = next_text(map)?.is_some_and(|context| context.ends_with("/$deletedEntity"));
        }
        Route::Expand(place) => {
            let plan = (row.plan().expands[*place].plan)();
            let content = map.next_value_seed(NestSeed(plan))?;
            row.put_content(*place, content);
        }
        Route::NextLink(place) => row.put_next_link(*place, next_text(map)?),
        Route::OtherAnswer => note_other_answer(row, key, &next_value(map)?),
    }
    Ok(())
}

/// An error, or a page, is not read as a record in which nothing is set.
fn note_other_answer(row: &mut Row<'_>, key: &str, value: &Value<'_>) {
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

/// An annotation's text; one that is no string says nothing.
fn next_text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    next_value(map).map(into_text)
}

fn into_text(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Reads what is behind an expanded navigation property.
struct NestSeed(&'static RowPlan);

impl<'de> DeserializeSeed<'de> for NestSeed {
    type Value = Content<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NestSeed {
    type Value = Content<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expanded record or an array of them")
    }

    fn visit_unit<E: Error>(self) -> Result<Content<'de>, E> {
        Ok(Content::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Content<'de>, E> {
        Ok(Content::Other(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Content<'de>, E> {
        Ok(Content::Other(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Content<'de>, E> {
        Ok(Content::Other(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Content<'de>, E> {
        Ok(Content::Other(Cow::Owned(value.to_string())))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Content<'de>, E> {
        Ok(Content::Other(Cow::Owned(format!("{:?}", excerpt(value)))))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content<'de>, A::Error> {
        let mut row = Row::new(self.0);
        RowSeed(&mut row).visit_map(map)?;
        Ok(Content::One(Box::new(row)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Content<'de>, A::Error> {
        let mut rows = Vec::new();
        loop {
            let mut row = Row::new(self.0);
            if seq.next_element_seed(RowSeed(&mut row))?.is_none() {
                return Ok(Content::Many(rows));
            }
            rows.push(row);
        }
    }
}

/// Reads a page: each row is handed over as soon as it is collected. The handler says whether to go on.
pub(super) struct PageSeed<'p, 'de> {
    pub(super) plan: &'static RowPlan,
    pub(super) info: &'p mut PageInfo,
    /// The row that is being read, for the message of a syntax error.
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
        while let Some(Key(key)) = map.next_key()? {
            if key == "value" {
                if seen {
                    return Err(A::Error::custom("the member `value` stands there twice"));
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
        let mut row = Row::new(self.0.plan);
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
