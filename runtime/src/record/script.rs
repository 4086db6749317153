//! The quick way through a page.
//!
//! A page repeats the same members in the same order, row after row, and many of them with the same value. So the members
//! of a row are a script for the next one: where its text goes on with the name that is expected, the name is not looked
//! at any further, and where the value is that of the row before, it is not read again.
//!
//! Everything goes to the same [`Row`] as on the way through `serde_json` in [`collect`](super::collect). What this way is
//! not sure of, that way reads from the beginning: `None` is never an error.

use std::borrow::Cow;

use super::cursor::{Cursor, Token};
use super::page_info::PageInfo;
use super::route::{Note, Route, route};
use super::row::{Content, Row};
use crate::plan::RowPlan;
use crate::value::Value;

/// More members than a table has columns with all their annotations.
const MOST_STEPS: usize = 4096;
/// Expanded records within expanded records; deeper ones are left to `serde_json`, which has a limit of its own.
const MOST_LEVELS: usize = 16;

/// The members of a record in their order.
#[derive(Debug, Default)]
pub(super) struct Script<'de> {
    steps: Vec<Step<'de>>,
    /// The scripts of expanded records, by the place of their navigation property.
    nested: Vec<Script<'de>>,
}

/// One member.
#[derive(Debug)]
struct Step<'de> {
    /// The name as it stands in the text, with its quotes and the colon.
    name: &'de str,
    route: Route,
    /// Name and value in the last record that had the member.
    text: &'de str,
    /// The value in that record.
    last: Token<'de>,
    /// Had the record before it the same value?
    repeats: bool,
}

/// Reads a page. The handler is given each row, and says whether to go on.
pub(super) fn page<'de>(
    text: &'de str,
    plan: &'static RowPlan,
    on_row: &mut dyn FnMut(&mut Row<'de>) -> bool,
) -> Option<PageInfo> {
    let mut cursor = Cursor::new(text);
    let (mut info, mut seen) = (PageInfo::default(), false);
    cursor.take(b'{')?;
    loop {
        let (_, name) = cursor.name()?;
        if name == "value" {
            if seen {
                return None;
            }
            seen = true;
            rows(&mut cursor, plan, on_row)?;
        } else {
            info.member(name, cursor.value()?.value).ok()?;
        }
        if cursor.take(b',').is_none() {
            break;
        }
    }
    cursor.take(b'}')?;
    (seen && info.server_error.is_none() && cursor.is_at_end()).then_some(info)
}

fn rows<'de>(
    cursor: &mut Cursor<'de>,
    plan: &'static RowPlan,
    on_row: &mut dyn FnMut(&mut Row<'de>) -> bool,
) -> Option<()> {
    cursor.take(b'[')?;
    if cursor.take(b']').is_some() {
        return Some(());
    }
    let (mut script, mut row) = (Script::default(), Row::new(plan));
    for index in 0.. {
        row.reset(index);
        script.record(cursor, &mut row, MOST_LEVELS)?;
        if !on_row(&mut row) {
            return None;
        }
        if cursor.take(b',').is_none() {
            break;
        }
    }
    cursor.take(b']')
}

/// Reads an answer that is one record.
pub(super) fn record<'de>(text: &'de str, row: &mut Row<'de>) -> Option<()> {
    let mut cursor = Cursor::new(text);
    Script::default().record(&mut cursor, row, MOST_LEVELS)?;
    cursor.is_at_end().then_some(())
}

impl<'de> Script<'de> {
    /// Reads a record into a row.
    fn record(&mut self, cursor: &mut Cursor<'de>, row: &mut Row<'de>, levels: usize) -> Option<()> {
        cursor.take(b'{')?;
        if cursor.take(b'}').is_some() {
            return Some(());
        }
        let mut place = 0;
        loop {
            let start = cursor.place();
            if let Some(step) = self.steps.get(place)
                && step.repeats
                && cursor.take_value(step.text)
            {
                step.deliver(row, true)?;
            } else {
                place = self.find(cursor, row, place)?;
                self.member(cursor, row, place, levels)?;
                self.steps[place].text = cursor.since(start)?;
            }
            place += 1;
            if cursor.take(b',').is_none() {
                return cursor.take(b'}');
            }
        }
    }

    /// The step of the member that stands here, whose name is taken.
    fn find(&mut self, cursor: &mut Cursor<'de>, row: &Row<'de>, expected: usize) -> Option<usize> {
        if self.steps.get(expected).is_some_and(|step| cursor.take_text(step.name)) {
            return Some(expected);
        }
        let (text, name) = cursor.name()?;
        if let Some(place) = self.steps.iter().position(|step| step.name == text) {
            return Some(place);
        }
        if self.steps.len() == MOST_STEPS {
            return None;
        }
        let route = route(name, row.plan(), row.is_whole);
        let last = Token { raw: "", value: Value::Null };
        self.steps.push(Step { name: text, route, text: "", last, repeats: false });
        Some(self.steps.len() - 1)
    }

    /// Takes the value of a member to where it belongs.
    fn member(
        &mut self,
        cursor: &mut Cursor<'de>,
        row: &mut Row<'de>,
        place: usize,
        levels: usize,
    ) -> Option<()> {
        let step = &mut self.steps[place];
        if let Route::Expand(expand) = step.route {
            return self.expand(cursor, row, expand, levels);
        }
        if matches!(step.route, Route::Etag) {
            // Every record has its own.
            row.etag = into_text(cursor.value()?.value);
            return Some(());
        }
        step.repeats = !step.last.raw.is_empty() && cursor.take_value(step.last.raw);
        if !step.repeats {
            step.last = cursor.value()?;
        }
        step.deliver(row, step.repeats)
    }

    /// Reads what is behind an expanded navigation property.
    fn expand(
        &mut self,
        cursor: &mut Cursor<'de>,
        row: &mut Row<'de>,
        place: usize,
        levels: usize,
    ) -> Option<()> {
        let levels = levels.checked_sub(1)?;
        let plan = (row.plan().expands[place].plan)();
        if self.nested.len() <= place {
            self.nested.resize_with(place + 1, Script::default);
        }
        let script = &mut self.nested[place];
        let content = match cursor.peek()? {
            b'n' if cursor.take_value("null") => Content::Null,
            b'{' => {
                let mut inner = Row::new(plan);
                script.record(cursor, &mut inner, levels)?;
                Content::One(Box::new(inner))
            }
            b'[' => {
                let mut rows = Vec::new();
                cursor.take(b'[')?;
                if cursor.take(b']').is_none() {
                    loop {
                        let mut inner = Row::new(plan);
                        script.record(cursor, &mut inner, levels)?;
                        rows.push(inner);
                        if cursor.take(b',').is_none() {
                            break;
                        }
                    }
                    cursor.take(b']')?;
                }
                Content::Many(rows)
            }
            _ => return None,
        };
        row.put_content(place, content);
        Some(())
    }
}

impl<'de> Step<'de> {
    /// Takes the value to where it belongs. `is_known`: the last record that had the member had the same value.
    fn deliver(&self, row: &mut Row<'de>, is_known: bool) -> Option<()> {
        let value = &self.last.value;
        let text = || if let Value::Text(text) = value { Some(text.clone()) } else { None };
        match &self.route {
            Route::Skip | Route::Expand(_) | Route::Etag => {}
            Route::Value { column, is_id, note } => {
                match note {
                    Some(Note::Id) => row.note.id = text(),
                    Some(Note::Reason) => row.note.reason = text(),
                    None => {}
                }
                if *is_id {
                    row.id = text();
                }
                if let Some(column) = *column
                    && !(is_known && row.repeat_value(column))
                {
                    row.put_value(column, value.clone());
                }
            }
            Route::Annotation { part, own, taken } => {
                if let Value::Text(text) = value
                    && !(is_known && row.repeat_annotation(*part, *own, taken))
                {
                    row.put_annotation(*part, *own, taken, text);
                }
            }
            Route::Context => {
                row.is_deleted = matches!(value, Value::Text(text) if text.ends_with("/$deletedEntity"));
            }
            Route::NextLink(place) => row.put_next_link(*place, text()),
            Route::OtherAnswer => return None,
        }
        Some(())
    }
}

fn into_text(value: Value<'_>) -> Option<Cow<'_, str>> {
    if let Value::Text(text) = value { Some(text) } else { None }
}
