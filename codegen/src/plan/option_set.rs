//! Option sets in requests.

use dataverse_definitions::{Fact, OptionDefinition, OptionSet};
use serde_json::{Value, json};

use super::label::{known, label, words};
use super::step::{Phase, Step};

/// An option.
pub(super) fn option(option: &OptionDefinition) -> Value {
    let mut body = json!({ "Value": option.value });
    if let Some(text) = known(&option.label) {
        body["Label"] = label(text);
    }
    if let Some(text) = known(&option.description) {
        body["Description"] = label(text);
    }
    if let Some(color) = option.color.text() {
        body["Color"] = json!(color);
    }
    body
}

/// The options of one column.
pub(super) fn local(set: &OptionSet) -> Value {
    json!({
        "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata",
        "Options": set.options.iter().map(option).collect::<Vec<_>>(),
        "IsGlobal": false,
        "OptionSetType": "Picklist",
    })
}

/// The two options of a boolean column.
pub(super) fn booleans(set: Option<&OptionSet>, language: u32) -> Value {
    let of = |fact: Option<&Fact<OptionDefinition>>, value: i32, text: &str| {
        let declared = fact.and_then(Fact::known).and_then(|option| known(&option.label)).cloned();
        let text = declared.unwrap_or_else(|| dataverse_definitions::Label::new(language, text));
        json!({ "Value": value, "Label": label(&text) })
    };
    json!({
        "TrueOption": of(set.map(|set| &set.true_option), 1, "Yes"),
        "FalseOption": of(set.map(|set| &set.false_option), 0, "No"),
        "OptionSetType": "Boolean",
    })
}

/// Creates a global option set.
pub(super) fn global(name: &str, set: &OptionSet, is_boolean: bool, language: u32) -> Step {
    let text = known(&set.display_name).cloned();
    let text = text.unwrap_or_else(|| dataverse_definitions::Label::new(language, words(name)));
    let mut body = match is_boolean {
        true => {
            let mut body = booleans(Some(set), language);
            body["@odata.type"] = json!("Microsoft.Dynamics.CRM.BooleanOptionSetMetadata");
            body
        }
        false => json!({
            "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata",
            "Options": set.options.iter().map(option).collect::<Vec<_>>(),
            "OptionSetType": "Picklist",
        }),
    };
    body["Name"] = json!(name);
    body["DisplayName"] = label(&text);
    if let Some(text) = known(&set.description) {
        body["Description"] = label(text);
    }
    let what = format!("create the global option set `{name}`");
    Step::post(Phase::OptionSets, what, "GlobalOptionSetDefinitions", body)
}

/// Whose options an action changes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner<'a> {
    Column { table: &'a str, column: &'a str },
    Global(&'a str),
}

impl Owner<'_> {
    pub(super) fn name(&self) -> String {
        match self {
            Self::Column { table, column } => format!("{table}.{column}"),
            Self::Global(name) => (*name).to_owned(),
        }
    }

    /// The members that name the options of an action.
    fn body(&self, solution: Option<&str>) -> Value {
        let mut body = match self {
            Self::Column { table, column } => {
                json!({ "EntityLogicalName": table, "AttributeLogicalName": column })
            }
            Self::Global(name) => json!({ "OptionSetName": name }),
        };
        if let Some(solution) = solution {
            body["SolutionUniqueName"] = json!(solution);
        }
        body
    }

    fn phase(&self) -> Phase {
        match self {
            Self::Column { .. } => Phase::Options,
            // A column that is made later may have the option as its default.
            Self::Global(_) => Phase::OptionSets,
        }
    }

    /// Adds an option; to a state, if it is a status.
    pub(super) fn insert(
        &self,
        option: &OptionDefinition,
        state: Option<i32>,
        solution: Option<&str>,
    ) -> Step {
        let mut body = self.body(solution);
        let value = option.value;
        body["Value"] = json!(value);
        if let Some(text) = known(&option.label) {
            body["Label"] = label(text);
        }
        if let Some(text) = known(&option.description) {
            body["Description"] = label(text);
        }
        let action = match state {
            Some(state) => {
                body["StateCode"] = json!(state);
                "InsertStatusValue"
            }
            None => "InsertOptionValue",
        };
        Step::post(self.phase(), format!("add the option {value} to `{}`", self.name()), action, body)
    }

    /// Changes the label of an option.
    pub(super) fn relabel(
        &self,
        value: i32,
        text: &dataverse_definitions::Label,
        is_state: bool,
        solution: Option<&str>,
    ) -> Step {
        // UpdateStateValue takes no solution.
        let mut body = self.body(solution.filter(|_| !is_state));
        body["Value"] = json!(value);
        body["Label"] = label(text);
        body["MergeLabels"] = json!(true);
        let action = if is_state { "UpdateStateValue" } else { "UpdateOptionValue" };
        let what = format!("change the label of the option {value} of `{}`", self.name());
        Step::post(Phase::Updates, what, action, body)
    }

    /// Puts the options into an order.
    pub(super) fn order(&self, values: &[i32], solution: Option<&str>) -> Step {
        let mut body = self.body(solution);
        body["Values"] = json!(values);
        Step::post(Phase::Updates, format!("order the options of `{}`", self.name()), "OrderOption", body)
    }

    /// Deletes an option.
    pub(super) fn remove(&self, value: i32, solution: Option<&str>) -> Step {
        let mut body = self.body(solution);
        body["Value"] = json!(value);
        let what = format!("delete the option {value} of `{}`", self.name());
        Step::post(Phase::RemovedOptions, what, "DeleteOptionValue", body)
    }
}
