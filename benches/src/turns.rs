//! Measures times. All variants take turns on the same bytes in one process, and each is compared with ours
//! of the same turn, so that a machine that slows down slows all of them.

use std::time::Instant;

use crate::Group;

/// The time of another variant divided by ours.
#[derive(Clone, Copy)]
pub struct Ratio {
    pub median: f64,
    /// The quartiles: half of the turns are between them.
    pub quartiles: (f64, f64),
}

/// Returns the ratios of all variants in order. The first is ours, which is 1. Takes at least this many turns, in whole
/// cycles of orders.
pub fn ratios(group: &Group, turns: usize) -> Vec<Ratio> {
    let count = group.variants.len();
    let turns = turns.next_multiple_of(cycle(count));
    let mut ratios = vec![Vec::with_capacity(turns); count];
    for turn in 0..=turns {
        let mut times = vec![0.0; count];
        for index in order(count, turn) {
            times[index] = seconds(group, index);
        }
        // The first turn only warms up.
        if turn > 0 {
            for (ratios, time) in ratios.iter_mut().zip(&times) {
                ratios.push(time / times[0]);
            }
        }
    }
    ratios.into_iter().map(summary).collect()
}

/// Returns the number of turns until the orders repeat.
fn cycle(count: usize) -> usize {
    if count.is_multiple_of(2) { count } else { 2 * count }
}

/// Returns the order of the variants in a turn.
///
/// A variant leaves the caches and the allocator in a state that the next one finds. In a cycle, each variant runs
/// equally often at each position, and equally often directly after each other variant of the same turn: a balanced Latin
/// square, for an odd number of variants with each order reversed, too (Williams, 1949, doi:10.1071/CH9490149).
fn order(count: usize, turn: usize) -> Vec<usize> {
    // 0, 1, count - 1, 2, count - 2, …
    let zigzag =
        (0..count).map(|index| if index % 2 == 1 { index / 2 + 1 } else { (count - index / 2) % count });
    let mut order: Vec<usize> = zigzag.map(|index| (index + turn) % count).collect();
    if turn % cycle(count) >= count {
        order.reverse();
    }
    order
}

/// Returns the time of one piece of work in a turn.
fn seconds(group: &Group, index: usize) -> f64 {
    let variant = &group.variants[index];
    let start = Instant::now();
    for _ in 0..group.calls {
        variant.run(group);
    }
    start.elapsed().as_secs_f64() / variant.units as f64
}

fn summary(mut ratios: Vec<f64>) -> Ratio {
    ratios.sort_by(f64::total_cmp);
    let at = |part: usize| ratios[(ratios.len() - 1) * part / 4];
    Ratio { median: at(2), quartiles: (at(1), at(3)) }
}

#[cfg(test)]
mod tests {
    use super::{cycle, order};

    #[test]
    fn each_variant_runs_equally_often_at_each_position_and_after_each_other() {
        for count in 2..12 {
            let turns = cycle(count);
            let mut positions = vec![vec![0; count]; count];
            let mut neighbours = vec![vec![0; count]; count];
            // The turn that warms up is the first of a cycle, so the measured ones begin at 1.
            for turn in 1..=turns {
                let order = order(count, turn);
                for (position, &variant) in order.iter().enumerate() {
                    positions[variant][position] += 1;
                }
                for pair in order.windows(2) {
                    neighbours[pair[0]][pair[1]] += 1;
                }
            }
            for variant in 0..count {
                assert_eq!(positions[variant], vec![turns / count; count], "{count} variants");
                let mut others = vec![turns / count; count];
                others[variant] = 0;
                assert_eq!(neighbours[variant], others, "{count} variants");
            }
        }
    }
}
