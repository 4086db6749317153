//! The corners of lines, and the places of columns.

use std::collections::BTreeMap;

use super::channel::{Crossing, NEAR, tracks};
use super::column::{Columns, Content, LEFT, RIGHT, Wire};
use super::{LOOP, LOOP_STEP, Layout, Link, Point, Px, Shape};

/// The space at both sides of a gap, for the marks at the ends of lines.
const ENDS: Px = 24;
/// The distance between vertical pieces.
const TRACK: Px = 9;
/// The distance that a line keeps from the corners of a box.
const CORNER: Px = 5;

/// Where a line is attached: its height can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    /// Where a net arrives at its box.
    Arrival(usize),
    /// Where a line leaves its box.
    Start(usize),
    /// Where lines that lead back to their box arrive.
    Return(usize),
    /// The cell of a net that passes.
    Lane(usize),
}

struct Router<'c> {
    columns: &'c Columns,
    shapes: &'c [Shape],
    links: &'c [Link],
    heights: BTreeMap<Anchor, Px>,
    /// For each gap: the net, the side and the anchor of each end of a line.
    gaps: Vec<Vec<(usize, usize, Anchor)>>,
}

/// Draws the lines, when all cells have their heights.
pub(super) fn route(columns: &Columns, shapes: &[Shape], links: &[Link]) -> Layout {
    let mut router = Router { columns, shapes, links, heights: BTreeMap::new(), gaps: Vec::new() };
    router.find_ends();
    router.attach();
    router.part();
    router.draw()
}

impl Router<'_> {
    fn rank(&self, node: usize) -> usize {
        self.columns.cells[node].rank
    }

    fn find_ends(&mut self) {
        let mut gaps = vec![Vec::new(); self.columns.ranks.len().saturating_sub(1)];
        for (index, net) in self.columns.nets.iter().enumerate() {
            let (target, _, is_forward) = net.key;
            let (near, far) = if is_forward { (LEFT, RIGHT) } else { (RIGHT, LEFT) };
            // The gap at a side of a column.
            let gap = |rank: usize, side: usize| if side == RIGHT { rank } else { rank - 1 };
            for link in &net.links {
                gaps[gap(self.rank(self.links[*link].from), far)].push((index, near, Anchor::Start(*link)));
            }
            let lanes = self.columns.lanes.range((index, 0)..(index + 1, 0));
            for (&(_, rank), &cell) in lanes {
                gaps[gap(rank, far)].push((index, near, Anchor::Lane(cell)));
                gaps[gap(rank, near)].push((index, far, Anchor::Lane(cell)));
            }
            gaps[gap(self.rank(target), near)].push((index, far, Anchor::Arrival(index)));
        }
        self.gaps = gaps;
    }

    /// Spreads what is attached to a side of a box over its head, in the order of where it comes from.
    fn attach(&mut self) {
        let mut sides: BTreeMap<(usize, usize), Vec<(Px, Anchor)>> = BTreeMap::new();
        for (index, cell) in self.columns.cells.iter().enumerate() {
            if !matches!(cell.content, Content::Box(_)) {
                self.heights.insert(Anchor::Lane(index), cell.top);
            }
        }
        let mean =
            |heights: Vec<Px>| heights.iter().sum::<Px>() / Px::try_from(heights.len().max(1)).unwrap_or(1);
        for (index, net) in self.columns.nets.iter().enumerate() {
            let (target, _, is_forward) = net.key;
            let (near, far) = if is_forward { (LEFT, RIGHT) } else { (RIGHT, LEFT) };
            let end = |wire: &Wire| self.columns.cells[wire.other].top + wire.other_port;
            // Lines of this net: those from its boxes in the next column, and its lane there.
            let next = if is_forward { self.rank(target).wrapping_sub(1) } else { self.rank(target) + 1 };
            let lane = self.columns.lanes.get(&(index, next));
            let from = |wire: &&Wire| {
                lane == Some(&wire.other) || net.links.iter().any(|link| self.links[*link].from == wire.other)
            };
            let heights = self.columns.cells[target].ends[near].iter().filter(from).map(end).collect();
            sides.entry((target, near)).or_default().push((mean(heights), Anchor::Arrival(index)));
            for &link in &net.links {
                let Link { from, port, .. } = self.links[link];
                match port {
                    Some(port) => {
                        self.heights.insert(Anchor::Start(link), self.columns.cells[from].top + port);
                    }
                    None => {
                        let next = if is_forward { self.rank(from) + 1 } else { self.rank(from) - 1 };
                        let other = self.columns.lanes.get(&(index, next)).unwrap_or(&target);
                        let other = &self.columns.cells[*other];
                        let height = other.top + other.height / 2;
                        sides.entry((from, far)).or_default().push((height, Anchor::Start(link)));
                    }
                }
            }
        }
        for (index, link) in self.links.iter().enumerate().filter(|(_, link)| link.from == link.to) {
            let side = sides.entry((link.from, RIGHT)).or_default();
            let end = (Px::MAX, Anchor::Return(link.from));
            if !side.contains(&end) {
                side.push(end);
            }
            match link.port {
                Some(port) => {
                    self.heights.insert(Anchor::Start(index), self.columns.cells[link.from].top + port);
                }
                None => side.push((Px::MAX, Anchor::Start(index))),
            }
        }
        for ((node, _), mut anchors) in sides {
            // Returns come before the starts below them.
            anchors.sort_by_key(|(height, anchor)| (*height, matches!(anchor, Anchor::Start(_)), *anchor));
            let count = Px::try_from(anchors.len()).unwrap_or(Px::MAX - 1);
            for (index, (_, anchor)) in (1..).zip(anchors) {
                let height = self.columns.cells[node].top + self.shapes[node].head * index / (count + 1);
                self.heights.insert(anchor, height);
            }
        }
    }

    fn height(&self, anchor: Anchor) -> Px {
        self.heights.get(&anchor).copied().unwrap_or_default()
    }

    /// Moves ends of lines by a few pixels if lines of two nets would look like one.
    fn part(&mut self) {
        for gap in 0..self.gaps.len() {
            for (net, side, anchor) in self.gaps[gap].clone() {
                let most = match anchor {
                    Anchor::Arrival(_) => 12,
                    Anchor::Lane(_) => 3,
                    Anchor::Start(_) | Anchor::Return(_) => continue,
                };
                let old = self.height(anchor);
                let mut offsets: Vec<Px> = (-most..=most).collect();
                offsets.sort_by_key(|offset| (offset.abs(), *offset));
                let free =
                    offsets.into_iter().find(|offset| self.is_free(gap, net, side, anchor, old + offset));
                if let Some(offset) = free {
                    self.heights.insert(anchor, old + offset);
                }
            }
        }
    }

    fn is_free(&self, gap: usize, net: usize, side: usize, anchor: Anchor, height: Px) -> bool {
        if let Anchor::Arrival(_) = anchor {
            let target = self.columns.nets[net].key.0;
            let top = self.columns.cells[target].top;
            let is_taken = |(other_net, other_side, other): &(usize, usize, Anchor)| {
                let is_here = match other {
                    Anchor::Arrival(_) => self.columns.nets[*other_net].key.0 == target,
                    Anchor::Start(link) => self.links[*link].from == target,
                    Anchor::Return(_) | Anchor::Lane(_) => false,
                };
                *other_side == side
                    && *other != anchor
                    && is_here
                    && (self.height(*other) - height).abs() < NEAR + 3
            };
            let is_outside = height < top + CORNER || height > top + self.shapes[target].head - CORNER;
            if is_outside || self.gaps[gap].iter().any(is_taken) {
                return false;
            }
        }
        // A lane is in two gaps.
        let gaps = [gap.wrapping_sub(1), gap, gap + 1].into_iter().filter_map(|gap| self.gaps.get(gap));
        let here = gaps.filter(|ends| ends.iter().any(|(_, _, other)| *other == anchor));
        here.flatten().all(|(other_net, _, other)| {
            *other_net == net || *other == anchor || (self.height(*other) - height).abs() >= NEAR
        })
    }

    fn draw(&self) -> Layout {
        let mut x = 0;
        let mut starts = Vec::new();
        let mut places: BTreeMap<(usize, usize), Px> = BTreeMap::new();
        for (rank, width) in self.columns.widths.iter().enumerate() {
            starts.push(x);
            x += width;
            let Some(ends) = self.gaps.get(rank) else { break };
            let mut crossings: BTreeMap<usize, Crossing> = BTreeMap::new();
            for (net, side, anchor) in ends {
                let crossing = crossings.entry(*net).or_default();
                let list = if *side == LEFT { &mut crossing.left } else { &mut crossing.right };
                list.push(self.height(*anchor));
            }
            let (nets, crossings): (Vec<usize>, Vec<Crossing>) = crossings.into_iter().unzip();
            let (tracks, count) = tracks(&crossings);
            for (net, track) in nets.into_iter().zip(tracks) {
                let track = Px::try_from(track.unwrap_or_default()).unwrap_or_default();
                places.insert((net, rank), x + ENDS + TRACK * track);
            }
            x += 2 * ENDS + TRACK * Px::try_from(count.saturating_sub(1)).unwrap_or_default();
        }
        let mut lines = vec![Vec::new(); self.links.len()];
        for (index, net) in self.columns.nets.iter().enumerate() {
            for link in &net.links {
                lines[*link] = self.line(index, *link, &starts, &places);
            }
        }
        let mut loops: BTreeMap<usize, Px> = BTreeMap::new();
        for (index, link) in self.links.iter().enumerate().filter(|(_, link)| link.from == link.to) {
            let count = loops.entry(link.from).or_default();
            let edge = starts[self.rank(link.from)] + self.shapes[link.from].width;
            let far = edge + LOOP + LOOP_STEP * *count;
            *count += 1;
            let (start, end) = (self.height(Anchor::Start(index)), self.height(Anchor::Return(link.from)));
            lines[index] =
                [(edge, start), (far, start), (far, end), (edge, end)].map(|(x, y)| Point { x, y }).to_vec();
        }
        let corners: Vec<Point> = (0..self.shapes.len())
            .map(|node| Point { x: starts[self.rank(node)], y: self.columns.cells[node].top })
            .collect();
        bounded(corners, lines, self.shapes, x)
    }

    fn line(
        &self,
        net: usize,
        link: usize,
        starts: &[Px],
        places: &BTreeMap<(usize, usize), Px>,
    ) -> Vec<Point> {
        let (target, _, is_forward) = self.columns.nets[net].key;
        let from = self.links[link].from;
        let edge = |node: usize, is_right: bool| {
            starts[self.rank(node)] + if is_right { self.shapes[node].width } else { 0 }
        };
        let mut y = self.height(Anchor::Start(link));
        let mut points = vec![Point { x: edge(from, is_forward), y }];
        let mut rank = self.rank(from);
        while rank != self.rank(target) {
            let next = if is_forward { rank + 1 } else { rank - 1 };
            let x = places.get(&(net, rank.min(next))).copied().unwrap_or_default();
            points.push(Point { x, y });
            y = match self.columns.lanes.get(&(net, next)).filter(|_| next != self.rank(target)) {
                Some(lane) => self.height(Anchor::Lane(*lane)),
                None => self.height(Anchor::Arrival(net)),
            };
            points.push(Point { x, y });
            rank = next;
        }
        points.push(Point { x: edge(target, !is_forward), y });
        without_straight(points)
    }
}

/// Leaves out the points at which a line does not turn.
fn without_straight(points: Vec<Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        let is_straight =
            |a: Point, b: Point| (a.y == b.y && b.y == point.y) || (a.x == b.x && b.x == point.x);
        while let [.., a, b] = corners[..] {
            if !is_straight(a, b) {
                break;
            }
            corners.pop();
        }
        if corners.last() != Some(&point) {
            corners.push(point);
        }
    }
    corners
}

/// Moves everything so that the top is 0.
fn bounded(mut corners: Vec<Point>, mut lines: Vec<Vec<Point>>, shapes: &[Shape], width: Px) -> Layout {
    let heights = corners.iter().chain(lines.iter().flatten()).map(|point| point.y);
    let bottoms = corners.iter().zip(shapes).map(|(corner, shape)| corner.y + shape.height);
    let (top, bottom) =
        (heights.clone().min().unwrap_or_default(), heights.chain(bottoms).max().unwrap_or_default());
    for point in corners.iter_mut().chain(lines.iter_mut().flatten()) {
        point.y -= top;
    }
    Layout { width, height: bottom - top, corners, lines }
}
