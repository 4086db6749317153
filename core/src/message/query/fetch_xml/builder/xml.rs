//! Writes a query as XML.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::conditions;
use super::level::{AttributeElement, Level, LinkElement, OrderElement, Role};
use super::link::LinkType;
use crate::metadata::AttributeMetadata;
use crate::table::RowPlan;

/// Maximum number of rows of a page, and of `top`.
const MAX_ROWS: u32 = 5000;
/// Maximum number of links of a query.
const MAX_LINKS: usize = 15;

/// The settings of the `fetch` element.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Root {
    pub(super) distinct: bool,
    pub(super) top: Option<u32>,
    pub(super) page_size: Option<u32>,
    pub(super) page: Option<u32>,
    pub(super) total_count: bool,
    pub(super) raw_order: bool,
    pub(super) aggregate_limit: Option<u32>,
    pub(super) retained: bool,
}

impl Root {
    fn check(&self) -> Result<(), String> {
        for (name, rows) in [("top", self.top), ("page_size", self.page_size)] {
            if rows.is_some_and(|rows| !(1..=MAX_ROWS).contains(&rows)) {
                return Err(format!("`{name}` is 1 to {MAX_ROWS}"));
            }
        }
        let of_pages = self.page_size.is_some() || self.page.is_some() || self.total_count;
        if self.top.is_some() && of_pages {
            return Err("Dataverse takes no `top` with `page_size`, `page` or `total_count`; leave one out"
                .to_owned());
        }
        if self.page == Some(0) {
            return Err("the first page is 1".to_owned());
        }
        Ok(())
    }

    fn attributes(&self, is_aggregate: bool) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        let mut flag = |name, is_set: bool| all.extend(is_set.then(|| (name, "true".to_owned())));
        flag("aggregate", is_aggregate);
        flag("distinct", self.distinct);
        flag("returntotalrecordcount", self.total_count);
        flag("useraworderby", self.raw_order);
        let numbers = [
            ("top", self.top),
            ("count", self.page_size),
            ("page", self.page),
            ("aggregatelimit", self.aggregate_limit),
        ];
        all.extend(numbers.into_iter().filter_map(|(name, number)| Some((name, number?.to_string()))));
        if self.retained {
            all.push(("datasource", "retained".to_owned()));
        }
        all
    }
}

/// Adds the columns that a struct reads, unless they are there.
pub(super) fn add_columns(level: &mut Level, plan: &RowPlan) {
    for column in plan.columns {
        let fetched = match column.source {
            Some(source) => plan.table.attribute(source.attribute_of),
            None => Some(*column),
        };
        let Some(column) = fetched.filter(|column| AttributeMetadata::read_name(column).is_some()) else {
            continue;
        };
        let name = column.logical_name;
        if !level.attributes.iter().any(|each| each.name == name && each.alias.is_none()) {
            level.attributes.push(AttributeElement {
                name,
                alias: None,
                role: Role::Plain,
                says: Vec::new(),
            });
        }
    }
}

/// Returns the text of a query.
pub(super) fn text(level: &Level, root: &Root) -> Result<String, String> {
    if let Some(problem) = level.problem() {
        return Err(problem.to_owned());
    }
    root.check()?;
    let links = level.count_of_links();
    if links > MAX_LINKS {
        return Err(format!("the query has {links} links, but Dataverse takes {MAX_LINKS}"));
    }
    let is_aggregate = level.is_aggregate();
    let mut names = Names { taken: Vec::new(), said: Vec::new(), is_aggregate };
    said_aliases(level, &mut names.said);
    let level = names.level(level, None)?;
    let mut xml = Xml(Writer::new(Vec::new()));
    let attributes = root.attributes(is_aggregate);
    let attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    xml.open("fetch", &attributes)?;
    xml.open("entity", &[("name", level.table.logical_name)])?;
    let is_bare = level.attributes.is_empty() && !level.all_attributes && !is_aggregate;
    if is_bare && root.distinct {
        xml.empty("no-attrs", &[])?;
    } else if is_bare {
        // Dataverse answers all columns of an entity without attributes.
        xml.empty("attribute", &[("name", level.table.primary_id_attribute)])?;
    }
    write_level(&mut xml, &level)?;
    xml.close("entity")?;
    xml.close("fetch")?;
    String::from_utf8(xml.0.into_inner()).map_err(|error| error.to_string())
}

/// The aliases of a query.
struct Names {
    taken: Vec<String>,
    /// Every alias that the caller chose, including those of elements that are written later.
    said: Vec<String>,
    is_aggregate: bool,
}

impl Names {
    /// Returns the element with an alias for each link whose columns are in the rows.
    fn level(&mut self, level: &Level, link: Option<&LinkElement>) -> Result<Level, String> {
        let is_joined = link.is_none_or(|link| link.link_type.is_joined());
        if !is_joined && (!level.attributes.is_empty() || level.all_attributes || !level.orders.is_empty()) {
            return Err(format!(
                "the link to `{}` only filters: it answers no columns and sorts by none; join it as `LinkType::Inner` or \
                 `Outer`",
                level.table.logical_name
            ));
        }
        if level.all_attributes && self.is_aggregate {
            return Err("an aggregate takes no `all_attributes`; group by the columns".to_owned());
        }
        for attribute in &level.attributes {
            if self.is_aggregate && attribute.role == Role::Plain {
                return Err(format!(
                    "{}: in an aggregate a column is grouped by or aggregated; use `group_by`",
                    attribute.name
                ));
            }
            if let Some(alias) = &attribute.alias {
                self.take(alias)?;
            }
        }
        for order in &level.orders {
            match order {
                OrderElement::Column { name, .. } if self.is_aggregate => {
                    return Err(format!(
                        "{name}: an aggregate is sorted by its aliases; use `order_by_alias`"
                    ));
                }
                OrderElement::Alias { alias, .. } if !self.is_aggregate => {
                    return Err(format!("`{alias}`: only an aggregate is sorted by aliases; use `order_by`"));
                }
                _ => {}
            }
        }
        let mut named = level.clone();
        for link in &mut named.links {
            match &link.alias {
                Some(alias) => self.take(alias)?,
                None if link.link_type.is_joined() => {
                    link.alias = Some(self.free(link.level.table.logical_name))
                }
                None => {}
            }
            let level = self.level(&link.level, Some(link))?;
            link.level = level;
        }
        Ok(named)
    }

    fn take(&mut self, alias: &str) -> Result<(), String> {
        let mut letters = alias.chars();
        let is_name = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
            && letters.all(|each| each.is_ascii_alphanumeric() || each == '_');
        if !is_name {
            return Err(format!("{alias:?} cannot be an alias: it is a name of letters, digits and `_`"));
        }
        if self.taken.iter().any(|taken| taken.eq_ignore_ascii_case(alias)) {
            return Err(format!("the alias `{alias}` is used twice"));
        }
        self.taken.push(alias.to_owned());
        Ok(())
    }

    /// Returns a free alias: the name, or the name with a number.
    fn free(&mut self, name: &str) -> String {
        let is_taken =
            |alias: &str| self.taken.iter().chain(&self.said).any(|taken| taken.eq_ignore_ascii_case(alias));
        let mut alias = name.to_owned();
        let mut number = 2u32;
        while is_taken(&alias) {
            alias = format!("{name}{number}");
            number = number.saturating_add(1);
        }
        self.taken.push(alias.clone());
        alias
    }
}

/// Collects the aliases that the caller chose. A link without one must not take the alias of a later column.
fn said_aliases(level: &Level, said: &mut Vec<String>) {
    said.extend(level.attributes.iter().filter_map(|each| each.alias.clone()));
    for link in &level.links {
        said.extend(link.alias.clone());
        said_aliases(&link.level, said);
    }
}

fn write_level(xml: &mut Xml, level: &Level) -> Result<(), String> {
    if level.all_attributes {
        xml.empty("all-attributes", &[])?;
    }
    for attribute in &level.attributes {
        let mut attributes = vec![("name", attribute.name)];
        attributes.extend(attribute.alias.as_deref().map(|alias| ("alias", alias)));
        attributes.extend(&attribute.says);
        xml.empty("attribute", &attributes)?;
    }
    let of_filter = |link: &&LinkElement| link.link_type.is_of_filter();
    if !level.conditions.is_empty() || level.links.iter().any(|link| of_filter(&link)) {
        xml.open("filter", &[("type", "and")])?;
        for condition in &level.conditions {
            conditions::write(xml, condition, level.table)?;
        }
        for link in level.links.iter().filter(of_filter) {
            write_link(xml, link)?;
        }
        xml.close("filter")?;
    }
    for link in level.links.iter().filter(|link| !of_filter(link)) {
        write_link(xml, link)?;
    }
    for order in &level.orders {
        let (by, descending) = match order {
            OrderElement::Column { name, descending } => (("attribute", *name), descending),
            OrderElement::Alias { alias, descending } => (("alias", alias.as_str()), descending),
        };
        let mut attributes = vec![by];
        attributes.extend(descending.then_some(("descending", "true")));
        xml.empty("order", &attributes)?;
    }
    Ok(())
}

fn write_link(xml: &mut Xml, link: &LinkElement) -> Result<(), String> {
    let (mut from, mut to, mut link_type) = (link.from, link.to, link.link_type);
    if let Some(through) = link.through {
        let intersect = [
            ("name", through.table),
            ("from", through.own),
            ("to", link.to),
            ("link-type", link.link_type.name()),
            ("intersect", "true"),
        ];
        xml.open("link-entity", &intersect)?;
        (from, to) = (link.from, through.other);
        if !link_type.is_joined() {
            link_type = LinkType::Inner;
        }
    }
    let name = link.level.table.logical_name;
    let mut attributes = vec![("name", name), ("from", from), ("to", to), ("link-type", link_type.name())];
    attributes.extend(link.alias.as_deref().map(|alias| ("alias", alias)));
    xml.open("link-entity", &attributes)?;
    write_level(xml, &link.level)?;
    xml.close("link-entity")?;
    if link.through.is_some() {
        xml.close("link-entity")?;
    }
    Ok(())
}

/// Writes elements. Values are escaped; characters that XML cannot hold are errors.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), String> {
        let element = element(name, attributes)?;
        self.event(Event::Start(element))
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), String> {
        let element = element(name, attributes)?;
        self.event(Event::Empty(element))
    }

    pub(super) fn close(&mut self, name: &str) -> Result<(), String> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// Writes a `value` element.
    pub(super) fn value(&mut self, value: &str) -> Result<(), String> {
        self.open("value", &[])?;
        let text = escaped(value)?;
        self.event(Event::Text(BytesText::from_escaped(text)))?;
        self.close("value")
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        self.0.write_event(event).map_err(|error| error.to_string())
    }
}

fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> Result<BytesStart<'n>, String> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute(Attribute { key: QName(key), value: escaped(value)? });
    }
    Ok(element)
}

/// Escapes a value for an attribute or an element. Tabs and line breaks become references, because a parser
/// turns them into spaces otherwise.
fn escaped(value: &str) -> Result<Cow<'_, str>, String> {
    let is_character = |each: char| matches!(each, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(bad) = value.chars().find(|each| !is_character(*each)) {
        return Err(format!("a value holds the character {bad:?}, which XML cannot hold"));
    }
    let escaped = escape(value);
    if !escaped.contains(['\t', '\n']) {
        return Ok(escaped);
    }
    Ok(Cow::Owned(escaped.replace('\t', "&#9;").replace('\n', "&#10;")))
}
