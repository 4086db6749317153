//! Where boxes and lines go.
//!
//! A layered layout (Sugiyama, Tagawa and Toda, 1981) from left to right. Boxes stand in columns. A line is horizontal within a
//! column, at a height that no box of this column has, and vertical only between two columns. So no line crosses a box.
//! Lines to one end of one box are a net: they join before they arrive.
//!
//! All coordinates are whole pixels, and every choice between equals is by index: the same graph has the same layout.

mod channel;
mod column;
mod order;
mod pack;
mod place;
mod rank;
mod route;

use column::Columns;

/// A length or a coordinate, in pixels.
pub(super) type Px = i32;

/// A box to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) width: Px,
    pub(super) height: Px,
    /// The height of the upper part that lines without a port end at.
    pub(super) head: Px,
}

/// A line to be drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where the line leaves its box, from the top; if there is none, in the head.
    pub(super) port: Option<Px>,
    /// Lines to a box with the same end arrive together.
    pub(super) end: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) x: Px,
    pub(super) y: Px,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub(super) width: Px,
    pub(super) height: Px,
    /// The upper left corner of each box.
    pub(super) corners: Vec<Point>,
    /// The corners of each line, from its box to the box that it leads to.
    pub(super) lines: Vec<Vec<Point>>,
}

/// The space for a line that leads back to its own box.
const LOOP: Px = 26;
/// The space between two lines of this kind.
const LOOP_STEP: Px = 9;

/// Places boxes and lines.
pub(super) fn layout(shapes: &[Shape], links: &[Link]) -> Layout {
    let parts = pack::components(shapes.len(), links);
    let placed: Vec<Layout> = parts
        .iter()
        .map(|part| {
            let shapes: Vec<Shape> = part.nodes.iter().map(|node| shapes[*node]).collect();
            let local = |node: usize| part.nodes.binary_search(&node).unwrap_or_default();
            let links: Vec<Link> = part
                .links
                .iter()
                .map(|link| Link {
                    from: local(links[*link].from),
                    to: local(links[*link].to),
                    ..links[*link]
                })
                .collect();
            component(&shapes, &links)
        })
        .collect();
    pack::pack(&parts, &placed, shapes.len(), links.len())
}

/// Places boxes that lines connect.
fn component(shapes: &[Shape], links: &[Link]) -> Layout {
    let ranks = rank::ranks(shapes, links);
    let mut columns = Columns::new(shapes, links, &ranks);
    order::order(&mut columns);
    place::place(&mut columns);
    route::route(&columns, shapes, links)
}
