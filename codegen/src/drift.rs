//! Differences between two definitions of a table, by what they mean for a program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use dataverse_definitions::{Column, Fact, Label, Named, OneToMany, OptionDefinition, Table};
use serde::{Deserialize, Serialize};

use crate::snapshot::Snapshot;

/// What a difference means for a program that was built for the earlier definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Class {
    /// Only people see it: labels, descriptions, order, colors.
    Cosmetic,
    /// The program goes on as before; there is something new.
    Additive,
    /// The program goes on as before, but callers may see less, or a message may be refused in time.
    Warning,
    /// Values that were valid may be refused.
    Tightened,
    /// Reads fail, writes are refused, or Dataverse ignores a column.
    Breaking,
}

impl Class {
    /// Every class, from the mildest to the severest.
    pub const ALL: [Self; 5] =
        [Self::Cosmetic, Self::Additive, Self::Warning, Self::Tightened, Self::Breaking];

    /// Returns the word of the class, such as `breaking`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cosmetic => "cosmetic",
            Self::Additive => "additive",
            Self::Warning => "warning",
            Self::Tightened => "tightened",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What it means for a program.
    pub class: Class,
    /// The table, by logical name.
    pub table: String,
    /// The column, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What has changed.
    pub change: String,
    /// What that does to a program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub meaning: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(column) = &self.column {
            write!(f, ".{column}")?;
        }
        write!(f, ": {}", self.change)?;
        if !self.meaning.is_empty() {
            write!(f, ": {}", self.meaning)?;
        }
        Ok(())
    }
}

/// Compares two snapshots, and returns what has changed from the earlier to the later one, table by table. Members that either
/// side was not asked for are not compared.
///
/// `is_strict` says that integers which an option set does not list are refused: a new option then breaks reading.
pub fn drift(earlier: &Snapshot, later: &Snapshot, is_strict: bool) -> Vec<Finding> {
    let names: BTreeSet<&String> = earlier.tables.keys().chain(later.tables.keys()).collect();
    let mut findings = Vec::new();
    for name in names {
        let mut report = Report { table: name, column: None, findings: &mut findings };
        match (earlier.tables.get(name), later.tables.get(name)) {
            (Some(earlier), Some(later)) => tables(&mut report, earlier, later, is_strict),
            (Some(_), None) => {
                report.add(Class::Breaking, "the table is gone", "every request for it is refused")
            }
            (None, Some(_)) => report.add(Class::Additive, "the table is new", ""),
            (None, None) => {}
        }
    }
    findings
}

/// Collects findings of one table or column.
struct Report<'a> {
    table: &'a str,
    column: Option<&'a str>,
    findings: &'a mut Vec<Finding>,
}

impl Report<'_> {
    /// The report of a column of the same table.
    fn of_column<'r>(&'r mut self, column: &'r str) -> Report<'r> {
        Report { table: self.table, column: Some(column), findings: self.findings }
    }

    fn add(&mut self, class: Class, change: impl Into<String>, meaning: &'static str) {
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
fn changed<T: Clone + Default + PartialEq>(earlier: &Fact<T>, later: &Fact<T>) -> Option<(T, T)> {
    if earlier.is_not_asked() || later.is_not_asked() {
        return None;
    }
    let pair = (earlier.known().cloned().unwrap_or_default(), later.known().cloned().unwrap_or_default());
    (pair.0 != pair.1).then_some(pair)
}

fn tables(report: &mut Report<'_>, earlier: &Table, later: &Table, is_strict: bool) {
    for (what, earlier, later, meaning) in [
        ("entity set", &earlier.entity_set_name, &later.entity_set_name, "every URL of the table is wrong"),
        (
            "primary id",
            &earlier.primary_id_attribute,
            &later.primary_id_attribute,
            "records are read without their ids",
        ),
        (
            "primary name",
            &earlier.primary_name_attribute,
            &later.primary_name_attribute,
            "lookups show another text",
        ),
        ("ownership", &earlier.ownership_type, &later.ownership_type, "assigning and sharing change with it"),
    ] {
        if let Some((before, now)) = changed(earlier, later) {
            report.add(Class::Breaking, format!("the {what} is now `{now}`; it was `{before}`"), meaning);
        }
    }
    if let Some((before, now)) = changed(&earlier.table_type, &later.table_type)
        && ![before.as_str(), now.as_str()].iter().all(|each| matches!(*each, "" | "Standard"))
    {
        report.add(
            Class::Breaking,
            format!("the table type is now `{now}`; it was `{before}`"),
            "keys and transactions change with it",
        );
    }
    for (what, earlier, later, off) in [
        (
            "change tracking",
            &earlier.change_tracking_enabled,
            &later.change_tracking_enabled,
            "`track_changes` is refused",
        ),
        (
            "optimistic concurrency",
            &earlier.is_optimistic_concurrency_enabled,
            &later.is_optimistic_concurrency_enabled,
            "`if_match` is refused",
        ),
    ] {
        match changed(earlier, later) {
            Some((true, false)) => report.add(Class::Warning, format!("{what} is off"), off),
            Some((false, true)) => report.add(Class::Additive, format!("{what} is on"), ""),
            _ => {}
        }
    }
    for (what, earlier, later) in [
        ("display name", &earlier.display_name, &later.display_name),
        ("collection's display name", &earlier.display_collection_name, &later.display_collection_name),
        ("description", &earlier.description, &later.description),
    ] {
        label(report, what, earlier, later);
    }
    columns_of(report, earlier, later, is_strict);
    keys(report, earlier, later);
    relationships(report, earlier, later);
}

fn columns_of(report: &mut Report<'_>, earlier: &Table, later: &Table, is_strict: bool) {
    // An answer that was not asked for columns has none; a table without any does not exist.
    if earlier.attributes.is_empty() || later.attributes.is_empty() {
        return;
    }
    let before: BTreeMap<&str, &Column> =
        earlier.attributes.iter().map(|each| (each.logical_name.as_str(), each)).collect();
    let now: BTreeMap<&str, &Column> =
        later.attributes.iter().map(|each| (each.logical_name.as_str(), each)).collect();
    let names: BTreeSet<&str> = before.keys().chain(now.keys()).copied().collect();
    for name in names {
        let mut report = report.of_column(name);
        match (before.get(name), now.get(name)) {
            (Some(before), Some(now)) => column(&mut report, before, now, is_strict),
            (Some(_), None) => {
                let other = now.keys().find(|other| other.eq_ignore_ascii_case(name));
                let change = match other {
                    Some(other) => format!("the column is now written `{other}`"),
                    None => "the column is gone".to_owned(),
                };
                report.add(Class::Breaking, change, "queries that select it are refused");
            }
            (None, Some(column)) if is_required(column) => {
                report.add(
                    Class::Warning,
                    "the column is new, and required",
                    "creates from apps need it; those of this program do not set it",
                );
            }
            (None, Some(_)) => report.add(Class::Additive, "the column is new", ""),
            (None, None) => {}
        }
    }
}

fn is_required(column: &Column) -> bool {
    let level = column.required_level.known().map(|level| level.value.as_str());
    let has_default = column.default_value.known().is_some()
        || column.default_form_value.known().is_some_and(|value| *value != -1);
    matches!(level, Some("ApplicationRequired" | "SystemRequired"))
        && !has_default
        && !column.is_valid_for_create.is_false()
}

fn column(report: &mut Report<'_>, earlier: &Column, later: &Column, is_strict: bool) {
    if !earlier.agrees_on_kind(later) {
        report.add(
            Class::Breaking,
            format!("the kind is now {:?}; it was {:?}", later.kind(), earlier.kind()),
            "values of the other kind cannot be read or written",
        );
        return;
    }
    if let Some((before, now)) = changed(&earlier.date_time_behavior, &later.date_time_behavior) {
        let change = format!("the behavior is now `{}`; it was `{}`", now.value, before.value);
        report.add(Class::Breaking, change, "dates on the wire have another form");
    }
    validity(report, earlier, later);
    required(report, earlier, later);
    limits(report, earlier, later);
    match changed(&earlier.is_secured, &later.is_secured) {
        Some((false, true)) => {
            report.add(Class::Warning, "the column is secured", "callers without the right get no value")
        }
        Some((true, false)) => report.add(Class::Additive, "the column is no longer secured", ""),
        _ => {}
    }
    let targets = |column: &Column| column.target_tables().iter().cloned().collect::<BTreeSet<String>>();
    if earlier.targets.known().is_some() && later.targets.known().is_some() {
        for gone in targets(earlier).difference(&targets(later)) {
            report.add(
                Class::Breaking,
                format!("the lookup no longer points to `{gone}`"),
                "setting it to such a record is refused",
            );
        }
        for new in targets(later).difference(&targets(earlier)) {
            report.add(Class::Additive, format!("the lookup also points to `{new}`"), "");
        }
    }
    options(report, earlier, later, is_strict);
    label(report, "display name", &earlier.display_name, &later.display_name);
    label(report, "description", &earlier.description, &later.description);
}

fn validity(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    for (message, earlier, later, lost) in [
        (
            "create",
            &earlier.is_valid_for_create,
            &later.is_valid_for_create,
            "creates that set this column will lose it",
        ),
        (
            "update",
            &earlier.is_valid_for_update,
            &later.is_valid_for_update,
            "updates that set this column will lose it",
        ),
        ("read", &earlier.is_valid_for_read, &later.is_valid_for_read, "records are read without it"),
    ] {
        match changed(earlier, later) {
            Some((true, false)) => {
                report.add(Class::Breaking, format!("the column is no longer valid for {message}"), lost)
            }
            Some((false, true)) => {
                report.add(Class::Additive, format!("the column is now valid for {message}"), "")
            }
            _ => {}
        }
    }
    match changed(&earlier.source_type, &later.source_type) {
        Some((0, _)) => report.add(
            Class::Breaking,
            "the column is now computed",
            "messages that set this column will lose it",
        ),
        Some((_, 0)) => report.add(Class::Additive, "the column is no longer computed", ""),
        _ => {}
    }
}

fn required(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    let rank = |level: &Named| match level.value.as_str() {
        "SystemRequired" => 3,
        "ApplicationRequired" => 2,
        "Recommended" => 1,
        _ => 0,
    };
    let Some((before, now)) = changed(&earlier.required_level, &later.required_level) else { return };
    let change = format!("the required level is now `{}`; it was `{}`", now.value, before.value);
    match (rank(&before), rank(&now)) {
        (_, 3) => report.add(Class::Breaking, change, "clearing it is refused"),
        (before, 2) if before < 2 => report.add(Class::Tightened, change, "apps refuse a record without it"),
        _ => report.add(Class::Additive, change, ""),
    }
}

fn limits(report: &mut Report<'_>, earlier: &Column, later: &Column) {
    for (what, earlier, later) in [
        ("maximum length", &earlier.max_length, &later.max_length),
        ("precision", &earlier.precision, &later.precision),
    ] {
        if let (Some(before), Some(now)) = (earlier.known(), later.known())
            && before != now
        {
            let change = format!("the {what} is now {now}; it was {before}");
            match now < before {
                true => report.add(Class::Tightened, change, "values that were valid are refused"),
                false => report.add(Class::Additive, change, ""),
            }
        }
    }
    for (what, earlier, later, is_upper) in [
        ("minimum", &earlier.min_value, &later.min_value, false),
        ("maximum", &earlier.max_value, &later.max_value, true),
    ] {
        let (Some(before), Some(now)) = (earlier.known(), later.known()) else { continue };
        let (Some(low), Some(high)) = (before.as_f64(), now.as_f64()) else { continue };
        if low == high {
            continue;
        }
        let change = format!("the {what} is now {now}; it was {before}");
        match (high < low) == is_upper {
            true => report.add(Class::Tightened, change, "values that were valid are refused"),
            false => report.add(Class::Additive, change, ""),
        }
    }
}

fn options(report: &mut Report<'_>, earlier: &Column, later: &Column, is_strict: bool) {
    if !earlier.kind().has_options() {
        return;
    }
    let (Some(earlier_set), Some(later_set)) = (earlier.options(), later.options()) else { return };
    if earlier_set.options.is_empty() || later_set.options.is_empty() {
        return;
    }
    let before: BTreeMap<i32, &OptionDefinition> =
        earlier_set.options.iter().map(|each| (each.value, each)).collect();
    let now: BTreeMap<i32, &OptionDefinition> =
        later_set.options.iter().map(|each| (each.value, each)).collect();
    let name = |option: &OptionDefinition| {
        let label = option.label.known().and_then(|label| label.in_any(&[])).map(str::to_owned);
        label.map_or_else(|| option.value.to_string(), |label| format!("{} ({label})", option.value))
    };
    let mut renumbered = BTreeSet::new();
    for (value, option) in &before {
        let Some(later) = now.get(value) else {
            let same = |new: &&&OptionDefinition| {
                !before.contains_key(&new.value) && !option.label.is_not_asked() && new.label == option.label
            };
            match now.values().find(same) {
                Some(new) => {
                    renumbered.insert(new.value);
                    let change = format!("the option {} now has the integer {}", name(option), new.value);
                    report.add(Class::Breaking, change, "the program writes and reads the old integer");
                }
                None => report.add(
                    Class::Breaking,
                    format!("the option {} is gone", name(option)),
                    "records that set it are refused",
                ),
            }
            continue;
        };
        let option_name = name(option);
        if let Some((before, now)) = changed(&option.state, &later.state) {
            report.add(
                Class::Breaking,
                format!("the option {option_name} belongs to the state {now}; it was {before}"),
                "an update of the status sends the wrong state",
            );
        }
        if let Some((before, now)) = changed(&option.default_status, &later.default_status) {
            report.add(
                Class::Breaking,
                format!("the default status of {option_name} is {now}; it was {before}"),
                "an update of the state sets another status",
            );
        }
        if changed(&option.transition_data, &later.transition_data).is_some() {
            report.add(
                Class::Breaking,
                format!("other statuses may follow {option_name}"),
                "an update of the status may be refused",
            );
        }
        label(report, &format!("label of the option {value}"), &option.label, &later.label);
        label(report, &format!("description of the option {value}"), &option.description, &later.description);
        if changed(&option.color, &later.color).is_some() {
            report.add(Class::Cosmetic, format!("the color of the option {option_name} has changed"), "");
        }
    }
    for (value, option) in &now {
        if !before.contains_key(value) && !renumbered.contains(value) {
            let change = format!("the option {} is new", name(option));
            match is_strict {
                true => report.add(
                    Class::Breaking,
                    change,
                    "reading it is an error, because the option sets are strict",
                ),
                false => report.add(Class::Additive, change, "it is read as `Unknown`"),
            }
        }
    }
    let order = |set: &dataverse_definitions::OptionSet, other: &BTreeMap<i32, &OptionDefinition>| {
        set.options
            .iter()
            .map(|each| each.value)
            .filter(|value| other.contains_key(value))
            .collect::<Vec<_>>()
    };
    if order(earlier_set, &now) != order(later_set, &before) {
        report.add(Class::Cosmetic, "the options have another order", "");
    }
}

fn label(report: &mut Report<'_>, what: &str, earlier: &Fact<Label>, later: &Fact<Label>) {
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

fn keys(report: &mut Report<'_>, earlier: &Table, later: &Table) {
    for key in &earlier.keys {
        match later.keys.iter().find(|each| each.logical_name == key.logical_name) {
            None => report.add(
                Class::Breaking,
                format!("the alternate key `{}` is gone", key.logical_name),
                "requests that name records by it are refused",
            ),
            Some(now) if now.key_attributes != key.key_attributes => {
                let change = format!(
                    "the alternate key `{}` has the columns {}",
                    key.logical_name,
                    now.key_attributes.join(", ")
                );
                report.add(Class::Breaking, change, "requests that name records by it are refused");
            }
            Some(_) => {}
        }
    }
    for key in &later.keys {
        if !earlier.keys.iter().any(|each| each.logical_name == key.logical_name) {
            report.add(Class::Additive, format!("the alternate key `{}` is new", key.logical_name), "");
        }
    }
}

fn relationships(report: &mut Report<'_>, earlier: &Table, later: &Table) {
    let (before, now) = (&earlier.many_to_one_relationships, &later.many_to_one_relationships);
    if !before.is_empty() && !now.is_empty() {
        for one in before {
            let mut report = report.of_column(&one.referencing_attribute);
            let Some(other) = now.iter().find(|other| is_same(one, other)) else {
                report.add(
                    Class::Breaking,
                    format!("the relationship `{}` is gone", one.schema_name),
                    "setting the lookup through it is refused",
                );
                continue;
            };
            let property = |each: &OneToMany| each.referencing_entity_navigation_property_name.clone();
            if let Some((before, now)) = changed(&property(one), &property(other)) {
                let change = format!("the navigation property is now `{now}`; it was `{before}`");
                report.add(Class::Breaking, change, "setting the lookup is refused");
            }
        }
        for other in now.iter().filter(|other| !before.iter().any(|one| is_same(one, other))) {
            let mut report = report.of_column(&other.referencing_attribute);
            report.add(Class::Additive, format!("the relationship `{}` is new", other.schema_name), "");
        }
    }
    let pairs = |table: &Table| {
        table.many_to_many_relationships.iter().map(|each| each.schema_name.clone()).collect::<BTreeSet<_>>()
    };
    for gone in pairs(earlier).difference(&pairs(later)) {
        report.add(
            Class::Breaking,
            format!("the many-to-many relationship `{gone}` is gone"),
            "associating through it is refused",
        );
    }
    for new in pairs(later).difference(&pairs(earlier)) {
        report.add(Class::Additive, format!("the many-to-many relationship `{new}` is new"), "");
    }
}

/// Whether two relationships are one: by name, or by column and target or navigation property. Structs and `$metadata` do not know all
/// names, and the target of an owner has several.
fn is_same(one: &OneToMany, other: &OneToMany) -> bool {
    let property =
        |each: &OneToMany| each.referencing_entity_navigation_property_name.text().map(str::to_owned);
    one.schema_name == other.schema_name
        || one.referencing_attribute == other.referencing_attribute
            && (one.referenced_entity == other.referenced_entity
                || property(one).is_some() && property(one) == property(other))
}
