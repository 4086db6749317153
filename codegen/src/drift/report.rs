//! Collects findings.

use std::collections::BTreeSet;

use dataverse_definitions::{Fact, Label};

use super::{Class, Finding};

/// Collects findings of one table or column.
pub(super) struct Report<'a> {
    pub(super) table: &'a str,
    pub(super) column: Option<&'a str>,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Report<'_> {
    /// The report of a column of the same table.
    pub(super) fn of_column<'r>(&'r mut self, column: &'r str) -> Report<'r> {
        Report { table: self.table, column: Some(column), findings: self.findings }
    }

    pub(super) fn add(&mut self, class: Class, change: impl Into<String>, meaning: &'static str) {
        self.findings.push(Finding {
            class,
            table: self.table.to_owned(),
            column: self.column.map(str::to_owned),
            change: change.into(),
            meaning,
        });
    }
}

/// Both values, if both sides were asked for the member and they differ. `null` is the default of the type.
pub(super) fn changed<T: Clone + Default + PartialEq>(earlier: &Fact<T>, later: &Fact<T>) -> Option<(T, T)> {
    if earlier.is_not_asked() || later.is_not_asked() {
        return None;
    }
    let pair = (earlier.known().cloned().unwrap_or_default(), later.known().cloned().unwrap_or_default());
    (pair.0 != pair.1).then_some(pair)
}

/// Reports each language in which a text has changed.
pub(super) fn label(report: &mut Report<'_>, what: &str, earlier: &Fact<Label>, later: &Fact<Label>) {
    let Some((before, now)) = changed(earlier, later) else { return };
    let languages: BTreeSet<u32> = before.iter().chain(now.iter()).map(|(language, _)| language).collect();
    for language in languages {
        let (old, new) = (before.get(language).unwrap_or_default(), now.get(language).unwrap_or_default());
        if old != new {
            report.add(
                Class::Cosmetic,
                format!("the {what} in {language} is now \"{new}\"; it was \"{old}\""),
                "",
            );
        }
    }
}
