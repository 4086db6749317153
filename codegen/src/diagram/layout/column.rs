//! Columns of boxes, and of the lines that pass between them.

use std::collections::BTreeMap;

use super::{LOOP, LOOP_STEP, Link, Px, Shape};

/// The box and the end that lines lead to, and whether they come from the left.
pub(super) type NetKey = (usize, u8, bool);

/// Lines that lead to one end of one box from one side.
#[derive(Debug)]
pub(super) struct Net {
    pub(super) key: NetKey,
    pub(super) links: Vec<usize>,
}

/// What takes room in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Box(usize),
    /// A net that passes by.
    Lane(usize),
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) content: Content,
    pub(super) rank: usize,
    /// The index within the column.
    pub(super) index: usize,
    pub(super) height: Px,
    pub(super) top: Px,
    /// The ends of lines in the gap to the left, and to the right.
    pub(super) ends: [Vec<Wire>; 2],
}

/// A piece of line from a cell to one of the next column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wire {
    /// The cell at the other end.
    pub(super) other: usize,
    /// Where it starts, from the top of the cell.
    pub(super) port: Px,
    /// Where it ends, from the top of the other cell.
    pub(super) other_port: Px,
}

/// The columns of a layout.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) cells: Vec<Cell>,
    /// The cells of each column, from the top.
    pub(super) ranks: Vec<Vec<usize>>,
    pub(super) widths: Vec<Px>,
    pub(super) nets: Vec<Net>,
    /// The cell of a net in a column that it passes.
    pub(super) lanes: BTreeMap<(usize, usize), usize>,
}

pub(super) const LEFT: usize = 0;
pub(super) const RIGHT: usize = 1;

impl Columns {
    pub(super) fn new(shapes: &[Shape], links: &[Link], ranks: &[usize]) -> Self {
        let count = ranks.iter().max().map_or(0, |rank| rank + 1);
        let mut columns = Self {
            cells: Vec::new(),
            ranks: vec![Vec::new(); count],
            widths: vec![0; count],
            nets: Vec::new(),
            lanes: BTreeMap::new(),
        };
        for (node, shape) in shapes.iter().enumerate() {
            columns.add(Content::Box(node), ranks[node], shape.height);
            let loops = links.iter().filter(|link| link.from == node && link.to == node).count() as Px;
            let width = shape.width + if loops > 0 { LOOP + LOOP_STEP * loops } else { 0 };
            columns.widths[ranks[node]] = columns.widths[ranks[node]].max(width);
        }
        let mut nets: BTreeMap<NetKey, Vec<usize>> = BTreeMap::new();
        for (index, link) in links.iter().enumerate().filter(|(_, link)| link.from != link.to) {
            nets.entry((link.to, link.end, ranks[link.from] < ranks[link.to])).or_default().push(index);
        }
        columns.nets = nets.into_iter().map(|(key, links)| Net { key, links }).collect();
        for net in 0..columns.nets.len() {
            columns.connect(net, shapes, links, ranks);
        }
        columns
    }

    fn add(&mut self, content: Content, rank: usize, height: Px) -> usize {
        let cell = self.cells.len();
        let index = self.ranks[rank].len();
        self.cells.push(Cell { content, rank, index, height, top: 0, ends: [Vec::new(), Vec::new()] });
        self.ranks[rank].push(cell);
        cell
    }

    /// Adds the lanes and wires of a net. Boxes are the first cells, so a box has the number of its cell.
    fn connect(&mut self, net: usize, shapes: &[Shape], links: &[Link], ranks: &[usize]) {
        let (target, _, is_forward) = self.nets[net].key;
        let arrival = shapes[target].head / 2;
        let sources = self.nets[net].links.clone();
        // A lane continues in one wire, whatever the number of lines that have joined.
        let next = |columns: &mut Self, rank: usize| -> (usize, Px, bool) {
            if rank == ranks[target] {
                return (target, arrival, false);
            }
            match columns.lanes.get(&(net, rank)) {
                Some(lane) => (*lane, 0, false),
                None => {
                    let lane = columns.add(Content::Lane(net), rank, 0);
                    columns.lanes.insert((net, rank), lane);
                    (lane, 0, true)
                }
            }
        };
        for link in sources {
            let link = &links[link];
            let (mut cell, mut port) = (link.from, link.port.unwrap_or(shapes[link.from].head / 2));
            let mut rank = ranks[link.from];
            while rank != ranks[target] {
                rank = if is_forward { rank + 1 } else { rank - 1 };
                let (other, other_port, is_new) = next(self, rank);
                let (side, other_side) = if is_forward { (RIGHT, LEFT) } else { (LEFT, RIGHT) };
                self.cells[cell].ends[side].push(Wire { other, port, other_port });
                self.cells[other].ends[other_side].push(Wire {
                    other: cell,
                    port: other_port,
                    other_port: port,
                });
                if !is_new {
                    break;
                }
                (cell, port) = (other, other_port);
            }
        }
    }

    /// Puts the cells of a column in an order.
    pub(super) fn arrange(&mut self, rank: usize, cells: Vec<usize>) {
        for (index, cell) in cells.iter().enumerate() {
            self.cells[*cell].index = index;
        }
        self.ranks[rank] = cells;
    }
}
