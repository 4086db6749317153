//! A property, with the navigation properties that lead to it.

use core::hash::{Hash, Hasher};

use crate::metadata::AttributeMetadata;

/// Maximum number of navigation properties between the table of a query and a column.
const MAX_STEPS: usize = 8;

/// Navigation properties, one after the other. They are held in place, so that a column can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Steps {
    /// The names, then empty texts.
    names: [&'static str; MAX_STEPS],
    /// Logical name of the table that they lead to; empty where there are none.
    table: &'static str,
    /// What is wrong, reported when the path is written.
    problem: Option<PathProblem>,
}

/// Why a path cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PathProblem {
    /// A lookup declares no navigation property to the table.
    NoNavigation,
    /// The path has more levels than a query takes.
    TooLong,
}

impl Steps {
    /// The column is one of the table itself.
    pub(crate) const NONE: Self = Self { names: [""; MAX_STEPS], table: "", problem: None };

    pub(crate) const fn is_empty(&self) -> bool {
        self.names[0].is_empty() && self.problem.is_none()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.into_iter().take_while(|name| !name.is_empty())
    }

    /// One step more, to this table.
    pub(crate) fn and(mut self, name: &'static str, table: &'static str) -> Self {
        self.table = table;
        match self.names.iter_mut().find(|each| each.is_empty()) {
            Some(free) => *free = name,
            None => self = self.but(PathProblem::TooLong),
        }
        self
    }

    /// The same steps, which cannot be written. The first problem counts.
    pub(crate) fn but(mut self, problem: PathProblem) -> Self {
        self.problem = self.problem.or(Some(problem));
        self
    }

    /// These steps, then those.
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

    /// What is wrong with the path.
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

    /// The name that the column has in the rows of `$apply`: a column of a related record is named by its table.
    #[cfg(feature = "messages")]
    pub(crate) fn name_in_rows(&self) -> String {
        let property = Self { steps: Steps::NONE, ..*self }.text();
        match self.steps.table {
            "" => property,
            table => format!("{table}_{property}"),
        }
    }

    /// The path as it is written: `_name_value` for a lookup, else the logical name.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for name in self.steps.names() {
            text.push_str(name);
            text.push('/');
        }
        match self.attribute.read_name() {
            Some(property) => text.push_str(&property),
            None => text.push_str(self.attribute.logical_name),
        }
        text
    }
}

/// Metadata is const data and has no one address: within a table, the logical name says which column it is.
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
