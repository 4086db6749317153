//! The amount of work of the variants.

#[derive(Clone, Copy)]
pub struct Sizes {
    /// Rows of a page.
    pub rows: usize,
    /// Requests of a batch.
    pub parts: usize,
    /// Runs of short work in a turn.
    pub calls: usize,
    /// Number of turns of all variants.
    pub turns: usize,
}

impl Sizes {
    /// The sizes of the published times.
    pub const FULL: Self = Self { rows: 5_000, parts: 1_000, calls: 500, turns: 25 };
    /// For instructions and allocations, which are counted and need no repetition.
    pub const COUNTED: Self = Self { rows: 500, parts: 100, calls: 1, turns: 1 };
    /// Small sizes, to see that a benchmark works.
    pub const QUICK: Self = Self { rows: 50, parts: 20, calls: 5, turns: 3 };
}
