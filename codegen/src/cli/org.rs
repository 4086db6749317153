//! The org of the settings: its client and its tables.

use dataverse_entity::Organization;
use dataverse_entity::client::Client;

use super::failure::{Failure, ORG, USAGE};
use super::output::Reading;
use super::tokens;
use crate::config::{Org, Token};
use crate::pull::{PullError, Selection, tables};
use crate::snapshot::Snapshot;

/// Returns the org at an address.
pub(super) fn organization(url: &str) -> Result<Organization, Failure> {
    let org = Organization::new(url).map_err(|error| Failure::of(USAGE, &error))?;
    // Pages of the makers' and administrators' portals, which people copy from the address bar.
    let portals = [
        "make.powerapps.com",
        "apps.powerapps.com",
        "web.powerapps.com",
        "admin.powerplatform.microsoft.com",
        "make.powerautomate.com",
        "home.dynamics.com",
    ];
    let host = org.host();
    match portals.iter().any(|portal| host == *portal || host.ends_with(&format!(".{portal}"))) {
        true => Err(Failure::new(USAGE, format!("`{host}` is a portal, not an org")).advice(
            "write the address of the environment, such as https://contoso.crm4.dynamics.com; Power Apps shows it under Settings, \
             Session details, as the instance URL",
        )),
        false => Ok(org),
    }
}

/// Returns a client of an org, with tokens from this source.
pub(super) fn client(url: &str, token: Token) -> Result<Client, Failure> {
    let org = organization(url)?;
    let builder =
        tokens::builder(org, token)?.user_agent(concat!("cargo-dataverse/", env!("CARGO_PKG_VERSION")));
    builder.build().map_err(|error| Failure::of(USAGE, &error))
}

/// Returns a client of the org of the settings.
pub(super) fn client_of(org: &Org) -> Result<Client, Failure> {
    client(&org.url, org.token)
}

/// Returns the runtime that sends requests.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::new(ORG, error))
}

/// Runs requests.
pub(super) fn run<T>(requests: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    runtime()?.block_on(requests)
}

/// Reads these tables, and tells the progress.
pub(super) async fn read(client: &Client, names: &[String], reading: &Reading) -> Result<Snapshot, Failure> {
    Ok(Snapshot::new(tables(client, names, |progress| reading.tell(progress)).await?))
}

/// Reads the selected tables. A name or pattern that selects nothing is an error, unless the org had such a table when
/// `earlier` was read: then the table is gone, which is for the caller to report.
pub(super) async fn read_selected(
    client: &Client,
    selection: &Selection,
    earlier: Option<&Snapshot>,
    reading: &Reading,
) -> Result<Snapshot, Failure> {
    let names = names(client, selection, earlier).await?;
    read(client, &names, reading).await
}

/// Returns the names of the selected tables, as [`read_selected`] does.
pub(super) async fn names(
    client: &Client,
    selection: &Selection,
    earlier: Option<&Snapshot>,
) -> Result<Vec<String>, Failure> {
    let resolved = selection.resolve(client).await?;
    let was_there = |(pattern, _): &(String, PullError)| {
        earlier.is_some_and(|earlier| earlier.tables.keys().any(|name| crate::pull::matches(pattern, name)))
    };
    match resolved.missing.into_iter().find(|missing| !was_there(missing)) {
        Some((_, error)) => Err(error.into()),
        None => Ok(resolved.names),
    }
}
