//! Times. All variants take turns on the same bytes in one process; what is compared is the time of a turn with ours of the
//! same turn, so that a machine that slows down slows all of them.

use std::time::Instant;

use crate::Group;

/// The other's time divided by ours.
#[derive(Clone, Copy)]
pub struct Ratio {
    pub median: f64,
    /// Half of the turns lie between these.
    pub quartiles: (f64, f64),
}

/// The ratios of all variants, in their order; the first is ours, and 1.
pub fn ratios(group: &Group, turns: usize) -> Vec<Ratio> {
    let count = group.variants.len();
    let mut ratios = vec![Vec::with_capacity(turns); count];
    for turn in 0..=turns {
        let mut times = vec![0.0; count];
        // Another one begins each time, so that nobody always runs after the same neighbour.
        for index in (0..count).map(|index| (index + turn) % count) {
            times[index] = seconds(group, index);
        }
        // The first turn is there to warm up.
        if turn > 0 {
            for (ratios, time) in ratios.iter_mut().zip(&times) {
                ratios.push(time / times[0]);
            }
        }
    }
    ratios.into_iter().map(summary).collect()
}

/// Time of one turn, for one piece of work.
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
