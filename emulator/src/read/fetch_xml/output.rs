//! The columns of an answer, and a row's members.

use roxmltree::Node;
use rusqlite::types::ValueRef;

use super::error::{duplicate_alias, invalid, no_attribute};
use super::query::Query;
use super::sources::{LinkKind, check_alias};
use crate::error::Result;
use crate::http::Preferences;
use crate::json::Json;
use crate::read::row::{FORMATTED, display_name};
use crate::schema::{Column, Kind, Table};
use crate::session::Session;
use crate::store::{quoted, table_name};
use crate::value;

const ATTRIBUTE_NAME: &str = "OData.Community.Display.V1.AttributeName";
const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";
const LOOKUP_NAVIGATION: &str = "Microsoft.Dynamics.CRM.associatednavigationproperty";

/// Maximum number of columns; a lookup counts twice. SQLite allows 2,000 in a statement, including those that
/// sort it.
const MAX_COLUMNS: usize = 1_800;

/// One column of an answer.
pub(super) struct Output<'q> {
    /// The name of the member.
    pub(super) name: String,
    /// The column in the schema; `None` for a count.
    pub(super) column: Option<&'q Column>,
    pub(super) table: &'q Table,
    /// The index of the table among those of the query.
    pub(super) source: usize,
    /// The column's SQL.
    pub(super) sql: String,
    /// The table that a lookup points to, as SQL.
    pub(super) target: Option<String>,
    /// Whether the name is not a property of the table.
    pub(super) aliased: bool,
    /// The name of the column, for its annotation.
    pub(super) attribute: String,
}

impl<'q> Query<'q> {
    /// Returns the columns of a query without aggregates. Unless rows are distinct, they include the key of
    /// `entity`, and the currency if there is an amount.
    pub(super) fn outputs(&mut self) -> Result<Vec<Output<'q>>> {
        let mut all: Vec<Output<'q>> = Vec::new();
        let mut selected = 0;
        for source in 0..self.sources.len() {
            let mut columns = self.columns_of(source)?;
            if source == 0 && !self.fetch.distinct {
                self.companions(&mut columns);
            }
            for column in columns {
                match all.iter().find(|each| each.name == column.name) {
                    Some(same) if same.sql != column.sql => {
                        return Err(duplicate_alias(&column.name));
                    }
                    Some(_) => {}
                    None => {
                        selected += 1 + usize::from(column.target.is_some());
                        all.push(column);
                    }
                }
                if selected > MAX_COLUMNS {
                    return Err(invalid(&format!("it asks for more than {MAX_COLUMNS} columns")));
                }
            }
        }
        Ok(all)
    }

    fn columns_of(&mut self, source: usize) -> Result<Vec<Output<'q>>> {
        let (node, table) = (self.sources[source].node, self.sources[source].table);
        let is = |name: &'static str| move |child: &Node<'_, '_>| child.has_tag_name(name);
        let attributes: Vec<Node<'q, 'q>> = node.children().filter(is("attribute")).collect();
        let all = node.children().any(|child| child.has_tag_name("all-attributes"));
        if (all || !attributes.is_empty()) && !self.is_of_query(source) {
            return Err(invalid("a link entity whose rows are not returned has no columns"));
        }
        let none = node.children().any(|child| child.has_tag_name("no-attrs"));
        let mut columns = Vec::new();
        // Without any attribute, `entity` selects all columns.
        if all || source == 0 && attributes.is_empty() && !none {
            let readable = table.stored().filter(|column| column.readable);
            for column in readable {
                columns.push(self.output(source, column, None)?);
            }
        }
        for attribute in attributes {
            columns.push(self.attribute(source, &attribute)?);
        }
        Ok(columns)
    }

    fn attribute(&mut self, source: usize, node: &Node<'_, '_>) -> Result<Output<'q>> {
        let name = node.attribute("name").ok_or_else(|| invalid("an `attribute` has no `name`"))?;
        let table = self.sources[source].table;
        let usable = |name: &str| table.column(name).filter(|column| column.is_stored() && column.readable);
        // The text of a lookup or choice is an annotation of its column.
        let column = usable(name).or_else(|| name.strip_suffix("name").and_then(usable));
        let column = column.ok_or_else(|| no_attribute(name, table))?;
        let alias = node.attribute("alias").filter(|alias| !alias.is_empty());
        if let Some(alias) = alias {
            check_alias(alias)?;
        }
        match node.attribute("rowaggregate") {
            None => self.output(source, column, alias),
            Some("CountChildren") => self.count_of_children(source, column, alias),
            Some(other) => Err(invalid(&format!("`{other}` is not a row aggregate"))),
        }
    }

    fn output(&mut self, source: usize, column: &'q Column, alias: Option<&str>) -> Result<Output<'q>> {
        let scalar = self.column(source, &column.logical_name)?;
        let of = &self.sources[source];
        let name = match (alias, &of.link) {
            (Some(alias), _) => alias.to_owned(),
            (None, None) => column.property(),
            (None, Some(link)) if link.kind == LinkKind::First => schema_name(of.table, column),
            (None, Some(_)) => format!("{}.{}", of.name, column.logical_name),
        };
        Ok(Output {
            name,
            column: Some(column),
            table: of.table,
            source,
            sql: scalar.sql,
            target: scalar.target,
            aliased: alias.is_some() || of.link.is_some(),
            attribute: column.logical_name.clone(),
        })
    }

    /// Returns the number of records below a record in its table's hierarchy, including those that the caller
    /// may not read.
    fn count_of_children(
        &self,
        source: usize,
        column: &'q Column,
        alias: Option<&str>,
    ) -> Result<Output<'q>> {
        let of = &self.sources[source];
        let parent = of.table.parent_lookup().filter(|_| column.logical_name == of.table.primary_id);
        let (Some(parent), Some(alias)) = (parent, alias) else {
            return Err(invalid(
                "`rowaggregate` needs an `alias` and the key of a table with a hierarchical relationship",
            ));
        };
        let sql = format!(
            "(SELECT count(*) FROM {} c WHERE c.{} = {}.{})",
            table_name(&of.table.logical_name),
            quoted(parent),
            of.alias,
            quoted(&of.table.primary_id),
        );
        let attribute = column.logical_name.clone();
        Ok(Output {
            name: alias.to_owned(),
            column: None,
            table: of.table,
            source,
            sql,
            target: None,
            aliased: true,
            attribute,
        })
    }

    /// Adds the currency of amounts, and the key.
    fn companions(&mut self, columns: &mut Vec<Output<'q>>) {
        let table = self.sources[0].table;
        let is_money = |each: &Output<'_>| {
            each.column.is_some_and(|column| matches!(column.kind, Kind::Decimal { money: Some(_), .. }))
        };
        let currency = table.column("transactioncurrencyid").filter(|_| columns.iter().any(is_money));
        for column in currency.into_iter().chain(table.column(&table.primary_id)) {
            let property = column.property();
            if !columns.iter().any(|each| each.name == property)
                && let Ok(output) = self.output(0, column, None)
            {
                columns.push(output);
            }
        }
    }
}

/// Returns the schema name of a column.
fn schema_name(table: &Table, column: &Column) -> String {
    let definition = table.model.column(&column.logical_name);
    let name = definition.and_then(|definition| definition.schema_name.text());
    name.unwrap_or(&column.logical_name).to_owned()
}

impl Output<'_> {
    /// Adds the members of the column in a row, none if it is empty. Returns the index of the next column.
    pub(super) fn write(
        &self,
        session: &Session<'_>,
        preferences: &Preferences,
        row: &rusqlite::Row<'_>,
        index: usize,
        out: &mut Vec<(String, Json)>,
    ) -> Result<usize> {
        let cell = row.get_ref(index)?;
        let of: Option<String> = if self.target.is_some() { row.get(index + 1)? } else { None };
        let next = index + 1 + usize::from(self.target.is_some());
        if matches!(cell, ValueRef::Null) {
            return Ok(next);
        }
        let mut note = |annotation: &str, value: Option<String>| {
            if let Some(text) = value.filter(|_| preferences.wants(annotation)) {
                out.push((format!("{}@{annotation}", self.name), Json::Text(text)));
            }
        };
        note(ATTRIBUTE_NAME, self.aliased.then(|| self.attribute.clone()));
        let kind = self.column.map_or(&Kind::BigInt, |column| &column.kind);
        let mut text = value::formatted(kind, cell);
        if let (ValueRef::Text(id), Some(of)) = (cell, &of)
            && preferences.wants(FORMATTED)
        {
            text = display_name(session, of, &String::from_utf8_lossy(id))?;
        }
        note(FORMATTED, text);
        if let (Some(of), false, Some(column)) = (&of, self.aliased, self.column) {
            let mut navigations = self.table.navigations_of(&column.logical_name);
            let to = navigations.find(|(_, targets)| targets.iter().any(|target| target == of));
            note(LOOKUP_NAVIGATION, to.map(|(name, _)| name.to_owned()));
        }
        note(LOOKUP_TABLE, of);
        out.push((self.name.clone(), value::to_json(kind, cell)));
        Ok(next)
    }

    /// Returns the SQL of the column, and of the table that it points to.
    pub(super) fn selected(&self) -> String {
        match &self.target {
            Some(target) => format!("{}, {target}", self.sql),
            None => self.sql.clone(),
        }
    }
}
