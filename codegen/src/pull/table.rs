//! The definition of one table.

use dataverse_definitions::{Kind, Table, read};
use dataverse_entity::client::Client;

use super::PullError;
use super::request::{get, literal};

/// The members of a table that are asked for.
const TABLE: &str = "LogicalName,SchemaName,MetadataId,EntitySetName,LogicalCollectionName,CollectionSchemaName,DisplayName,\
    DisplayCollectionName,Description,PrimaryIdAttribute,PrimaryNameAttribute,PrimaryImageAttribute,OwnershipType,TableType,IsActivity,\
    IsIntersect,IsBPFEntity,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled,EnforceStateTransitions";
/// What comes with it. Attributes come with the members of all kinds, which no `$select` may name.
const RELATED: &str = "Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships";
/// The kinds (and the names of their casts) whose options come with requests of their own.
const WITH_OPTIONS: [(Kind, &str); 5] = [
    (Kind::Picklist, "Picklist"),
    (Kind::MultiSelect, "MultiSelectPicklist"),
    (Kind::State, "State"),
    (Kind::Status, "Status"),
    (Kind::Boolean, "Boolean"),
];

/// Reads the definition of a table, with its columns, options, keys and relationships: one request, and one for each kind
/// of the table's columns that has options.
///
/// # Errors
///
/// Returns an error if the org refuses or does not have the table, or if its answer is no definition.
pub async fn table(client: &Client, name: &str) -> Result<Table, PullError> {
    let what = format!("the table `{name}`");
    let address = format!("EntityDefinitions(LogicalName={})", literal(name));
    let definition = get(client, &what, format!("{address}?$select={TABLE}&$expand={RELATED}")).await;
    let definition = definition.map_err(|error| match error {
        PullError::Org { error, .. } if error.is_not_found() => PullError::unknown_table(name, &[]),
        other => other,
    })?;
    let only = |texts: &[&str]| {
        let mut tables = read(texts).map_err(|error| PullError::answer(&what, error))?;
        tables.pop().ok_or_else(|| PullError::unknown_table(name, &[]))
    };
    let columns = only(&[&definition])?.attributes;
    let mut texts = vec![definition];
    for (kind, cast) in WITH_OPTIONS {
        if columns.iter().any(|column| column.kind() == kind) {
            let path = format!(
                "{address}/Attributes/Microsoft.Dynamics.CRM.{cast}AttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet"
            );
            texts.push(with_table(name, get(client, &what, path).await?));
        }
    }
    only(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The answer as a definition of the table, whatever its context says. What is not a list stays as it is, for the reader to refuse.
fn with_table(name: &str, answer: String) -> String {
    match serde_json::from_str::<serde_json::Value>(&answer)
        .ok()
        .and_then(|mut value| Some(value.get_mut("value")?.take()))
    {
        Some(attributes) => serde_json::json!({ "LogicalName": name, "Attributes": attributes }).to_string(),
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_no_list_of_columns_is_an_error() {
        for answer in ["<html>sign in</html>", "{\"value\": [", "{\"unexpected\": 1}"] {
            let text = with_table("new_loan", answer.to_owned());
            assert!(read(&[&text]).is_err(), "{answer}");
        }
        let list = r#"{"value": [{"LogicalName": "new_name"}]}"#.to_owned();
        assert_eq!(read(&[&with_table("new_loan", list)]).unwrap()[0].attributes.len(), 1);
    }
}
