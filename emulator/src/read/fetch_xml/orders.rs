//! `order` elements: first those of `entity`, then those of the links.

use roxmltree::Node;

use super::error::{invalid, refused};
use super::fetch_attributes::flag;
use super::query::Query;
use crate::error::Result;
use crate::uri::{Order, Sort};

/// A column to sort by.
pub(super) struct SortKey {
    pub(super) sql: String,
    pub(super) sort: Sort,
    /// The table of the column.
    pub(super) source: usize,
}

impl<'q> Query<'q> {
    /// Returns the orders of a query without aggregates.
    pub(super) fn orders(&mut self) -> Result<Vec<SortKey>> {
        let mut keys = Vec::new();
        for source in 0..self.sources.len() {
            let node = self.sources[source].node;
            for order in node.children().filter(|child| child.has_tag_name("order")) {
                if !self.is_of_query(source) {
                    return Err(invalid("a link entity whose rows are not returned cannot be sorted by"));
                }
                keys.push(self.order(&order, source)?);
            }
        }
        Ok(keys)
    }

    fn order(&mut self, node: &Node<'_, '_>, source: usize) -> Result<SortKey> {
        let Some(name) = node.attribute("attribute") else {
            if node.attribute("alias").is_some() {
                return Err(refused(
                    "0x80040203",
                    "An alias cannot be specified for an order clause for a non-aggregate Query. Use an attribute.",
                ));
            }
            return Err(invalid("an `order` has no `attribute`"));
        };
        let source = match node.attribute("entityname") {
            Some(named) => self.named(named)?,
            None => source,
        };
        if !self.is_of_query(source) {
            return Err(invalid("a link entity whose rows are not returned cannot be sorted by"));
        }
        let scalar = self.column(source, name)?;
        let (table, alias) = (self.sources[source].table, self.sources[source].alias.clone());
        let sql = if table.column(name).is_some_and(|column| column.is_stored()) {
            let order =
                Order { path: vec![name.to_owned()], sort: Sort::Ascending, by_label: !self.fetch.raw_order };
            self.builder.order(&order, table, &alias)?
        } else {
            format!("{}{}", scalar.sql, scalar.collation())
        };
        Ok(SortKey { sql, sort: sort(node)?, source })
    }
}

/// Returns the direction of an `order` element.
pub(super) fn sort(node: &Node<'_, '_>) -> Result<Sort> {
    Ok(if flag(node, "descending")? { Sort::Descending } else { Sort::Ascending })
}
