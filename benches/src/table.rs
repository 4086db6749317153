//! Prints the Markdown tables of BENCHMARKS.md.

use core::fmt;

#[derive(Default)]
pub struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<(usize, String)>)>,
}

impl Table {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// Sets the text of a cell. The first text of a row or column creates it.
    pub fn put(&mut self, row: &str, column: &str, text: String) {
        let column = match self.columns.iter().position(|each| each == column) {
            Some(index) => index,
            None => {
                self.columns.push(column.to_owned());
                self.columns.len() - 1
            }
        };
        match self.rows.iter_mut().find(|(each, _)| each == row) {
            Some((_, cells)) => cells.push((column, text)),
            None => self.rows.push((row.to_owned(), vec![(column, text)])),
        }
    }

    /// Adds the cells of another table as columns of their own, named after `what` they show.
    pub fn join(&mut self, other: Table, what: &str) {
        for (row, cells) in other.rows {
            for (column, text) in cells {
                self.put(&row, &format!("{}: {what}", other.columns[column]), text);
            }
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n\n| | {} |", self.title, self.columns.join(" | "))?;
        writeln!(f, "|---|{}", "---|".repeat(self.columns.len()))?;
        for (name, cells) in &self.rows {
            write!(f, "| {name} |")?;
            for column in 0..self.columns.len() {
                let cell = cells.iter().find(|(index, _)| *index == column);
                write!(f, " {} |", cell.map_or("", |(_, text)| text))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Returns a ratio with as many digits as are significant.
pub fn ratio(value: f64) -> String {
    if value < 9.95 { format!("{value:.2}") } else { format!("{value:.1}") }
}
