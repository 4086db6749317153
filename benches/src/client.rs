//! Reads a page through clients from a server on loopback, because the decoding of
//! `powerplatform-dataverse-client` is not public.

use std::rc::Rc;

use dataverse_entity::client::{Client, StaticToken};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use powerplatform_dataverse_client::dataverse::entity::Value;
use tokio::runtime::{Builder, Runtime};

use crate::power_platform::PowerPlatform;
use crate::{Group, Sizes, by_hand, data, server};

/// Returns a runtime on the current thread: allocations of other threads are not counted.
fn runtime() -> Rc<Runtime> {
    Rc::new(Builder::new_current_thread().enable_all().build().expect("a runtime"))
}

pub fn group(sizes: Sizes, annotations: bool) -> Group {
    let page = data::page(sizes.rows, annotations);
    let url = server::start(page.as_bytes());
    let runtime = runtime();
    let org = Organization::new(&url).expect("an address");
    let client = Client::new(org, StaticToken::new("token")).expect("a client");
    let other = PowerPlatform::new(&runtime, &url);
    check(&runtime, &client, &other, annotations);
    let plain = reqwest::Client::new();
    let column = if annotations { "with annotations" } else { "without" };
    let (ours, theirs, hand, bytes) = (runtime.clone(), runtime.clone(), runtime.clone(), runtime);
    let (hand_client, target) = (plain.clone(), format!("{url}/api/data/v9.2/msdyn_sessionevents"));
    let hand_target = target.clone();
    Group::new("Reading a page through a client, from loopback", column)
        .input(sizes.rows, page.len())
        .gives(sizes.rows)
        .variant("dataverse-entity, `Client`", move || {
            ours.block_on(client.execute(SessionEvent::query())).expect("a page").records.len()
        })
        .variant("`powerplatform-dataverse-client` 0.9.0, `retrieve_multiple_fetchxml`", move || {
            theirs.block_on(other.page()).len()
        })
        .variant("`reqwest`, `serde_derive` struct, `serde_json::from_slice`", move || {
            hand.block_on(async {
                let body = get(&hand_client, &hand_target).await;
                serde_json::from_slice::<by_hand::Page>(&body).expect("a page").value.len()
            })
        })
        .variant("`reqwest`, the bytes alone", {
            let (rows, length) = (sizes.rows, page.len());
            move || {
                let body = bytes.block_on(get(&plain, &target));
                assert_eq!(body.len(), length);
                rows
            }
        })
}

async fn get(client: &reqwest::Client, url: &str) -> dataverse_entity::bytes::Bytes {
    let answer = client.get(url).bearer_auth("token").send().await.expect("an answer");
    answer.bytes().await.expect("a body")
}

/// Compares what both keep. Their records are maps without etags, with the names of lookups.
fn check(runtime: &Runtime, client: &Client, other: &PowerPlatform, annotations: bool) {
    let ours = runtime.block_on(client.execute(SessionEvent::query())).expect("a page");
    let theirs = runtime.block_on(other.page());
    assert_eq!(ours.records.len(), theirs.len());
    for (ours, theirs) in ours.records.iter().zip(&theirs) {
        assert_eq!(ours.id.uuid(), theirs.id);
        let name = ours.name.as_deref();
        assert!(
            matches!(&theirs.attributes["msdyn_name"], Value::String(text) if Some(text.as_str()) == name)
        );
        let created_on = ours.created_on.map(jiff::Timestamp::as_second);
        assert!(matches!(
            &theirs.attributes["createdon"],
            Value::DateTime(time) if Some(time.timestamp()) == created_on
        ));
        let session = ours.session.as_ref().expect("a session");
        match &theirs.attributes["msdyn_omnichannelsession"] {
            Value::EntityReference(reference) => {
                assert_eq!((reference.id, reference.name.as_deref()), (session.uuid(), session.name()));
            }
            Value::String(id) => assert!(!annotations && *id == session.uuid().to_string()),
            other => panic!("{other:?}"),
        }
    }
}
