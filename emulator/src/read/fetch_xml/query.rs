//! FetchXML: the same trees as OData's options, from XML.

use roxmltree::{Document, Node};

use super::cookie::Cookie;
use super::page::totals;
use super::selection::{self, Scope, Selection};
use super::shape::Shape;
use super::{MOST_ROWS, aggregate};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{Kind, Table};
use crate::session::{Preferences, Session};
use crate::uri::{Aggregate, Apply, Argument, Comparison, Filter, Literal, Method, Operand, Order, Sort};

/// Nested filters are no deeper than this.
const MOST_LEVELS: usize = 50;

/// Answers a FetchXML query for a table.
pub(crate) fn fetch_xml(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    text: &str,
) -> Result<Json> {
    let document = Document::parse(text).map_err(|error| invalid(&error.to_string()))?;
    let fetch = document.root_element();
    if fetch.tag_name().name() != "fetch" {
        return Err(invalid("the root element is not `fetch`"));
    }
    let mut entities = fetch.children().filter(Node::is_element);
    let (Some(entity), None) = (entities.next(), entities.next()) else {
        return Err(invalid("`fetch` needs exactly one `entity`"));
    };
    if entity.attribute("name") != Some(&table.logical_name) {
        return Err(invalid(&format!("the entity is not `{}`", table.logical_name)));
    }
    for attribute in fetch.attributes() {
        match attribute.name() {
            "distinct" if attribute.value() == "true" => {
                return Err(Refusal::not_implemented("`distinct` in FetchXML"));
            }
            "version"
            | "output-format"
            | "mapping"
            | "no-lock"
            | "distinct"
            | "page"
            | "count"
            | "paging-cookie"
            | "top"
            | "aggregate"
            | "returntotalrecordcount"
            | "options"
            | "latematerialize"
            | "utc-offset"
            | "min-active-row-version" => {}
            "useraworderby" if attribute.value() != "true" && attribute.value() != "1" => {}
            other => return Err(Refusal::not_implemented(&format!("The attribute `{other}` of `fetch`"))),
        }
    }
    let query = Query::read(&entity, table)?;
    let number = |name: &str| match fetch.attribute(name) {
        None => Ok(None),
        Some(text) => text.parse::<usize>().map(Some).map_err(|_| invalid(&format!("`{name}` is no number"))),
    };
    if fetch.attribute("aggregate") == Some("true") {
        return query.aggregate(session, preferences, table);
    }
    let (page, count, top) = (number("page")?.unwrap_or(1).max(1), number("count")?, number("top")?);
    if top.is_some() && (count.is_some() || number("page")?.is_some()) {
        return Err(invalid("`top` cannot be used with `page` or `count`"));
    }
    let most = top.or(count).or(preferences.page_size).unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS);
    let cookie = fetch.attribute("paging-cookie").filter(|cookie| !cookie.is_empty() && page > 1);
    let after = cookie.map(|cookie| Cookie::parse_inner(cookie, page)).transpose()?;
    let offset = if after.is_some() { 0 } else { (page - 1).saturating_mul(most) };
    let shape = Shape::new(session, table, query.select(table)?, Vec::new())?;
    let selection =
        Selection { scope: Scope::Set, shape: &shape, filter: Some(&query.filter), order: &query.orders };
    let mut rows = selection.page_with(session, preferences, most, after.as_ref(), offset, false)?;
    if let Some(next) = &mut rows.next {
        next.page = page.saturating_add(1);
    }
    let context = format!("{}/$metadata#{}{}", session.root, table.entity_set_name, shape.context());
    let mut out = vec![("@odata.context".to_owned(), Json::Text(context))];
    let counted = if fetch.attribute("returntotalrecordcount") == Some("true") {
        Some(selection::count(session, table, &Scope::Set, Some(&query.filter))?)
    } else {
        None
    };
    totals(preferences, counted, &mut out);
    if top.is_none() {
        let mut add = |name: &str, value: Json| {
            if preferences.wants(name) {
                out.push((format!("@{name}"), value));
            }
        };
        add("Microsoft.Dynamics.CRM.morerecords", Json::Bool(rows.next.is_some()));
        if let Some(next) = &rows.next {
            add("Microsoft.Dynamics.CRM.fetchxmlpagingcookie", Json::Text(next.text()));
        }
    }
    out.push(("value".to_owned(), Json::Array(rows.rows)));
    Ok(Json::Object(out))
}

fn invalid(problem: &str) -> Refusal {
    Refusal::new(http::StatusCode::BAD_REQUEST, "0x80041129", format!("Invalid FetchXML: {problem}."))
}

/// What an `entity` element says.
struct Query {
    /// Nothing means all.
    attributes: Option<Vec<String>>,
    filter: Filter,
    orders: Vec<Order>,
    apply: Apply,
}

impl Query {
    fn read(entity: &Node<'_, '_>, table: &Table) -> Result<Self> {
        let mut query = Self {
            attributes: Some(Vec::new()),
            filter: Filter::All(Vec::new()),
            orders: Vec::new(),
            apply: Apply::default(),
        };
        let mut filters = Vec::new();
        for child in entity.children().filter(Node::is_element) {
            let attribute = |name: &str| {
                child
                    .attribute(name)
                    .ok_or_else(|| invalid(&format!("`{name}` is missing in `{}`", child.tag_name().name())))
            };
            match child.tag_name().name() {
                "all-attributes" => query.attributes = None,
                "attribute" => query.attribute(&child, attribute("name")?)?,
                "order" => {
                    let name = match child.attribute("attribute") {
                        Some(name) => name,
                        None => query.alias(attribute("alias")?)?,
                    };
                    let sort = if child.attribute("descending") == Some("true") {
                        Sort::Descending
                    } else {
                        Sort::Ascending
                    };
                    query.orders.push(Order { path: vec![name.to_owned()], sort, by_label: true });
                }
                "filter" => filters.push(filter(&child, table, MOST_LEVELS)?),
                other => return Err(Refusal::not_implemented(&format!("The element `{other}` of FetchXML"))),
            }
        }
        query.filter = Filter::All(filters);
        Ok(query)
    }

    fn attribute(&mut self, node: &Node<'_, '_>, name: &str) -> Result<()> {
        let alias = node.attribute("alias").unwrap_or(name).to_owned();
        if node.attribute("dategrouping").is_some() {
            return Err(Refusal::not_implemented("`dategrouping` in FetchXML"));
        }
        let method = match node.attribute("aggregate") {
            None => None,
            Some("sum") => Some(Method::Sum),
            Some("avg") => Some(Method::Average),
            Some("min") => Some(Method::Min),
            Some("max") => Some(Method::Max),
            Some("count") => Some(Method::Count),
            Some("countcolumn") if node.attribute("distinct") == Some("true") => Some(Method::CountDistinct),
            Some("countcolumn") => Some(Method::Count),
            Some(other) => return Err(invalid(&format!("`{other}` is no aggregate"))),
        };
        let path = vec![name.to_owned()];
        if let Some(method) = method {
            let rows = node.attribute("aggregate") == Some("count");
            self.apply.aggregates.push(Aggregate { method, path: (!rows).then_some(path), alias });
        } else if node.attribute("groupby") == Some("true") {
            self.apply.groups.push((path, alias));
        } else if let Some(attributes) = &mut self.attributes {
            attributes.push(name.to_owned());
        }
        Ok(())
    }

    /// The attribute that an alias stands for.
    fn alias(&self, alias: &str) -> Result<&str> {
        let group =
            self.apply.groups.iter().find(|(_, each)| each == alias).and_then(|(path, _)| path.first());
        group.map(String::as_str).ok_or_else(|| {
            Refusal::query_not_supported(format!(
                "Sorting by the alias '{alias}' is not supported: only by what is grouped by."
            ))
        })
    }

    /// The properties of the attributes, which go by logical names here.
    fn select(&self, table: &Table) -> Result<Option<Vec<String>>> {
        let Some(attributes) = &self.attributes else { return Ok(None) };
        let property = |name: &String| {
            let column = table.column(name).filter(|column| column.is_property);
            column.map(|column| column.property()).ok_or_else(|| no_attribute(name, table))
        };
        let names: Vec<String> = attributes.iter().map(property).collect::<Result<_>>()?;
        // A query without attributes finds the keys.
        Ok(Some(if names.is_empty() { vec![table.primary_id.clone()] } else { names }))
    }

    fn aggregate(mut self, session: &Session<'_>, preferences: &Preferences, table: &Table) -> Result<Json> {
        if self.attributes.as_ref().is_none_or(|attributes| !attributes.is_empty()) {
            return Err(invalid("an attribute of an aggregate query needs `aggregate` or `groupby`"));
        }
        if self.apply.groups.is_empty() && self.apply.aggregates.is_empty() {
            return Err(invalid("an aggregate query needs attributes"));
        }
        self.apply.filter = Some(self.filter);
        let rows = aggregate::rows(session, preferences, table, &Scope::Set, &self.apply, &self.orders)?;
        let context = format!("{}/$metadata#{}", session.root, table.entity_set_name);
        Ok(Json::Object(vec![
            ("@odata.context".to_owned(), Json::Text(context)),
            ("value".to_owned(), Json::Array(rows)),
        ]))
    }
}

fn no_attribute(name: &str, table: &Table) -> Refusal {
    let message = format!("'{}' entity doesn't contain attribute with Name = '{name}'.", table.logical_name);
    Refusal::new(http::StatusCode::BAD_REQUEST, "0x80041103", message)
}

fn filter(node: &Node<'_, '_>, table: &Table, levels: usize) -> Result<Filter> {
    let levels = levels.checked_sub(1).ok_or_else(|| invalid("filters are nested too deeply"))?;
    let mut all = Vec::new();
    for child in node.children().filter(Node::is_element) {
        all.push(match child.tag_name().name() {
            "filter" => filter(&child, table, levels)?,
            "condition" => condition(&child, table)?,
            other => {
                return Err(Refusal::not_implemented(&format!(
                    "The element `{other}` in a filter of FetchXML"
                )));
            }
        });
    }
    match node.attribute("type") {
        None | Some("and") => Ok(Filter::All(all)),
        Some("or") => Ok(Filter::Any(all)),
        Some(other) => Err(invalid(&format!("`{other}` is no type of filter"))),
    }
}

fn condition(node: &Node<'_, '_>, table: &Table) -> Result<Filter> {
    if node.attribute("entityname").is_some_and(|name| name != table.logical_name) {
        return Err(Refusal::not_implemented("A condition on another entity in FetchXML"));
    }
    let name = node.attribute("attribute").ok_or_else(|| invalid("a condition has no `attribute`"))?;
    let operator = node.attribute("operator").ok_or_else(|| invalid("a condition has no `operator`"))?;
    let column =
        table.column(name).filter(|column| column.is_property).ok_or_else(|| no_attribute(name, table))?;
    let path = vec![column.property()];
    let values: Vec<String> = match node.attribute("value") {
        Some(value) => vec![value.to_owned()],
        None => {
            let children =
                node.children().filter(|child| child.is_element() && child.tag_name().name() == "value");
            children.map(|child| child.text().unwrap_or_default().to_owned()).collect()
        }
    };
    let one = || {
        values.first().cloned().ok_or_else(|| invalid(&format!("the operator `{operator}` needs a value")))
    };
    let like = |pattern: String| Filter::Like { path: path.clone(), pattern };
    let negated = |filter: Filter| Filter::Not(Box::new(filter));
    let compare = |comparison| -> Result<Filter> {
        let right = match node.attribute("valueof") {
            Some(other) => {
                let other = table
                    .column(other)
                    .filter(|other| other.is_property)
                    .ok_or_else(|| no_attribute(other, table))?;
                Operand::Path(vec![other.property()])
            }
            None => Operand::Literal(Literal::Untyped(one()?)),
        };
        Ok(Filter::Compare { comparison, left: path.clone(), right })
    };
    let function =
        |name: &str, arguments| Filter::Function { name: name.to_owned(), path: path.clone(), arguments };
    let text_argument = || -> Result<Vec<Argument>> { Ok(vec![Argument::One(Literal::Text(one()?))]) };
    let null = |comparison| Filter::Compare {
        comparison,
        left: path.clone(),
        right: Operand::Literal(Literal::Null),
    };
    Ok(match operator {
        // On texts, equality takes wildcards no more than OData does.
        "eq" => compare(Comparison::Eq)?,
        "ne" | "neq" => compare(Comparison::Ne)?,
        "gt" => compare(Comparison::Gt)?,
        "ge" => compare(Comparison::Ge)?,
        "lt" => compare(Comparison::Lt)?,
        "le" => compare(Comparison::Le)?,
        "null" => null(Comparison::Eq),
        "not-null" => null(Comparison::Ne),
        "like" => like(one()?),
        "not-like" => negated(like(one()?)),
        "begins-with" => like(format!("{}%", one()?)),
        "not-begin-with" => negated(like(format!("{}%", one()?))),
        "ends-with" => like(format!("%{}", one()?)),
        "not-end-with" => negated(like(format!("%{}", one()?))),
        "in" => function("In", vec![Argument::Many(values.clone())]),
        "not-in" => function("NotIn", vec![Argument::Many(values.clone())]),
        "between" => function("Between", vec![Argument::Many(values.clone())]),
        "not-between" => function("NotBetween", vec![Argument::Many(values.clone())]),
        "contain-values" if matches!(column.kind, Kind::MultiSelect(_)) => {
            function("ContainValues", vec![Argument::Many(values.clone())])
        }
        "not-contain-values" => function("DoesNotContainValues", vec![Argument::Many(values.clone())]),
        "eq-userid" => function("EqualUserId", Vec::new()),
        "ne-userid" => function("NotEqualUserId", Vec::new()),
        "eq-businessid" => function("EqualBusinessId", Vec::new()),
        "ne-businessid" => function("NotEqualBusinessId", Vec::new()),
        "eq-userteams" => function("EqualUserTeams", Vec::new()),
        "eq-useroruserteams" => function("EqualUserOrUserTeams", Vec::new()),
        "eq-useroruserhierarchy" => function("EqualUserOrUserHierarchy", Vec::new()),
        "eq-useroruserhierarchyandteams" => function("EqualUserOrUserHierarchyAndTeams", Vec::new()),
        "on" => function("On", text_argument()?),
        "on-or-before" => function("OnOrBefore", text_argument()?),
        "on-or-after" => function("OnOrAfter", text_argument()?),
        "yesterday" | "today" | "tomorrow" | "last-seven-days" | "next-seven-days" | "last-week"
        | "this-week" | "next-week" | "last-month" | "this-month" | "next-month" | "last-year"
        | "this-year" | "next-year" | "last-fiscal-year" | "this-fiscal-year" | "next-fiscal-year"
        | "last-fiscal-period" | "this-fiscal-period" | "next-fiscal-period" => {
            function(&camel(&operator.replace("seven", "7")), Vec::new())
        }
        _ if operator.starts_with("last-x-")
            || operator.starts_with("next-x-")
            || operator.starts_with("olderthan-x-") =>
        {
            function(&camel(&operator.replace("olderthan", "older-than")), text_argument()?)
        }
        other => return Err(Refusal::not_implemented(&format!("The operator `{other}` of FetchXML"))),
    })
}

/// `last-x-days` as `LastXDays`.
fn camel(operator: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    operator.split('-').map(word).collect()
}
