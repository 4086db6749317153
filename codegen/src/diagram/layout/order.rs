//! The order of the cells in a column, for few crossings.

use super::column::{Cell, Columns, LEFT, RIGHT, Wire};

/// How often the columns are gone through, in both directions.
const SWEEPS: usize = 12;
/// Single exchanges are tried in columns of up to this many cells; they take time that grows with the square.
const MAX_EXCHANGED: usize = 120;

/// Orders the cells: by the mean of what their lines lead to, column after column, in both directions; then by exchanging
/// neighbours. The best order of all that were seen is taken.
pub(super) fn order(columns: &mut Columns) {
    let mut best = (crossings(columns), columns.ranks.clone());
    for sweep in 0..SWEEPS {
        let count = columns.ranks.len();
        for step in 0..count {
            let (rank, side) = if sweep % 2 == 0 { (step, LEFT) } else { (count - 1 - step, RIGHT) };
            by_mean(columns, rank, side);
        }
        exchange(columns);
        let crossings = crossings(columns);
        if crossings < best.0 {
            best = (crossings, columns.ranks.clone());
        }
    }
    for (rank, cells) in best.1.into_iter().enumerate() {
        columns.arrange(rank, cells);
    }
}

/// Where the other end of a wire is: the index of its cell, and how far down in the cell.
fn far_end(columns: &Columns, wire: &Wire) -> f64 {
    let cell = &columns.cells[wire.other];
    position(cell, wire.other_port)
}

fn position(cell: &Cell, port: i32) -> f64 {
    cell.index as f64 + f64::from(port) / f64::from(cell.height + 1)
}

fn by_mean(columns: &mut Columns, rank: usize, side: usize) {
    let mut keyed: Vec<(f64, usize)> = columns.ranks[rank]
        .iter()
        .map(|cell| {
            let wires = &columns.cells[*cell].ends[side];
            let sum: f64 = wires.iter().map(|wire| far_end(columns, wire)).sum();
            let own = columns.cells[*cell].index as f64;
            (if wires.is_empty() { own } else { sum / wires.len() as f64 }, *cell)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    columns.arrange(rank, keyed.into_iter().map(|(_, cell)| cell).collect());
}

fn exchange(columns: &mut Columns) {
    for _ in 0..4 {
        let mut is_better = false;
        for rank in 0..columns.ranks.len() {
            let mut cells = columns.ranks[rank].clone();
            if cells.len() > MAX_EXCHANGED {
                continue;
            }
            for index in 1..cells.len() {
                let (upper, lower) = (cells[index - 1], cells[index]);
                if between(columns, upper, lower) > between(columns, lower, upper) {
                    cells.swap(index - 1, index);
                    is_better = true;
                }
            }
            columns.arrange(rank, cells);
        }
        if !is_better {
            break;
        }
    }
}

/// The crossings of the wires of two cells of one column, if one is above the other.
fn between(columns: &Columns, upper: usize, lower: usize) -> usize {
    [LEFT, RIGHT]
        .into_iter()
        .map(|side| {
            let ends = |cell: usize| columns.cells[cell].ends[side].iter().map(|wire| far_end(columns, wire));
            let lower: Vec<f64> = ends(lower).collect();
            ends(upper).map(|end| lower.iter().filter(|other| **other < end).count()).sum::<usize>()
        })
        .sum()
}

/// All crossings.
fn crossings(columns: &Columns) -> usize {
    let in_gap = |cells: &Vec<usize>| {
        let mut wires: Vec<(f64, f64)> = cells
            .iter()
            .flat_map(|cell| {
                let cell = &columns.cells[*cell];
                cell.ends[RIGHT].iter().map(|wire| (position(cell, wire.port), far_end(columns, wire)))
            })
            .collect();
        wires.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let crosses = |(index, wire): (usize, &(f64, f64))| {
            wires[index + 1..].iter().filter(|later| later.0 > wire.0 && later.1 < wire.1).count()
        };
        wires.iter().enumerate().map(crosses).sum::<usize>()
    };
    columns.ranks.iter().map(in_gap).sum()
}
