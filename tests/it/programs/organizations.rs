//! Clients for many organizations from a configuration: one for each organization, and one for each user of a
//! request.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use dataverse_entity::client::{
    AccessToken, BoxFuture, Client, TokenError, Transport, TransportError, token_fn,
};
use dataverse_entity::message::RequestOptions;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};
use dataverse_entity::{Error, Organization};
use http::{Request, Response};
use serde::Deserialize;

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

#[derive(Deserialize)]
struct Config {
    tenants: BTreeMap<String, Organization>,
}

/// The scopes of the tokens, and the requests that had them.
#[derive(Default)]
struct Log {
    scopes: Vec<String>,
    requests: Vec<(String, String, Option<String>)>,
}

#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Log>>);

impl Transport for Wire {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let host = request.uri().host().unwrap().to_owned();
        let sent = (host, header("authorization").unwrap(), header("mscrmcallerid"));
        self.0.lock().unwrap().requests.push(sent);
        Box::pin(async { Ok(Response::builder().status(204).body(Bytes::new()).unwrap()) })
    }
}

#[derive(Default)]
struct Registry {
    clients: HashMap<Organization, Client>,
    wire: Wire,
}

impl Registry {
    fn client(&mut self, org: &Organization) -> Result<Client, Error> {
        if let Some(client) = self.clients.get(org) {
            return Ok(client.clone());
        }
        let log = self.wire.0.clone();
        let tokens = token_fn(move |org: Organization| {
            let scope = format!("{}/.default", org.origin());
            log.lock().unwrap().scopes.push(scope);
            async move { Ok::<_, TokenError>(AccessToken::new(format!("for-{}", org.host()), None)) }
        });
        let client = Client::builder(org.clone(), tokens).transport(self.wire.clone()).build()?;
        self.clients.insert(org.clone(), client.clone());
        Ok(client)
    }
}

#[test]
fn an_organization_has_one_client_however_its_address_is_written() {
    run(async {
        let config = r#"{"tenants":{
            "a":"https://contoso.crm4.dynamics.com",
            "b":"https://CONTOSO.crm4.dynamics.com/api/data/v9.2/",
            "c":"https://fabrikam.crm.dynamics.com/"
        }}"#;
        let config: Config = serde_json::from_str(config).unwrap();
        let mut registry = Registry::default();
        let id: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        let ada = Id::<SystemUser>::new(dataverse_entity::Uuid::from_u128(1));
        for org in config.tenants.values() {
            let client = registry.client(org).unwrap();
            client.execute(SessionEvent::delete(id)).await.unwrap();
            let for_ada = client.with_options(RequestOptions::new().impersonate_user(ada));
            for_ada.execute(SessionEvent::delete(id)).await.unwrap();
        }
        assert_eq!(registry.clients.len(), 2);
        let log = registry.wire.0.lock().unwrap();
        let scopes =
            ["https://contoso.crm4.dynamics.com/.default", "https://fabrikam.crm.dynamics.com/.default"];
        assert_eq!(log.scopes, scopes, "one token for each organization, impersonated or not");
        assert_eq!(log.requests.len(), 6);
        for (number, (host, token, caller)) in log.requests.iter().enumerate() {
            assert_eq!(*token, format!("Bearer for-{host}"));
            assert_eq!(caller.is_some(), number % 2 == 1, "{host}");
        }
    });
}

#[test]
fn a_wrong_address_in_a_configuration_says_what_to_write() {
    for (url, advice) in [
        ("contoso.crm.dynamics.com", "write `https://contoso.crm.dynamics.com`"),
        ("https://contoso.crm.dynamics.com/main.aspx", "write `https://contoso.crm.dynamics.com`"),
        ("http://contoso.crm.dynamics.com", "https"),
    ] {
        let config = format!(r#"{{"tenants":{{"a":"{url}"}}}}"#);
        let error = serde_json::from_str::<Config>(&config).err().unwrap().to_string();
        assert!(error.contains(advice), "{error}");
    }
    let mut tenants: Vec<Organization> = ["https://b.crm.dynamics.com", "https://a.crm.dynamics.com"]
        .iter()
        .map(|url| url.parse().unwrap())
        .collect();
    tenants.sort_by(|a, b| a.host().cmp(b.host()));
    assert_eq!(tenants[0].to_string(), "https://a.crm.dynamics.com/api/data/v9.2/");
}
