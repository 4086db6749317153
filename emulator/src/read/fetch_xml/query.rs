//! The `entity` element: what is selected, filtered, sorted and aggregated.

use roxmltree::Node;

use super::error::{invalid, no_attribute};
use super::filter::filter;
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::Json;
use crate::read::aggregate;
use crate::read::selection::Scope;
use crate::schema::Table;
use crate::session::Session;
use crate::uri::{Aggregate, AggregateMethod, Apply, Filter, Order, Sort};

/// Maximum depth of nested filters.
const MAX_FILTER_DEPTH: usize = 50;

/// What an `entity` element says.
pub(super) struct FetchQuery {
    /// Nothing means all.
    attributes: Option<Vec<String>>,
    pub(super) filter: Filter,
    pub(super) orders: Vec<Order>,
    apply: Apply,
}

impl FetchQuery {
    pub(super) fn read(entity: &Node<'_, '_>, table: &Table) -> Result<Self> {
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
                "filter" => filters.push(filter(&child, table, MAX_FILTER_DEPTH)?),
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
            Some("sum") => Some(AggregateMethod::Sum),
            Some("avg") => Some(AggregateMethod::Average),
            Some("min") => Some(AggregateMethod::Min),
            Some("max") => Some(AggregateMethod::Max),
            Some("count") => Some(AggregateMethod::Count),
            Some("countcolumn") if node.attribute("distinct") == Some("true") => {
                Some(AggregateMethod::CountDistinct)
            }
            Some("countcolumn") => Some(AggregateMethod::Count),
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
    pub(super) fn select(&self, table: &Table) -> Result<Option<Vec<String>>> {
        let Some(attributes) = &self.attributes else { return Ok(None) };
        let property = |name: &String| {
            let column = table.column(name).filter(|column| column.is_property);
            column.map(|column| column.property()).ok_or_else(|| no_attribute(name, table))
        };
        let names: Vec<String> = attributes.iter().map(property).collect::<Result<_>>()?;
        // A query without attributes finds the keys.
        Ok(Some(if names.is_empty() { vec![table.primary_id.clone()] } else { names }))
    }

    pub(super) fn aggregate(
        mut self,
        session: &Session<'_>,
        preferences: &Preferences,
        table: &Table,
    ) -> Result<Json> {
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
