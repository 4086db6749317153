//! Which column a box stands in.

use std::cmp::Reverse;

use super::{Link, Px, Shape};

/// A column is at most so much higher than wanted.
const TOLERANCE: f64 = 1.1;
/// How wide a picture is, for one that is 1 high.
const ASPECT: f64 = 1.5;
/// The space around a box: lines, and the boxes next to it.
const MARGIN: (Px, Px) = (90, 28);

/// Returns the column of each box: lines lead to the right, except for those that would close a circle.
pub(super) fn ranks(shapes: &[Shape], links: &[Link]) -> Vec<usize> {
    let mut graph = Graph::new(shapes.len(), links);
    let order = graph.break_circles();
    let mut ranks = vec![0i32; shapes.len()];
    for &node in &order {
        ranks[node] = graph.before[node].iter().map(|before| ranks[*before] + 1).max().unwrap_or(0);
    }
    graph.shorten(&order, &mut ranks);
    graph.limit_height(shapes, &mut ranks);
    // Without empty columns, from 0.
    let mut used = ranks.clone();
    used.sort_unstable();
    used.dedup();
    ranks.iter().map(|rank| used.binary_search(rank).unwrap_or_default()).collect()
}

struct Graph {
    /// The boxes whose lines lead to a box, once for each line.
    before: Vec<Vec<usize>>,
    /// The boxes that the lines of a box lead to.
    after: Vec<Vec<usize>>,
}

impl Graph {
    fn new(count: usize, links: &[Link]) -> Self {
        let mut graph = Self { before: vec![Vec::new(); count], after: vec![Vec::new(); count] };
        for link in links.iter().filter(|link| link.from != link.to) {
            graph.after[link.from].push(link.to);
            graph.before[link.to].push(link.from);
        }
        graph
    }

    /// Turns lines around until there is no circle, and returns an order that all lines follow. The heuristic of Eades, Lin and
    /// Smyth (1993): few lines are turned around.
    fn break_circles(&mut self) -> Vec<usize> {
        let count = self.after.len();
        let mut is_left = vec![true; count];
        let (mut first, mut last) = (Vec::new(), Vec::new());
        let degree = |list: &[usize], is_left: &[bool]| list.iter().filter(|node| is_left[**node]).count();
        while first.len() + last.len() < count {
            let left: Vec<usize> = (0..count).filter(|node| is_left[*node]).collect();
            let sink = left.iter().find(|node| degree(&self.after[**node], &is_left) == 0);
            let source = left.iter().find(|node| degree(&self.before[**node], &is_left) == 0);
            let balance = |node: usize| {
                let out = degree(&self.after[node], &is_left) as i64;
                (out - degree(&self.before[node], &is_left) as i64, Reverse(node))
            };
            let (node, list) = match (sink, source) {
                (Some(node), _) => (*node, &mut last),
                (None, Some(node)) => (*node, &mut first),
                (None, None) => match left.iter().max_by_key(|node| balance(**node)) {
                    Some(node) => (*node, &mut first),
                    None => break,
                },
            };
            list.push(node);
            is_left[node] = false;
        }
        first.extend(last.into_iter().rev());
        let mut position = vec![0; count];
        first.iter().enumerate().for_each(|(index, node)| position[*node] = index);
        let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (node, list) in self.after.iter().enumerate() {
            for other in list {
                let (a, b) = if position[node] < position[*other] { (node, *other) } else { (*other, node) };
                after[a].push(b);
                before[b].push(a);
            }
        }
        (self.before, self.after) = (before, after);
        first
    }

    /// Moves boxes closer to those that most of their lines lead to.
    fn shorten(&self, order: &[usize], ranks: &mut [i32]) {
        for _ in 0..4 {
            for &node in order.iter().rev() {
                let next = self.after[node].iter().map(|after| ranks[*after]).min();
                if let Some(next) = next.filter(|_| self.after[node].len() > self.before[node].len()) {
                    ranks[node] = next - 1;
                }
            }
        }
    }

    /// Spreads the boxes of a column that is too high over the columns to its left and right.
    fn limit_height(&self, shapes: &[Shape], ranks: &mut [i32]) {
        let (wide, high) = MARGIN;
        let area: f64 =
            shapes.iter().map(|shape| f64::from(shape.width + wide) * f64::from(shape.height + high)).sum();
        let tallest = shapes.iter().map(|shape| f64::from(shape.height)).fold(0.0, f64::max);
        let limit = (area / ASPECT).sqrt().max(tallest) * TOLERANCE;
        self.spread(shapes, ranks, limit, -1);
        self.spread(shapes, ranks, limit, 1);
    }

    /// Moves boxes in one direction, where no line holds them.
    fn spread(&self, shapes: &[Shape], ranks: &mut [i32], limit: f64, step: i32) {
        let (Some(least), Some(most)) = (ranks.iter().min().copied(), ranks.iter().max().copied()) else {
            return;
        };
        let held = if step < 0 { &self.before } else { &self.after };
        let mut rank = if step < 0 { most } else { least };
        // Each column keeps at least one box, so there are at most as many columns as boxes.
        for _ in 0..ranks.len() + (most - least) as usize {
            let mut members: Vec<usize> = (0..ranks.len()).filter(|node| ranks[*node] == rank).collect();
            members.sort_by_key(|node| (Reverse(self.before[*node].len() + self.after[*node].len()), *node));
            let total = |nodes: &[usize]| {
                nodes.iter().map(|node| f64::from(shapes[*node].height + MARGIN.1)).sum::<f64>()
            };
            while members.len() > 1 && total(&members) > limit {
                let is_free = |node: usize| held[node].iter().all(|other| (ranks[*other] - rank) * step > 1);
                let Some(index) = members.iter().rposition(|node| is_free(*node)) else { break };
                ranks[members.remove(index)] += step;
            }
            rank += step;
        }
    }
}
