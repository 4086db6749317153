//! The translation of a query into SQL.

use super::error::{invalid, no_attribute};
use super::fetch_attributes::FetchAttributes;
use super::sources::Source;
use crate::error::{Refusal, Result};
use crate::read::selection::Scope;
use crate::session::Session;
use crate::sql::{Scalar, StatementBuilder};

/// A query, and its statement of SQL.
pub(super) struct Query<'q> {
    pub(super) session: &'q Session<'q>,
    pub(super) builder: StatementBuilder<'q>,
    pub(super) sources: Vec<Source<'q>>,
    pub(super) fetch: FetchAttributes,
    /// The conditions of inner links, which apply after all joins.
    pub(super) after: Vec<String>,
}

/// The part of a statement that selects the rows.
pub(super) struct Rows {
    pub(super) from: String,
    pub(super) condition: String,
}

impl<'q> Query<'q> {
    /// Returns the rows of the query, within a scope.
    pub(super) fn rows(&mut self, scope: &Scope<'q>) -> Result<Rows> {
        let table = self.sources[0].table;
        let mut all = vec![scope.condition(&mut self.builder, table, None, "r")?];
        if self.fetch.retained {
            all.push("0".to_owned());
        }
        let joins = self.joins(0)?;
        all.push(self.filters(0)?);
        all.append(&mut self.after);
        Ok(Rows { from: format!("{} r{joins}", self.sources[0].rows), condition: all.join(" AND ") })
    }

    /// Returns the column of a table of the query, by its logical name.
    pub(super) fn column(&mut self, source: usize, name: &str) -> Result<Scalar<'q>> {
        let Source { table, alias, .. } = &self.sources[source];
        let scalar = self.builder.column_or_name(name, table, alias);
        scalar.ok_or_else(|| no_attribute(name, table))
    }

    /// Returns the table that `entityname` names: by an `alias`, a generated alias, or the name of a link
    /// without an alias.
    pub(super) fn named(&self, name: &str) -> Result<usize> {
        let by_alias = self.sources.iter().position(|each| each.link.is_some() && each.name == name);
        let unaliased = |each: &Source<'_>| {
            each.table.logical_name == name && each.link.as_ref().is_some_and(|link| !link.aliased)
        };
        by_alias
            .or_else(|| self.sources.iter().position(unaliased))
            .or_else(|| (self.sources[0].table.logical_name == name).then_some(0))
            .ok_or_else(|| {
                invalid(&format!("`entityname` is `{name}`, which is not a link entity of the query"))
            })
    }

    /// Returns the table that `entityname` names in a condition of another table's filter.
    pub(super) fn visible(&self, name: &str, from: usize) -> Result<usize> {
        let target = self.named(name)?;
        let of_query = self.is_of_query(target);
        let outermost = self.is_inner(from) && of_query;
        let own = target == from || self.ancestors(from).any(|each| each == target && self.is_inner(target));
        let below = self.ancestors(target).any(|each| each == from)
            && self.sources[target].link.as_ref().is_some_and(|link| link.kind.is_joined());
        if outermost || own || below {
            return Ok(target);
        }
        Err(Refusal::not_implemented(&format!(
            "A condition on `{name}` in the filter of `{}` in FetchXML",
            self.sources[from].name
        )))
    }

    /// Returns the tables that a table is linked to, the nearest first.
    fn ancestors(&self, source: usize) -> impl Iterator<Item = usize> {
        let parent = |source: usize| self.sources[source].link.as_ref().map(|link| link.parent);
        core::iter::successors(parent(source), move |each| parent(*each))
    }

    /// Returns whether the rows of the table are rows of the query.
    pub(super) fn is_of_query(&self, source: usize) -> bool {
        let joined =
            |source: usize| self.sources[source].link.as_ref().is_none_or(|link| link.kind.is_joined());
        joined(source) && self.ancestors(source).all(joined)
    }

    /// Returns whether every row of the query has a row of the table.
    pub(super) fn is_inner(&self, source: usize) -> bool {
        let inner = |source: usize| {
            self.sources[source].link.as_ref().is_none_or(|link| link.kind == super::sources::LinkKind::Inner)
        };
        inner(source) && self.ancestors(source).all(inner)
    }
}
