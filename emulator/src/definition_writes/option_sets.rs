//! Global option sets, and the actions on the options of any option set.

use dataverse_definitions::Kind;
use http::StatusCode;

use super::changes::{ATTRIBUTES, OPTION_SETS};
use super::edit::{Edit, unknown_table};
use super::keys::no_attribute;
use super::kinds;
use super::labels::updated;
use super::solutions::Component;
use super::{names, options};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::Table;

/// Creates the global option set of a body. Returns its id.
pub(super) fn create(edit: &Edit<'_>, body: &Json) -> Result<String> {
    let is_boolean = body.text("@odata.type").is_some_and(|name| name.ends_with("BooleanOptionSetMetadata"));
    kinds::check_type(body, if is_boolean { "BooleanOptionSetMetadata" } else { "OptionSetMetadata" })?;
    let name = body.text("Name").ok_or_else(|| names::missing("Name", "option set"))?;
    names::check(name, "option set")?;
    let is_taken = |set: &Json| set.text("Name").is_some_and(|each| each.eq_ignore_ascii_case(name));
    if options::global(edit.session.schema).any(is_taken) {
        let message = format!(
            "The schema name {name} for type OptionSet is not unique. An OptionSet with same name already exists."
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80044363", message));
    }
    let kind = if is_boolean { Kind::Boolean } else { Kind::Picklist };
    let mut set = options::option_set(edit, body, kind)?;
    set.set("IsGlobal", true.into());
    let id = set.text("MetadataId").unwrap_or_default().to_owned();
    edit.put("", OPTION_SETS, &set)?;
    edit.component(Component::OptionSet, &id);
    Ok(id)
}

/// Replaces the labels of a global option set. Its options have actions of their own.
pub(super) fn update(edit: &Edit<'_>, old: &Json, body: &Json, merge: bool) -> Result<()> {
    let mut set = old.clone();
    for name in ["DisplayName", "Description"] {
        if let Some(label) = body.get(name) {
            set.set(name, updated(edit.session, old.get(name), label, merge));
        }
    }
    put(edit, &set)
}

/// Deletes a global option set that no column uses.
pub(super) fn delete(edit: &Edit<'_>, set: &Json) -> Result<()> {
    let name = set.text("Name").unwrap_or_default();
    let users: Vec<&str> = users(edit, name).map(|table| table.logical_name.as_str()).collect();
    if !users.is_empty() {
        let message = format!(
            "This option set cannot be deleted. The current set of entities that reference this option set are: {}. These \
             references must be removed before this option set can be deleted",
            users.join(",")
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80048417", message));
    }
    edit.remove("", OPTION_SETS, name)?;
    edit.forget(set)
}

/// Returns the tables of the columns that use a global option set.
fn users<'s>(edit: &Edit<'s>, name: &str) -> impl Iterator<Item = &'s Table> {
    edit.session.schema.tables().iter().filter(move |table| {
        table.definition.list(ATTRIBUTES).iter().any(|column| member_of(column, name).is_some())
    })
}

/// Returns the member of a column that holds the global option set with this name.
fn member_of(column: &Json, name: &str) -> Option<&'static str> {
    ["GlobalOptionSet", "OptionSet"].into_iter().find(|member| {
        column
            .get(member)
            .is_some_and(|set| set.flag("IsGlobal") == Some(true) && set.text("Name") == Some(name))
    })
}

/// Stores a global option set, and its copy in each column that uses it.
fn put(edit: &Edit<'_>, set: &Json) -> Result<()> {
    let name = set.text("Name").unwrap_or_default();
    edit.put("", OPTION_SETS, set)?;
    for table in edit.session.schema.tables() {
        for column in table.definition.list(ATTRIBUTES) {
            if let Some(member) = member_of(column, name) {
                let mut column = column.clone();
                column.set(member, set.clone());
                edit.put(&table.logical_name, ATTRIBUTES, &column)?;
            }
        }
    }
    Ok(())
}

/// The option set that the parameters of an action name: a global one, or that of a column.
pub(super) struct Named<'s> {
    set: Json,
    /// The table and the column of an option set that belongs to one.
    column: Option<(&'s Table, &'s Json)>,
}

impl<'s> Named<'s> {
    pub(super) fn read(edit: &Edit<'s>, body: &Json) -> Result<Self> {
        let schema = edit.session.schema;
        if let Some(name) = body.text("OptionSetName") {
            let set = options::find(schema, name).ok_or_else(|| options::unknown(name))?;
            return Ok(Self { set: set.clone(), column: None });
        }
        let need = |name| body.text(name).ok_or_else(|| names::missing(name, "action"));
        let (table, column) = (need("EntityLogicalName")?, need("AttributeLogicalName")?);
        let table = schema.table(table).ok_or_else(|| unknown_table(table))?;
        let found = super::tables::element(table, ATTRIBUTES, "LogicalName", column);
        let found = found.ok_or_else(|| no_attribute(column, &table.logical_name))?;
        let set = |name| found.get(name).filter(|set| !matches!(set, Json::Null));
        if let Some(set) = set("GlobalOptionSet") {
            return Ok(Self { set: set.clone(), column: None });
        }
        let set = set("OptionSet").cloned().or_else(|| {
            // A yes-or-no column whose definition has no options has Dataverse's.
            (kinds::kind_of(found).ok()? == Kind::Boolean)
                .then(|| options::option_set(edit, &Json::Object(Vec::new()), Kind::Boolean).ok())?
        });
        let set = set.ok_or_else(|| no_attribute(column, &table.logical_name))?;
        Ok(Self { set, column: Some((table, found)) })
    }

    /// Stores the option set with these options.
    fn store(mut self, edit: &Edit<'_>, options: Vec<Json>) -> Result<()> {
        self.set.set("Options", Json::Array(options));
        self.put(edit)
    }

    fn put(self, edit: &Edit<'_>) -> Result<()> {
        let Some((table, column)) = self.column else { return put(edit, &self.set) };
        let mut column = column.clone();
        column.set("OptionSet", self.set);
        edit.put(&table.logical_name, ATTRIBUTES, &column)
    }

    fn options(&self) -> Vec<Json> {
        self.set.list("Options").to_vec()
    }

    /// Carries out `InsertOptionValue` and `InsertStatusValue`. Returns the value of the new option.
    pub(super) fn insert(self, edit: &Edit<'_>, body: &Json) -> Result<i64> {
        match self.set.text("OptionSetType") {
            Some(kind @ ("State" | "Boolean")) => {
                let message = format!("An option cannot be added to an option set of the type {kind}.");
                return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
            }
            Some("Status") if body.integer("StateCode").is_none() => {
                return Err(names::missing("StateCode", "action"));
            }
            _ => {}
        }
        let mut options = self.options();
        let value =
            body.integer("Value").unwrap_or_else(|| options::next_value(edit.first_value(), &options, &[]));
        if options.iter().any(|each| each.integer("Value") == Some(value)) {
            return Err(options::duplicate_value(value));
        }
        if body.get("Label").is_none_or(|label| matches!(label, Json::Null)) {
            return Err(names::missing("Label", "action"));
        }
        let mut given = body.clone();
        if let Some(state) = body.integer("StateCode") {
            given.set("State", state.into());
            given.set("TransitionData", Json::Null);
        }
        options.push(options::option(edit.session, &given, value));
        self.store(edit, options)?;
        Ok(value)
    }

    /// Carries out `UpdateOptionValue` and `UpdateStateValue`.
    pub(super) fn update(mut self, edit: &Edit<'_>, body: &Json) -> Result<()> {
        let value = body.integer("Value").ok_or_else(|| names::missing("Value", "action"))?;
        let merge = body.flag("MergeLabels") == Some(true);
        let change = |option: &mut Json| {
            for name in ["Label", "Description"] {
                if let Some(label) = body.get(name).filter(|label| !matches!(label, Json::Null)) {
                    let label = updated(edit.session, option.get(name), label, merge);
                    option.set(name, label);
                }
            }
            for name in ["Color", "ExternalValue"] {
                if let Some(value) = body.get(name).filter(|value| !matches!(value, Json::Null)) {
                    option.set(name, value.clone());
                }
            }
            if let Some(status) = body.integer("DefaultStatusCode") {
                option.set("DefaultStatus", status.into());
            }
        };
        for name in ["TrueOption", "FalseOption"] {
            if let Some(option) = self.set.get(name).filter(|each| each.integer("Value") == Some(value)) {
                let mut option = option.clone();
                change(&mut option);
                self.set.set(name, option);
                return self.put(edit);
            }
        }
        let mut options = self.options();
        let option = options.iter_mut().find(|each| each.integer("Value") == Some(value));
        change(option.ok_or_else(|| no_option(value))?);
        self.store(edit, options)
    }

    /// Carries out `DeleteOptionValue`. Records keep the value.
    pub(super) fn delete(self, edit: &Edit<'_>, body: &Json) -> Result<()> {
        if let Some("State" | "Boolean") = self.set.text("OptionSetType") {
            let message = "You can delete options only from picklist and status attributes.";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80044323", message));
        }
        let value = body.integer("Value").ok_or_else(|| names::missing("Value", "action"))?;
        let mut options = self.options();
        let before = options.len();
        options.retain(|each| each.integer("Value") != Some(value));
        if options.len() == before {
            return Err(no_option(value));
        }
        self.store(edit, options)
    }

    /// Carries out `OrderOption`.
    pub(super) fn order(self, edit: &Edit<'_>, body: &Json) -> Result<()> {
        let options = self.options();
        let values: Vec<i64> = body
            .list("Values")
            .iter()
            .filter_map(|each| match each {
                Json::Number(text) => text.parse().ok(),
                _ => None,
            })
            .collect();
        let find = |value: &i64| options.iter().find(|each| each.integer("Value") == Some(*value)).cloned();
        let ordered: Vec<Json> =
            values.iter().map(|value| find(value).ok_or_else(|| no_option(*value))).collect::<Result<_>>()?;
        let is_whole = ordered.len() == options.len()
            && options.iter().all(|each| each.integer("Value").is_some_and(|value| values.contains(&value)));
        if !is_whole {
            let message = "The values of 'Values' are not the values of the options, each once.";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
        }
        self.store(edit, ordered)
    }
}

/// Refuses an option that the option set does not have.
fn no_option(value: i64) -> Refusal {
    let message = format!("The option with the value {value} does not exist in the option set.");
    Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message)
}
