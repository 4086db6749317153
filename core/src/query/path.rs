//! Properties, with the navigation properties that lead to them.

use core::hash::{Hash, Hasher};

use crate::metadata::AttributeMetadata;

/// Maximum number of navigation properties between the table of a query and a column.
const MAX_STEPS: usize = 8;

/// Navigation properties from one table to another. An array holds them, so that columns are `Copy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Steps {
    /// The names; the rest is empty texts.
    names: [&'static str; MAX_STEPS],
    /// Logical name of the table that they lead to; empty if there are none.
    table: &'static str,
    /// The first problem, reported when the path is written.
    problem: Option<PathProblem>,
}

/// Why a path cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PathProblem {
    /// A lookup declares no navigation property to the next table.
    NoNavigation,
    /// The path has more than [`MAX_STEPS`] navigation properties.
    TooLong,
}

impl Steps {
    /// No steps: the column is one of the table itself.
    pub(crate) const NONE: Self = Self { names: [""; MAX_STEPS], table: "", problem: None };

    pub(crate) const fn is_empty(&self) -> bool {
        self.names[0].is_empty() && self.problem.is_none()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.into_iter().take_while(|name| !name.is_empty())
    }

    /// Adds a step to this table.
    pub(crate) fn and(mut self, name: &'static str, table: &'static str) -> Self {
        self.table = table;
        match self.names.iter_mut().find(|each| each.is_empty()) {
            Some(free) => *free = name,
            None => self = self.but(PathProblem::TooLong),
        }
        self
    }

    /// Notes a problem, unless there is an earlier one.
    pub(crate) fn but(mut self, problem: PathProblem) -> Self {
        self.problem = self.problem.or(Some(problem));
        self
    }

    /// Adds the steps of `other`.
    pub(crate) fn join(self, other: Self) -> Self {
        let table = if other.is_empty() { self.table } else { other.table };
        let joined = other.names().fold(self, |steps, name| steps.and(name, table));
        match other.problem {
            Some(problem) => joined.but(problem),
            None => joined,
        }
    }
}

/// A property, with the navigation properties that lead to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path {
    pub(crate) steps: Steps,
    pub(crate) attribute: &'static AttributeMetadata,
}

impl Path {
    pub(crate) const fn logical_name(&self) -> &'static str {
        self.attribute.logical_name
    }

    /// Returns why the path cannot be written; `None` if it can.
    pub(crate) fn problem(&self) -> Option<String> {
        let name = self.logical_name();
        self.steps.problem.map(|problem| match problem {
            PathProblem::NoNavigation => {
                format!("{name}: the lookup declares no navigation property to this table; add `nav`")
            }
            PathProblem::TooLong => format!(
                "{name}: the path has more than {MAX_STEPS} navigation properties; start the query from a table that is \
                 nearer to the column"
            ),
        })
    }

    /// Returns the column's name in the rows of `$apply`, which puts the table before a column of a related
    /// record.
    #[cfg(feature = "messages")]
    pub(crate) fn name_in_rows(&self) -> String {
        let property = Self { steps: Steps::NONE, ..*self }.text();
        match self.steps.table {
            "" => property,
            table => format!("{table}_{property}"),
        }
    }

    /// Returns the path as queries write it: it ends in `_name_value` for a lookup, else in the logical name.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.push_to(&mut text);
        text
    }

    /// Adds the path to a text.
    pub(super) fn push_to(&self, out: &mut String) {
        for name in self.steps.names() {
            out.push_str(name);
            out.push('/');
        }
        out.extend(self.attribute.parts_of_name());
    }
}

/// Compares columns by logical name: metadata is const data, of which there may be several copies.
impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps && self.logical_name() == other.logical_name()
    }
}

impl Eq for Path {}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.steps.hash(state);
        self.logical_name().hash(state);
    }
}
