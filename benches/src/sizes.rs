//! How much work the variants do.

#[derive(Clone, Copy)]
pub struct Sizes {
    /// Rows of a page.
    pub rows: usize,
    /// Requests of a batch.
    pub parts: usize,
    /// Runs in a turn, of work that is short.
    pub calls: usize,
    /// How often all variants take turns.
    pub turns: usize,
}

impl Sizes {
    /// What the published times were taken with.
    pub const FULL: Self = Self { rows: 5_000, parts: 1_000, calls: 500, turns: 25 };
    /// For instructions and allocations, which are counted and need no repetition.
    pub const COUNTED: Self = Self { rows: 500, parts: 100, calls: 1, turns: 1 };
    /// To see that it works.
    pub const QUICK: Self = Self { rows: 50, parts: 20, calls: 5, turns: 3 };
}
