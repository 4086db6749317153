//! Definitions from an org.

use bytes::Bytes;
use dataverse_definitions::{Table, read};
use dataverse_entity::client::Client;
use dataverse_entity::message::{Error, Message, Organization};
use http::{Request, Response};

/// The members of a table that are asked for.
const TABLE: &str = "LogicalName,SchemaName,MetadataId,EntitySetName,LogicalCollectionName,CollectionSchemaName,DisplayName,\
    DisplayCollectionName,Description,PrimaryIdAttribute,PrimaryNameAttribute,PrimaryImageAttribute,OwnershipType,TableType,IsActivity,\
    IsIntersect,IsBPFEntity,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled,EnforceStateTransitions";
/// What comes with it. Attributes come with the members of all kinds, which no `$select` may name.
const RELATED: &str = "Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships";
/// The kinds whose options come with requests of their own.
const WITH_OPTIONS: [&str; 5] = ["Picklist", "MultiSelectPicklist", "State", "Status", "Boolean"];

/// A problem with reading definitions from an org. It names the table, if it is about one.
#[derive(Debug)]
#[non_exhaustive]
pub enum PullError {
    /// The org refused, or did not answer.
    Org {
        /// The table; empty for the list of tables.
        table: String,
        /// What happened.
        error: Error,
    },
    /// The answer is no definition.
    Answer(dataverse_definitions::ReadError),
    /// No table of the org has the name, or matches the pattern.
    NotFound(String),
}

impl core::fmt::Display for PullError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Org { table, .. } if table.is_empty() => {
                write!(f, "the tables of the org cannot be listed")
            }
            Self::Org { table, .. } => write!(f, "table `{table}` cannot be read"),
            Self::Answer(_) => write!(f, "the org's answer cannot be read"),
            Self::NotFound(name) => write!(
                f,
                "the org has no table `{name}`; names are logical names, such as `account`, or patterns, such as `new_*`"
            ),
        }
    }
}

impl std::error::Error for PullError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Org { error, .. } => Some(error),
            Self::Answer(error) => Some(error),
            Self::NotFound(_) => None,
        }
    }
}

/// Reads a part of the definitions.
#[derive(Debug, Clone)]
struct Definitions(String);

impl Message for Definitions {
    type Output = Bytes;

    fn message_name(&self) -> &'static str {
        "RetrieveEntityDefinitions"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let url = format!("{}{}", org.root_url(), self.0);
        let request = Request::get(url).header("accept", "application/json").header("odata-version", "4.0");
        request.body(Bytes::new()).map_err(|error| Error::invalid_request(error.to_string()))
    }

    fn response(&self, response: Response<Bytes>) -> Result<Bytes, Error> {
        match response.status().is_success() {
            true => Ok(response.into_body()),
            false => Err(Error::from_response(&response)),
        }
    }
}

pub(crate) async fn get(client: &Client, table: &str, path: String) -> Result<String, PullError> {
    let answer = client.execute(Definitions(path)).await;
    let body = answer.map_err(|error| PullError::Org { table: table.to_owned(), error })?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// Returns the logical names of the tables of an org that match one of these names or patterns: `account`, `new_*`.
///
/// # Errors
///
/// Returns an error if the org refuses, or if nothing matches one of them.
pub async fn table_names(client: &Client, patterns: &[String]) -> Result<Vec<String>, PullError> {
    if patterns.iter().all(|pattern| !pattern.contains('*')) {
        return Ok(patterns.to_vec());
    }
    let text = get(client, "", "EntityDefinitions?$select=LogicalName".to_owned()).await?;
    let all: Vec<String> =
        read(&[&text]).map_err(PullError::Answer)?.into_iter().map(|table| table.logical_name).collect();
    let mut names = Vec::new();
    for pattern in patterns {
        let found: Vec<&String> = all.iter().filter(|name| matches(pattern, name)).collect();
        if found.is_empty() {
            return Err(PullError::NotFound(pattern.clone()));
        }
        names.extend(found.into_iter().cloned());
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// Whether a name matches a pattern, in which `*` stands for any text.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut rest = rest;
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Reads the definition of a table, with its columns, options, keys and relationships.
///
/// # Errors
///
/// Returns an error if the org refuses or does not have the table, or if its answer is no definition.
pub async fn table(client: &Client, name: &str) -> Result<Table, PullError> {
    let address = format!("EntityDefinitions(LogicalName='{}')", name.replace('\'', "''"));
    let definition = get(client, name, format!("{address}?$select={TABLE}&$expand={RELATED}")).await;
    let definition = definition.map_err(|error| match error {
        PullError::Org { error, .. } if error.is_not_found() => PullError::NotFound(name.to_owned()),
        other => other,
    })?;
    let mut texts = vec![definition];
    for kind in WITH_OPTIONS {
        let path = format!(
            "{address}/Attributes/Microsoft.Dynamics.CRM.{kind}AttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet"
        );
        texts.push(with_table(name, get(client, name, path).await?));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut tables = read(&texts).map_err(PullError::Answer)?;
    tables.pop().ok_or_else(|| PullError::NotFound(name.to_owned()))
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
    fn a_star_stands_for_any_text() {
        for (pattern, name, expected) in [
            ("account", "account", true),
            ("account", "accounts", false),
            ("new_*", "new_loan", true),
            ("new_*", "renew_loan", false),
            ("*_base", "new_loan_base", true),
            ("a*c*e", "abcde", true),
            ("a*c*e", "abde", false),
            ("*", "anything", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

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
