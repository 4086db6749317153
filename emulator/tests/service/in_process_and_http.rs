//! The 13 messages of the reference page of `msdyn_sessionevent`, through the typed client, in process and
//! over HTTP.

use std::fmt::Debug;
use std::future::Future;
use std::time::Duration;

use dataverse_emulator::{Emulator, ServerOptions};
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::message::{Annotations, Batch, RequestOptions, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::{State, StatusReason};
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};

/// Runs a test. An attribute macro would bring a second version of `syn`.
pub(crate) fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(60), test).await.expect("the test hangs")
    });
    runtime.shutdown_background();
}

fn emulator() -> Emulator {
    Emulator::builder().clock("2026-03-04T10:30:00Z".parse().unwrap()).sequential_ids(true).build().unwrap()
}

/// Returns the outcome of a message as text.
fn told(message: &str, outcome: &impl Debug) -> String {
    format!("{message}: {outcome:?}")
}

/// Executes all 13 messages and returns their outcomes.
async fn story(emulator: &Emulator, client: &Client) -> Vec<String> {
    let mut log = Vec::new();
    let (ada, team) =
        (emulator.add_user("Ada Agent").unwrap(), emulator.add_team("Night shift", &[]).unwrap());
    let session = client.execute(OcSession::create().subject("Chat with a customer")).await.unwrap();
    let create =
        SessionEvent::create().name("Accepted").event_type(EventType::AgentAccepted).session(session);
    let event = client.execute(create).await.unwrap();
    log.push(told("Create", &event));
    let row =
        client.execute(SessionEvent::retrieve(event).annotations(Annotations::for_reading())).await.unwrap();
    assert_eq!((row.name.as_deref(), row.event_type), (Some("Accepted"), Some(EventType::AgentAccepted)));
    assert_eq!(row.session.as_ref().and_then(Lookup::name), Some("Chat with a customer"));
    log.push(told("Retrieve", &row));
    client.execute(SessionEvent::update(event).name("Rejected").clear_event_info()).await.unwrap();
    let query = SessionEvent::query()
        .filter(SessionEvent::SESSION.eq(session))
        .order_by(SessionEvent::CREATED_ON.desc())
        .count(true);
    let page = client.execute(query).await.unwrap();
    assert_eq!((page.info.count, page.records[0].name.as_deref()), (Some(1), Some("Rejected")));
    log.push(told("RetrieveMultiple", &page.records));
    client.execute(SessionEvent::grant_access(event, ada, AccessRights::READ)).await.unwrap();
    client
        .execute(SessionEvent::modify_access(event, ada, AccessRights::READ | AccessRights::WRITE))
        .await
        .unwrap();
    let rights = client.execute(SessionEvent::retrieve_principal_access(event, ada)).await.unwrap();
    assert_eq!(rights, AccessRights::READ | AccessRights::WRITE);
    let shared = client.execute(SessionEvent::retrieve_shared_principals_and_access(event)).await.unwrap();
    assert_eq!(shared.len(), 1);
    log.push(told("RetrieveSharedPrincipalsAndAccess", &shared));
    let options = RequestOptions::new().impersonate_user(ada);
    client.execute(SessionEvent::update(event).name("Hers, too").with(options.clone())).await.unwrap();
    client.execute(SessionEvent::revoke_access(event, ada)).await.unwrap();
    let refused = client.execute(SessionEvent::retrieve(event).with(options)).await.unwrap_err();
    assert!(refused.is_permission_denied(), "{refused}");
    log.push(refused.message().unwrap_or_default().to_owned());
    client.execute(SessionEvent::assign(event, team)).await.unwrap();
    let valid =
        client.execute(SessionEvent::is_valid_state_transition(event, StatusReason::Inactive)).await.unwrap();
    assert!(valid);
    client.execute(SessionEvent::set_state(event, StatusReason::Inactive)).await.unwrap();
    let row =
        client.execute(SessionEvent::retrieve(event).annotations(Annotations::for_reading())).await.unwrap();
    assert_eq!((row.state, row.owner_name.as_deref()), (Some(State::Inactive), Some("Night shift")));
    log.push(told("Assign and SetState", &row));
    client.execute(SessionEvent::delete(event)).await.unwrap();
    let gone = client.execute(SessionEvent::retrieve(event)).await.unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    log.push(gone.message().unwrap_or_default().to_owned());
    newer_messages(client, &mut log).await;
    log
}

/// Executes the further messages of the newer page and adds their outcomes.
async fn newer_messages(client: &Client, log: &mut Vec<String>) {
    let mut batch = Batch::new();
    let mut changes = batch.change_set();
    let parent = changes.add(OcSession::create().subject("In a batch"));
    changes.add(SessionEvent::create().name("Its event").session(parent.record()));
    let count = batch.add(SessionEvent::count());
    let reply = client.execute_batch(batch).await.unwrap();
    assert!(reply.is_success());
    log.push(told("Batch", &reply.get(&count).unwrap()));
    let drafts = (0..3).map(|number| SessionEvent::create().name(format!("Event {number}")));
    let ids = client.execute(SessionEvent::create_multiple(drafts)).await.unwrap();
    client
        .execute(SessionEvent::update_multiple(
            ids.iter().map(|id| SessionEvent::update(*id).event_type(EventType::SessionEnd)),
        ))
        .await
        .unwrap();
    let ended = client
        .execute(SessionEvent::count().filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd)))
        .await
        .unwrap();
    assert_eq!(ended, 3);
    log.push(told("CreateMultiple", &ids));
    log.push(told("WhoAmI", &client.execute(WhoAmI).await.unwrap()));
}

#[test]
fn in_process_and_http_have_the_same_outcomes() {
    run(async {
        let first = emulator();
        let in_process = story(&first, &first.client()).await;
        let second = emulator();
        let server = second.serve(ServerOptions::default()).await.unwrap();
        let client = Client::new(server.organization().unwrap(), NoToken).unwrap();
        let over_http = story(&second, &client).await;
        assert_eq!(in_process, over_http);
        // The bytes are the same, too, except for the address and for what an HTTP library adds.
        let bodies = |emulator: &Emulator, root: &str| -> Vec<(String, String)> {
            let clean = |text: &[u8]| String::from_utf8_lossy(text).replace(root, "");
            let trace = emulator.trace().into_iter().filter(|exchange| !exchange.target.contains("$batch"));
            trace
                .map(|exchange| {
                    (format!("{} {}", exchange.method, exchange.target), clean(&exchange.response_body))
                })
                .collect()
        };
        assert_eq!(bodies(&first, "https://emulator.crm.dynamics.com"), bodies(&second, &server.url()));
    });
}

#[test]
fn beyond_loopback_must_be_allowed() {
    run(async {
        let emulator = emulator();
        let everywhere = ServerOptions::default().host("0.0.0.0".parse().unwrap());
        let refused = emulator.serve(everywhere.clone()).await.unwrap_err();
        assert!(refused.to_string().contains("0.0.0.0 can be reached from other machines"), "{refused}");
        assert!(refused.to_string().contains("`--beyond-loopback`"), "{refused}");
        emulator.serve(everywhere.beyond_loopback(true)).await.unwrap();
        let server = emulator.serve(ServerOptions::default()).await.unwrap();
        assert!(server.address().ip().is_loopback());
        let taken = emulator.serve(ServerOptions::default().port(server.address().port())).await.unwrap_err();
        let words = format!("the address {} cannot be used", server.address());
        assert!(taken.to_string().contains(&words) && taken.to_string().contains("port 0"), "{taken}");
    });
}

#[test]
fn tls_has_a_self_signed_certificate() {
    run(async {
        let emulator = emulator();
        let server = emulator.serve(ServerOptions::default().tls(true)).await.unwrap();
        let pem = server.certificate().unwrap();
        assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
        let certificate = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
        let http = reqwest::Client::builder().tls_certs_only([certificate]).build().unwrap();
        let answer = http.get(format!("{}/api/data/v9.2/WhoAmI", server.url())).send().await.unwrap();
        let text = answer.text().await.unwrap();
        assert!(text.contains(&format!("{}/api/data/v9.2/$metadata", server.url())), "{text}");
        let distrustful = reqwest::Client::new().get(server.url()).send().await;
        assert!(distrustful.is_err());
    });
}

#[test]
fn a_client_over_http_sees_a_cut_connection() {
    run(async {
        let emulator = emulator();
        let server = emulator.serve(ServerOptions::default()).await.unwrap();
        let client = Client::builder(server.organization().unwrap(), NoToken)
            .retry(dataverse_entity::client::RetryPolicy::none())
            .build()
            .unwrap();
        emulator.inject(dataverse_emulator::Fault::disconnect());
        let error = client.execute(SessionEvent::query()).await.unwrap_err();
        assert!(error.is_transport(), "{error}");
        client.execute(SessionEvent::query()).await.unwrap();
    });
}
