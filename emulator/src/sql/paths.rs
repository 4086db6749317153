//! Properties of a row, and of the records that lookups lead to.

use std::sync::LazyLock;

use super::statement::StatementBuilder;
use crate::error::{Refusal, Result};
use crate::schema::{Column, Kind, Navigation, Storage, Table};
use crate::store::{quoted, table_name};
use crate::uri::{Order, Sort};

/// A property as SQL.
pub(crate) struct Scalar<'s> {
    pub(crate) sql: String,
    /// The table that a lookup points to, as SQL.
    pub(crate) target: Option<String>,
    pub(crate) column: &'s Column,
}

impl Scalar<'_> {
    /// Returns the collation that comparisons of the column need, because a subquery does not inherit it.
    pub(crate) fn collation(&self) -> &'static str {
        match self.column.kind {
            Kind::Text { .. } | Kind::EntityName => " COLLATE DATAVERSE",
            Kind::Decimal { .. } => " COLLATE DECIMAL",
            _ => "",
        }
    }

    /// Returns the collation in which values of the column are sorted, and compared as greater and less. Equal
    /// GUIDs are equal texts, whose index a collation would not use.
    pub(crate) fn order(&self) -> &'static str {
        match self.column.kind.storage() {
            Storage::Guid | Storage::Reference => " COLLATE GUID",
            _ => self.collation(),
        }
    }
}

impl<'s> StatementBuilder<'s> {
    /// Returns the property at the end of a path that starts at a row.
    pub(crate) fn scalar(&mut self, path: &[String], table: &'s Table, alias: &str) -> Result<Scalar<'s>> {
        match path {
            [] => Err(Refusal::bad("A property is missing.")),
            [name] => {
                let column = table.property(name).filter(|column| column.readable);
                let column = column.ok_or_else(|| Refusal::no_property(name, &table.logical_name))?;
                Ok(of_row(table, column, alias))
            }
            [first, rest @ ..] => {
                let (lookup, target) = self.to_one(first, table)?;
                let inner = self.alias();
                let scalar = self.scalar(rest, target, &inner)?;
                let from = self.related(lookup, target, alias, &inner)?;
                Ok(Scalar {
                    sql: format!("(SELECT {} FROM {from})", scalar.sql),
                    target: scalar.target.map(|target| format!("(SELECT {target} FROM {from})")),
                    column: scalar.column,
                })
            }
        }
    }

    /// Returns the property with this name in query functions and FetchXML. There, the logical name of a
    /// lookup is valid, too.
    pub(crate) fn attribute(&mut self, path: &[String], table: &'s Table, alias: &str) -> Result<Scalar<'s>> {
        if let [name] = path
            && let Some(column) = table.column(name).filter(|column| column.is_property && column.readable)
        {
            return Ok(of_row(table, column, alias));
        }
        self.scalar(path, table, alias)
    }

    /// Returns the lookup and the table of a single-valued navigation property.
    fn to_one(&self, name: &str, table: &'s Table) -> Result<(&'s str, &'s Table)> {
        match table.navigation(name) {
            Some(Navigation::One { column, targets, .. }) => match targets.as_slice() {
                [target] => {
                    let target = self.session.table(target)?;
                    refuse_elastic(target)?;
                    Ok((column, target))
                }
                _ => Err(Refusal::query_not_supported(format!(
                    "The navigation property '{name}' leads to records of several tables: their properties cannot be used here."
                ))),
            },
            Some(_) => Err(Refusal::query_not_supported(format!(
                "The navigation property '{name}' is a collection: only any and all lead into it."
            ))),
            None => Err(Refusal::no_property(name, &table.logical_name)),
        }
    }

    /// Returns the `FROM` of the record that a row's lookup names.
    fn related(&mut self, lookup: &str, target: &'s Table, alias: &str, inner: &str) -> Result<String> {
        let kind = self.bind(target.logical_name.clone());
        Ok(format!(
            "{name} {inner} WHERE {inner}.{id} = {alias}.{lookup} AND {alias}.{of} = {kind} AND {access}",
            name = table_name(&target.logical_name),
            id = quoted(&target.primary_id),
            lookup = quoted(lookup),
            of = quoted(&format!("{lookup}@type")),
            access = self.may_read(target, inner)?,
        ))
    }

    /// Returns an `EXISTS` over the records of a collection that meet a condition. Dataverse does not follow
    /// lookups to a collection.
    pub(crate) fn exists(
        &mut self,
        path: &[String],
        table: &'s Table,
        alias: &str,
        condition: &mut dyn FnMut(&mut Self, &'s Table, &str) -> Result<String>,
    ) -> Result<String> {
        let [first, rest @ ..] = path else { return Err(Refusal::bad("A navigation property is missing.")) };
        if !rest.is_empty() {
            return Err(Refusal::query_not_supported(format!(
                "The collection '{}' cannot be used in $filter: it is nested in a lookup navigation property.",
                path.join("/")
            )));
        }
        let inner = self.alias();
        let navigation =
            table.navigation(first).ok_or_else(|| Refusal::no_property(first, &table.logical_name))?;
        let target = match navigation {
            Navigation::Many { table, .. } | Navigation::Association { table, .. } => {
                self.session.table(table)?
            }
            Navigation::One { .. } => {
                return Err(Refusal::query_not_supported(format!(
                    "any and all need a collection; '{first}' is none."
                )));
            }
        };
        refuse_elastic(target)?;
        let mine = format!("{alias}.{}", quoted(&table.primary_id));
        let of = self.members(navigation, table, &mine, target, &inner);
        let access = self.may_read(target, &inner)?;
        let condition = condition(self, target, &inner)?;
        let name = table_name(&target.logical_name);
        Ok(format!("EXISTS (SELECT 1 FROM {name} {inner} WHERE {of} AND {access} AND {condition})"))
    }

    /// Returns the condition that a row belongs to the collection of a record. The record's id is SQL.
    pub(crate) fn members(
        &mut self,
        navigation: &Navigation,
        table: &Table,
        id: &str,
        target: &Table,
        alias: &str,
    ) -> String {
        match navigation {
            Navigation::Many { column, .. } => {
                let kind = self.bind(table.logical_name.clone());
                let (column, of) = (quoted(column), quoted(&format!("{column}@type")));
                format!("{alias}.{column} = {id} AND {alias}.{of} = {kind}")
            }
            Navigation::Association { intersect, .. } => {
                let (mine, theirs) = self.sides(navigation);
                let pairs = crate::store::pairs_name(intersect);
                let key = quoted(&target.primary_id);
                format!("{alias}.{key} IN (SELECT {theirs} FROM {pairs} WHERE {mine} = {id})")
            }
            Navigation::One { .. } => "0".to_owned(),
        }
    }

    /// Returns the two columns of a pair: first the one for this side.
    fn sides(&self, navigation: &Navigation) -> (&'static str, &'static str) {
        crate::associations::sides(self.session.schema, navigation)
    }

    /// Returns the SQL that sorts: lookups by the primary name of their record, texts without regard to case.
    pub(crate) fn order(&mut self, order: &Order, table: &'s Table, alias: &str) -> Result<String> {
        let scalar = self.attribute(&order.path, table, alias)?;
        if order.by_label && !scalar.column.kind.choices().is_empty() {
            return Ok(format!("{} COLLATE DATAVERSE", self.label_of(&scalar)));
        }
        match self.name_of(&scalar) {
            Some(name) => Ok(format!("{name} COLLATE DATAVERSE")),
            None => Ok(format!("{}{}", scalar.sql, scalar.order())),
        }
    }

    /// Returns the column with a logical name in FetchXML. With the suffix `name`, it is the text of a
    /// lookup, choice or boolean.
    pub(crate) fn column_or_name(&mut self, name: &str, table: &'s Table, alias: &str) -> Option<Scalar<'s>> {
        let usable = |name: &str| table.column(name).filter(|column| column.is_stored() && column.readable);
        if let Some(column) = usable(name) {
            return Some(of_row(table, column, alias));
        }
        let scalar = of_row(table, name.strip_suffix("name").and_then(usable)?, alias);
        let sql = match &scalar.column.kind {
            Kind::Lookup { .. } => self.name_of(&scalar)?,
            Kind::Boolean { true_label, false_label } => {
                let (yes, no) = (self.bind(true_label.clone()), self.bind(false_label.clone()));
                format!("CASE {} WHEN 1 THEN {yes} WHEN 0 THEN {no} END", scalar.sql)
            }
            kind if !kind.choices().is_empty() => self.label_of(&scalar),
            _ => return None,
        };
        Some(Scalar { sql, target: None, column: &NAME })
    }

    /// Returns the label of a choice.
    fn label_of(&mut self, scalar: &Scalar<'_>) -> String {
        let mut cases = Vec::new();
        for choice in scalar.column.kind.choices() {
            let (value, label) = (self.bind(choice.value), self.bind(choice.label.clone()));
            cases.push(format!("WHEN {value} THEN {label}"));
        }
        format!("CASE {} {} END", scalar.sql, cases.join(" "))
    }

    /// Returns the primary name of the record that a lookup names; `None` for another column.
    pub(crate) fn name_of(&mut self, scalar: &Scalar<'_>) -> Option<String> {
        let Kind::Lookup { targets } = &scalar.column.kind else { return None };
        let mut names = Vec::new();
        for target in targets.iter().filter_map(|target| self.session.schema.table(target)) {
            if let Some(name) = &target.primary_name {
                let inner = self.alias();
                names.push(format!(
                    "(SELECT {inner}.{} FROM {} {inner} WHERE {inner}.{} = {})",
                    quoted(name),
                    table_name(&target.logical_name),
                    quoted(&target.primary_id),
                    scalar.sql,
                ));
            }
        }
        names.push("NULL".to_owned());
        names.push("NULL".to_owned());
        Some(format!("coalesce({})", names.join(", ")))
    }
}

/// The column whose rules the text of a lookup or choice follows.
static NAME: LazyLock<Column> = LazyLock::new(|| Column {
    logical_name: "name".to_owned(),
    kind: Kind::Text { max_length: None },
    creatable: false,
    updatable: false,
    readable: true,
    is_property: true,
    required: false,
    any_option: false,
    default: None,
    joined: Vec::new(),
});

/// Refuses conditions on the related rows of an elastic table, which Dataverse keeps in another database.
fn refuse_elastic(target: &Table) -> Result<()> {
    if target.elastic {
        let what = format!("A condition on related rows of the elastic table '{}'", target.logical_name);
        return Err(Refusal::not_implemented(&what));
    }
    Ok(())
}

/// Returns a column of a row.
fn of_row<'s>(table: &Table, column: &'s Column, alias: &str) -> Scalar<'s> {
    let sql = |name: &str| format!("{alias}.{}", quoted(name));
    let target = column.kind.is_lookup().then(|| sql(&format!("{}@type", column.logical_name)));
    Scalar { sql: table.sql_column(&column.logical_name, alias), target, column }
}

impl Sort {
    /// Returns the SQL word.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Ascending => "ASC",
            Self::Descending => "DESC",
        }
    }
}
