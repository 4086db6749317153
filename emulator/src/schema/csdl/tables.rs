//! `EntityDefinitions` of the tables of a `$metadata` document.

use std::collections::{BTreeMap, HashMap};

use super::assumed::{is_activity, is_image, is_money, primary_name, validity};
use super::document::{Property, Table};
use super::relationships::{Relationships, lookup, targets};
use crate::json::{Json, object};
use crate::schema::marks::{ADDS_ONLY, ALL_NAVIGATION, MORE_OPTIONS};
use crate::schema::problem::DefinitionError;

/// Dataverse's maximum precision of decimals, of amounts of money and of floating-point numbers.
const DECIMAL_PRECISION: i64 = 10;
const MONEY_PRECISION: i64 = 4;
const DOUBLE_PRECISION: i64 = 5;
/// The precision of `exchangerate`.
const EXCHANGE_RATE_PRECISION: i64 = 12;

/// Returns the definitions of all tables. Adds to `left_out`, by table, what cannot be read.
pub(super) fn definitions<'x>(
    tables: &[Table<'x>],
    left_out: &mut BTreeMap<&'x str, Vec<String>>,
) -> Result<Vec<Json>, DefinitionError> {
    let mut relationships = Relationships::of(tables);
    let mut all = Vec::with_capacity(tables.len());
    for table in tables {
        if !table.entity.properties.iter().any(|each| each.name == table.primary_id) {
            return Err(DefinitionError::of_table(
                table.name,
                format!("the key `{}` is not a property of the type", table.primary_id),
            ));
        }
        let related = relationships.of_table(table);
        let mut problems = related.left_out;
        let targets = targets(table);
        let mut attributes = Vec::with_capacity(table.entity.properties.len());
        for property in &table.entity.properties {
            match attribute(table, property, &targets) {
                Some(definition) => attributes.push(definition),
                None => problems.push(format!("property `{}` of type `{}`", property.name, property.edm)),
            }
        }
        let keys = keys(table, &mut problems);
        if !problems.is_empty() {
            left_out.insert(table.name, problems);
        }
        let owned = targets.contains_key("ownerid");
        all.push(object([
            (ADDS_ONLY, true.into()),
            (ALL_NAVIGATION, true.into()),
            ("LogicalName", table.name.into()),
            ("SchemaName", table.name.into()),
            ("EntitySetName", table.set.into()),
            ("LogicalCollectionName", table.set.into()),
            ("PrimaryIdAttribute", table.primary_id.into()),
            ("PrimaryNameAttribute", primary_name(table).map_or(Json::Null, Json::from)),
            ("OwnershipType", if owned { "UserOwned" } else { "OrganizationOwned" }.into()),
            ("IsActivity", is_activity(table).into()),
            ("Attributes", Json::Array(attributes)),
            ("Keys", Json::Array(keys)),
            ("ManyToOneRelationships", Json::Array(related.many_to_one)),
            ("ManyToManyRelationships", Json::Array(related.many_to_many)),
        ]));
    }
    Ok(all)
}

/// Returns the definition of a column, or `None` if no kind of column has the property's type.
fn attribute(table: &Table<'_>, property: &Property<'_>, targets: &HashMap<&str, Vec<&str>>) -> Option<Json> {
    let column = lookup(property.name).filter(|_| property.edm == "Edm.Guid");
    let name = column.unwrap_or(property.name);
    let precision = |digits: i64| vec![("Precision", Json::from(digits))];
    let (code, type_name, more) = match (property.edm, name) {
        ("Edm.Guid", _) if column.is_some() => {
            let targets = targets.get(name).map(Vec::as_slice).unwrap_or_default();
            let code = match (name, targets) {
                ("ownerid", _) => "Owner",
                (_, ["account", "contact"] | ["contact", "account"]) => "Customer",
                _ => "Lookup",
            };
            let targets = targets.iter().map(|each| Json::from(*each)).collect();
            (code, None, vec![("Targets", Json::Array(targets))])
        }
        ("Edm.Guid", _) => ("Uniqueidentifier", None, Vec::new()),
        ("Edm.String", _) => ("String", None, Vec::new()),
        ("Edm.Boolean", _) => ("Boolean", None, Vec::new()),
        ("Edm.Int64", _) => ("BigInt", None, Vec::new()),
        ("Edm.Int32", "statecode") => ("State", None, states()),
        ("Edm.Int32", "statuscode") => ("Status", None, statuses()),
        ("Edm.Int32" | "Edm.Int16", _) => ("Integer", None, Vec::new()),
        ("Edm.Double", _) => ("Double", None, precision(DOUBLE_PRECISION)),
        ("Edm.Decimal", "exchangerate") => ("Decimal", None, precision(EXCHANGE_RATE_PRECISION)),
        ("Edm.Decimal", _) if is_money(table, name) => ("Money", None, precision(MONEY_PRECISION)),
        ("Edm.Decimal", _) => ("Decimal", None, precision(DECIMAL_PRECISION)),
        ("Edm.DateTimeOffset", _) => ("DateTime", None, behavior("UserLocal")),
        ("Edm.Date", _) => ("DateTime", None, behavior("DateOnly")),
        ("Edm.Binary", _) if is_image(table, name) => ("Virtual", Some("ImageType"), Vec::new()),
        ("Edm.Binary", _) => ("Virtual", Some("FileType"), Vec::new()),
        (edm, _) if edm.ends_with(".BooleanManagedProperty") => ("ManagedProperty", None, Vec::new()),
        _ => return None,
    };
    let (create, update) = validity(table, name);
    let type_name = type_name.map_or_else(|| format!("{code}Type"), str::to_owned);
    let mut members = vec![
        ("LogicalName".to_owned(), name.into()),
        ("SchemaName".to_owned(), name.into()),
        ("AttributeType".to_owned(), code.into()),
        ("AttributeTypeName".to_owned(), object([("Value", type_name.into())])),
        ("IsValidForCreate".to_owned(), create.into()),
        ("IsValidForRead".to_owned(), true.into()),
        ("IsValidForUpdate".to_owned(), update.into()),
        ("IsValidODataAttribute".to_owned(), true.into()),
    ];
    members.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Some(Json::Object(members))
}

type Members = Vec<(&'static str, Json)>;

fn behavior(name: &str) -> Members {
    vec![("DateTimeBehavior", object([("Value", name.into())]))]
}

/// Returns the states of nearly every table, each with its first status. The document does not list them.
fn states() -> Members {
    let state = |value: i64| object([("Value", value.into()), ("DefaultStatus", (value + 1).into())]);
    let options = object([("Options", Json::Array(vec![state(0), state(1)]))]);
    vec![("OptionSet", options), (MORE_OPTIONS, true.into())]
}

fn statuses() -> Members {
    let options = object([("Options", Json::Array(Vec::new()))]);
    vec![("OptionSet", options), (MORE_OPTIONS, true.into())]
}

/// Returns the alternate keys. They are named after their columns, because the document has no names.
fn keys(table: &Table<'_>, problems: &mut Vec<String>) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::new();
    for properties in &table.entity.alternate_keys {
        let name = properties.iter().map(|each| lookup(each).unwrap_or(each)).collect::<Vec<_>>().join("_");
        let known = |property: &&str| table.entity.properties.iter().any(|each| each.name == *property);
        let twice = all.iter().any(|key| key.text("LogicalName") == Some(&name));
        if properties.is_empty() || twice || !properties.iter().all(known) {
            problems.push(format!("key `{name}`"));
            continue;
        }
        let columns = properties.iter().map(|each| Json::from(lookup(each).unwrap_or(each))).collect();
        all.push(object([
            ("LogicalName", name.as_str().into()),
            ("SchemaName", name.as_str().into()),
            ("KeyAttributes", Json::Array(columns)),
        ]));
    }
    all
}
