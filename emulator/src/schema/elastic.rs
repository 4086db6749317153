//! The columns and the key of every elastic table, and the features that elastic tables lack.

use dataverse_definitions::{Column, Fact, Key, Kind, Table as Definition};

use super::problem::DefinitionError;
use super::table::{OnDelete, Table};

/// The column with the partition of a row.
pub(crate) const PARTITION: &str = "partitionid";
/// The column with the number of seconds after which a row expires.
pub(crate) const TIME_TO_LIVE: &str = "ttlinseconds";
/// The alternate key that every elastic table has.
const KEY: &str = "KeyForNoSqlEntityWithPKPartitionId";

/// Returns whether the table of a definition is elastic.
pub(super) fn is_elastic(definition: &Definition) -> bool {
    definition.table_type.text().is_some_and(|kind| kind.eq_ignore_ascii_case("Elastic"))
}

/// Adds the columns and the key of every elastic table to the definition of one, and the table type to any other definition.
pub(super) fn complete(definition: &mut Definition) {
    if !is_elastic(definition) {
        if definition.table_type.is_not_asked() {
            definition.table_type = Fact::Known("Standard".to_owned());
        }
        return;
    }
    for (name, schema_name, kind) in
        [(PARTITION, "PartitionId", Kind::String), (TIME_TO_LIVE, "TTLInSeconds", Kind::Integer)]
    {
        if definition.column(name).is_none() {
            let mut column = Column::default();
            (column.logical_name, column.schema_name) =
                (name.to_owned(), Fact::Known(schema_name.to_owned()));
            column.set_kind(kind);
            definition.attributes.push(column);
        }
    }
    let name = KEY.to_ascii_lowercase();
    if !definition.keys.iter().any(|key| key.logical_name == name) {
        let primary_id = definition.primary_id_attribute.text().unwrap_or_default();
        let mut key = Key::default();
        key.key_attributes = vec![primary_id.to_owned(), PARTITION.to_owned()];
        (key.logical_name, key.schema_name) = (name, Fact::Known(KEY.to_owned()));
        definition.keys.push(key);
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
        for each in &table.model.many_to_many_relationships {
            if [&each.entity1_logical_name, &each.entity2_logical_name]
                .iter()
                .any(|side| elastic.contains(side))
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
