//! Hierarchies: the records above and below a record, in a table whose records name their parent.

use super::paths::Scalar;
use super::query_functions::wrong;
use super::statement::StatementBuilder;
use crate::error::Result;
use crate::schema::{Kind, Table};
use crate::store::{quoted, table_name};

impl Table {
    /// Returns the lookup to the parent, which is that of the hierarchical relationship. If the definition
    /// marks none, it is the only lookup to the table itself.
    pub(crate) fn parent_lookup(&self) -> Option<&str> {
        let both = self.model.many_to_one_relationships.iter().chain(&self.model.one_to_many_relationships);
        let mut all: Vec<_> = both
            .filter(|each| {
                [&each.referencing_entity, &each.referenced_entity]
                    .iter()
                    .all(|end| **end == self.logical_name)
            })
            .collect();
        if all.iter().any(|each| each.is_hierarchical.known().is_some()) {
            all.retain(|each| each.is_hierarchical.is_true());
        }
        let mut names: Vec<&str> = all.into_iter().map(|each| each.referencing_attribute.as_str()).collect();
        names.dedup();
        names.sort_unstable();
        names.dedup();
        let [name] = names.as_slice() else { return None };
        self.column(name).filter(|column| column.is_stored()).map(|column| column.logical_name.as_str())
    }
}

impl<'s> StatementBuilder<'s> {
    /// Returns the condition that a column names a record above or below another one. The column is the key
    /// of a table with a hierarchy, or a lookup to such a table.
    pub(super) fn in_hierarchy(
        &mut self,
        name: &str,
        scalar: &Scalar<'s>,
        table: Option<&'s Table>,
        record: String,
    ) -> Result<String> {
        let table = match &scalar.column.kind {
            Kind::Lookup { targets } => targets
                .iter()
                .filter_map(|target| self.session.schema.table(target))
                .find(|target| target.parent_lookup().is_some()),
            _ => table.filter(|table| table.primary_id == scalar.column.logical_name),
        };
        let hierarchy = table.and_then(|table| Some((table, table.parent_lookup()?)));
        let (table, parent) =
            hierarchy.ok_or_else(|| wrong(name, "is for tables with a hierarchical relationship"))?;
        let rows = table_name(&table.logical_name);
        let (key, parent) = (quoted(&table.primary_id), quoted(parent));
        let record = self.bind(record);
        let found = match name {
            "Above" | "AboveOrEqual" => format!(
                "WITH RECURSIVE above(id) AS (SELECT {parent} FROM {rows} WHERE {key} = {record} UNION
                    SELECT h.{parent} FROM {rows} h JOIN above ON h.{key} = above.id) SELECT id FROM above WHERE id IS NOT NULL"
            ),
            _ => format!(
                "WITH RECURSIVE below(id) AS (SELECT {key} FROM {rows} WHERE {parent} = {record} UNION
                    SELECT h.{key} FROM {rows} h JOIN below ON h.{parent} = below.id) SELECT id FROM below"
            ),
        };
        let column = &scalar.sql;
        Ok(match name {
            "NotUnder" => format!("NOT coalesce({column} IN ({found}), 0)"),
            "AboveOrEqual" | "UnderOrEqual" => {
                format!("coalesce({column} = {record} OR {column} IN ({found}), 0)")
            }
            _ => format!("coalesce({column} IN ({found}), 0)"),
        })
    }

    /// Returns the caller and all users below in the hierarchy of managers.
    pub(super) fn caller_or_reports(&mut self, scalar: &Scalar<'_>, also: Vec<String>) -> Result<String> {
        let users = self.session.table("systemuser")?;
        if users.column("parentsystemuserid").is_none() {
            let mut all = also;
            all.push(self.session.caller.user.clone());
            return Ok(self.is_one_of(scalar, all));
        }
        let me = self.bind(self.session.caller.user.clone());
        let also = self.bind_all(also);
        let users = table_name("systemuser");
        Ok(format!(
            "coalesce({column} IN ({also}) OR {column} IN (WITH RECURSIVE below(id) AS (SELECT {me} UNION
                SELECT u.systemuserid FROM {users} u JOIN below ON u.parentsystemuserid = below.id) SELECT id FROM below), 0)",
            column = scalar.sql,
        ))
    }
}
