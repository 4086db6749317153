//! The columns and the key of every elastic table, and the features that elastic tables lack.

use super::problem::DefinitionError;
use super::table::{OnDelete, Table};
use crate::json::{Json, object};

/// The column with the partition of a row.
pub(crate) const PARTITION: &str = "partitionid";
/// The column with the number of seconds after which a row expires.
pub(crate) const TIME_TO_LIVE: &str = "ttlinseconds";
/// The alternate key that every elastic table has.
const KEY: &str = "KeyForNoSqlEntityWithPKPartitionId";

/// Returns whether the table of a definition is elastic.
pub(super) fn is_elastic(definition: &Json) -> bool {
    definition.text("TableType").is_some_and(|kind| kind.eq_ignore_ascii_case("Elastic"))
}

/// Adds the columns and the key of every elastic table to the definition of one, and `TableType` to any other
/// definition.
pub(super) fn complete(definition: &mut Json) {
    if !is_elastic(definition) {
        if let Json::Object(members) = definition
            && !members.iter().any(|(name, _)| name == "TableType")
        {
            members.push(("TableType".to_owned(), "Standard".into()));
        }
        return;
    }
    let primary_id = definition.text("PrimaryIdAttribute").unwrap_or_default().to_owned();
    let attribute = |name: &str, schema_name: &str, kind: &str| {
        object([
            ("@odata.type", format!("#Microsoft.Dynamics.CRM.{kind}AttributeMetadata").into()),
            ("LogicalName", name.into()),
            ("SchemaName", schema_name.into()),
            ("AttributeType", kind.into()),
            ("AttributeTypeName", object([("Value", format!("{kind}Type").into())])),
        ])
    };
    add(definition, "Attributes", attribute(PARTITION, "PartitionId", "String"));
    add(definition, "Attributes", attribute(TIME_TO_LIVE, "TTLInSeconds", "Integer"));
    let columns = Json::Array(vec![primary_id.into(), PARTITION.into()]);
    let key = [
        ("LogicalName", KEY.to_ascii_lowercase().into()),
        ("SchemaName", KEY.into()),
        ("KeyAttributes", columns),
    ];
    add(definition, "Keys", object(key));
}

/// Adds an element to a list that has none with its logical name.
fn add(definition: &mut Json, list: &str, element: Json) {
    let Json::Object(members) = definition else { return };
    if !members.iter().any(|(name, _)| name == list) {
        members.push((list.to_owned(), Json::Array(Vec::new())));
    }
    if let Some((_, Json::Array(elements))) = members.iter_mut().find(|(name, _)| name == list)
        && !elements.iter().any(|each| each.text("LogicalName") == element.text("LogicalName"))
    {
        elements.push(element);
    }
}

/// Refuses elastic tables with features that Dataverse does not allow them, and removes their relationships
/// from cascades.
pub(super) fn settle(tables: &mut [Table]) -> Result<(), DefinitionError> {
    let elastic: Vec<String> =
        tables.iter().filter(|each| each.elastic).map(|each| each.logical_name.clone()).collect();
    for table in tables.iter_mut() {
        let problem =
            |problem: &str| DefinitionError::new(format!("table `{}`: {problem}", table.logical_name));
        if table.elastic && table.keys.iter().any(|key| !key.name.eq_ignore_ascii_case(KEY)) {
            return Err(problem("an elastic table has no alternate keys of its own"));
        }
        for each in table.definition.list("ManyToManyRelationships") {
            let sides = ["Entity1LogicalName", "Entity2LogicalName"];
            if sides
                .iter()
                .filter_map(|side| each.text(side))
                .any(|side| elastic.iter().any(|name| name == side))
            {
                return Err(problem("an elastic table has no many-to-many relationships"));
            }
        }
        let of_elastic = table.elastic;
        for dependent in &mut table.dependents {
            if of_elastic || elastic.contains(&dependent.table) {
                dependent.on_delete = OnDelete::Nothing;
            }
        }
    }
    Ok(())
}
