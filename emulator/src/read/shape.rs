//! The shape of an answer: `$select` and `$expand`, checked against the table.

use super::expand::{self, Expansion};
use crate::error::{Refusal, Result};
use crate::schema::{Column, Kind, Navigation, Table};
use crate::session::Session;
use crate::uri::{Expand, Filter, Order};

/// The columns and expanded records of an answer.
#[derive(Debug)]
pub(crate) struct Shape<'s> {
    pub(crate) table: &'s Table,
    pub(crate) columns: Vec<&'s Column>,
    /// The columns as `@odata.context` prints them; `None` for all columns.
    selected: Option<Vec<String>>,
    pub(crate) expanded: Vec<Expanded<'s>>,
    /// Whether its records have `@odata.etag`.
    pub(crate) has_etag: bool,
}

/// An expanded navigation property.
#[derive(Debug)]
pub(crate) struct Expanded<'s> {
    pub(crate) navigation: &'s Navigation,
    /// One shape for each table that the property may lead to.
    pub(crate) shapes: Vec<Shape<'s>>,
    pub(crate) references: bool,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Vec<Order>,
    pub(crate) top: Option<usize>,
    pub(crate) query: String,
    pub(crate) rows: Rows,
}

/// Which rows of an expanded collection the answer has, and their next link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// All rows, with a link to the same rows.
    Linked,
    /// All rows, without a link.
    All,
    /// A page, with a link to the next one, whether or not more rows follow.
    Page,
    /// A page, with a link if more rows follow.
    PageIfMore,
    /// No rows: Dataverse leaves such a collection empty.
    Missing,
}

/// The kind of an answer, which decides the annotations of expanded records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One record: expanded records have etags.
    Record,
    /// Records of an entity set: records of expanded collections have etags, links and the lookup of the
    /// relationship.
    Set,
    /// Records of a collection of a record: as for a set, but without links.
    Related,
    /// Records, with an `$expand` within an `$expand`: collections are paged.
    Nested,
}

impl<'s> Shape<'s> {
    /// Checks names against a table, for an answer that is one record.
    pub(crate) fn new(
        session: &'s Session<'_>,
        table: &'s Table,
        select: Option<Vec<String>>,
        expand: Vec<Expand>,
    ) -> Result<Self> {
        Self::for_answer(session, table, select, expand, Form::Record)
    }

    /// Checks names against a table, for an answer that is a list of records.
    pub(crate) fn for_answer(
        session: &'s Session<'_>,
        table: &'s Table,
        select: Option<Vec<String>>,
        expand: Vec<Expand>,
        form: Form,
    ) -> Result<Self> {
        let is_nested = expand.iter().any(|each| !each.expand.is_empty());
        let form = if is_nested && form != Form::Record { Form::Nested } else { form };
        let expansion = Expansion { form, is_nested, in_collection: false, by: None };
        let mut shape = Self::within(session, table, select, expand, expansion)?;
        shape.has_etag = true;
        expand::check_associations(&shape.expanded, is_nested)?;
        Ok(shape)
    }

    pub(super) fn within(
        session: &'s Session<'_>,
        table: &'s Table,
        select: Option<Vec<String>>,
        expand: Vec<Expand>,
        expansion: Expansion<'_>,
    ) -> Result<Self> {
        let selected = select.filter(|names| !names.is_empty() && !names.iter().any(|name| name == "*"));
        let mut columns: Vec<&Column> = Vec::new();
        match &selected {
            None => columns.extend(table.stored().filter(|column| column.readable)),
            Some(names) => {
                for name in names {
                    let column = table.property(name).filter(|column| column.readable);
                    let column = column.ok_or_else(|| Refusal::no_property(name, &table.logical_name))?;
                    if !columns.iter().any(|each| each.logical_name == column.logical_name) {
                        columns.push(column);
                    }
                }
                for column in unasked(table, &columns, &expand, expansion.by) {
                    if !columns.iter().any(|each| each.logical_name == column.logical_name) {
                        columns.push(column);
                    }
                }
            }
        }
        let within = |each| expand::expanded(session, table, each, expansion);
        let expanded = expand.into_iter().map(within).collect::<Result<_>>()?;
        Ok(Self { table, columns, selected, expanded, has_etag: false })
    }

    /// Returns the parentheses after the entity set in `@odata.context`; empty without columns.
    pub(crate) fn context(&self) -> String {
        let list = self.list();
        if list.is_empty() { String::new() } else { format!("({list})") }
    }

    fn list(&self) -> String {
        let selected = self.selected.iter().flatten().cloned();
        let expanded = self.expanded.iter().map(|each| {
            let name = each.navigation.name();
            let inner = each.shapes.first().map(Shape::list).unwrap_or_default();
            if each.references { format!("{name},{name}/$ref()") } else { format!("{name}({inner})") }
        });
        selected.chain(expanded).collect::<Vec<_>>().join(",")
    }

    /// Returns whether the shape expands a collection, at any depth.
    pub(crate) fn has_collections(&self) -> bool {
        self.expanded.iter().any(|each| {
            !matches!(each.navigation, Navigation::One { .. })
                || each.shapes.iter().any(Shape::has_collections)
        })
    }
}

/// Columns of elastic tables that every answer has, selected or not.
const ELASTIC: [&str; 4] = ["versionnumber", "partitionid", "ownerid", "owningbusinessunit"];

/// Returns the columns that the answer has besides the selected ones: the currency of an amount, the lookups
/// of references, the lookup of the relationship of a collection, and the key.
fn unasked<'s>(
    table: &'s Table,
    columns: &[&Column],
    expand: &[Expand],
    by: Option<&str>,
) -> Vec<&'s Column> {
    let has_money = columns.iter().any(|column| matches!(column.kind, Kind::Decimal { money: Some(_), .. }));
    let currency = table.column("transactioncurrencyid").filter(|_| has_money);
    let references = expand.iter().filter(|each| each.references).filter_map(|each| {
        match table.navigation(&each.navigation)? {
            Navigation::One { column, .. } => table.column(column),
            _ => None,
        }
    });
    let by = by.and_then(|column| table.column(column));
    // Users and teams are principals, whose key is `ownerid`.
    let principal = table.column("ownerid").filter(|column| !column.kind.is_lookup());
    let key = table.column(&table.primary_id);
    // A row of an elastic table also has its partition, version and owner.
    let names = ELASTIC.iter().filter(|_| table.elastic);
    let elastic = names.filter_map(|name| table.column(name).filter(|column| column.readable));
    let unasked = currency.into_iter().chain(references).chain(by).chain(key).chain(principal);
    unasked.chain(elastic).collect()
}
