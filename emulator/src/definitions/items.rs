//! The definitions of the schema: tables, relationships, global option sets.

use std::borrow::Cow;
use std::collections::HashSet;

use super::types::{Type, known_type, type_named};
use crate::json::{Json, object};
use crate::schema::Schema;

/// A definition, as it was loaded.
pub(super) type Item<'s> = Cow<'s, Json>;

/// Returns the definitions of tables.
pub(super) fn tables(schema: &Schema) -> Vec<Item<'_>> {
    schema.tables().iter().map(|table| Cow::Borrowed(&*table.definition)).collect()
}

/// Returns all relationships, each once.
pub(super) fn relationships(schema: &Schema) -> Vec<Item<'_>> {
    const LISTS: [&str; 3] = ["ManyToOneRelationships", "OneToManyRelationships", "ManyToManyRelationships"];
    let mut known = HashSet::new();
    let tables = schema.tables().iter();
    let all = tables.flat_map(|table| LISTS.iter().flat_map(|list| table.definition.list(list)));
    all.filter(|each| known.insert(each.text("SchemaName").unwrap_or_default())).map(Cow::Borrowed).collect()
}

/// Returns the option sets that columns share, each once.
pub(super) fn global_option_sets(schema: &Schema) -> Vec<Item<'_>> {
    let mut known = HashSet::new();
    let attributes = schema.tables().iter().flat_map(|table| table.definition.list("Attributes"));
    let sets = attributes.flat_map(|each| [each.get("GlobalOptionSet"), each.get("OptionSet")]).flatten();
    let global = sets.filter(|set| set.flag("IsGlobal") == Some(true));
    let mut all: Vec<&Json> = schema
        .option_sets()
        .iter()
        .chain(global)
        .filter(|set| known.insert(set.text("Name").unwrap_or_default()))
        .collect();
    all.sort_by_key(|set| set.text("Name").unwrap_or_default());
    all.into_iter().map(Cow::Borrowed).collect()
}

/// Returns the definition that a single-valued navigation property leads to.
pub(super) fn related<'s>(schema: &'s Schema, item: &Json, navigation: &str) -> Option<Json> {
    let member = |name| item.get(name).filter(|set| !matches!(set, Json::Null));
    match navigation {
        // Both properties return the options, whether the set is global or belongs to the column.
        "OptionSet" => {
            member("OptionSet").or_else(|| member("GlobalOptionSet")).cloned().or_else(yes_and_no(item))
        }
        "GlobalOptionSet" => {
            member("GlobalOptionSet").or_else(|| member("OptionSet")).cloned().or_else(yes_and_no(item))
        }
        "Lookup" => {
            let table: &'s _ = schema.table(item.text("ReferencingEntity")?)?;
            let column = item.text("ReferencingAttribute")?;
            let mut attributes = table.definition.list("Attributes").iter();
            attributes.find(|each| each.text("LogicalName") == Some(column)).cloned()
        }
        _ => member(navigation).cloned(),
    }
}

/// Returns the option set of a yes-or-no column whose definition has none.
fn yes_and_no(item: &Json) -> impl FnOnce() -> Option<Json> {
    let is_boolean = item.text("AttributeType") == Some("Boolean");
    move || {
        let option = |value: i64, label: &str| {
            let text = object([("Label", label.into()), ("LanguageCode", 1033.into())]);
            let labels =
                object([("LocalizedLabels", Json::Array(vec![text.clone()])), ("UserLocalizedLabel", text)]);
            object([("Value", value.into()), ("Label", labels)])
        };
        is_boolean.then(|| object([("TrueOption", option(1, "Yes")), ("FalseOption", option(0, "No"))]))
    }
}

/// Returns the type of a definition, which may derive from the declared one.
pub(super) fn actual_type(item: &Json, declared: &'static Type) -> &'static Type {
    let named = item.text("@odata.type").and_then(|name| name.rsplit('.').next()).and_then(type_named);
    if let Some(named) = named.filter(|named| named.is(declared.name)) {
        return named;
    }
    match declared.name {
        "RelationshipMetadataBase" if item.get("Entity1LogicalName").is_some() => {
            known_type("ManyToManyRelationshipMetadata")
        }
        "RelationshipMetadataBase" => known_type("OneToManyRelationshipMetadata"),
        "OptionSetMetadataBase" if item.get("TrueOption").is_some() => known_type("BooleanOptionSetMetadata"),
        "OptionSetMetadataBase" => known_type("OptionSetMetadata"),
        _ => declared,
    }
}
