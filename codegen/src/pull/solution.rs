//! The tables of a solution.

use dataverse_entity::client::Client;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::PullError;
use super::error::nearest;
use super::request::{get, json, literal};

/// The type of solution components that are tables (`componenttype` in the reference of `solutioncomponent`).
const TABLE: u8 = 1;

#[derive(Deserialize)]
struct Rows<T> {
    value: Vec<T>,
}

#[derive(Deserialize)]
struct Solution {
    solutionid: String,
}

#[derive(Deserialize)]
struct Target {
    ismanaged: Option<bool>,
    publisherid: Option<Publisher>,
}

#[derive(Deserialize)]
struct Publisher {
    customizationprefix: Option<String>,
}

#[derive(Deserialize)]
struct Component {
    objectid: String,
}

#[derive(Deserialize)]
struct Name {
    uniquename: String,
    friendlyname: Option<String>,
}

/// Returns the MetadataIds of the tables of a solution, in lower case.
pub(super) async fn table_ids(client: &Client, unique_name: &str) -> Result<Vec<String>, PullError> {
    let what = format!("the solution `{unique_name}`");
    let path = format!("solutions?$select=solutionid&$filter=uniquename%20eq%20{}", literal(unique_name));
    let found: Vec<Solution> = rows(client, &what, path).await?;
    let Some(solution) = found.first() else { return Err(unknown(client, unique_name).await) };
    let path = format!(
        "solutioncomponents?$select=objectid&$filter=_solutionid_value%20eq%20{}%20and%20componenttype%20eq%20{TABLE}",
        solution.solutionid
    );
    let components: Vec<Component> = rows(client, &what, path).await?;
    if components.is_empty() {
        let what = format!("a table in the solution `{unique_name}`");
        let advice = "add tables to the solution, or remove it from `solutions`".to_owned();
        return Err(PullError::NotFound { what, advice });
    }
    Ok(components.into_iter().map(|component| component.objectid.to_lowercase()).collect())
}

/// Returns the prefix of the publisher of a solution that takes additions.
pub(crate) async fn prefix(client: &Client, unique_name: &str) -> Result<Option<String>, PullError> {
    let what = format!("the solution `{unique_name}`");
    let path = format!(
        "solutions?$select=ismanaged&$expand=publisherid($select=customizationprefix)&$filter=uniquename%20eq%20{}",
        literal(unique_name)
    );
    let found: Vec<Target> = rows(client, &what, path).await?;
    let Some(solution) = found.into_iter().next() else { return Err(unknown(client, unique_name).await) };
    if solution.ismanaged == Some(true) {
        let what = format!("an unmanaged solution `{unique_name}`");
        let advice =
            format!("`{unique_name}` is managed, and takes no additions: name an unmanaged solution");
        return Err(PullError::NotFound { what, advice });
    }
    Ok(solution.publisherid.and_then(|publisher| publisher.customizationprefix))
}

async fn rows<T: DeserializeOwned>(client: &Client, what: &str, path: String) -> Result<Vec<T>, PullError> {
    let text = get(client, what, path).await?;
    let rows: Rows<T> = json(what, &text)?;
    Ok(rows.value)
}

/// The error for an unknown solution. People know the name that apps show, so it is looked up, too.
async fn unknown(client: &Client, name: &str) -> PullError {
    let path = "solutions?$select=uniquename,friendlyname&$filter=isvisible%20eq%20true".to_owned();
    let names: Vec<Name> = match rows(client, "the list of solutions", path).await {
        Ok(names) => names,
        Err(error) => return error,
    };
    let shown = names.iter().find(|each| {
        each.friendlyname.as_deref().is_some_and(|friendly| friendly.eq_ignore_ascii_case(name))
    });
    let unique: Vec<&str> = names.iter().map(|each| each.uniquename.as_str()).collect();
    let advice = match shown {
        Some(shown) => format!("`{name}` is the name that apps show; write `{}`", shown.uniquename),
        None => nearest(name, &unique).unwrap_or_else(|| {
            "write the unique name of a solution; Power Apps shows it in the column \"Name\" of its solutions"
                .to_owned()
        }),
    };
    PullError::NotFound { what: format!("the solution `{name}`"), advice }
}
