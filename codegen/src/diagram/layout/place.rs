//! The height at which each cell stands.

use super::Px;
use super::column::{Cell, Columns, Content, LEFT, RIGHT};

/// The free space between two boxes.
const BETWEEN_BOXES: Px = 28;
/// The free space between a box and a line that passes.
const BESIDE_BOX: Px = 16;
/// The space between two lines that pass.
const BETWEEN_LANES: Px = 12;
/// How much a straight line counts, compared with a line to a box.
const STRAIGHTNESS: f64 = 6.0;
const SWEEPS: usize = 10;

/// Places the cells: each as near as possible to what its lines lead to, in the order of its column, with the space that it needs.
pub(super) fn place(columns: &mut Columns) {
    for rank in 0..columns.ranks.len() {
        let wanted = vec![(0.0, 1.0); columns.ranks[rank].len()];
        settle(columns, rank, &wanted);
    }
    for sweep in 0..SWEEPS {
        let count = columns.ranks.len();
        for step in 0..count {
            let (rank, side) = if sweep % 2 == 0 { (step, LEFT) } else { (count - 1 - step, RIGHT) };
            // In the end, both sides count.
            let sides: &[usize] = if sweep + 4 < SWEEPS { &[side] } else { &[LEFT, RIGHT] };
            let wanted: Vec<(f64, f64)> =
                columns.ranks[rank].iter().map(|cell| wanted(columns, *cell, sides)).collect();
            settle(columns, rank, &wanted);
        }
    }
}

/// The top that a cell would have alone, and how much that counts.
fn wanted(columns: &Columns, cell: usize, sides: &[usize]) -> (f64, f64) {
    let own = &columns.cells[cell];
    let is_lane = |cell: &Cell| matches!(cell.content, Content::Lane(_));
    let (mut sum, mut weight) = (0.0, 0.0);
    for wire in sides.iter().flat_map(|side| &own.ends[*side]) {
        let other = &columns.cells[wire.other];
        let straight = if is_lane(own) && is_lane(other) { STRAIGHTNESS } else { 1.0 };
        sum += straight * f64::from(other.top + wire.other_port - wire.port);
        weight += straight;
    }
    if weight == 0.0 { (f64::from(own.top), 0.05) } else { (sum / weight, weight) }
}

/// Places the cells of a column with the least sum of squared distances to what is wanted: neighbours that would overlap are moved
/// together (pool adjacent violators).
fn settle(columns: &mut Columns, rank: usize, wanted: &[(f64, f64)]) {
    // The top of each cell if all stood as close as they can, from 0.
    let mut offsets: Vec<Px> = Vec::with_capacity(wanted.len());
    for (index, cell) in columns.ranks[rank].iter().enumerate() {
        let offset = match index.checked_sub(1) {
            None => 0,
            Some(before) => {
                let before_cell = &columns.cells[columns.ranks[rank][before]];
                offsets[before] + before_cell.height + gap(before_cell, &columns.cells[*cell])
            }
        };
        offsets.push(offset);
    }
    // Blocks of cells that stand close: the mean of what they want, its weight, their number.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for ((top, weight), offset) in wanted.iter().zip(&offsets) {
        let mut block = (top - f64::from(*offset), *weight, 1);
        while let Some(before) = blocks.pop_if(|before| before.0 >= block.0) {
            let weight = before.1 + block.1;
            block = ((before.0 * before.1 + block.0 * block.1) / weight, weight, before.2 + block.2);
        }
        blocks.push(block);
    }
    let starts = blocks.iter().flat_map(|(start, _, count)| std::iter::repeat_n(start.round() as Px, *count));
    for ((cell, start), offset) in columns.ranks[rank].iter().zip(starts).zip(offsets) {
        columns.cells[*cell].top = start + offset;
    }
}

fn gap(upper: &Cell, lower: &Cell) -> Px {
    match (upper.content, lower.content) {
        (Content::Box(_), Content::Box(_)) => BETWEEN_BOXES,
        (Content::Lane(_), Content::Lane(_)) => BETWEEN_LANES,
        _ => BESIDE_BOX,
    }
}
