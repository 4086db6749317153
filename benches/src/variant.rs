//! Groups of variants that do the same work.

use std::hint::black_box;

/// A way to do the work of a [`Group`].
pub struct Variant {
    pub name: &'static str,
    /// Pieces of work in one run, which may differ between the variants of a group.
    pub units: usize,
    run: Box<dyn Fn() -> usize>,
}

/// Variants that do the same work on the same bytes. The first is ours, the others are compared with it.
pub struct Group {
    /// Heading of the table that the group is a column of.
    pub table: &'static str,
    pub column: &'static str,
    /// Runs in one turn: work that takes microseconds is measured many times at once.
    pub calls: usize,
    /// Rows of the input, if it has any, and its length in bytes.
    pub rows: usize,
    pub bytes: usize,
    /// The amount that every run reads or writes. A variant that returns another amount is not measured.
    pub gives: usize,
    pub variants: Vec<Variant>,
}

impl Group {
    pub fn new(table: &'static str, column: &'static str) -> Self {
        Self { table, column, calls: 1, rows: 1, bytes: 0, gives: 1, variants: Vec::new() }
    }

    pub fn input(mut self, rows: usize, bytes: usize) -> Self {
        (self.rows, self.bytes) = (rows, bytes);
        self
    }

    pub fn gives(mut self, gives: usize) -> Self {
        self.gives = gives;
        self
    }

    pub fn calls(mut self, calls: usize) -> Self {
        self.calls = calls;
        self
    }

    /// Adds a variant. Its result is dropped within the measured time.
    pub fn variant(self, name: &'static str, run: impl Fn() -> usize + 'static) -> Self {
        self.variant_of(name, 1, run)
    }

    /// Adds a variant that does several pieces of work in one run.
    pub fn variant_of(mut self, name: &'static str, units: usize, run: impl Fn() -> usize + 'static) -> Self {
        self.variants.push(Variant { name, units, run: Box::new(run) });
        self
    }
}

impl Variant {
    /// Runs once.
    ///
    /// # Panics
    ///
    /// Panics if the run did not do the work.
    pub fn run(&self, group: &Group) {
        let gives = black_box((self.run)());
        assert_eq!(gives, group.gives, "{} of {}, {}", self.name, group.table, group.column);
    }
}
