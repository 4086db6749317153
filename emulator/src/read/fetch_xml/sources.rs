//! The tables of a query: the one of `entity`, and those of its `link-entity` elements.

use roxmltree::Node;

use super::error::{invalid, invalid_alias, invalid_node, no_entity, refused};
use super::intersect;
use crate::error::Result;
use crate::schema::Table;
use crate::session::Session;
use crate::store::table_name;

/// Maximum number of `link-entity` elements.
const MAX_LINKS: usize = 15;
/// Maximum number of `condition` and `link-entity` elements together.
const MAX_CONDITIONS: usize = 500;
/// Maximum number of `order` elements.
const MAX_ORDERS: usize = 100;
/// Maximum number of `value` elements: SQLite allows 32,766 values in a statement.
const MAX_VALUES: usize = 10_000;
/// Maximum depth of nested filters.
pub(super) const MAX_FILTER_DEPTH: usize = 50;

/// A table of a query.
pub(super) struct Source<'q> {
    pub(super) table: &'q Table,
    /// The name in SQL.
    pub(super) alias: String,
    /// The SQL of its rows.
    pub(super) rows: String,
    pub(super) node: Node<'q, 'q>,
    /// The `alias` of a link, or the generated one, which starts the names of its columns.
    pub(super) name: String,
    /// `None` for the `entity` element.
    pub(super) link: Option<Link>,
}

/// The join of a `link-entity`.
#[derive(Clone)]
pub(super) struct Link {
    pub(super) parent: usize,
    pub(super) kind: LinkKind,
    pub(super) from: String,
    pub(super) to: String,
    /// Whether the element is in a filter.
    pub(super) in_filter: bool,
    /// Whether the element has an `alias`.
    pub(super) aliased: bool,
}

/// The meaning of a `link-type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    Inner,
    Outer,
    /// `matchfirstrowusingcrossapply`
    First,
    /// `exists`, `in`, `any`, and `not all`, which means the same.
    Exists,
    /// `not any`
    NotExists,
    /// `all`: there are rows, and none that meets the filters.
    All,
}

impl LinkKind {
    /// Returns whether the rows of the link are rows of the query.
    pub(super) fn is_joined(self) -> bool {
        matches!(self, Self::Inner | Self::Outer | Self::First)
    }

    fn read(node: &Node<'_, '_>, in_filter: bool) -> Result<Self> {
        let name = node.attribute("link-type").unwrap_or("inner");
        let kind = match name {
            "inner" | "natural" => Self::Inner,
            "outer" => Self::Outer,
            "matchfirstrowusingcrossapply" => Self::First,
            "exists" | "in" => Self::Exists,
            "any" | "not all" => Self::Exists,
            "not any" => Self::NotExists,
            "all" => Self::All,
            other => return Err(refused("0x80041117", format!("Invalid link-type specified: {other}"))),
        };
        let of_filters = matches!(name, "any" | "not any" | "all" | "not all");
        if of_filters != in_filter {
            let place = if in_filter { "within" } else { "outside of" };
            return Err(invalid(&format!("the link-type `{name}` cannot be used {place} a filter")));
        }
        Ok(kind)
    }
}

/// Reads the tables of a query. `intersects` has the intersect tables that the query names.
pub(super) fn read<'q>(
    session: &'q Session<'q>,
    intersects: &'q [Table],
    entity: Node<'q, 'q>,
    table: &'q Table,
) -> Result<Vec<Source<'q>>> {
    let count = |name: &str| entity.descendants().filter(|each| each.has_tag_name(name)).count();
    let (links, conditions) = (count("link-entity"), count("condition"));
    if links > MAX_LINKS {
        return Err(refused("0x8004430d", "Number of link entities in query exceeded maximum limit."));
    }
    if links + conditions > MAX_CONDITIONS {
        return Err(refused("0x8004430c", "Number of conditions in query exceeded maximum limit."));
    }
    if count("order") > MAX_ORDERS {
        return Err(invalid(&format!("it has more than {MAX_ORDERS} `order` elements")));
    }
    if count("value") > MAX_VALUES {
        return Err(invalid(&format!("it has more than {MAX_VALUES} `value` elements")));
    }
    let root = Source {
        table,
        alias: "r".to_owned(),
        rows: table_name(&table.logical_name),
        node: entity,
        name: table.logical_name.clone(),
        link: None,
    };
    let mut reader = Reader { session, intersects, sources: vec![root] };
    reader.children(entity, 0)?;
    Ok(reader.sources)
}

struct Reader<'q> {
    session: &'q Session<'q>,
    intersects: &'q [Table],
    sources: Vec<Source<'q>>,
}

impl<'q> Reader<'q> {
    fn children(&mut self, node: Node<'q, 'q>, parent: usize) -> Result<()> {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "link-entity" => self.link(child, parent, false)?,
                "filter" => self.filter(child, parent, MAX_FILTER_DEPTH)?,
                "attribute" | "all-attributes" | "no-attrs" | "order" => {}
                _ => return Err(invalid_node(&child)),
            }
        }
        Ok(())
    }

    fn filter(&mut self, node: Node<'q, 'q>, parent: usize, depth_left: usize) -> Result<()> {
        let depth_left = depth_left.checked_sub(1).ok_or_else(|| invalid("filters are nested too deeply"))?;
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "link-entity" => self.link(child, parent, true)?,
                "filter" => self.filter(child, parent, depth_left)?,
                "condition" => {}
                _ => return Err(invalid_node(&child)),
            }
        }
        Ok(())
    }

    fn link(&mut self, node: Node<'q, 'q>, parent: usize, in_filter: bool) -> Result<()> {
        let name = node.attribute("name").ok_or_else(|| invalid("a `link-entity` has no `name`"))?;
        let kind = LinkKind::read(&node, in_filter)?;
        let (table, rows) = self.table(name)?;
        crate::elastic::refuse_link(self.sources[parent].table, table)?;
        let index = self.sources.len();
        let alias = node.attribute("alias").filter(|alias| !alias.is_empty());
        if let Some(alias) = alias {
            check_alias(alias)?;
        }
        let label = alias.map_or_else(|| format!("{name}{index}"), str::to_owned);
        if self.sources.iter().any(|each| each.link.is_some() && each.name == label) {
            return Err(invalid(&format!("two link entities have the alias `{label}`")));
        }
        let (from, to) = self.columns(&node, table, parent)?;
        self.sources.push(Source {
            table,
            alias: format!("l{index}"),
            rows,
            node,
            name: label,
            link: Some(Link { parent, kind, from, to, in_filter, aliased: alias.is_some() }),
        });
        self.children(node, index)
    }

    fn table(&self, name: &str) -> Result<(&'q Table, String)> {
        if let Some(table) = self.intersects.iter().find(|table| table.logical_name == name)
            && let Some(association) =
                self.session.schema.associations().iter().find(|each| each.intersect == name)
        {
            return Ok((table, intersect::rows(association)));
        }
        let table = self.session.schema.table(name).ok_or_else(|| no_entity(name))?;
        Ok((table, table_name(&table.logical_name)))
    }

    /// Returns the columns that a link joins: `from` of its own table, and `to` of its parent's. If one is
    /// missing, it is the key of its table. If both are missing, they are the key and the parent's only
    /// lookup to the table.
    fn columns(&self, node: &Node<'_, '_>, table: &Table, parent: usize) -> Result<(String, String)> {
        let parent = self.sources[parent].table;
        let both = (node.attribute("from"), node.attribute("to"));
        if self.session.strict && !matches!(both, (Some(_), Some(_))) {
            return Err(invalid("strict mode: a `link-entity` without `from` and `to` relies on a guess"));
        }
        match both {
            (Some(from), Some(to)) => Ok((from.to_owned(), to.to_owned())),
            (None, Some(to)) => Ok((table.primary_id.clone(), to.to_owned())),
            (Some(from), None) => Ok((from.to_owned(), parent.primary_id.clone())),
            (None, None) => {
                let leads = |targets: &[String]| targets.contains(&table.logical_name);
                let mut lookups = parent.stored().filter_map(|column| match &column.kind {
                    crate::schema::Kind::Lookup { targets } if leads(targets) => Some(&column.logical_name),
                    _ => None,
                });
                let (Some(to), None) = (lookups.next(), lookups.next()) else {
                    return Err(refused(
                        "0x80041118",
                        format!(
                            "The link to `{}` needs `from` and `to`: `{}` does not have exactly one lookup to it.",
                            table.logical_name, parent.logical_name
                        ),
                    ));
                };
                Ok((table.primary_id.clone(), to.clone()))
            }
        }
    }
}

/// Refuses an alias with a character that Dataverse does not allow.
pub(super) fn check_alias(alias: &str) -> Result<()> {
    let mut letters = alias.chars();
    let first = letters.next().is_some_and(|each| each.is_ascii_alphabetic() || each == '_');
    let rest = letters.all(|each| each.is_ascii_alphanumeric() || each == '_' || each == '.');
    if first && rest { Ok(()) } else { Err(invalid_alias(alias)) }
}
