//! Reads the body of a create or an update against the table, member by member.

use rusqlite::types::Value;

use super::reference::{any_of, resolve, table_of_type};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{Column, Kind, Navigation, Table};
use crate::session::Session;
use crate::value;
use crate::value::Referenced;

/// The table of the participants of activities.
const PARTIES: &str = "activityparty";

/// Maximum depth of nested records in a deep insert.
const MAX_DEEP_INSERT_DEPTH: usize = 20;

/// The purpose of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Create,
    Update,
    /// An upsert that creates the record. It creates no other records.
    Upsert,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Create | Self::Upsert => "create",
            Self::Update => "update",
        }
    }

    fn takes(self, column: &Column) -> bool {
        match self {
            Self::Create | Self::Upsert => column.creatable,
            Self::Update => column.updatable,
        }
    }
}

/// The new value of a column.
#[derive(Debug, Clone)]
pub(crate) enum ColumnValue {
    Value(Value),
    Reference(Option<Referenced>),
}

/// A parsed body: the new values of a record and the records that come with it.
#[derive(Debug)]
pub(crate) struct Draft<'s> {
    pub(crate) table: &'s Table,
    /// The primary key, if the body has one.
    pub(crate) id: Option<String>,
    pub(crate) cells: Vec<(&'s Column, ColumnValue)>,
    /// Records that are created first, because a lookup of this one names them.
    pub(crate) before: Vec<(&'s Column, Draft<'s>)>,
    /// Records that are created in a collection of this one.
    pub(crate) after: Vec<(&'s Navigation, Draft<'s>)>,
    /// The collection of parties that an update replaces with the records of `after`.
    pub(crate) replaced: Option<&'s Navigation>,
    /// Existing records to associate with this one.
    pub(crate) joined: Vec<(&'s Navigation, Referenced)>,
}

impl<'s> Draft<'s> {
    /// Returns the records that the lookups name, except the owner.
    pub(super) fn references(&self) -> Vec<Referenced> {
        let references = self.cells.iter().filter_map(|(column, value)| match value {
            ColumnValue::Reference(target) if column.logical_name != "ownerid" => target.clone(),
            _ => None,
        });
        references.collect()
    }

    /// Creates an empty draft.
    pub(crate) fn empty(table: &'s Table) -> Self {
        let (cells, before, after, joined) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { table, id: None, cells, before, after, replaced: None, joined }
    }

    /// Removes the values of these columns.
    pub(crate) fn forget(&mut self, columns: &[(&Column, Value)]) {
        let named =
            |column: &Column| columns.iter().any(|(each, _)| each.logical_name == column.logical_name);
        self.cells.retain(|(column, _)| !named(column));
    }

    /// Sets the columns of the URL's alternate key that the body does not set.
    pub(crate) fn complete(
        &mut self,
        session: &Session<'_>,
        columns: Vec<(&'s Column, Value)>,
    ) -> Result<()> {
        for (column, value) in columns {
            if self.cells.iter().any(|(each, _)| each.logical_name == column.logical_name) {
                continue;
            }
            let cell = match (&column.kind, value) {
                (Kind::Lookup { targets }, Value::Text(id)) => {
                    ColumnValue::Reference(Some(any_of(session, targets, &id)?))
                }
                (_, value) => ColumnValue::Value(value),
            };
            self.cells.push((column, cell));
        }
        Ok(())
    }

    /// Reads a body.
    pub(crate) fn read(
        session: &'s Session<'_>,
        table: &'s Table,
        purpose: Purpose,
        body: &Json,
    ) -> Result<Self> {
        Self::read_at(session, table, purpose, body, MAX_DEEP_INSERT_DEPTH)
    }

    fn read_at(
        session: &'s Session<'_>,
        table: &'s Table,
        purpose: Purpose,
        body: &Json,
        depth_left: usize,
    ) -> Result<Self> {
        let depth_left =
            depth_left.checked_sub(1).ok_or_else(|| Refusal::bad("The deep insert is nested too deeply."))?;
        let Json::Object(members) = body else {
            return Err(Refusal::payload(&table.entity_set_name, "the body is not a JSON object"));
        };
        let mut draft = Self::empty(table);
        for (index, (name, member)) in members.iter().enumerate() {
            if members[..index].iter().any(|(each, _)| each == name) {
                let problem = format!(
                    "A property with name '{name}' on type '{}' is specified more than once.",
                    table.type_name()
                );
                return Err(Refusal::payload(&table.entity_set_name, &problem));
            }
            draft.member(session, purpose, name, member, depth_left)?;
        }
        Ok(draft)
    }

    fn member(
        &mut self,
        session: &'s Session<'_>,
        purpose: Purpose,
        name: &str,
        member: &Json,
        depth_left: usize,
    ) -> Result<()> {
        let table = self.table;
        if let Some((property, annotation)) = name.split_once('@') {
            return match annotation {
                "odata.bind" => self.bind(session, purpose, property, member),
                // A client may send back a record that it read, with the annotations.
                _ => Ok(()),
            };
        }
        if let Some(column) = table.property(name) {
            if column.kind.is_lookup() {
                return Err(Refusal::scalar_lookup());
            }
            if column.logical_name == table.primary_id {
                let id = member.as_str().and_then(value::any_guid);
                let wrong = || Refusal::literal(member.as_str().unwrap_or("null"), "Edm.Guid");
                self.id = Some(id.ok_or_else(wrong)?);
                return Ok(());
            }
            // Dataverse refuses a value of a wrong type even if it ignores the column.
            value::check_type(table, column, member, session.notation())?;
            if self.takes(session, purpose, column)? {
                let cell = ColumnValue::Value(value::from_body(table, column, member, session.notation())?);
                self.cells.push((column, cell));
            }
            return Ok(());
        }
        match table.navigation(name) {
            Some(navigation) => self.navigation(session, purpose, navigation, member, depth_left),
            None => Err(Refusal::invalid_property(name, &table.logical_name)),
        }
    }

    /// Returns whether a body with this purpose sets a column. Dataverse ignores the value if not, and strict
    /// mode refuses it.
    fn takes(&self, session: &Session<'_>, purpose: Purpose, column: &Column) -> Result<bool> {
        if purpose.takes(column) && column.joined.is_empty() {
            return Ok(true);
        }
        if session.strict {
            return Err(Refusal::ignored(&column.logical_name, &self.table.logical_name, purpose.name()));
        }
        Ok(false)
    }

    /// Reads `nav@odata.bind`.
    fn bind(
        &mut self,
        session: &'s Session<'_>,
        purpose: Purpose,
        property: &str,
        member: &Json,
    ) -> Result<()> {
        let table = self.table;
        let undeclared = || Refusal::undeclared_annotation(property, &table.entity_set_name);
        let navigation = table.navigation(property).ok_or_else(undeclared)?;
        match (navigation, member) {
            (Navigation::One { .. }, Json::Null) => self.set_lookup(session, purpose, navigation, None),
            (Navigation::One { .. }, Json::Text(url)) => {
                let target = resolve(session, url)?;
                self.set_lookup(session, purpose, navigation, Some(target))
            }
            (Navigation::Many { .. } | Navigation::Association { .. }, Json::Array(urls))
                if purpose == Purpose::Create =>
            {
                for url in urls {
                    let url = url.as_str().ok_or_else(undeclared)?;
                    self.joined.push((navigation, resolve(session, url)?));
                }
                Ok(())
            }
            _ => Err(Refusal::payload(
                &table.entity_set_name,
                &format!("the value of '{property}@odata.bind' does not fit the navigation property"),
            )),
        }
    }

    fn set_lookup(
        &mut self,
        session: &'s Session<'_>,
        purpose: Purpose,
        navigation: &'s Navigation,
        target: Option<Referenced>,
    ) -> Result<()> {
        let Navigation::One { name, column, targets } = navigation else { return Ok(()) };
        let Some(column) = self.table.column(column) else { return Ok(()) };
        if !self.takes(session, purpose, column)? {
            return Ok(());
        }
        if let Some(target) = &target
            && !targets.contains(&target.table)
        {
            return Err(Refusal::payload(
                &self.table.entity_set_name,
                &format!(
                    "A record of '{}' cannot be bound to the navigation property '{name}'.",
                    target.table
                ),
            ));
        }
        if target.is_none() && column.required {
            return Err(Refusal::required(&column.logical_name, &self.table.logical_name));
        }
        // Clearing one branch of a polymorphic lookup keeps the value of another branch.
        if target.is_none() && self.cells.iter().any(|(each, _)| each.logical_name == column.logical_name) {
            return Ok(());
        }
        self.cells.retain(|(each, _)| each.logical_name != column.logical_name);
        self.cells.push((column, ColumnValue::Reference(target)));
        Ok(())
    }

    /// Reads a navigation property with a value: a deep insert, or null to clear a lookup.
    fn navigation(
        &mut self,
        session: &'s Session<'_>,
        purpose: Purpose,
        navigation: &'s Navigation,
        member: &Json,
        depth_left: usize,
    ) -> Result<()> {
        match (navigation, member) {
            (Navigation::One { .. }, Json::Null) => self.set_lookup(session, purpose, navigation, None),
            (Navigation::One { name, column, targets }, Json::Object(_)) => {
                if purpose != Purpose::Create {
                    return Err(Refusal::deep_update());
                }
                let Some(column) = self.table.column(column) else { return Ok(()) };
                if !self.takes(session, purpose, column)? {
                    return Ok(());
                }
                let target = match (member.text("@odata.type"), targets.as_slice()) {
                    (Some(named), _) => table_of_type(session, named)?,
                    (None, [one]) => session.table(one)?,
                    (None, _) => {
                        return Err(Refusal::bad(format!(
                            "The deep insert of '{name}' needs an '@odata.type'."
                        )));
                    }
                };
                let inner = Self::read_at(session, target, Purpose::Create, member, depth_left)?;
                self.before.push((column, inner));
                Ok(())
            }
            (Navigation::One { .. }, _) => Err(Refusal::scalar_lookup()),
            (Navigation::Many { table, .. } | Navigation::Association { table, .. }, Json::Array(all)) => {
                let is_parties = table == PARTIES && matches!(navigation, Navigation::Many { .. });
                if purpose == Purpose::Update && is_parties {
                    self.replaced = Some(navigation);
                } else if purpose != Purpose::Create {
                    return Err(Refusal::deep_update());
                }
                let target = session.table(table)?;
                for each in all {
                    let inner = Self::read_at(session, target, Purpose::Create, each, depth_left)?;
                    self.after.push((navigation, inner));
                }
                Ok(())
            }
            (navigation, _) => Err(Refusal::payload(
                &self.table.entity_set_name,
                &format!("the value of '{}' is not a list of records", navigation.name()),
            )),
        }
    }
}
