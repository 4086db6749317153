//! A row of the fact table.

use core::fmt;

/// A rule that the emulator follows, its source, and the test that asserts it.
///
/// ```
/// let facts = dataverse_emulator::facts::all();
/// let decided = facts.iter().filter(|fact| fact.grade == dataverse_emulator::facts::Grade::Decided);
/// assert!(decided.clone().all(|fact| !fact.rule.is_empty()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// The rule, in one sentence.
    pub rule: &'static str,
    /// The page of Microsoft's documentation with its date, the recorded exchange, or the report. For a
    /// decided rule, the reason.
    pub source: &'static str,
    /// The kind of source.
    pub grade: Grade,
    /// The path of the test that asserts the rule: binary, modules and function, as in
    /// `service::queries::filters`.
    pub test: &'static str,
    /// Whether [`EmulatorBuilder::strict`](crate::EmulatorBuilder::strict) refuses a request that relies on
    /// the rule.
    pub refused_by_strict: bool,
}

/// The kind of source of a [`Fact`], which says how much a test may rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Grade {
    /// Microsoft's documentation states or shows it.
    Documented,
    /// A request and its answer show it, recorded from a real org or a real client.
    Recorded,
    /// An issue or an article reports it of a real org.
    Reported,
    /// No source that can be found again says it: the emulator decides, and [`Fact::source`] gives the
    /// reason.
    Decided,
}

impl Grade {
    /// All grades, the most certain first.
    pub const ALL: [Self; 4] = [Self::Documented, Self::Recorded, Self::Reported, Self::Decided];
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documented => "documented",
            Self::Recorded => "recorded",
            Self::Reported => "reported",
            Self::Decided => "decided",
        })
    }
}

/// Returns a rule of Microsoft's documentation. `source` is the page below `developer/data-platform` and its
/// date.
pub(super) const fn documented(rule: &'static str, source: &'static str, test: &'static str) -> Fact {
    Fact { rule, source, grade: Grade::Documented, test, refused_by_strict: false }
}

/// Returns a rule that a recorded exchange shows.
pub(super) const fn recorded(rule: &'static str, source: &'static str, test: &'static str) -> Fact {
    Fact { rule, source, grade: Grade::Recorded, test, refused_by_strict: false }
}

/// Returns a rule that somebody reports.
pub(super) const fn reported(rule: &'static str, source: &'static str, test: &'static str) -> Fact {
    Fact { rule, source, grade: Grade::Reported, test, refused_by_strict: false }
}

/// Returns a rule that the emulator decides. `source` is the reason.
pub(super) const fn decided(rule: &'static str, source: &'static str, test: &'static str) -> Fact {
    Fact { rule, source, grade: Grade::Decided, test, refused_by_strict: false }
}

impl Fact {
    /// Marks the rule as one on which no request may rely in strict mode.
    pub(super) const fn refused_by_strict(mut self) -> Self {
        self.refused_by_strict = true;
        self
    }
}
