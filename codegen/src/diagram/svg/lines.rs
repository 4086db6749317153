//! Lines, and the marks at their ends ("crow's feet").

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::super::content::End;
use super::super::layout::{Point, Px};

/// The radius of corners.
const RADIUS: Px = 6;

pub(super) fn draw(text: &mut String, title: &str, end: End, points: &[Point], color: Option<usize>) {
    let ([first, second, ..], [.., before, last]) = (points, points) else { return };
    let color = color.unwrap_or_default();
    let _ = writeln!(text, r#"<g class="line c{color}">"#);
    let _ = writeln!(text, "<title>{}</title>", escape(title));
    let (start, away) = ((first.x, first.y), (second.x - first.x).signum());
    let (stop, back) = ((last.x, last.y), (before.x - last.x).signum());
    let mut path = path(points);
    foot(&mut path, start, away);
    let ring = match end {
        End::ZeroOrOne => {
            bar(&mut path, stop, 7 * back);
            Some((stop, 15 * back))
        }
        End::One => {
            bar(&mut path, stop, 7 * back);
            bar(&mut path, stop, 12 * back);
            None
        }
        End::Many => {
            foot(&mut path, stop, back);
            Some((stop, 16 * back))
        }
    };
    let _ = writeln!(text, r#"<path d="{path}"/>"#);
    for ((x, y), distance) in [Some((start, 16 * away)), ring].into_iter().flatten() {
        let _ = writeln!(text, r#"<circle class="ring" cx="{}" cy="{y}" r="4"/>"#, x + distance);
    }
    text.push_str("</g>\n");
}

/// The line with round corners.
fn path(points: &[Point]) -> String {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        match (before, points.get(index + 1)) {
            (Some(before), Some(after)) => {
                let start = toward(point, before);
                let end = toward(point, after);
                let _ = write!(path, "L{} {}Q{} {} {} {}", start.0, start.1, point.x, point.y, end.0, end.1);
            }
            (None, _) => _ = write!(path, "M{} {}", point.x, point.y),
            (_, None) => _ = write!(path, "L{} {}", point.x, point.y),
        }
    }
    path
}

/// The place where a corner starts: on the way to another point, at most half of the way.
fn toward(point: &Point, other: &Point) -> (Px, Px) {
    let step = |distance: Px| (distance / 2).clamp(-RADIUS, RADIUS);
    (point.x + step(other.x - point.x), point.y + step(other.y - point.y))
}

/// "Many": three toes at the box.
fn foot(path: &mut String, (x, y): (Px, Px), direction: Px) {
    let _ = write!(path, "M{x} {}L{} {y}L{x} {}", y - 6, x + 12 * direction, y + 6);
}

/// "One": a bar across the line.
fn bar(path: &mut String, (x, y): (Px, Px), distance: Px) {
    let _ = write!(path, "M{} {}V{}", x + distance, y - 4, y + 4);
}
