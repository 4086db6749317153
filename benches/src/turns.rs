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

/// Returns the ratios of all variants in order. The first is ours, which is 1.
pub fn ratios(group: &Group, turns: usize) -> Vec<Ratio> {
    let count = group.variants.len();
    let mut ratios = vec![Vec::with_capacity(turns); count];
    for turn in 0..=turns {
        let mut times = vec![0.0; count];
        // Another variant begins each turn, so that none always runs after the same neighbour.
        for index in (0..count).map(|index| (index + turn) % count) {
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
