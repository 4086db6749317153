//! Compares wanted tables with those of an org.

use std::collections::BTreeMap;

use dataverse_definitions::{Column, Kind, OptionSet, Table};
use serde_json::json;

use super::present::Present;
use super::step::{Phase, Step};
use super::{NotDone, Plan, PlanError, PlanSettings, columns, keys, lookup, many_to_many, options, table};

/// Returns the requests that make an org have these tables.
///
/// The plan only adds, unless the settings allow more: what the tables lack stays, and is told.
///
/// ```
/// use dataverse_codegen::{PlanSettings, Present, plan};
///
/// let wanted = dataverse_definitions::read(&[r#"{
///     "LogicalName": "new_loan", "SchemaName": "new_Loan", "EntitySetName": "new_loans",
///     "PrimaryIdAttribute": "new_loanid", "PrimaryNameAttribute": "new_name",
///     "Attributes": [
///         {"LogicalName": "new_loanid", "AttributeType": "Uniqueidentifier"},
///         {"LogicalName": "new_name", "SchemaName": "new_Name", "AttributeType": "String", "MaxLength": 80}
///     ]
/// }"#])?;
/// // An org without tables.
/// let plan = plan(&wanted, &Present::default(), &PlanSettings::default())?;
/// assert_eq!(plan.steps[0].what, "create the table `new_loan`");
/// assert_eq!(plan.steps[0].path, "EntityDefinitions");
/// assert_eq!(plan.steps[0].body["Attributes"][0]["MaxLength"], 80);
/// assert_eq!(plan.steps[1].what, "publish the changes");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error if a table or column cannot be made at all: the name lacks the prefix, a new table has no primary name.
pub fn plan(wanted: &[Table], present: &Present, settings: &PlanSettings) -> Result<Plan, PlanError> {
    let mut planner =
        Planner { wanted, present, settings, steps: Vec::new(), not_done: Vec::new(), problems: Vec::new() };
    for (name, (set, is_boolean)) in &global_option_sets(wanted) {
        options::global(&mut planner, name, set, *is_boolean);
    }
    for table in wanted {
        if table.is_intersect.is_true() {
            continue; // The many-to-many relationship makes it.
        }
        table::table(&mut planner, table);
        columns::columns(&mut planner, table);
        lookup::lookups(&mut planner, table);
        keys::keys(&mut planner, table);
    }
    many_to_many::relationships(&mut planner);
    planner.finish()
}

/// The global option sets that the tables use, by name, and whether each is one of a boolean column.
fn global_option_sets(wanted: &[Table]) -> BTreeMap<&str, (&OptionSet, bool)> {
    let mut sets = BTreeMap::new();
    for column in wanted.iter().flat_map(|table| &table.attributes) {
        if let (Some(name), Some(set)) = (column.global_option_set_name(), column.options()) {
            sets.entry(name).or_insert((set, column.kind() == Kind::Boolean));
        }
    }
    sets
}

pub(super) struct Planner<'a> {
    pub(super) wanted: &'a [Table],
    pub(super) present: &'a Present,
    pub(super) settings: &'a PlanSettings,
    steps: Vec<Step>,
    not_done: Vec<NotDone>,
    problems: Vec<String>,
}

impl<'a> Planner<'a> {
    pub(super) fn language(&self) -> u32 {
        self.settings.language()
    }

    pub(super) fn solution(&self) -> Option<&'a str> {
        self.settings.solution.as_deref()
    }

    /// The definition that the org has.
    pub(super) fn present(&self, table: &str) -> Option<&'a Table> {
        self.present.tables.get(table)
    }

    pub(super) fn send(&mut self, step: Step) {
        let solution = self.solution();
        self.steps.push(step.in_solution(solution));
    }

    /// Tells a difference that stays.
    pub(super) fn tell(&mut self, subject: impl Into<String>, problem: impl Into<String>) {
        self.not_done.push(NotDone { subject: subject.into(), problem: problem.into() });
    }

    /// Sends the steps if the plan may remove and narrow; tells the difference otherwise.
    pub(super) fn send_if_allowed(
        &mut self,
        steps: impl IntoIterator<Item = Step>,
        subject: impl Into<String>,
        problem: &str,
        effect: &str,
    ) {
        match self.settings.allow_destructive {
            true => steps.into_iter().for_each(|step| self.send(step)),
            false => self.tell(subject, format!("{problem}; `--allow-destructive` {effect}")),
        }
    }

    pub(super) fn fail(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    /// Whether the publisher of the plan may have made something with this name. Names of Dataverse's own have no prefix.
    pub(super) fn is_own(&self, name: &str) -> bool {
        match (name.split_once('_'), &self.settings.prefix) {
            (None, _) => false,
            (Some((prefix, _)), Some(own)) => prefix.eq_ignore_ascii_case(own),
            (Some(_), None) => true,
        }
    }

    fn finish(mut self) -> Result<Plan, PlanError> {
        if !self.problems.is_empty() {
            return Err(PlanError(self.problems));
        }
        self.steps.sort_by_key(|step| step.phase);
        if !self.steps.is_empty() {
            self.steps.push(publication(self.wanted));
        }
        Ok(Plan { steps: self.steps, not_done: self.not_done })
    }
}

/// What the last step of a plan does.
pub(crate) const PUBLISH: &str = "publish the changes";

/// Publishes the tables and the option sets that they use: apps do not see the changes before.
pub(crate) fn publication(wanted: &[Table]) -> Step {
    let tables: String =
        wanted.iter().map(|table| format!("<entity>{}</entity>", table.logical_name)).collect();
    let sets: String =
        global_option_sets(wanted).keys().map(|name| format!("<optionset>{name}</optionset>")).collect();
    let sets = if sets.is_empty() { sets } else { format!("<optionsets>{sets}</optionsets>") };
    let xml = format!("<importexportxml><entities>{tables}</entities>{sets}</importexportxml>");
    Step::post(Phase::Publish, PUBLISH, "PublishXml", json!({ "ParameterXml": xml }))
}

/// Who makes a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    /// The plan.
    Plan,
    /// Dataverse, with the table.
    Dataverse,
    /// Dataverse, with another column.
    OtherColumn,
}

/// Who makes a column of a table.
pub(super) fn maker(table: &Table, column: &Column) -> Maker {
    let name = column.logical_name.as_str();
    let is_primary_id = table.primary_id_attribute.text() == Some(name);
    // An image is the part of its own id.
    let is_part = column.attribute_of.text().is_some() && column.kind() != Kind::Image;
    if is_part || is_part_by_name(table, name, "_base", Kind::Money) {
        return Maker::OtherColumn;
    }
    if is_part_by_name(table, name, "id", Kind::Image) && !is_primary_id {
        return Maker::OtherColumn;
    }
    // Columns that Dataverse adds to a table have no prefix: createdon, ownerid, statecode.
    match is_primary_id || !name.contains('_') {
        true => Maker::Dataverse,
        false => Maker::Plan,
    }
}

/// Whether a column comes with another one of this kind: the amount in the base currency with `_base`, the id of an image
/// with `id`.
fn is_part_by_name(table: &Table, name: &str, ending: &str, kind: Kind) -> bool {
    let other = name.strip_suffix(ending).and_then(|name| table.column(name));
    other.is_some_and(|column| column.kind() == kind)
}

/// The address of a table's definition.
pub(super) fn address(table: &str) -> String {
    format!("EntityDefinitions(LogicalName='{table}')")
}
