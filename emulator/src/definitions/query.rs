//! `$select`, `$filter` and `$expand` on definitions, which are JSON and no rows.

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::OWN_PREFIX;
use crate::store::like;
use crate::uri::{Comparison, Expand, Filter, Literal, Operand, Options};

/// The members of a definition that are there only if they are expanded.
pub(super) const EXPANDABLE: [&str; 8] = [
    "Attributes",
    "Keys",
    "ManyToOneRelationships",
    "OneToManyRelationships",
    "ManyToManyRelationships",
    "Privileges",
    "OptionSet",
    "GlobalOptionSet",
];

/// What is asked of a definition or a list of them.
pub(super) struct DefinitionQuery {
    select: Option<Vec<String>>,
    filter: Option<Filter>,
    expand: Vec<Expand>,
    top: Option<usize>,
    pub(super) count: bool,
}

impl DefinitionQuery {
    pub(super) fn of_options(options: &Options) -> Result<Self> {
        Ok(Self {
            select: options.select(),
            filter: options.filter()?,
            expand: options.expand()?,
            top: options.top()?,
            count: options.count()?,
        })
    }

    fn of_expand(expand: &Expand) -> Self {
        Self {
            select: expand.select.clone(),
            filter: expand.filter.clone(),
            expand: expand.expand.clone(),
            top: expand.top,
            count: false,
        }
    }

    /// The definitions of a list that are meant.
    pub(super) fn rows(&self, all: &[&Json]) -> Result<Vec<Json>> {
        let mut rows = Vec::new();
        for each in all {
            if self.filter.as_ref().map_or(Ok(true), |filter| meets(filter, each))? {
                rows.push(self.show(each)?);
            }
        }
        rows.truncate(self.top.unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// What is shown of a definition.
    pub(super) fn show(&self, one: &Json) -> Result<Json> {
        let Json::Object(members) = one else { return Ok(one.clone()) };
        let mut out = Vec::new();
        for (name, value) in members {
            if EXPANDABLE.contains(&name.as_str()) || name.starts_with(OWN_PREFIX) {
                continue;
            }
            // The type and the id come along, whatever is selected.
            let always = name == "@odata.type" || name == "MetadataId";
            if always || self.select.as_ref().is_none_or(|select| select.contains(name)) {
                out.push((name.clone(), value.clone()));
            }
        }
        for expand in &self.expand {
            let name = &expand.navigation;
            let inner = Self::of_expand(expand);
            let value = match one.get(name) {
                Some(Json::Array(all)) => Json::Array(inner.rows(&all.iter().collect::<Vec<_>>())?),
                Some(value) => inner.show(value)?,
                None if EXPANDABLE.contains(&name.as_str()) => Json::Null,
                None => return Err(Refusal::no_property(name, "EntityMetadata")),
            };
            out.push((name.clone(), value));
        }
        Ok(Json::Object(out))
    }
}

/// Whether a definition meets a filter.
fn meets(filter: &Filter, one: &Json) -> Result<bool> {
    Ok(match filter {
        Filter::All(all) => {
            for each in all {
                if !meets(each, one)? {
                    return Ok(false);
                }
            }
            true
        }
        Filter::Any(all) => {
            for each in all {
                if meets(each, one)? {
                    return Ok(true);
                }
            }
            false
        }
        Filter::Not(inner) => !meets(inner, one)?,
        Filter::Compare { comparison, left, right: Operand::Literal(literal) } => {
            let equal = same(member(one, left), literal);
            match comparison {
                Comparison::Eq => equal,
                Comparison::Ne => !equal,
                _ => return Err(unsupported_filter()),
            }
        }
        Filter::Like { path, pattern } => {
            member(one, path).and_then(Json::as_str).is_some_and(|text| like(text, pattern))
        }
        _ => return Err(unsupported_filter()),
    })
}

fn unsupported_filter() -> Refusal {
    Refusal::not_implemented("This $filter on definitions")
}

fn member<'j>(one: &'j Json, path: &[String]) -> Option<&'j Json> {
    path.iter().try_fold(one, |value, name| value.get(name))
}

fn same(value: Option<&Json>, literal: &Literal) -> bool {
    match (value, literal) {
        (None | Some(Json::Null), Literal::Null) => true,
        (Some(Json::Bool(one)), Literal::Bool(other)) => one == other,
        (Some(Json::Number(one)), Literal::Number(other)) => one == other,
        (Some(Json::Text(one)), Literal::Text(other) | Literal::Guid(other)) => one == other,
        _ => false,
    }
}
