//! A client of several identities.

use std::sync::Arc;

use bytes::Bytes;
use dataverse_entity_core::message::Error;
use http::Request;

use crate::client::{Candidate, Client, Identities, Parts, Shared};

/// The headers of requests that stay with one identity: they act for another user, or read what this identity
/// wrote.
const BOUND: [&str; 3] = ["mscrmcallerid", "callerobjectid", "mscrm.sessiontoken"];

impl Client {
    /// Returns a client that sends with the identities of several clients. Dataverse limits each user for
    /// itself, so a pool of application users sends as much as all of them together.
    ///
    /// Each request goes to the identity that has room, the one with the fewest requests under way first. While
    /// one is paused, the others go on, and take over what it was refused. Everything that takes a client takes a
    /// pool: single messages, pages, bulk.
    ///
    /// If an identity gets no token, or the server refuses a new one (401), another identity sends the message. The
    /// message fails if none can. An identity that failed so sends only what the others have no room for, until it
    /// succeeds.
    ///
    /// A request that impersonates a user or has a session token stays with the first identity: another one
    /// may lack the right to impersonate, and would not see what was written in the session. If the first client
    /// [keeps session tokens](crate::ClientBuilder::keep_session_token), so do requests after the first that
    /// returned one.
    ///
    /// The options, the retry policy and the timeout are those of the first client; tokens, transports, budgets
    /// and user agents those of each. The clients themselves stay usable, and count together with the pool.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::client::{Client, StaticToken};
    ///
    /// # async fn run(drafts: Vec<<dataverse_entity::tables::SessionEvent as dataverse_entity::Entity>::Create>) -> Result<(), dataverse_entity::Error> {
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let loader = |token: &str| Client::new(org.clone(), StaticToken::new(token));
    /// let pool = Client::pool([loader("eyJ0…")?, loader("eyJ1…")?])?;
    /// let outcomes = pool.bulk().create(drafts).await;
    /// for identity in pool.identities() {
    ///     println!("{:?}", identity.throttle());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if there is no client, or if they belong to several organizations.
    pub fn pool(clients: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let mut clients = clients.into_iter();
        let first =
            clients.next().ok_or_else(|| Error::invalid_request("a pool needs at least one client"))?;
        let mut all: Vec<Arc<Shared>> = first.0.identities.all().cloned().collect();
        for client in clients {
            let (ours, theirs) = (first.organization().origin(), client.organization().origin());
            if ours != theirs {
                return Err(Error::invalid_request(format!(
                    "the clients of a pool belong to one organization, not to {ours} and {theirs}"
                )));
            }
            all.extend(client.0.identities.all().cloned());
        }
        let first_identity = all.remove(0);
        let identities = Identities::new(first_identity, all);
        Ok(Self::from_parts(Parts { identities, ..Parts::clone(&first.0) }))
    }

    /// Returns a client for each identity of a [pool](Self::pool), in order, with the settings of the pool; of
    /// another client, only that client.
    pub fn identities(&self) -> Vec<Self> {
        let one = |identity: &Arc<Shared>| {
            let identities = Identities::new(Arc::clone(identity), Vec::new());
            Self::from_parts(Parts { identities, ..Parts::clone(&self.0) })
        };
        self.0.identities.all().map(one).collect()
    }
}

impl Identities {
    /// Returns the identities that may send a request.
    pub(crate) fn for_request(&self, request: &Request<Bytes>) -> Vec<Candidate<'_>> {
        let is_bound = BOUND.iter().any(|name| request.headers().contains_key(*name));
        let allowed = self.all().take(if is_bound { 1 } else { usize::MAX });
        allowed.map(|shared| Candidate { shared, token_was_refused: false }).collect()
    }
}
