//! The vertical pieces of lines between two columns.

use super::Px;

/// The heights at which a net enters the gap between two columns, on the left and on the right.
#[derive(Debug, Clone, Default)]
pub(super) struct Crossing {
    pub(super) left: Vec<Px>,
    pub(super) right: Vec<Px>,
}

/// Lines closer than this look like one.
pub(super) const NEAR: Px = 5;
/// How many crossings a place counts at which lines of two nets look like one.
const OVERLAP: i64 = 1000;
const PASSES: usize = 6;

impl Crossing {
    fn span(&self) -> Option<(Px, Px)> {
        let heights = || self.left.iter().chain(&self.right).copied();
        Some((heights().min()?, heights().max()?))
    }

    fn is_straight(&self) -> bool {
        self.span().is_none_or(|(top, bottom)| top == bottom)
    }

    /// The price of having this net's vertical piece to the left of another one's.
    fn price_before(&self, other: &Self) -> i64 {
        let within = |heights: &[Px], net: &Self| match net.span() {
            Some((top, bottom)) => heights.iter().filter(|y| top < **y && **y < bottom).count() as i64,
            None => 0,
        };
        // What leaves this net to the right passes the other one's piece, and what enters the other one passes this one's.
        let crossings = within(&self.right, other) + within(&other.left, self);
        let overlaps = self.right.iter().flat_map(|y| other.left.iter().map(move |other| (y - other).abs()));
        crossings + OVERLAP * overlaps.filter(|distance| *distance < NEAR).count() as i64
    }

    fn is_beside(&self, other: &Self) -> bool {
        match (self.span(), other.span()) {
            (Some(a), Some(b)) => a.0 <= b.1 + NEAR && b.0 <= a.1 + NEAR,
            _ => false,
        }
    }
}

/// Returns the track of each net, from the left, and the number of tracks. A net that goes straight on has none.
pub(super) fn tracks(nets: &[Crossing]) -> (Vec<Option<usize>>, usize) {
    let mut order: Vec<usize> = (0..nets.len()).filter(|net| !nets[*net].is_straight()).collect();
    order.sort_by_key(|net| nets[*net].span());
    let prices: Vec<Vec<i64>> =
        nets.iter().map(|net| nets.iter().map(|other| net.price_before(other)).collect()).collect();
    for _ in 0..PASSES {
        if !improve(&mut order, &prices) {
            break;
        }
    }
    let mut tracks: Vec<Option<usize>> = vec![None; nets.len()];
    for (index, net) in order.iter().enumerate() {
        let taken = order[..index].iter().filter(|before| nets[**before].is_beside(&nets[*net]));
        tracks[*net] = Some(taken.filter_map(|before| tracks[*before]).max().map_or(0, |track| track + 1));
    }
    let count = tracks.iter().flatten().max().map_or(0, |track| track + 1);
    (tracks, count)
}

/// Moves each net to where it costs least. Returns whether any moved.
fn improve(order: &mut Vec<usize>, prices: &[Vec<i64>]) -> bool {
    let mut is_better = false;
    for net in order.clone() {
        let Some(old) = order.iter().position(|other| *other == net) else { continue };
        order.remove(old);
        // The price at each index, compared with that at the first.
        let (mut price, mut best, mut at_old) = (0, (0, 0), 0);
        for (index, other) in order.iter().enumerate() {
            if index == old {
                at_old = price;
            }
            price += prices[*other][net] - prices[net][*other];
            if price < best.0 {
                best = (price, index + 1);
            }
        }
        if old == order.len() {
            at_old = price;
        }
        let index = if best.0 < at_old { best.1 } else { old };
        is_better |= index != old;
        order.insert(index, net);
    }
    is_better
}
