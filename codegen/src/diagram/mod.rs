//! Entity-relationship diagrams of the tables of a snapshot.

mod content;
mod layout;
mod mermaid;
mod select;
mod svg;
mod text;

use std::fmt;

pub use content::Diagram;
pub(crate) use content::diagram;

use crate::snapshot::Snapshot;

/// What a diagram shows of its tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct DiagramOptions {
    /// The columns of the chosen tables.
    pub columns: DiagramColumns,
    /// Whether tables that a relationship connects with a chosen one are added.
    pub neighbors: bool,
    /// Whether lookups that every table has, such as `createdby` and `ownerid`, are drawn.
    pub all_lookups: bool,
    /// Locale ids of display names, the preferred one first.
    pub languages: Vec<u32>,
}

/// The columns that a diagram shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum DiagramColumns {
    /// None: boxes with names. Relationships between the same two tables are one line.
    None,
    /// The primary id and name, columns of alternate keys, and lookups.
    #[default]
    Keys,
    /// Also the columns that have a publisher's prefix, such as `new_`.
    Custom,
    /// All columns, except for parts of others, such as the name of a lookup.
    All,
}

impl DiagramColumns {
    /// The words of `--columns`.
    pub const NAMES: [(&'static str, Self); 4] =
        [("none", Self::None), ("keys", Self::Keys), ("custom", Self::Custom), ("all", Self::All)];
}

/// Tables that cannot be drawn: the snapshot does not have them.
#[derive(Debug)]
pub struct DiagramError {
    problem: String,
    advice: String,
}

impl DiagramError {
    /// Returns what to do, such as the name that was meant.
    pub fn advice(&self) -> &str {
        &self.advice
    }
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for DiagramError {}

impl Diagram {
    /// Creates the diagram of the tables with these logical names or patterns (`new_*`); of all tables, if there are none.
    ///
    /// ```
    /// use dataverse_codegen::{Diagram, DiagramOptions, Snapshot};
    ///
    /// let snapshot = Snapshot::new(dataverse_definitions::read(&[include_str!("../../examples/library.json")])?);
    /// let diagram = Diagram::new(&snapshot, &["new_loan".to_owned(), "new_item".to_owned()], &DiagramOptions::default())?;
    /// assert!(diagram.mermaid().contains(r#""new_loan" }o--|| "new_item" : "new_itemid""#));
    /// assert!(diagram.svg().starts_with("<svg "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the snapshot has no table, or none with one of the names; its advice is the name that was meant.
    pub fn new(
        snapshot: &Snapshot,
        tables: &[String],
        options: &DiagramOptions,
    ) -> Result<Self, DiagramError> {
        diagram(snapshot, tables, options)
    }

    /// Returns the picture as SVG. It has no script and needs no font file; the same diagram is the same text.
    pub fn svg(&self) -> String {
        svg::svg(self)
    }

    /// Returns the text of an `erDiagram` of Mermaid, which GitHub and other pages draw.
    pub fn mermaid(&self) -> String {
        mermaid::mermaid(self)
    }
}
