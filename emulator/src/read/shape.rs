//! What of a record is answered: `$select` and `$expand`, held against the table.

use crate::error::{Refusal, Result};
use crate::schema::{Column, Kind, Navigation, Table};
use crate::session::Session;
use crate::uri::{Expand, Filter, Order};

/// The columns and expanded records of an answer.
#[derive(Debug)]
pub(crate) struct Shape<'s> {
    pub(crate) table: &'s Table,
    pub(crate) columns: Vec<&'s Column>,
    /// As `@odata.context` prints it; nothing where all columns are meant.
    selected: Option<Vec<String>>,
    pub(crate) expanded: Vec<Expanded<'s>>,
}

/// An expanded navigation property.
#[derive(Debug)]
pub(crate) struct Expanded<'s> {
    pub(crate) navigation: &'s Navigation,
    /// One for each table that it may lead to.
    pub(crate) shapes: Vec<Shape<'s>>,
    pub(crate) references: bool,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Vec<Order>,
    pub(crate) top: Option<usize>,
    pub(crate) query: String,
}

impl<'s> Shape<'s> {
    /// Holds names against a table.
    pub(crate) fn new(
        session: &'s Session<'_>,
        table: &'s Table,
        select: Option<Vec<String>>,
        expand: Vec<Expand>,
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
                // An amount comes with its currency, and every record with its key.
                let has_money =
                    columns.iter().any(|column| matches!(column.kind, Kind::Decimal { money: Some(_), .. }));
                let currency = table.column("transactioncurrencyid").filter(|_| has_money);
                // Users and teams have the key of their base type beside their own.
                let base = table.column("ownerid").filter(|column| matches!(column.kind, Kind::Guid));
                for column in currency.into_iter().chain(table.column(&table.primary_id)).chain(base) {
                    if !columns.iter().any(|each| each.logical_name == column.logical_name) {
                        columns.push(column);
                    }
                }
            }
        }
        let expanded =
            expand.into_iter().map(|each| Self::expanded(session, table, each)).collect::<Result<_>>()?;
        Ok(Self { table, columns, selected, expanded })
    }

    fn expanded(session: &'s Session<'_>, table: &'s Table, expand: Expand) -> Result<Expanded<'s>> {
        let name = &expand.navigation;
        let navigation =
            table.navigation(name).ok_or_else(|| Refusal::no_property(name, &table.logical_name))?;
        let targets: Vec<&Table> = match navigation {
            Navigation::One { targets, .. } => {
                if expand.filter.is_some() || !expand.order.is_empty() || expand.top.is_some() {
                    return Err(Refusal::query_not_supported(format!(
                        "$filter, $orderby and $top cannot be used with the single-valued navigation property '{name}'."
                    )));
                }
                targets.iter().filter_map(|target| session.schema.table(target)).collect()
            }
            Navigation::Many { table, .. } | Navigation::Association { table, .. } => {
                if expand.references {
                    return Err(Refusal::query_not_supported(format!(
                        "$ref cannot be used with the collection-valued navigation property '{name}' in $expand."
                    )));
                }
                vec![session.table(table)?]
            }
        };
        let shape = |target: &'s Table| {
            // The abstract type of owners has one property.
            let select = match (&expand.select, targets.len()) {
                (None, 2..) => {
                    Some(vec![target.column("ownerid").map_or(&target.primary_id, |_| &OWNER).clone()])
                }
                (Some(names), 2..) => {
                    if let Some(wrong) = names.iter().find(|name| **name != *OWNER) {
                        return Err(Refusal::no_property(wrong, "principal"));
                    }
                    Some(names.clone())
                }
                (select, _) => select.clone(),
            };
            Self::new(session, target, select, expand.expand.clone())
        };
        let shapes = targets.iter().map(|target| shape(target)).collect::<Result<_>>()?;
        Ok(Expanded {
            navigation,
            shapes,
            references: expand.references,
            filter: expand.filter,
            order: expand.order,
            top: expand.top,
            query: expand.query,
        })
    }

    /// The parentheses after the entity set in `@odata.context`; nothing where it would be empty.
    pub(crate) fn context(&self) -> String {
        let list = self.list();
        if list.is_empty() { String::new() } else { format!("({list})") }
    }

    fn list(&self) -> String {
        let selected = self.selected.iter().flatten().cloned();
        let expanded = self.expanded.iter().map(|each| {
            let name = each.navigation.name();
            let inner = each.shapes.first().map(Shape::list).unwrap_or_default();
            if each.references { format!("{name}/$ref") } else { format!("{name}({inner})") }
        });
        selected.chain(expanded).collect::<Vec<_>>().join(",")
    }
}

/// The only property of the abstract type that owners have.
static OWNER: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| "ownerid".to_owned());
