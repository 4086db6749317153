//! `$select`, `$filter` and `$expand` on definitions, which are JSON instead of rows.

use std::borrow::Cow;

use super::filter;
use super::items::{Item, actual_type, related};
use super::labels::Languages;
use super::types::{Type, type_named};
use crate::error::{Refusal, Result};
use crate::json::{Json, object};
use crate::schema::Schema;
use crate::uri::{Expand, Filter, Options};

/// The namespace of types in URLs.
pub(super) const NAMESPACE: &str = "Microsoft.Dynamics.CRM.";

/// A query for one definition or a list of them.
pub(super) struct Query<'q> {
    schema: &'q Schema,
    select: Option<Vec<String>>,
    filter: Option<Filter>,
    expand: Vec<Expand>,
    languages: Languages,
    /// The text of the filters.
    text: Cow<'q, str>,
}

impl<'q> Query<'q> {
    /// Reads the options of a request. Definitions have no order and no pages.
    pub(super) fn of_options(schema: &'q Schema, options: &'q Options) -> Result<Self> {
        for name in ["$top", "$orderby", "$count", "$apply", "$skiptoken", "$deltatoken", "fetchXml"] {
            if options.get(name).is_some() {
                return Err(not_supported(name));
            }
        }
        let text = |name| options.get(name).unwrap_or_default();
        Ok(Self {
            schema,
            select: options.select(),
            filter: options.filter()?,
            expand: options.expand()?,
            languages: Languages::of_options(options)?,
            text: Cow::Owned(format!("{} {}", text("$filter"), text("$expand"))),
        })
    }

    /// Refuses a filter: single definitions and some lists take none.
    pub(super) fn without_filter(&self) -> Result<()> {
        if self.filter.is_some() { Err(not_supported("$filter")) } else { Ok(()) }
    }

    fn of_expand(&'q self, expand: &Expand) -> Result<Self> {
        if expand.top.is_some() || !expand.order.is_empty() {
            return Err(not_supported(if expand.top.is_some() { "$top" } else { "$orderby" }));
        }
        Ok(Self {
            schema: self.schema,
            select: expand.select.clone(),
            filter: expand.filter.clone(),
            expand: expand.expand.clone(),
            languages: self.languages.clone(),
            text: Cow::Borrowed(&self.text),
        })
    }

    /// Returns the definitions of a list that meet the filter.
    pub(super) fn rows(&self, all: &[Item<'_>], declared: &'static Type) -> Result<Vec<Json>> {
        self.check(declared)?;
        let meant = |each: &&Item<'_>| {
            self.filter
                .as_ref()
                .is_none_or(|filter| filter::meets(filter, &with_defaults(each, filter, declared)))
        };
        all.iter().filter(meant).map(|each| self.shown(each, declared)).collect()
    }

    /// Returns the selected and expanded properties of a definition.
    pub(super) fn show(&self, one: &Json, declared: &'static Type) -> Result<Json> {
        self.without_filter()?;
        self.check(declared)?;
        self.shown(one, declared)
    }

    fn check(&self, declared: &Type) -> Result<()> {
        for name in self.select.iter().flatten() {
            if name != "*" && declared.property(name).is_none() && declared.navigation(name).is_none() {
                return Err(Refusal::no_property(name, declared.name));
            }
        }
        self.filter.as_ref().map_or(Ok(()), |filter| filter::check(filter, declared, &self.text))
    }

    fn shown(&self, one: &Json, declared: &'static Type) -> Result<Json> {
        let actual = actual_type(one, declared);
        let mut out = Vec::new();
        if actual.name != declared.name {
            out.push(("@odata.type".to_owned(), format!("#{NAMESPACE}{}", actual.name).into()));
        }
        let all = self.select.as_ref().is_none_or(|select| select.iter().any(|name| name == "*"));
        let selected = |name: &str| all || self.select.iter().flatten().any(|each| each == name);
        for (name, of) in &actual.properties {
            // Dataverse answers the id, whatever is selected.
            if *name == "MetadataId" || selected(name) {
                out.push(((*name).to_owned(), value_of(one, name, of)));
            }
        }
        for expand in &self.expand {
            let (name, value) = self.expanded(one, declared, expand)?;
            out.push((name, value));
        }
        let mut shown = Json::Object(out);
        self.languages.keep(&mut shown);
        Ok(shown)
    }

    /// Returns an expanded navigation property: `OptionSet`, or
    /// `Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`.
    fn expanded(&self, one: &Json, declared: &'static Type, expand: &Expand) -> Result<(String, Json)> {
        let (name, cast) = expand
            .navigation
            .split_once('/')
            .map_or((expand.navigation.as_str(), None), |(name, cast)| (name, Some(cast)));
        let (base, many) =
            declared.navigation(name).ok_or_else(|| Refusal::no_property(name, declared.name))?;
        let target = cast.map_or(Ok(base), |cast| cast_type(cast, base))?;
        let inner = self.of_expand(expand)?;
        let value = if many {
            let elements = one.list(name).iter().map(Cow::Borrowed);
            let elements: Vec<_> =
                elements.filter(|each| cast.is_none() || actual_type(each, base).is(target.name)).collect();
            Json::Array(inner.rows(&elements, target)?)
        } else {
            related(self.schema, one, name).map_or(Ok(Json::Null), |value| inner.show(&value, target))?
        };
        Ok((name.to_owned(), value))
    }

    /// Returns the part of `@odata.context` for the query: `(LogicalName,OptionSet(Options))`.
    pub(super) fn context(&self) -> String {
        let names = self.select.iter().flatten().cloned();
        let expanded = self.expand.iter().map(|each| {
            format!("{}({})", each.navigation, each.select.as_deref().unwrap_or_default().join(","))
        });
        let all: Vec<String> = names.chain(expanded).collect();
        if all.is_empty() { String::new() } else { format!("({})", all.join(",")) }
    }
}

pub(super) fn not_supported(option: &str) -> Refusal {
    Refusal::query_not_supported(format!("The query parameter {option} is not supported"))
}

/// Returns the type of a cast, which has to derive from the declared one.
pub(super) fn cast_type(cast: &str, declared: &Type) -> Result<&'static Type> {
    let named = cast.strip_prefix(NAMESPACE).and_then(type_named);
    let named =
        named.filter(|named| named.is(declared.name)).ok_or_else(|| Refusal::unknown_segment(cast))?;
    // It is the base type of several types, and no attribute is of this type itself.
    if named.name == "EnumAttributeMetadata" {
        return Err(Refusal::query_not_supported(format!(
            "Attributes cannot be cast to '{cast}'; cast them to one of the types that derive from it."
        )));
    }
    Ok(named)
}

/// Returns the value of a property, or its default if the definition lacks it.
pub(super) fn value_of(one: &Json, name: &str, of: &str) -> Json {
    match one.get(name) {
        Some(value) if !matches!(value, Json::Null) => value.clone(),
        _ => default_of(name, of),
    }
}

/// Returns the value of a property that a definition lacks.
fn default_of(name: &str, of: &str) -> Json {
    let managed = |value: Json, managed: &str| {
        object([
            ("Value", value),
            ("CanBeChanged", true.into()),
            ("ManagedPropertyLogicalName", managed.into()),
        ])
    };
    match (name, of) {
        (_, of) if of.starts_with("Collection(") => Json::Array(Vec::new()),
        (_, "Label") => {
            object([("LocalizedLabels", Json::Array(Vec::new())), ("UserLocalizedLabel", Json::Null)])
        }
        ("RequiredLevel", _) => managed("None".into(), "canmodifyrequirementlevelsettings"),
        // Administrators may change a table or a column unless its maker forbids it.
        (name, "BooleanManagedProperty") if name.starts_with("Can") || name == "IsCustomizable" => {
            managed(true.into(), &name.to_lowercase())
        }
        ("IsValidODataAttribute" | "IsLogical", _) => Json::Bool(name == "IsValidODataAttribute"),
        _ => Json::Null,
    }
}

/// Returns the definition with the defaults that a filter asks for.
fn with_defaults<'j>(one: &'j Json, filter: &Filter, declared: &'static Type) -> Cow<'j, Json> {
    let mut names = Vec::new();
    first_names(filter, &mut names);
    let missing: Vec<(String, Json)> = names
        .into_iter()
        .filter(|name| matches!(one.get(name), None | Some(Json::Null)))
        .filter_map(|name| Some((name.to_owned(), default_of(name, declared.property(name)?))))
        .collect();
    match one {
        Json::Object(members) if !missing.is_empty() => {
            let kept =
                members.iter().filter(|(name, _)| !missing.iter().any(|(each, _)| each == name)).cloned();
            Cow::Owned(Json::Object(kept.chain(missing.iter().cloned()).collect()))
        }
        _ => Cow::Borrowed(one),
    }
}

fn first_names<'f>(filter: &'f Filter, out: &mut Vec<&'f str>) {
    match filter {
        Filter::All(all) | Filter::Any(all) => all.iter().for_each(|each| first_names(each, out)),
        Filter::Not(inner) => first_names(inner, out),
        Filter::Compare { left, .. } => out.extend(left.first().map(String::as_str)),
        _ => {}
    }
}
