//! The `link-entity` elements as joins and subqueries.

use roxmltree::Node;

use super::error::{invalid, no_attribute};
use super::query::Query;
use super::sources::{Link, LinkKind, MAX_FILTER_DEPTH};
use crate::error::Result;
use crate::schema::{Column, Kind, Storage, Table};
use crate::sql::joined;
use crate::store::quoted;

impl<'q> Query<'q> {
    /// Returns the joins of the links below a table.
    pub(super) fn joins(&mut self, parent: usize) -> Result<String> {
        let children = self.links(parent, LinkKind::is_joined);
        children.into_iter().map(|child| self.join(child)).collect()
    }

    /// Returns the conditions of a table's filters, and of its links that are not joins.
    pub(super) fn filters(&mut self, source: usize) -> Result<String> {
        let node = self.sources[source].node;
        let mut all = Vec::new();
        for filter in node.children().filter(|child| child.has_tag_name("filter")) {
            all.push(self.filter(&filter, source, MAX_FILTER_DEPTH)?);
        }
        for child in self.links(source, |kind| !kind.is_joined()) {
            all.push(self.exists(child)?);
        }
        Ok(joined(all, "AND", "1"))
    }

    /// Returns the links that are direct children of a table, of some kinds.
    fn links(&self, parent: usize, wanted: fn(LinkKind) -> bool) -> Vec<usize> {
        let is = |link: &Link| link.parent == parent && !link.in_filter && wanted(link.kind);
        (0..self.sources.len()).filter(|index| self.sources[*index].link.as_ref().is_some_and(is)).collect()
    }

    fn join(&mut self, source: usize) -> Result<String> {
        let Some(link) = self.sources[source].link.clone() else { return Ok(String::new()) };
        let (rows, alias) = (self.sources[source].rows.clone(), self.sources[source].alias.clone());
        if link.kind == LinkKind::First {
            let inner = format!("f{source}");
            self.sources[source].alias.clone_from(&inner);
            let on = self.on(source, &link, true);
            self.sources[source].alias.clone_from(&alias);
            let first = format!("(SELECT min({inner}.\"@row\") FROM {rows} {inner} WHERE {})", on?);
            let below = self.joins(source)?;
            return Ok(format!(" JOIN {rows} {alias} ON {alias}.\"@row\" = {first}{below}"));
        }
        let inner = self.is_inner(source);
        let on = self.on(source, &link, !inner)?;
        if inner {
            let filters = self.filters(source)?;
            self.after.push(filters);
        }
        let below = self.joins(source)?;
        Ok(match link.kind {
            LinkKind::Outer if below.is_empty() => format!(" LEFT JOIN {rows} {alias} ON {on}"),
            LinkKind::Outer => format!(" LEFT JOIN ({rows} {alias}{below}) ON {on}"),
            _ => format!(" JOIN {rows} {alias} ON {on}{below}"),
        })
    }

    /// Returns the condition of a link that is not a join.
    pub(super) fn exists(&mut self, source: usize) -> Result<String> {
        let Some(link) = self.sources[source].link.clone() else { return Ok("1".to_owned()) };
        let (rows, alias) = (self.sources[source].rows.clone(), self.sources[source].alias.clone());
        let after = core::mem::take(&mut self.after);
        let on = self.on(source, &link, false)?;
        let filters = self.filters(source)?;
        let below = self.joins(source)?;
        let mut all = core::mem::replace(&mut self.after, after);
        all.insert(0, filters);
        let met =
            format!("EXISTS (SELECT 1 FROM {rows} {alias}{below} WHERE {on} AND {})", all.join(" AND "));
        Ok(match link.kind {
            LinkKind::NotExists => format!("NOT {met}"),
            LinkKind::All => format!("(EXISTS (SELECT 1 FROM {rows} {alias} WHERE {on}) AND NOT {met})"),
            _ => met,
        })
    }

    /// Returns the condition that a row of a link belongs to a row of its parent, and that the caller may
    /// read it.
    fn on(&mut self, source: usize, link: &Link, with_filters: bool) -> Result<String> {
        let (from, to) = (&self.sources[source], &self.sources[link.parent]);
        let one = usable(from.table, &link.from)?;
        let other = usable(to.table, &link.to)?;
        let mut all = vec![equal((&from.alias, from.table, one), (&to.alias, to.table, other))];
        let (table, alias) = (from.table, from.alias.clone());
        all.push(self.builder.may_read(table, &alias)?);
        if with_filters {
            all.push(self.filters(source)?);
        }
        Ok(all.join(" AND "))
    }

    /// Returns the source of a `link-entity` element in a filter.
    pub(super) fn source_of(&self, node: &Node<'_, '_>) -> Option<usize> {
        self.sources.iter().position(|each| each.node == *node)
    }
}

/// Returns a column by which links can join.
fn usable<'t>(table: &'t Table, name: &str) -> Result<&'t Column> {
    let column = table.column(name).filter(|column| column.is_stored());
    let column = column.ok_or_else(|| no_attribute(name, table))?;
    if matches!(column.kind, Kind::File | Kind::Image | Kind::MultiSelect(_)) {
        return Err(invalid(&format!("the column `{name}` cannot be used in `from` or `to`")));
    }
    Ok(column)
}

fn equal(one: (&str, &Table, &Column), other: (&str, &Table, &Column)) -> String {
    let sql =
        |(alias, _, column): (&str, &Table, &Column)| format!("{alias}.{}", quoted(&column.logical_name));
    let class = |column: &Column| match column.kind.storage() {
        Storage::Reference => Storage::Guid,
        Storage::Flag => Storage::Integer,
        other => other,
    };
    if class(one.2) != class(other.2) {
        return format!("CAST({} AS TEXT) = CAST({} AS TEXT)", sql(one), sql(other));
    }
    let mut condition = format!("{} = {}", sql(one), sql(other));
    // The id of a lookup is ambiguous without its table.
    for ((alias, _, lookup), (_, table, key)) in [(one, other), (other, one)] {
        if lookup.kind.is_lookup() && key.logical_name == table.primary_id {
            let of = quoted(&format!("{}@type", lookup.logical_name));
            let name = table.logical_name.replace('\'', "''");
            condition.push_str(&format!(" AND {alias}.{of} = '{name}'"));
        }
    }
    condition
}
