//! Definitions from the answers of a Web API, and from structs.

use core::fmt;

use dataverse_entity_core::metadata::EntityMetadata;
use serde_json::{Map, Value};

use crate::merge::merge;
use crate::{Column, Table};

/// A text that is no definition.
#[derive(Debug)]
pub struct ReadError(String);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

/// Reads definitions. A text is one of these: an answer of `EntityDefinitions` or `RetrieveMetadataChanges`; one definition or
/// a list of them; the attributes of one table (`EntityDefinitions(LogicalName='…')/Attributes/Microsoft.Dynamics.CRM.…`); or
/// the `$metadata` document.
///
/// Of two definitions of a table, the later one adds to the earlier one. `$metadata` overrides nothing that another text says. It
/// knows names, types, targets and navigation properties; lengths, ranges, options, required levels, validity and cascades
/// are [`NotAsked`](crate::Fact::NotAsked). Relationships and keys have the names of their collections and columns there.
///
/// ```
/// use dataverse_definitions::{Fact, Kind, read};
///
/// let metadata = r#"<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
///   <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
///     <EntityType Name="crmbaseentity" Abstract="true" />
///     <EntityType Name="new_loan" BaseType="mscrm.crmbaseentity">
///       <Key><PropertyRef Name="new_loanid" /></Key>
///       <Property Name="new_loanid" Type="Edm.Guid" />
///       <Property Name="new_amount" Type="Edm.Decimal" Scale="Variable" />
///     </EntityType>
///     <EntityContainer Name="System">
///       <EntitySet Name="new_loans" EntityType="Microsoft.Dynamics.CRM.new_loan" />
///     </EntityContainer>
///   </Schema></edmx:DataServices></edmx:Edmx>"#;
/// let tables = read(&[metadata])?;
/// let amount = tables[0].column("new_amount").unwrap();
/// assert_eq!(amount.kind(), Kind::Decimal);
/// assert!(!amount.is_kind_known(), "it may be money");
/// assert_eq!(amount.precision, Fact::NotAsked);
///
/// // The definition of the column says more.
/// let money = r#"{"LogicalName": "new_loan", "Attributes": [
///     {"LogicalName": "new_amount", "AttributeType": "Money", "Precision": 2}]}"#;
/// let tables = read(&[metadata, money])?;
/// assert_eq!(tables[0].column("new_amount").unwrap().kind(), Kind::Money);
/// # Ok::<(), dataverse_definitions::ReadError>(())
/// ```
///
/// # Errors
///
/// Returns an error if a text is neither JSON nor a `$metadata` document, if it is an error of a Web API or an HTML page, or if
/// two columns of a table have one name. It says which table and column.
pub fn read(texts: &[&str]) -> Result<Vec<Table>, ReadError> {
    let mut definitions = Vec::new();
    for text in texts {
        definitions.extend(read_one(text)?);
    }
    let mut tables = merge(definitions);
    for table in &mut tables {
        table.normalize();
        if let Some(pair) =
            table.attributes.windows(2).find(|pair| pair[0].logical_name == pair[1].logical_name)
        {
            let (table, column) = (&table.logical_name, &pair[0].logical_name);
            return Err(ReadError(format!("table `{table}`: two columns are named `{column}`")));
        }
    }
    Ok(tables)
}

/// Returns the definition that a struct declares (`Loan::METADATA`).
///
/// # Errors
///
/// Returns an error if the metadata cannot be written as JSON.
pub fn of_struct(metadata: &EntityMetadata) -> Result<Table, ReadError> {
    let problem = |error: serde_json::Error| ReadError(format!("table `{}`: {error}", metadata.logical_name));
    let text = serde_json::to_string(metadata).map_err(problem)?;
    let mut tables = read(&[&text])?;
    tables.pop().ok_or_else(|| ReadError(format!("table `{}` has no definition", metadata.logical_name)))
}

fn read_one(text: &str) -> Result<Vec<Table>, ReadError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        let start = text.get(..14).unwrap_or_default().to_ascii_lowercase();
        if start.starts_with("<html") || start.starts_with("<!doctype html") {
            let problem =
                "the text is an HTML page, such as one for signing in, and not the answer of a Web API";
            return Err(ReadError::new(problem));
        }
        return crate::csdl::read(text);
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| ReadError(format!("the text is not JSON: {error}")))?;
    let mut members = match value {
        Value::Object(members) => members,
        Value::Array(elements) => return elements.into_iter().map(table).collect(),
        _ => return Err(ReadError("the text is not a JSON object".to_owned())),
    };
    if let Some(error) = members.get("error") {
        let message = error.get("message").and_then(Value::as_str).unwrap_or_default();
        return Err(ReadError(format!("the text is an error that a Web API answered: {message}")));
    }
    let context = members.get("@odata.context").and_then(Value::as_str).and_then(table_of_attributes);
    let context = context.map(str::to_owned);
    let list = ["value", "EntityMetadata"].into_iter().find_map(|name| members.remove(name));
    match (list, context) {
        (Some(Value::Array(elements)), Some(name)) => attributes(name, elements).map(|table| vec![table]),
        (Some(Value::Array(elements)), None) => elements.into_iter().map(table).collect(),
        _ => table(Value::Object(members)).map(|table| vec![table]),
    }
}

/// The table in the context of a list of attributes: `…$metadata#EntityDefinitions('account')/Attributes/…`.
fn table_of_attributes(context: &str) -> Option<&str> {
    let (_, rest) = context.split_once("#EntityDefinitions('")?;
    let (table, rest) = rest.split_once("')")?;
    rest.starts_with("/Attributes").then_some(table)
}

fn table(value: Value) -> Result<Table, ReadError> {
    let mut members = match value {
        Value::Object(members) => members,
        other => return Err(ReadError(format!("a definition is an object, not {other}"))),
    };
    let name = members.get("LogicalName").and_then(Value::as_str).unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(ReadError(
            "a definition has no `LogicalName`: read answers of `EntityDefinitions` or `RetrieveMetadataChanges`".to_owned(),
        ));
    }
    let columns = match members.remove("Attributes") {
        Some(Value::Array(elements)) => elements,
        _ => Vec::new(),
    };
    // A list that is `null` was not asked for.
    members.retain(|name, value| !(value.is_null() && is_list(name)));
    let mut table: Table = serde_json::from_value(Value::Object(members))
        .map_err(|error| ReadError(format!("table `{name}`: {error}")))?;
    table.attributes = self::columns(&name, columns)?;
    Ok(table)
}

fn is_list(name: &str) -> bool {
    matches!(name, "Keys" | "ManyToOneRelationships" | "OneToManyRelationships" | "ManyToManyRelationships")
}

fn attributes(name: String, elements: Vec<Value>) -> Result<Table, ReadError> {
    let attributes = columns(&name, elements)?;
    Ok(Table { logical_name: name, attributes, ..Table::default() })
}

fn columns(table: &str, elements: Vec<Value>) -> Result<Vec<Column>, ReadError> {
    let column = |element: Value| {
        let name = element.get("LogicalName").and_then(Value::as_str).unwrap_or_default().to_owned();
        if name.is_empty() {
            return Err(ReadError(format!("table `{table}`: an attribute has no `LogicalName`")));
        }
        serde_json::from_value(without_null_lists(element))
            .map_err(|error| ReadError(format!("table `{table}`, column `{name}`: {error}")))
    };
    elements.into_iter().map(column).collect()
}

/// The element without options that are `null`, which were not asked for.
fn without_null_lists(mut element: Value) -> Value {
    for set in ["OptionSet", "GlobalOptionSet"] {
        if let Some(Value::Object(members)) = element.get_mut(set) {
            let members: &mut Map<String, Value> = members;
            members.retain(|name, value| !(name == "Options" && value.is_null()));
        }
    }
    element
}
