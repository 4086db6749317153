//! Boxes and their texts.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::super::content::{Diagram, Entity, Row};
use super::super::layout::{Point, Px, Shape};
use super::super::select::Role;
use super::super::text::{cut, is_plain, width};

/// The height of the names at the top of a box.
pub(super) const HEAD: Px = 46;
const ROW: Px = 18;
/// The space between the names and the first row, and after the last one.
const PADDING: Px = 5;
/// The space at the left and right of a box.
const SIDE: Px = 10;
const KEY: Px = 26;
/// The space between the name of a column and its kind.
const GAP: Px = 18;
const MIN_WIDTH: Px = 120;
/// Longer texts are cut.
const MAX_TITLE: Px = 320;
const MAX_NAME: Px = 300;
const MAX_KIND: Px = 130;
/// The room that a line needs at the side of a box.
const SLOT: Px = 9;

/// The size of each text, as in `style.css`.
const TITLE_SIZE: Px = 14;
const TEXT_SIZE: Px = 12;

/// Returns the middle of a row, from the top of its box.
pub(super) fn row_middle(row: usize) -> Px {
    HEAD + PADDING + ROW * Px::try_from(row).unwrap_or_default() + ROW / 2
}

/// A box, before it has a place.
pub(super) struct Frame<'d> {
    entity: &'d Entity,
    width: Px,
    height: Px,
}

impl<'d> Frame<'d> {
    pub(super) fn new(diagram: &'d Diagram, table: usize) -> Self {
        let entity = &diagram.tables[table];
        let row_width = |row: &Row| {
            let kind = width(&row.kind, TEXT_SIZE).min(MAX_KIND);
            KEY + width(&row.name, TEXT_SIZE).min(MAX_NAME) + if kind > 0 { GAP + kind } else { 0 }
        };
        let title = entity.label.as_ref().unwrap_or(&entity.name);
        let texts =
            [width(title, TITLE_SIZE), width(&entity.name, TEXT_SIZE)].map(|width| width.min(MAX_TITLE));
        let inner = entity.rows.iter().map(row_width).chain(texts).max().unwrap_or_default();
        let rows = Px::try_from(entity.rows.len()).unwrap_or_default();
        let height = match rows {
            // Lines that start at no row need room in the head: each line from here, and each kind of end.
            0 => {
                let starts = diagram
                    .relationships
                    .iter()
                    .filter(|line| line.from == table && line.row.is_none())
                    .count();
                HEAD.max(SLOT * Px::try_from(starts + 5).unwrap_or_default())
            }
            rows => HEAD + 2 * PADDING + ROW * rows,
        };
        Self { entity, width: (inner + 2 * SIDE).max(MIN_WIDTH), height }
    }

    pub(super) fn shape(&self) -> Shape {
        let head = if self.entity.rows.is_empty() { self.height } else { HEAD };
        Shape { width: self.width, height: self.height, head }
    }

    pub(super) fn draw(&self, text: &mut String, corner: Point, color: Option<usize>) {
        let Self { entity, width, height } = *self;
        let title = match &entity.label {
            Some(label) => format!("{} ({label})", entity.name),
            None => entity.name.clone(),
        };
        let _ = writeln!(text, r#"<g transform="translate({} {})">"#, corner.x, corner.y);
        let _ = writeln!(text, "<title>{}</title>", escape(&title));
        let class = if entity.role == Role::Unknown { "box unknown" } else { "box" };
        let head = self.shape().head;
        if entity.role == Role::Chosen {
            let _ = writeln!(text, r#"<rect class="box" width="{width}" height="{height}" rx="4"/>"#);
            let _ = writeln!(text, r#"<path class="head" d="{}"/>"#, top(width, head, head == height));
        } else {
            let _ = writeln!(text, r#"<rect class="{class}" width="{width}" height="{height}" rx="4"/>"#);
        }
        if !entity.rows.is_empty() {
            let _ = writeln!(text, r#"<path class="rule" d="M1 {head}H{}"/>"#, width - 1);
        }
        if let Some(color) = color {
            let _ = writeln!(text, r#"<path class="c{color}" stroke-width="3" d="M4 1.5H{}"/>"#, width - 4);
        }
        self.titles(text, head);
        for (index, row) in entity.rows.iter().enumerate() {
            self.row(text, row, row_middle(index) + 4);
        }
        text.push_str("</g>\n");
    }

    fn titles(&self, text: &mut String, head: Px) {
        let (middle, room) = (self.width / 2, self.width - 2 * SIDE);
        let name = &self.entity.name;
        match &self.entity.label {
            Some(label) => {
                let label = cut(label, TITLE_SIZE, room);
                write(text, "label", (middle, head / 2 - 2), &label, TITLE_SIZE);
                write(text, "name", (middle, head / 2 + 15), &cut(name, TEXT_SIZE, room), TEXT_SIZE);
            }
            None => write(text, "label", (middle, head / 2 + 5), &cut(name, TITLE_SIZE, room), TITLE_SIZE),
        }
    }

    fn row(&self, text: &mut String, row: &Row, y: Px) {
        if !row.key.as_str().is_empty() {
            write(text, "key", (SIDE, y - 1), row.key.as_str(), TEXT_SIZE);
        }
        let kind = cut(&row.kind, TEXT_SIZE, MAX_KIND);
        let kind_room = if kind.is_empty() { 0 } else { GAP + width(&kind, TEXT_SIZE) };
        let name = cut(&row.name, TEXT_SIZE, self.width - 2 * SIDE - KEY - kind_room);
        write(text, "", (SIDE + KEY, y), &name, TEXT_SIZE);
        if !kind.is_empty() {
            write(text, "kind", (self.width - SIDE, y), &kind, TEXT_SIZE);
        }
    }
}

/// The outline of the upper part of a box, within its border.
fn top(width: Px, height: Px, is_whole: bool) -> String {
    let (right, bottom) = (width - 1, if is_whole { height - 1 } else { height });
    match is_whole {
        true => format!(
            "M1 4a3 3 0 0 1 3-3H{}a3 3 0 0 1 3 3V{}a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3z",
            right - 3,
            bottom - 3
        ),
        false => format!("M1 4a3 3 0 0 1 3-3H{}a3 3 0 0 1 3 3V{bottom}H1z", right - 3),
    }
}

/// Writes a text. If its letters come from a font whose widths are not known, the viewer fits it into the width that is kept free.
fn write(text: &mut String, class: &str, (x, y): (Px, Px), content: &str, size: Px) {
    let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
    let fit = match is_plain(content) {
        true => String::new(),
        false => format!(r#" textLength="{}" lengthAdjust="spacingAndGlyphs""#, width(content, size)),
    };
    let _ = writeln!(text, r#"<text{class} x="{x}" y="{y}"{fit}>{}</text>"#, escape(content));
}
