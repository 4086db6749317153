//! The file of a table.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dataverse_definitions::{Column, Kind, Label, Table};

use super::column::{self, Parts};
use super::lookup::lookup;
use super::option_set::{self, Enum};
use super::text::{self, HEADER, doc, labels, literal};
use super::{Context, GenerateError};
use crate::names;
use crate::snapshot::LockedNames;

/// Writes the file of a table, and locks the names of its fields and options.
pub(super) fn file(
    context: &Context<'_>,
    table: &Table,
    locked: &mut LockedNames,
) -> Result<String, GenerateError> {
    let logical_name = &table.logical_name;
    let need = |member: &str, text: Option<&str>| {
        let problem = format!("its definition has no `{member}`; pull it again");
        text.map(str::to_owned).ok_or_else(|| GenerateError::of_table(logical_name, problem))
    };
    let entity_set = need("EntitySetName", table.entity_set_name.text())?;
    let primary_id = need("PrimaryIdAttribute", table.primary_id_attribute.text())?;
    if table.column(&primary_id).is_none() {
        let problem = "it is the primary id, but not among the columns; pull the table again";
        return Err(GenerateError::of_column(logical_name, &primary_id, problem));
    }
    let struct_name = context.names.structs[logical_name].clone();
    let settings = context.settings.tables.get(logical_name).cloned().unwrap_or_default();
    if settings.skip.contains(&primary_id) {
        return Err(GenerateError::of_column(logical_name, &primary_id, "the primary id cannot be skipped"));
    }
    let columns: Vec<&Column> =
        table.attributes.iter().filter(|column| !settings.skip.contains(&column.logical_name)).collect();
    for (column, chosen) in &settings.columns {
        if let Some(name) = &chosen.name {
            locked.fields.insert(column.clone(), name.clone());
        }
    }
    let fields = columns.iter().map(|column| (column.logical_name.as_str(), column.schema_name.text()));
    locked.fields = names::fields(fields, &locked.fields);
    let mut types =
        HashSet::from([struct_name.clone(), format!("{struct_name}Create"), format!("{struct_name}Update")]);
    let sets = option_sets(context, table, &columns, locked, &mut types);
    let languages = context.settings.languages();

    let has_option_set = !sets.items.is_empty();
    let (mut body, mut items, mut written_types) = (String::new(), sets.items, Vec::new());
    let mut has_targets = false;
    for column in &columns {
        let mut parts =
            Parts { option_set: sets.types.get(&column.logical_name).cloned(), ..Parts::default() };
        if column.kind().is_lookup() {
            let lookup = lookup(context, table, column, &mut types);
            parts.target = Some(lookup.target);
            parts.lookup = lookup.arguments;
            has_targets |= lookup.item.is_some();
            items.extend(lookup.item);
        }
        let written = column::write(context, table, column, &struct_name, parts);
        body.push_str(&comment(&column.description, &column.display_name, languages, || {
            format!("The column `{}`.", column.logical_name)
        }));
        body.push_str(&format!(
            "#[attr({})]\npub {}: {},\n",
            written.arguments.join(", "),
            names::raw(&locked.fields[&column.logical_name]),
            written.ty
        ));
        written_types.push(written.ty);
    }
    let entity = entity(context, table, &entity_set, &locked.fields);
    let mut derives = vec!["Debug", "Clone", "PartialEq", "DataverseEntity"];
    for derive in context.settings.derives.iter().chain(&settings.derives) {
        if !derives.contains(&derive.as_str()) {
            derives.push(derive);
        }
    }
    let source = format!(
        "//! The table `{logical_name}`.\n{}{}#[derive({})]\n#[entity({})]\npub struct {struct_name} {{\n{body}}}\n{}",
        imports(&written_types, has_targets, has_option_set),
        comment(&table.description, &table.display_name, languages, || format!(
            "A record of `{logical_name}`."
        )),
        derives.join(", "),
        entity.join(", "),
        items.concat(),
    );
    Ok(format!("{HEADER}{}", text::format(&source)?))
}

/// The imports that these types and items need.
fn imports(types: &[String], has_targets: bool, has_option_set: bool) -> String {
    let mut names = BTreeSet::from(["DataverseEntity"]);
    if has_targets {
        names.extend(["Id", "LookupTarget", "UnknownTarget"]);
    }
    if has_option_set {
        names.insert("OptionSet");
    }
    let mentions = |name: &str| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        types.iter().any(|ty| ty.split(|c| !is_part(c)).any(|word| word == name))
    };
    names.extend(
        ["AnyTable", "Id", "Lookup", "ManagedProperty", "MultiSelect", "NoProperty", "Timestamp"]
            .into_iter()
            .filter(|name| mentions(name)),
    );
    let names: Vec<&str> = names.into_iter().collect();
    format!("use dataverse_entity::{{{}}};\n", names.join(", "))
}

fn comment(
    description: &dataverse_definitions::Fact<Label>,
    display: &dataverse_definitions::Fact<Label>,
    languages: &[u32],
    otherwise: impl Fn() -> String,
) -> String {
    let text = |label: &dataverse_definitions::Fact<Label>| {
        let text = label.known().and_then(|label| label.in_any(languages)).map(doc);
        text.filter(|text| !text.trim().is_empty())
    };
    text(description).or_else(|| text(display)).unwrap_or_else(|| format!("/// {}\n", otherwise()))
}

/// The arguments of `#[entity(…)]`.
fn entity(
    context: &Context<'_>,
    table: &Table,
    entity_set: &str,
    fields: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut arguments =
        vec![format!("logical = {}", literal(&table.logical_name)), format!("set = {}", literal(entity_set))];
    for (key, member) in [
        ("schema", &table.schema_name),
        ("collection_schema", &table.collection_schema_name),
        ("collection_logical", &table.logical_collection_name),
    ] {
        arguments.extend(member.text().map(|text| format!("{key} = {}", literal(text))));
    }
    arguments.extend(labels(
        &[
            ("display", &table.display_name),
            ("display_collection", &table.display_collection_name),
            ("description", &table.description),
        ],
        context.settings.languages(),
    ));
    arguments.extend(match table.ownership_type.text() {
        Some("UserOwned" | "TeamOwned") => Some("ownership = \"user\"".to_owned()),
        Some("OrganizationOwned") => Some("ownership = \"organization\"".to_owned()),
        Some("BusinessOwned" | "BusinessParented") => Some("ownership = \"business\"".to_owned()),
        Some("None") => Some("ownership = \"none\"".to_owned()),
        _ => None,
    });
    if let Some(table_type @ ("Virtual" | "Elastic")) = table.table_type.text() {
        arguments.push(format!("table_type = {}", literal(&table_type.to_lowercase())));
    }
    for (is_set, flag) in [
        (table.is_activity.is_true(), "activity"),
        (table.is_bpf_entity.is_true(), "business_process_flow"),
        (table.is_intersect.is_true(), "intersect"),
        (table.change_tracking_enabled.is_false(), "change_tracking = false"),
        (table.is_optimistic_concurrency_enabled.is_false(), "optimistic_concurrency = false"),
    ] {
        arguments.extend(is_set.then(|| flag.to_owned()));
    }
    for key in &table.keys {
        let columns: Vec<&str> = key.key_attributes.iter().map(String::as_str).collect();
        arguments.push(format!(
            "key(name = {}, columns({}))",
            literal(&key.logical_name),
            columns.join(", ")
        ));
    }
    arguments.extend(relationships(context, table, fields));
    arguments
}

/// The relationships with other tables of the snapshot, each with a const for its collection.
fn relationships(context: &Context<'_>, table: &Table, fields: &BTreeMap<String, String>) -> Vec<String> {
    let mut taken: HashSet<String> = fields.values().map(|name| name.to_uppercase()).collect();
    let mut related = |keys: &mut Vec<String>, property: &str, other: &str| {
        let constant = names::snake(property).to_uppercase();
        let name = if taken.contains(&constant) { format!("{constant}_RELATED") } else { constant.clone() };
        let path = context.path(&table.logical_name, other).unwrap_or_default();
        keys.push(format!("nav = {}, related = {path}, name = {name}", literal(property)));
        taken.insert(name);
    };
    let mut arguments = Vec::new();
    for each in table
        .many_to_many_relationships
        .iter()
        .filter(|each| context.path(&table.logical_name, &each.entity2_logical_name).is_some())
    {
        let other = &each.entity2_logical_name;
        let mut keys = vec![format!(
            "many_to_many, schema = {}, table = {}",
            literal(&each.schema_name),
            literal(other)
        )];
        if let Some(property) = each.entity1_navigation_property_name.text() {
            related(&mut keys, property, other);
        }
        keys.extend(each.intersect_entity_name.text().map(|name| format!("intersect = {}", literal(name))));
        arguments.push(format!("relationship({})", keys.join(", ")));
    }
    for each in table
        .one_to_many_relationships
        .iter()
        .filter(|each| context.path(&table.logical_name, &each.referencing_entity).is_some())
    {
        let other = &each.referencing_entity;
        let mut keys = vec![format!(
            "one_to_many, schema = {}, column = {}",
            literal(&each.schema_name),
            literal(&each.referencing_attribute)
        )];
        keys.push(format!("table = {}", literal(other)));
        if let Some(property) = each.referenced_entity_navigation_property_name.text() {
            related(&mut keys, property, other);
        }
        arguments.push(format!("relationship({})", keys.join(", ")));
    }
    arguments
}

/// The enums of a table's option sets.
#[derive(Default)]
struct OptionSets {
    /// The type of each column with options, by logical name.
    types: BTreeMap<String, String>,
    items: Vec<String>,
}

fn option_sets(
    context: &Context<'_>,
    table: &Table,
    columns: &[&Column],
    locked: &mut LockedNames,
    types: &mut HashSet<String>,
) -> OptionSets {
    let languages = context.settings.languages();
    let mut sets = OptionSets::default();
    let mut own = Vec::new();
    for column in columns.iter().filter(|column| column.kind().has_options()) {
        let name = &column.logical_name;
        let Some(set) = column.options().filter(|set| !set.options.is_empty()) else { continue };
        if let Some(global) =
            column.global_option_set_name().and_then(|global| context.global_names.get_key_value(global))
        {
            sets.types.insert(name.clone(), format!("super::option_sets::{}", global.1));
            if let Some(variants) = context.global_variants.get(global.0) {
                locked.options.insert(name.clone(), variants.clone());
            }
            continue;
        }
        let ty = locked.option_sets.get(name).cloned().unwrap_or_else(|| {
            let schema = column.schema_name.text().unwrap_or(name);
            let ty = match column.kind() {
                Kind::State => format!("{}State", context.names.structs[&table.logical_name]),
                Kind::Status => format!("{}Status", context.names.structs[&table.logical_name]),
                _ => names::type_name(names::without_prefix(schema)),
            };
            names::free(ty, types)
        });
        types.insert(ty.clone());
        let chosen = context.column_settings(&table.logical_name, name);
        let mut names_of_options = locked.options.get(name).cloned().unwrap_or_default();
        for (integer, variant) in chosen.iter().flat_map(|chosen| &chosen.options) {
            if let Ok(integer) = integer.parse() {
                names_of_options.insert(integer, variant.clone());
            }
        }
        let variants = option_set::variants(set, languages, &names_of_options);
        locked.option_sets.insert(name.clone(), ty.clone());
        locked.options.insert(name.clone(), variants.clone());
        sets.types.insert(name.clone(), ty.clone());
        own.push((*column, set, ty, variants));
    }
    let of_kind = |kind: Kind| own.iter().find(|(column, ..)| column.kind() == kind);
    for (column, set, ty, variants) in &own {
        let other = match column.kind() {
            Kind::State => of_kind(Kind::Status),
            Kind::Status => of_kind(Kind::State),
            _ => None,
        };
        let text = comment(&column.description, &column.display_name, languages, || {
            format!("The options of `{}`.", column.logical_name)
        });
        let of = Enum {
            name: ty,
            doc: text,
            set,
            variants,
            other: other.map(|(_, _, ty, variants)| (ty.as_str(), variants)),
            kind: column.kind(),
        };
        sets.items.push(option_set::source(context, &of));
    }
    sets
}
