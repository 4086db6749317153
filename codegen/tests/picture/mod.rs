//! Reads a picture back from its SVG, as a viewer does.

use roxmltree::{Document, Node};

/// A box, at its place.
#[derive(Debug)]
pub(crate) struct Box {
    pub(crate) name: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) texts: Vec<Text>,
}

#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) class: String,
    pub(crate) text: String,
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// The width that the viewer is told to fit the text into.
    pub(crate) fitted: Option<f64>,
}

#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) title: String,
    /// The corners, as if they were not round.
    pub(crate) points: Vec<(f64, f64)>,
}

#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) boxes: Vec<Box>,
    pub(crate) lines: Vec<Line>,
    pub(crate) size: (f64, f64),
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap_or_else(|| panic!("{name} of {node:?}")).parse().unwrap()
}

fn child<'a, 'd>(node: Node<'a, 'd>, tag: &str) -> Node<'a, 'd> {
    node.children().find(|each| each.has_tag_name(("http://www.w3.org/2000/svg", tag))).unwrap()
}

fn offset(node: Node<'_, '_>) -> (f64, f64) {
    let numbers = node.attribute("transform").unwrap();
    let (x, y) =
        numbers.strip_prefix("translate(").unwrap().strip_suffix(')').unwrap().split_once(' ').unwrap();
    (x.parse().unwrap(), y.parse().unwrap())
}

impl Picture {
    pub(crate) fn read(svg: &str) -> Self {
        let document = Document::parse(svg).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert!(child(root, "title").text().is_some_and(|title| title.contains("table")));
        let tags = ["svg", "g", "title", "desc", "style", "rect", "path", "circle", "text"];
        let mut elements = root.descendants().filter(Node::is_element);
        assert!(elements.all(|each| tags.contains(&each.tag_name().name())), "{svg}");
        let margin = offset(child(root, "g"));
        let (mut boxes, mut lines) = (Vec::new(), Vec::new());
        for group in child(root, "g").children().filter(Node::is_element) {
            let title = child(group, "title").text().unwrap().to_owned();
            if group.attribute("class").is_some_and(|class| class.starts_with("line")) {
                lines.push(Line { title, points: points(child(group, "path").attribute("d").unwrap()) });
                continue;
            }
            let (x, y) = offset(group);
            let rect = child(group, "rect");
            let texts =
                group.children().filter(|each| each.has_tag_name(("http://www.w3.org/2000/svg", "text")));
            let text = |node: Node<'_, '_>| Text {
                class: node.attribute("class").unwrap_or_default().to_owned(),
                text: node.text().unwrap_or_default().to_owned(),
                x: number(node, "x"),
                y: number(node, "y"),
                fitted: node.attribute("textLength").map(|length| length.parse().unwrap()),
            };
            boxes.push(Box {
                name: title.split(" (").next().unwrap().to_owned(),
                left: x,
                top: y,
                width: number(rect, "width"),
                height: number(rect, "height"),
                texts: texts.map(text).collect(),
            });
        }
        let size = (number(root, "width") - 2.0 * margin.0, number(root, "height") - 2.0 * margin.1);
        Self { boxes, lines, size }
    }

    /// Checks what makes a picture readable.
    pub(crate) fn check(&self) {
        for (index, each) in self.boxes.iter().enumerate() {
            each.check();
            assert!(
                each.left >= 0.0
                    && each.top >= 0.0
                    && each.right() <= self.size.0
                    && each.bottom() <= self.size.1,
                "{each:?}"
            );
            for other in &self.boxes[index + 1..] {
                let is_apart = |gap: f64| {
                    each.right() + gap <= other.left
                        || other.right() + gap <= each.left
                        || each.bottom() + gap <= other.top
                        || other.bottom() + gap <= each.top
                };
                assert!(is_apart(20.0), "{} and {} overlap", each.name, other.name);
            }
        }
        for line in &self.lines {
            self.check_line(line);
        }
    }

    fn find(&self, name: &str) -> &Box {
        self.boxes.iter().find(|each| each.name == name).unwrap_or_else(|| panic!("no box {name}"))
    }

    fn check_line(&self, Line { title, points }: &Line) {
        let (from, to) = match title.split_once(" → ") {
            Some((from, to)) => (from, to.trim_end_matches(", required")),
            None => {
                let (from, rest) = title.split_once(" ↔ ").unwrap();
                (from, rest.split_once(": ").unwrap().0)
            }
        };
        let (from, columns) = from.split_once('.').unwrap_or((from, ""));
        let (from, to) = (self.find(from), self.find(to));
        let (start, end) = (points[0], points[points.len() - 1]);
        assert!(from.has_at_side(start) && to.has_at_side(end), "{title}: {points:?}");
        // It starts at the row of its lookup.
        if let Some(row) = from.texts.iter().find(|text| text.class.is_empty() && text.text == columns) {
            assert!((from.top + row.y - 4.0 - start.1).abs() < 1.0, "{title}: {points:?}");
        }
        for pair in points.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            assert!(x1 == x2 || y1 == y2, "{title}: {points:?}");
            let (left, right, top, bottom) = (x1.min(x2), x1.max(x2), y1.min(y2), y1.max(y2));
            assert!(
                left >= 0.0 && top >= 0.0 && right <= self.size.0 && bottom <= self.size.1,
                "{title}: {points:?}"
            );
            for each in &self.boxes {
                let is_outside =
                    right <= each.left || left >= each.right() || bottom <= each.top || top >= each.bottom();
                assert!(is_outside, "{title} crosses {}: {points:?}", each.name);
            }
        }
    }
}

impl Box {
    fn right(&self) -> f64 {
        self.left + self.width
    }

    fn bottom(&self) -> f64 {
        self.top + self.height
    }

    fn has_at_side(&self, (x, y): (f64, f64)) -> bool {
        (x == self.left || x == self.right()) && self.top < y && y < self.bottom()
    }

    /// Texts are within the box and do not overlap. A letter is 0.602 of the font size wide (DejaVu Sans Mono, Menlo, Liberation
    /// Mono) in a text of letters that such a font has; other texts are fitted by the viewer.
    fn check(&self) {
        let extents: Vec<(f64, f64, f64)> =
            self.texts.iter().map(|text| (text.left(), text.right(), text.y)).collect();
        for (index, (left, right, y)) in extents.iter().enumerate() {
            assert!(*left >= 4.0 && *right <= self.width - 4.0, "{:?}: {left} to {right}", self.texts[index]);
            assert!(*y >= 12.0 && *y <= self.height - 3.0, "{:?}", self.texts[index]);
            for (other_left, other_right, other_y) in &extents[index + 1..] {
                let is_apart =
                    (y - other_y).abs() >= 13.0 || right + 4.0 <= *other_left || other_right + 4.0 <= *left;
                assert!(is_apart, "{:?} overlaps another text: {:?}", self.texts[index], self.texts);
            }
        }
    }
}

impl Text {
    fn width(&self) -> f64 {
        let size = match self.class.as_str() {
            "label" => 14.0,
            "key" => 10.0,
            _ => 12.0,
        };
        let is_known = |c: char| (' '..='\u{52f}').contains(&c) || c == '…';
        assert!(self.fitted.is_some() || self.text.chars().all(is_known), "{self:?}");
        self.fitted.unwrap_or(self.text.chars().count() as f64 * 0.602 * size)
    }

    fn left(&self) -> f64 {
        match self.class.as_str() {
            "label" | "name" => self.x - self.width() / 2.0,
            "kind" => self.x - self.width(),
            _ => self.x,
        }
    }

    fn right(&self) -> f64 {
        self.left() + self.width()
    }
}

/// The corners of a path of straight pieces and round corners, up to its first mark.
fn points(path: &str) -> Vec<(f64, f64)> {
    let body = path.strip_prefix('M').unwrap().split('M').next().unwrap();
    let pieces: Vec<Vec<f64>> = body
        .split(['L', 'Q'])
        .map(|piece| piece.split_whitespace().map(|number| number.parse().unwrap()).collect())
        .collect();
    let mut points = vec![(pieces[0][0], pieces[0][1])];
    points.extend(pieces.iter().filter(|piece| piece.len() == 4).map(|piece| (piece[0], piece[1])));
    let last = pieces.last().unwrap();
    points.push((last[0], last[1]));
    points
}
