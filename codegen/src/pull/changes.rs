//! What has changed in an org's definitions since a client last asked: `RetrieveMetadataChanges`.

use std::collections::BTreeSet;

use dataverse_entity::client::Client;
use dataverse_entity::message::ErrorKind;
use percent_encoding::utf8_percent_encode;
use serde::Deserialize;

use super::PullError;
use super::request::{RESERVED, get, json, literal};

/// What has changed since a stamp, and the stamp of now.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(crate) stamp: String,
    /// The logical names of tables that are new, or of which something has changed.
    pub(crate) tables: BTreeSet<String>,
    /// The MetadataIds of what was deleted, in lower case.
    pub(crate) deleted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    server_version_stamp: String,
    #[serde(default)]
    entity_metadata: Vec<Changed>,
    #[serde(default)]
    deleted_metadata: Option<Deleted>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Changed {
    logical_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Deleted {
    #[serde(default)]
    values: Vec<Ids>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ids {
    #[serde(default)]
    items: Vec<String>,
}

const WHAT: &str = "the list of changes";

/// Returns the stamp of now; `None` if the org does not tell changes, as one without the function, or without the right.
pub(crate) async fn stamp(client: &Client) -> Result<Option<String>, PullError> {
    // No table has an empty name, so the answer has nothing but the stamp.
    let query = serde_json::json!({
        "Properties": {"AllProperties": false, "PropertyNames": ["LogicalName"]},
        "Criteria": {"FilterOperator": "And", "Conditions": [{
            "ConditionOperator": "Equals", "PropertyName": "LogicalName",
            "Value": {"Type": "System.String", "Value": ""},
        }]},
    });
    let path = format!("RetrieveMetadataChanges(Query=@q)?@q={}", encoded(&query.to_string()));
    let is_refusal = |kind| {
        matches!(
            kind,
            ErrorKind::Refused | ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::Plugin
        )
    };
    match get(client, WHAT, path).await {
        Ok(text) => Ok(Some(read(&text)?.server_version_stamp)),
        Err(PullError::Org { error, .. }) if is_refusal(error.kind()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns what has changed since a stamp; `None` if the org no longer knows the stamp.
pub(crate) async fn since(client: &Client, stamp: &str) -> Result<Option<Changes>, PullError> {
    let names = |names: &[&str]| serde_json::json!({"AllProperties": false, "PropertyNames": names});
    let query = serde_json::json!({
        "Properties": names(&[
            "LogicalName", "Attributes", "Keys", "ManyToOneRelationships", "OneToManyRelationships",
            "ManyToManyRelationships",
        ]),
        "AttributeQuery": {"Properties": names(&["LogicalName", "OptionSet"])},
        "KeyQuery": {"Properties": names(&["LogicalName"])},
        "RelationshipQuery": {"Properties": names(&["SchemaName"])},
    });
    let path = format!(
        "RetrieveMetadataChanges(Query=@q,ClientVersionStamp=@s,DeletedMetadataFilters=@d)?@q={}&@s={}&@d={}",
        encoded(&query.to_string()),
        literal(stamp),
        encoded("Microsoft.Dynamics.CRM.DeletedMetadataFilters'All'"),
    );
    let text = match get(client, WHAT, path).await {
        Ok(text) => text,
        // 0x80044352, which expired delta links have, too. A stamp of another org is a bad request.
        Err(PullError::Org { error, .. })
            if error.is_delta_link_expired() || error.kind() == ErrorKind::Refused =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let answer = read(&text)?;
    let deleted = answer.deleted_metadata.map(|deleted| deleted.values).unwrap_or_default();
    Ok(Some(Changes {
        stamp: answer.server_version_stamp,
        tables: answer.entity_metadata.into_iter().map(|table| table.logical_name).collect(),
        deleted: deleted.into_iter().flat_map(|ids| ids.items).map(|id| id.to_lowercase()).collect(),
    }))
}

fn read(text: &str) -> Result<Answer, PullError> {
    json(WHAT, text)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
