//! The columns of a SQL query, its groups and their order.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, OrderBy, OrderByKind,
    OrderBySort, SelectItem,
};

use super::error::{invalid, not_supported, unknown};
use super::sources::{Source, column, single};
use super::statement::escaped;
use crate::error::Result;

/// One column of the answer.
pub(super) struct Output {
    pub(super) source: usize,
    pub(super) column: String,
    pub(super) alias: Option<String>,
    aggregate: Option<&'static str>,
}

impl Output {
    pub(super) fn is_aggregate(&self) -> bool {
        self.aggregate.is_some()
    }

    /// Returns the element of FetchXML. In a query with groups, a column without an aggregate is a group.
    pub(super) fn element(&self, grouped: bool) -> String {
        let alias = self.alias.clone().or_else(|| grouped.then(|| self.column.clone()));
        let alias = alias.map_or(String::new(), |alias| format!(" alias='{}'", escaped(&alias)));
        let kind = match self.aggregate {
            Some(kind) => format!(" aggregate='{kind}'"),
            None if grouped => " groupby='true'".to_owned(),
            None => String::new(),
        };
        format!("<attribute name='{}'{alias}{kind}/>", escaped(&self.column))
    }
}

/// Reads the columns after `SELECT`.
pub(super) fn outputs(sources: &[Source<'_>], items: &[SelectItem]) -> Result<Vec<Output>> {
    items.iter().map(|item| output(sources, item)).collect()
}

fn output(sources: &[Source<'_>], item: &SelectItem) -> Result<Output> {
    let (expression, alias) = match item {
        SelectItem::UnnamedExpr(expression) => (expression, None),
        SelectItem::ExprWithAlias { expr, alias } => (expr, Some(alias.value.clone())),
        _ => return Err(not_supported("SELECT *")),
    };
    if let Expr::Function(function) = expression {
        let (source, column, aggregate) = aggregate(sources, function)?;
        if alias.is_none() {
            return Err(unknown("An aggregate without a name of its own"));
        }
        return Ok(Output { source, column, alias, aggregate: Some(aggregate) });
    }
    let (source, column) = column(sources, expression)?;
    if source != 0 && alias.is_none() {
        return Err(unknown("A column of a joined table without a name of its own"));
    }
    Ok(Output { source, column, alias, aggregate: None })
}

fn aggregate(sources: &[Source<'_>], function: &Function) -> Result<(usize, String, &'static str)> {
    let name = single(&function.name)?;
    let FunctionArguments::List(list) = &function.args else {
        return Err(unknown("A function without arguments"));
    };
    let [FunctionArg::Unnamed(argument)] = list.args.as_slice() else {
        return Err(not_supported(&format!("The function {name}")));
    };
    if list.duplicate_treatment.is_some() || function.over.is_some() || function.filter.is_some() {
        return Err(unknown(&format!("{name} with DISTINCT, OVER or FILTER")));
    }
    let expression = match argument {
        FunctionArgExpr::Expr(expression) => expression,
        FunctionArgExpr::Wildcard if name == "count" => {
            return Ok((0, sources[0].table.primary_id.clone(), "count"));
        }
        _ => return Err(invalid(&format!("{name} of everything"))),
    };
    let kind = match name.as_str() {
        "count" => "countcolumn",
        "sum" => "sum",
        "avg" => "avg",
        "min" => "min",
        "max" => "max",
        _ => return Err(not_supported(&format!("The function {name}"))),
    };
    let (source, column) = column(sources, expression)?;
    Ok((source, column, kind))
}

/// Returns the columns after `GROUP BY`. Refuses a selected column that is neither a group nor an aggregate.
pub(super) fn groups(sources: &[Source<'_>], groups: &GroupByExpr, outputs: &[Output]) -> Result<bool> {
    let GroupByExpr::Expressions(all, modifiers) = groups else { return Err(unknown("GROUP BY ALL")) };
    if !modifiers.is_empty() {
        return Err(unknown("ROLLUP or CUBE"));
    }
    let mut groups = Vec::new();
    for expression in all {
        groups.push(column(sources, expression)?);
    }
    let grouped = !groups.is_empty() || outputs.iter().any(Output::is_aggregate);
    if !grouped {
        return Ok(false);
    }
    let answered = |group: &(usize, String)| {
        outputs.iter().any(|each| !each.is_aggregate() && each.source == group.0 && each.column == group.1)
    };
    for output in outputs.iter().filter(|each| !each.is_aggregate()) {
        if !groups.iter().any(|group| group.0 == output.source && group.1 == output.column) {
            return Err(invalid(&format!("the column '{}' is not in GROUP BY", output.column)));
        }
    }
    if !groups.iter().all(answered) {
        return Err(unknown("A group that is not answered"));
    }
    Ok(true)
}

/// Returns the elements of `ORDER BY`.
pub(super) fn orders(
    sources: &[Source<'_>],
    order: Option<&OrderBy>,
    outputs: &[Output],
    grouped: bool,
) -> Result<String> {
    let Some(order) = order else { return Ok(String::new()) };
    let OrderByKind::Expressions(all) = &order.kind else { return Err(unknown("ORDER BY ALL")) };
    let mut out = String::new();
    for each in all {
        let descending = match &each.options.sort {
            None | Some(OrderBySort::Asc) => "",
            Some(OrderBySort::Desc) => " descending='true'",
            Some(OrderBySort::Using(_)) => return Err(unknown("USING in ORDER BY")),
        };
        if each.options.nulls_first.is_some() {
            return Err(unknown("NULLS FIRST or LAST"));
        }
        if matches!(each.expr, Expr::Function(_)) {
            return Err(not_supported("An expression in ORDER BY"));
        }
        let (source, name) = column(sources, &each.expr)?;
        let what = if grouped {
            let output = outputs.iter().find(|each| each.source == source && each.column == name);
            let output = output.ok_or_else(|| invalid(&format!("the column '{name}' is not in GROUP BY")))?;
            format!("alias='{}'", escaped(output.alias.as_deref().unwrap_or(&output.column)))
        } else if source == 0 {
            format!("attribute='{}'", escaped(&name))
        } else {
            format!("entityname='{}' attribute='{}'", escaped(&sources[source].name), escaped(&name))
        };
        out.push_str(&format!("<order {what}{descending}/>"));
    }
    Ok(out)
}
