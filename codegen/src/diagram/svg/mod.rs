//! The picture as SVG. Every element is on a line of its own, so that two pictures can be compared.
//!
//! Colors follow the light or dark mode of the viewer, on a background of the picture's own. Without support for that, the picture
//! is light.

mod boxes;
mod lines;

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::content::{Diagram, Relationship};
use super::layout::{Layout, Link, Px, layout};
use crate::counted::counted;
use boxes::Frame;

/// The free space around the picture.
const MARGIN: Px = 24;
/// The number of colors of lines in `style.css`.
const COLORS: usize = 6;

pub(super) fn svg(diagram: &Diagram) -> String {
    let frames: Vec<Frame<'_>> = (0..diagram.tables.len()).map(|table| Frame::new(diagram, table)).collect();
    let shapes: Vec<_> = frames.iter().map(Frame::shape).collect();
    let link = |line: &Relationship| Link {
        from: line.from,
        to: line.to,
        port: line.row.map(boxes::row_middle),
        end: line.end as u8,
    };
    let links: Vec<Link> = diagram.relationships.iter().map(link).collect();
    let layout = layout(&shapes, &links);
    let colors = colors(diagram);
    let mut text = String::new();
    head(&mut text, diagram, &layout);
    let _ = writeln!(text, r#"<g transform="translate({MARGIN} {MARGIN})">"#);
    for (line, points) in diagram.relationships.iter().zip(&layout.lines) {
        lines::draw(&mut text, &diagram.sentence(line), line.end, points, colors[line.to]);
    }
    for (frame, (corner, color)) in frames.iter().zip(layout.corners.iter().zip(&colors)) {
        frame.draw(&mut text, *corner, *color);
    }
    text.push_str("</g>\n</svg>\n");
    text
}

fn head(text: &mut String, diagram: &Diagram, layout: &Layout) {
    let (width, height) = (layout.width + 2 * MARGIN, layout.height + 2 * MARGIN);
    let _ = writeln!(
        text,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="diagram-title diagram-text">"#
    );
    let title = format!(
        "{} with {}",
        counted(diagram.table_count(), "table"),
        counted(diagram.relationship_count(), "relationship")
    );
    let names: Vec<&str> = diagram.tables.iter().map(|table| table.name.as_str()).collect();
    let mut sentences = vec![format!("Tables: {}.", names.join(", "))];
    sentences.extend(diagram.relationships.iter().map(|line| format!("{}.", diagram.sentence(line))));
    let _ = writeln!(text, r#"<title id="diagram-title">{title}</title>"#);
    let _ = writeln!(text, r#"<desc id="diagram-text">{}</desc>"#, escape(sentences.join(" ")));
    let _ = writeln!(text, "<style>\n{}</style>", include_str!("style.css"));
    let _ = writeln!(text, r#"<rect class="page" width="{width}" height="{height}"/>"#);
}

/// The color of the lines to each table; tables that no line leads to have none.
fn colors(diagram: &Diagram) -> Vec<Option<usize>> {
    let mut next = 0;
    let color = |table| {
        diagram.relationships.iter().any(|line| line.to == table).then(|| {
            next += 1;
            (next - 1) % COLORS
        })
    };
    (0..diagram.tables.len()).map(color).collect()
}
