//! Definitions from the answers of a Web API.

use core::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::merge::merge;
use crate::{Column, Table};

/// A text that is no definition.
#[derive(Debug)]
pub struct ReadError {
    problem: String,
    is_file_name: bool,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self { problem: problem.into(), is_file_name: false }
    }

    /// Returns whether the text is the name of a file of definitions, in place of what the file holds.
    pub fn is_file_name(&self) -> bool {
        self.is_file_name
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
        definitions.extend(parse(text)?);
    }
    let mut tables = merge(definitions);
    for table in &mut tables {
        table.normalize();
        let name = &table.logical_name;
        if table.attributes.first().is_some_and(|column| column.logical_name.is_empty()) {
            return Err(ReadError::new(format!("table `{name}`: an attribute has no `LogicalName`")));
        }
        if let Some(pair) =
            table.attributes.windows(2).find(|pair| pair[0].logical_name == pair[1].logical_name)
        {
            let column = &pair[0].logical_name;
            return Err(ReadError::new(format!("table `{name}`: two columns are named `{column}`")));
        }
    }
    Ok(tables)
}

/// Reads one text as [`read`] does, and keeps the definitions as they are: their order, several of one table, and the members that
/// the structs do not name. [`merge`](crate::merge()) makes one definition of each table.
///
/// ```
/// use dataverse_definitions::parse;
///
/// let text = r#"{"value": [{"LogicalName": "new_loan", "IsAuditEnabled": {"Value": true}}]}"#;
/// let tables = parse(text)?;
/// assert_eq!(tables[0].other.get("IsAuditEnabled").unwrap()["Value"], true);
/// assert_eq!(
///     parse("{").unwrap_err().to_string(),
///     "the text is not JSON: EOF while parsing an object at line 1 column 1",
/// );
/// assert!(parse("loan.json").unwrap_err().is_file_name());
/// # Ok::<(), dataverse_definitions::ReadError>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is neither JSON nor a `$metadata` document, if it is an error of a Web API or an HTML page, or if
/// it has no definition. It says which table and column.
pub fn parse(text: &str) -> Result<Vec<Table>, ReadError> {
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
    match text.as_bytes().first() {
        Some(b'{') => answer(text),
        Some(b'[') => tables(text),
        _ => Err(not_json(text)),
    }
}

/// The members of an answer that are not those of a definition.
#[derive(Deserialize)]
struct Answer<'t> {
    #[serde(rename = "@odata.context")]
    context: Option<String>,
    error: Option<Problem>,
    #[serde(borrow)]
    value: Option<&'t RawValue>,
    #[serde(borrow, rename = "EntityMetadata")]
    entity_metadata: Option<&'t RawValue>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    message: String,
}

fn answer(text: &str) -> Result<Vec<Table>, ReadError> {
    let answer: Answer<'_> = serde_json::from_str(text).map_err(|error| no_json(&error))?;
    if let Some(Problem { message }) = answer.error {
        return Err(ReadError::new(format!("the text is an error of a Web API: {message}")));
    }
    let is_list = |list: &&str| list.starts_with('[');
    if let Some(list) = answer.entity_metadata.map(RawValue::get).filter(is_list) {
        return Ok(tables(list)?.into_iter().map(without_unasked_validity).collect());
    }
    let Some(list) = answer.value.map(RawValue::get).filter(is_list) else {
        return Ok(vec![table(text)?]);
    };
    match answer.context.as_deref().and_then(table_of_attributes) {
        Some(name) => {
            let attributes = one(list, |problem| in_column(name, list, problem))?;
            Ok(vec![Table { logical_name: name.to_owned(), attributes, ..Table::default() }])
        }
        None => tables(list),
    }
}

/// The table in the context of a list of attributes: `…$metadata#EntityDefinitions('account')/Attributes/…`.
fn table_of_attributes(context: &str) -> Option<&str> {
    let (_, rest) = context.split_once("#EntityDefinitions('")?;
    let (table, rest) = rest.split_once("')")?;
    rest.starts_with("/Attributes").then_some(table)
}

/// The table without `IsValidODataAttribute`, if no column has it true: `RetrieveMetadataChanges` answers false to whoever did not
/// ask for the member, and every table has a column that is a property.
fn without_unasked_validity(mut table: Table) -> Table {
    if table.attributes.iter().all(|column| column.is_valid_odata_attribute.is_false()) {
        for column in &mut table.attributes {
            column.is_valid_odata_attribute = crate::Fact::NotAsked;
        }
    }
    table
}

fn tables(list: &str) -> Result<Vec<Table>, ReadError> {
    let Ok(tables) = serde_json::from_str::<Vec<Table>>(list) else {
        // The error of a table by itself names it.
        let raw: Vec<&RawValue> = serde_json::from_str(list).map_err(|error| no_json(&error))?;
        return raw.into_iter().map(|raw| table(raw.get())).collect();
    };
    if tables.is_empty() {
        return Err(ReadError::new("the text has no definitions: its list is empty"));
    }
    tables.into_iter().map(named).collect()
}

fn table(text: &str) -> Result<Table, ReadError> {
    named(one(text, |problem| in_table(text, problem))?)
}

fn named(table: Table) -> Result<Table, ReadError> {
    if table.logical_name.is_empty() {
        return Err(ReadError::new(
            "a definition has no `LogicalName`; expected an answer of `EntityDefinitions`, `RetrieveMetadataChanges` or `$metadata`",
        ));
    }
    Ok(table)
}

fn one<T: DeserializeOwned>(
    text: &str,
    explain: impl FnOnce(&serde_json::Error) -> ReadError,
) -> Result<T, ReadError> {
    serde_json::from_str(text)
        .map_err(|error| if error.is_data() { explain(&error) } else { no_json(&error) })
}

/// Returns the error of a definition with a value of a wrong type. It names the table and the column, which a second look finds.
fn in_table(text: &str, problem: &serde_json::Error) -> ReadError {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    if !value.is_object() {
        return ReadError::new(format!("a definition is an object, not {value}"));
    }
    let name = value["LogicalName"].as_str().unwrap_or_default();
    match serde_json::to_string(&value["Attributes"]) {
        Ok(list) if serde_json::from_str::<Option<Vec<Column>>>(&list).is_err() => {
            in_column(name, &list, problem)
        }
        _ => ReadError::new(format!("table `{name}`: {problem}")),
    }
}

fn in_column(table: &str, list: &str, problem: &serde_json::Error) -> ReadError {
    let elements: Vec<Value> = serde_json::from_str(list).unwrap_or_default();
    let wrong = elements.into_iter().find_map(|element| {
        let name = element["LogicalName"].as_str().unwrap_or_default().to_owned();
        Some((name, serde_json::from_value::<Column>(element).err()?))
    });
    match wrong {
        Some((name, problem)) => ReadError::new(format!("table `{table}`, column `{name}`: {problem}")),
        None => ReadError::new(format!("table `{table}`: {problem}")),
    }
}

fn no_json(problem: &serde_json::Error) -> ReadError {
    ReadError::new(format!("the text is not JSON: {problem}"))
}

/// Returns the error of a text that starts like no answer.
fn not_json(text: &str) -> ReadError {
    const MAX_NAME: usize = 200;
    let name = text.trim_end();
    let names_a_file = name.len() <= MAX_NAME
        && !name.contains('\n')
        && [".json", ".xml"].iter().any(|end| name.ends_with(end));
    if names_a_file {
        let problem = format!("`{name}` is the name of a file");
        return ReadError { problem, is_file_name: true };
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        _ if text.is_empty() => ReadError::new("the text is empty"),
        Ok(_) => ReadError::new("the text is neither a JSON object nor a `$metadata` document"),
        Err(error) => no_json(&error),
    }
}
