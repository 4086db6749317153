//! One `SELECT` as FetchXML.

use sqlparser::ast::{Distinct, Query, Select, SetExpr, Statement};
use sqlparser::dialect::MsSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

use super::columns::{Output, groups, orders, outputs};
use super::conditions::filter;
use super::error::{invalid, not_supported, unknown};
use super::sources::{Source, read};
use crate::error::Result;
use crate::schema::{Schema, Table};

/// Maximum number of tokens in a query.
const MAX_TOKENS: usize = 4_000;

/// Returns the FetchXML of a SQL query for a table, for the page with this number and size.
pub(super) fn sql_query(
    schema: &Schema,
    table: &Table,
    sql: &str,
    size: usize,
    page: usize,
) -> Result<String> {
    let mut statements = parsed(sql)?;
    let (Some(Statement::Query(query)), true) = (statements.pop(), statements.is_empty()) else {
        return Err(not_supported("Anything but a single SELECT statement"));
    };
    let select = select(&query)?;
    let sources = read(schema, &select.from)?;
    if sources[0].table.logical_name != table.logical_name {
        let message = format!("the table after FROM is not '{}', the one of the URL", table.logical_name);
        return Err(invalid(&message));
    }
    let outputs = outputs(&sources, &select.projection)?;
    let grouped = groups(&sources, &select.group_by, &outputs)?;
    let distinct = select.distinct.is_some();
    let mut entity = elements(&sources, &outputs, 0, grouped, distinct);
    entity.push_str(&orders(&sources, query.order_by.as_ref(), &outputs, grouped)?);
    if let Some(condition) = &select.selection {
        entity.push_str(&filter(&sources, condition)?);
    }
    entity.push_str(&links(&sources, &outputs, 0, grouped));
    let kind = match (grouped, distinct) {
        (true, true) => return Err(unknown("DISTINCT together with groups")),
        (true, false) => " aggregate='true'".to_owned(),
        (false, _) => {
            format!(" count='{size}' page='{page}'{}", if distinct { " distinct='true'" } else { "" })
        }
    };
    Ok(format!("<fetch{kind}><entity name='{}'>{entity}</entity></fetch>", escaped(&table.logical_name)))
}

/// Returns the statements of a text. Limits its tokens, because each may nest the syntax tree one level
/// deeper.
fn parsed(sql: &str) -> Result<Vec<Statement>> {
    let tokens =
        Tokenizer::new(&MsSqlDialect {}, sql).tokenize().map_err(|error| invalid(&error.to_string()))?;
    let tokens: Vec<Token> =
        tokens.into_iter().filter(|each| !matches!(each, Token::Whitespace(_))).collect();
    if tokens.len() > MAX_TOKENS {
        return Err(invalid(&format!("it has more than {MAX_TOKENS} words and signs")));
    }
    let mut parser = Parser::new(&MsSqlDialect {}).with_tokens(tokens);
    parser.parse_statements().map_err(|error| invalid(&error.to_string()))
}

/// Returns the number of the page that a `$skiptoken` names; the first without one.
pub(super) fn page_of(token: Option<&str>) -> Result<usize> {
    let Some(token) = token else { return Ok(1) };
    token.parse().map_err(|_| invalid(&format!("'{token}' is not a $skiptoken of a SQL query")))
}

/// Returns the `SELECT` of a query. Refuses any clause around it but an order.
fn select(query: &Query) -> Result<&Select> {
    let SetExpr::Select(select) = query.body.as_ref() else {
        return Err(unknown("UNION and the like"));
    };
    if query.limit_clause.is_some() || query.fetch.is_some() {
        return Err(not_supported("OFFSET ... FETCH or LIMIT"));
    }
    if select.top.is_some() {
        return Err(unknown("TOP, on which Microsoft's page and its Python client disagree,"));
    }
    if select.having.is_some() {
        return Err(not_supported("HAVING"));
    }
    let more = query.with.is_some() || query.for_clause.is_some() || select.into.is_some();
    let more = more || select.qualify.is_some() || matches!(select.distinct, Some(Distinct::On(_)));
    if more || matches!(select.distinct, Some(Distinct::All)) {
        return Err(unknown("WITH, FOR, INTO, ALL and the like"));
    }
    Ok(select)
}

/// Returns the attributes of one table. They include the key, as in the page's answers, unless rows are
/// distinct.
fn elements(
    sources: &[Source<'_>],
    outputs: &[Output],
    source: usize,
    grouped: bool,
    distinct: bool,
) -> String {
    let mut out: String =
        outputs.iter().filter(|each| each.source == source).map(|each| each.element(grouped)).collect();
    let key = &sources[source].table.primary_id;
    let has_key =
        outputs.iter().any(|each| each.source == source && each.column == *key && each.alias.is_none());
    if source == 0 && !grouped && !distinct && !has_key {
        out.push_str(&format!("<attribute name='{}'/>", escaped(key)));
    }
    out
}

/// Returns the links below a table.
fn links(sources: &[Source<'_>], outputs: &[Output], parent: usize, grouped: bool) -> String {
    let mut out = String::new();
    for (index, source) in sources.iter().enumerate() {
        let Some(link) = source.link.as_ref().filter(|link| link.parent == parent) else { continue };
        out.push_str(&format!(
            "<link-entity name='{}' from='{}' to='{}' link-type='{}' alias='{}'>{}{}</link-entity>",
            escaped(&source.table.logical_name),
            escaped(&link.from),
            escaped(&link.to),
            if link.outer { "outer" } else { "inner" },
            escaped(&source.name),
            elements(sources, outputs, index, grouped, true),
            links(sources, outputs, index, grouped),
        ));
    }
    out
}

/// Escapes a text for XML, and for an attribute in single quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\'' => out.push_str("&apos;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(each))),
            _ => out.push(each),
        }
    }
    out
}
