//! The quick way through a page.
//!
//! A page repeats the same members in the same order, row after row, and many of them with the same value. So the members
//! of a row are a script for the next one: where its text goes on with the name that is expected, the name is not looked
//! at any further, and where the value is that of the row before, it is not read again. What is read goes straight into the
//! fields of the record.
//!
//! `None` is never an error: what this way is not sure of, the way through `serde_json` reads from the beginning, a row of
//! a page by itself ([`collect`](super::collect)).

use std::borrow::Cow;

use super::collect::collect_row;
use super::cursor::Cursor;
use super::decoder::PageReader;
use super::fields::{Fields, ReadContext};
use super::page_info::PageInfo;
use super::route::{MOST_MEMBERS, Route, Router};
use super::row::Row;
use crate::column::{Cell, Guid, Held, Value};
use crate::metadata::{AttributeType, DateTimeBehavior, SourcePart};
use crate::table::RowPlan;

/// How often members can turn up between others that were there before.
const MOST_MOVES: usize = 1024;
/// Expanded records within expanded records; deeper ones are left to `serde_json`, which has a limit of its own.
const MOST_LEVELS: usize = 16;
/// After this many records, what repeats is looked at anew.
const RELEARN: u32 = 16;
/// After this many records, a value that changed is expected to repeat again.
const RETRY: u32 = 4;
/// Rows that can be odd before it is no longer worth it; of a long page, half of the rows.
const MOST_ODD: usize = 8;

/// Reads a page.
pub(super) fn page<'de>(text: &'de str, reader: &mut PageReader<'_, 'de>) -> Option<PageInfo> {
    let mut cursor = Cursor::new(text);
    let (mut info, mut seen) = (PageInfo::default(), false);
    cursor.take(b'{')?;
    loop {
        let name = cursor.name()?;
        if name == "value" {
            if seen {
                return None;
            }
            seen = true;
            rows(&mut cursor, reader)?;
        } else {
            info.member(name, cursor.value()?).ok()?;
        }
        if cursor.take(b',').is_none() {
            break;
        }
    }
    cursor.take(b'}')?;
    (seen && info.server_error.is_none() && cursor.is_at_end()).then_some(info)
}

fn rows<'de>(cursor: &mut Cursor<'de>, reader: &mut PageReader<'_, 'de>) -> Option<()> {
    cursor.take(b'[')?;
    if cursor.take(b']').is_some() {
        return Some(());
    }
    let (mut script, mut other) = (Script::new(reader.plan), Row::new(reader.plan));
    let mut odd = 0;
    for index in 0.. {
        let start = cursor.place();
        let read =
            reader.read(|fields, context| script.record(cursor, fields, context, MOST_LEVELS).ok_or(()));
        if read.is_err() {
            odd += 1;
            if reader.context.gives_up || odd > MOST_ODD + index / 2 {
                return None;
            }
            // The members may stand in another order from here on.
            script = Script::new(reader.plan);
            cursor.go_back(start);
            odd_row(cursor, reader, &mut other, index)?;
        }
        if cursor.take(b',').is_none() {
            break;
        }
    }
    cursor.take(b']')
}

/// Reads a row by itself on the other way. It has not all the levels within each other there that it has in its page.
fn odd_row<'de>(
    cursor: &mut Cursor<'de>,
    reader: &mut PageReader<'_, 'de>,
    row: &mut Row<'de>,
    index: usize,
) -> Option<()> {
    let start = cursor.place();
    cursor.value()?;
    row.reset(index);
    collect_row(cursor.text_since(start)?, row).ok()?;
    (row.levels() <= MOST_LEVELS && reader.take(row)).then_some(())
}

/// Reads an answer that is one record.
pub(super) fn record<'de>(
    text: &'de str,
    plan: &'static RowPlan,
    fields: &mut dyn Fields<'de>,
    context: &mut ReadContext,
) -> Option<()> {
    let mut cursor = Cursor::new(text);
    let mut script = Script { is_whole: true, ..Script::new(plan) };
    script.record(&mut cursor, fields, context, MOST_LEVELS)?;
    cursor.is_at_end().then_some(())
}

/// The members of a record in their order.
struct Script<'de> {
    plan: &'static RowPlan,
    steps: Vec<Step<'de>>,
    /// The last record that had the member of each step; 0 for none.
    records: Vec<u32>,
    /// Do the runs still say what their members hold? If not, they are learnt anew.
    runs_hold: bool,
    /// The GUID that was read last: a record often names the same user several times.
    guid: (&'de [u8], Guid),
    /// What is known of each column.
    columns: Vec<Column>,
    /// The scripts of expanded records, by the place of their navigation property.
    nested: Vec<Script<'de>>,
    /// The number of the record that is being read, from 1.
    record: u32,
    /// Is the record the whole answer?
    is_whole: bool,
    router: Router,
}

/// One member.
struct Step<'de> {
    /// The name as it stands in the text, with its quotes and the colon.
    name: &'de [u8],
    route: Route,
    shape: Shape,
    /// The text of the value in the last record that had the member.
    value: &'de [u8],
    /// The value.
    held: Held<'de>,
    /// Had the record before it the same value?
    repeats: bool,
    /// Is there nothing to be done with the value?
    is_idle: bool,
    /// The text from here on to where members no longer repeat, and how many they are; empty where no run begins.
    run: &'de [u8],
    run_length: usize,
}

/// A run of members that is being learnt.
#[derive(Default)]
struct Run {
    place: usize,
    length: usize,
    /// Where its text begins.
    start: usize,
}

/// What a value is expected to be.
#[derive(Clone, Copy)]
enum Shape {
    Any,
    Guid,
    Integer,
    Instant,
}

/// What is known of a column.
#[derive(Clone, Copy, Default)]
struct Column {
    /// The step of its value.
    value: Option<usize>,
    /// The steps of its annotations. They stand before its value, or the record is left to the other way.
    display: Option<usize>,
    table: Option<usize>,
    /// The last record that had a value for it.
    filled: u32,
}

impl<'de> Script<'de> {
    fn new(plan: &'static RowPlan) -> Self {
        Self {
            plan,
            steps: Vec::with_capacity(plan.columns.len()),
            records: Vec::with_capacity(plan.columns.len()),
            runs_hold: false,
            guid: (&[], Guid::of_words(0, 0)),
            columns: vec![Column::default(); plan.columns.len()],
            nested: Vec::new(),
            record: 0,
            is_whole: false,
            router: Router::default(),
        }
    }

    /// Reads a record.
    fn record(
        &mut self,
        cursor: &mut Cursor<'de>,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        levels: usize,
    ) -> Option<()> {
        self.record += 1;
        let learns = self.record.is_multiple_of(RELEARN) || !self.runs_hold;
        if learns {
            // A run whose members this record lacks would go on with what they hold by then.
            self.forget_runs();
        }
        let mut run = Run::default();
        cursor.take(b'{')?;
        if cursor.take(b'}').is_none() {
            let mut place = 0;
            loop {
                let start = cursor.place();
                if !learns && let Some(length) = self.take_run(cursor, place) {
                    for step in place..place + length {
                        if !self.steps[step].is_idle {
                            self.deliver(step, fields, context)?;
                        }
                    }
                    place += length;
                } else {
                    place = self.member(cursor, place, fields, context, levels)?;
                    if learns {
                        self.learn(&mut run, cursor, place, start);
                    }
                    place += 1;
                }
                if cursor.take(b',').is_none() {
                    break;
                }
            }
            cursor.take(b'}')?;
        }
        self.runs_hold |= learns;
        self.finish(fields, context)
    }

    /// Takes the members of a run, if they are those of the record before, and says how many they are.
    fn take_run(&mut self, cursor: &mut Cursor<'de>, place: usize) -> Option<usize> {
        let step = self.steps.get(place)?;
        if step.run.is_empty() {
            return None;
        }
        if !cursor.take_value(step.run) {
            self.runs_hold = false;
            return None;
        }
        let length = step.run_length;
        self.records[place..place + length].fill(self.record);
        Some(length)
    }

    fn forget_runs(&mut self) {
        self.steps.iter_mut().for_each(|step| step.run = &[]);
    }

    /// Makes the member at this place, which began at `start`, part of a run of members that all repeat.
    fn learn(&mut self, run: &mut Run, cursor: &Cursor<'de>, place: usize, start: usize) {
        if !self.steps[place].repeats {
            run.length = 0;
            return;
        }
        if run.length == 0 || run.place + run.length != place {
            *run = Run { place, length: 0, start };
        }
        run.length += 1;
        let first = &mut self.steps[run.place];
        first.run_length = run.length;
        first.run = cursor.since(run.start);
    }

    /// Reads the member that stands here, and gives its step.
    fn member(
        &mut self,
        cursor: &mut Cursor<'de>,
        expected: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        levels: usize,
    ) -> Option<usize> {
        let place = self.find(cursor, expected, context)?;
        let (step, record) = (&mut self.steps[place], &mut self.records[place]);
        let is_known = core::mem::replace(record, self.record) > 0;
        match step.route {
            Route::Expand(expand) => self.expand(cursor, expand, fields, context, levels)?,
            Route::Etag => {
                let etag = cursor.etag()?;
                if let Some(head) = fields.head_mut() {
                    head.etag = etag;
                }
            }
            _ => {
                // What did not repeat will hardly begin to, so it is not always looked for.
                let may_repeat = is_known && (step.repeats || self.record.is_multiple_of(RETRY));
                let repeated =
                    core::mem::replace(&mut step.repeats, may_repeat && cursor.take_value(step.value));
                if !step.repeats {
                    // The runs that it is part of say something else now.
                    self.runs_hold &= !repeated;
                    let start = cursor.place();
                    step.shape.read(cursor, &mut self.guid, &mut step.held)?;
                    step.value = cursor.since(start);
                    step.is_idle = step.needs_nothing();
                }
                if !step.is_idle {
                    self.deliver(place, fields, context)?;
                }
            }
        }
        Some(place)
    }

    /// The step of the member that stands here, whose name is taken. What stands before the step that is expected was
    /// passed already: the member is there twice, or its record has another order.
    fn find(
        &mut self,
        cursor: &mut Cursor<'de>,
        expected: usize,
        context: &mut ReadContext,
    ) -> Option<usize> {
        if self.steps.get(expected).is_some_and(|step| cursor.take_text(step.name)) {
            return Some(expected);
        }
        let start = cursor.place();
        let name = cursor.name()?;
        let text = cursor.since(start);
        // In the first record every member is new, unless it is there twice, which `insert` sees.
        if self.record > 1
            && let Some(place) = self.steps.iter().position(|step| step.name == text)
        {
            return (place > expected).then_some(place);
        }
        if self.steps.len() == MOST_MEMBERS {
            return None;
        }
        let route = self.router.route(name, self.plan, self.is_whole);
        self.insert(expected, text, route, context)?;
        Some(expected)
    }

    /// Adds a step; `None` for a member that is there twice, unless it does not matter, and for annotations that do not stand
    /// before their value.
    fn insert(
        &mut self,
        place: usize,
        name: &'de [u8],
        route: Route,
        context: &mut ReadContext,
    ) -> Option<()> {
        self.runs_hold = false;
        if place < self.steps.len() {
            // To move the steps takes time, and no server of good will has them moved often.
            context.moves += 1;
            if context.moves > MOST_MOVES {
                context.gives_up = true;
                return None;
            }
            // Runs that go on over this place no longer do.
            self.forget_runs();
            for column in &mut self.columns {
                for step in [&mut column.value, &mut column.display, &mut column.table].into_iter().flatten()
                {
                    *step += usize::from(*step >= place);
                }
            }
        }
        let mut shape = Shape::Any;
        match &route {
            Route::Value { column: Some(column), .. } => {
                shape = Shape::of(&self.plan.columns[*column].attribute_type);
                let column = &mut self.columns[*column];
                let is_later = |step: Option<usize>| step.is_some_and(|step| step > place);
                if column.value.replace(place).is_some() || is_later(column.display) || is_later(column.table)
                {
                    return None;
                }
            }
            Route::Annotation { part, own: Some(own), .. } => {
                let column = &mut self.columns[*own];
                if column.value.is_some_and(|value| value < place) {
                    return None;
                }
                let annotation = match part {
                    SourcePart::Name => column.display.replace(place),
                    SourcePart::Type => column.table.replace(place),
                    SourcePart::YomiName => None,
                };
                if annotation.is_some() {
                    return None;
                }
            }
            Route::Expand(_) | Route::NextLink(_) if self.steps.iter().any(|step| step.name == name) => {
                return None;
            }
            Route::OtherAnswer => return None,
            _ => {}
        }
        let held = Held::new(Value::Null);
        self.records.insert(place, 0);
        self.steps.insert(
            place,
            Step {
                name,
                route,
                shape,
                value: &[],
                held,
                repeats: false,
                is_idle: false,
                run: &[],
                run_length: 0,
            },
        );
        Some(())
    }

    /// Takes the value of a step to where it belongs.
    fn deliver(
        &mut self,
        place: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Option<()> {
        let step = &self.steps[place];
        match &step.route {
            Route::Value { column: Some(at), .. } => {
                let column = &mut self.columns[*at];
                column.filled = self.record;
                let annotation = |step: Option<usize>| {
                    step.filter(|step| self.records[*step] == self.record).map(|step| &self.steps[step].held)
                };
                let (display, table) = (annotation(column.display), annotation(column.table));
                let cell = Cell::new(&step.held, display, table);
                fields.read_column(*at, cell, &mut context.strings).ok()?;
            }
            Route::Annotation { taken, .. } => {
                for &at in taken {
                    self.columns[at].filled = self.record;
                    let cell = Cell::new(&step.held, None, None);
                    fields.read_column(at, cell, &mut context.strings).ok()?;
                }
            }
            Route::Context => {
                if step.held.text().is_some_and(|context| context.ends_with("/$deletedEntity")) {
                    return None;
                }
            }
            Route::NextLink(expand) => {
                if let (Some(link), Some(field)) = (step.held.text(), fields.expand_mut(*expand)) {
                    field.put_next_link(link.clone().into_owned());
                }
            }
            Route::Value { column: None, .. }
            | Route::Skip
            | Route::Etag
            | Route::Expand(_)
            | Route::OtherAnswer => {}
        }
        Some(())
    }

    /// Reads what is behind an expanded navigation property.
    fn expand(
        &mut self,
        cursor: &mut Cursor<'de>,
        place: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        levels: usize,
    ) -> Option<()> {
        let field = fields.expand_mut(place)?;
        let Some(levels) = levels.checked_sub(1) else {
            context.gives_up = true;
            return None;
        };
        while self.nested.len() <= place {
            self.nested.push(Script::new((self.plan.expands[self.nested.len()].plan)()));
        }
        let script = &mut self.nested[place];
        match cursor.peek()? {
            b'n' if cursor.take_value(b"null") => Some(()),
            b'{' if !field.is_collection() => script.record(cursor, field.begin(), context, levels),
            b'[' if field.is_collection() => {
                cursor.take(b'[')?;
                if cursor.take(b']').is_some() {
                    return Some(());
                }
                loop {
                    script.record(cursor, field.begin(), context, levels)?;
                    if cursor.take(b',').is_none() {
                        return cursor.take(b']');
                    }
                }
            }
            _ => None,
        }
    }

    /// Is everything there that has to be?
    fn finish(&mut self, fields: &mut dyn Fields<'de>, context: &mut ReadContext) -> Option<()> {
        let lacks =
            |(place, is_required): &(usize, bool)| *is_required && self.columns[*place].filled != self.record;
        if self.plan.required.iter().any(lacks) {
            return None;
        }
        if context.formatted_values
            && let Some(head) = fields.head_mut()
        {
            let shown = self.columns.iter().zip(self.plan.columns).filter_map(|(column, attribute)| {
                let step = column.display.filter(|step| self.records[*step] == self.record)?;
                let text = self.steps[step].held.share(&mut context.strings)?;
                Some((attribute.logical_name, text))
            });
            head.formatted = shown.collect();
        }
        Some(())
    }
}

impl Step<'_> {
    /// Is there nothing to be done with the value? An annotation is asked for by whoever wants it, and fields start with
    /// nothing.
    fn needs_nothing(&self) -> bool {
        match &self.route {
            Route::Value { column, .. } => column.is_none() || matches!(self.held.value, Value::Null),
            Route::Annotation { taken, .. } => taken.is_empty() || self.held.text().is_none(),
            Route::Context | Route::NextLink(_) => false,
            Route::Skip | Route::Etag | Route::Expand(_) | Route::OtherAnswer => true,
        }
    }
}

impl Shape {
    fn of(attribute_type: &AttributeType) -> Self {
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

    /// Takes a value, whether it is what was expected or not. It is written where it is held: to move it costs more than to
    /// read it.
    fn read<'de>(
        self,
        cursor: &mut Cursor<'de>,
        last: &mut (&'de [u8], Guid),
        held: &mut Held<'de>,
    ) -> Option<()> {
        match self {
            Self::Guid => {
                if cursor.take_value(last.0) {
                    held.put(Value::Guid(last.1));
                    return Some(());
                }
                let start = cursor.place();
                if let Some(guid) = cursor.guid() {
                    *last = (cursor.since(start), guid);
                    held.put(Value::Guid(guid));
                    return Some(());
                }
            }
            Self::Integer => {
                if let Some(number) = cursor.integer() {
                    held.put(Value::Integer(number));
                    return Some(());
                }
            }
            Self::Instant => {
                if let Some(seconds) = cursor.instant() {
                    held.put(Value::Instant(seconds));
                    return Some(());
                }
            }
            Self::Any => {
                if let Some(text) = cursor.plain_text() {
                    held.put(Value::Text(Cow::Borrowed(text)));
                    return Some(());
                }
            }
        }
        held.put(cursor.value()?);
        Some(())
    }
}
