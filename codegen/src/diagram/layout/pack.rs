//! Parts that no line connects, side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Layout, Link, Point, Px};

/// The space between two parts.
const BETWEEN: Px = 48;
/// How wide a picture is, for one that is 1 high.
const ASPECT: f64 = 1.6;

/// Boxes that lines connect, and these lines.
#[derive(Debug, Default)]
pub(super) struct Component {
    pub(super) nodes: Vec<usize>,
    pub(super) links: Vec<usize>,
}

/// Returns the parts of a graph, each with its boxes in ascending order.
pub(super) fn components(count: usize, links: &[Link]) -> Vec<Component> {
    let mut parents: Vec<usize> = (0..count).collect();
    fn root(parents: &mut [usize], mut node: usize) -> usize {
        while parents[node] != node {
            parents[node] = parents[parents[node]];
            node = parents[node];
        }
        node
    }
    for link in links {
        let (a, b) = (root(&mut parents, link.from), root(&mut parents, link.to));
        parents[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Component> = BTreeMap::new();
    for node in 0..count {
        parts.entry(root(&mut parents, node)).or_default().nodes.push(node);
    }
    for (index, link) in links.iter().enumerate() {
        parts.entry(root(&mut parents, link.from)).or_default().links.push(index);
    }
    parts.into_values().collect()
}

/// Puts the parts in rows, the highest first.
pub(super) fn pack(parts: &[Component], placed: &[Layout], nodes: usize, links: usize) -> Layout {
    let origin = Point { x: 0, y: 0 };
    let mut whole =
        Layout { corners: vec![origin; nodes], lines: vec![Vec::new(); links], ..Layout::default() };
    let area: f64 =
        placed.iter().map(|part| f64::from(part.width + BETWEEN) * f64::from(part.height + BETWEEN)).sum();
    let widest = placed.iter().map(|part| part.width).max().unwrap_or_default();
    let limit = widest.max((area * ASPECT).sqrt() as Px);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|part| (Reverse(placed[*part].height), *part));
    let (mut x, mut y, mut row) = (0, 0, 0);
    for part in order {
        let (members, layout) = (&parts[part], &placed[part]);
        if x > 0 && x + layout.width > limit {
            (x, y, row) = (0, y + row + BETWEEN, 0);
        }
        let moved = |point: &Point| Point { x: point.x + x, y: point.y + y };
        for (node, corner) in members.nodes.iter().zip(&layout.corners) {
            whole.corners[*node] = moved(corner);
        }
        for (link, line) in members.links.iter().zip(&layout.lines) {
            whole.lines[*link] = line.iter().map(moved).collect();
        }
        whole.width = whole.width.max(x + layout.width);
        whole.height = whole.height.max(y + layout.height);
        row = row.max(layout.height);
        x += layout.width + BETWEEN;
    }
    whole
}
