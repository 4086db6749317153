//! The org of the settings: its client and its tables.

use core::time::Duration;

use dataverse_entity::Organization;
use dataverse_entity::client::{Client, RetryPolicy};

use super::failure::{Failure, ORG, USAGE};
use super::output::Reading;
use super::tokens;
use crate::config::{Org, Token};
use crate::pull::{Missing, PullError, Selection, matches, tables};
use crate::snapshot::Snapshot;

/// How long a command waits while the org refuses requests for their number: the window in which Dataverse counts them. A
/// person or a CI job waits for the command, so it fails at once if the org asks for more.
const THROTTLE_DEADLINE: Duration = Duration::from_secs(300);

/// Returns whether a text is an address, and not the name of a file.
pub(super) fn is_address(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| text.to_lowercase().starts_with(scheme))
}

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
    let builder = tokens::builder(org, token)?
        .user_agent(concat!("cargo-dataverse/", env!("CARGO_PKG_VERSION")))
        .retry(RetryPolicy::new().throttle_deadline(THROTTLE_DEADLINE));
    builder.build().map_err(|error| Failure::of(USAGE, &error))
}

/// Returns a client of the org of the settings.
pub(super) fn client_of(org: &Org) -> Result<Client, Failure> {
    if org.url.is_empty() {
        return Err(Failure::new(USAGE, "`[org]` has no `url`")
            .advice("write the address of the org, such as url = \"https://contoso.crm4.dynamics.com\""));
    }
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

/// Returns the names of the selected tables. A name or pattern that selects nothing is an error, unless the org had such a
/// table when `earlier` was read: then the table is gone, which is for the caller to report.
pub(super) async fn names(
    client: &Client,
    selection: &Selection,
    earlier: Option<&Snapshot>,
) -> Result<Vec<String>, Failure> {
    let resolved = selection.resolve(client).await?;
    unless_gone(resolved.missing, earlier)?;
    Ok(resolved.names)
}

/// Returns the first error of names and patterns that select nothing, but for tables that were there earlier.
pub(super) fn unless_gone(missing: Missing, earlier: Option<&Snapshot>) -> Result<(), PullError> {
    let was_there = |pattern: &str| {
        earlier.is_some_and(|earlier| earlier.tables.keys().any(|name| matches(pattern, name)))
    };
    match missing.into_iter().find(|(pattern, _)| !was_there(pattern)) {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}
