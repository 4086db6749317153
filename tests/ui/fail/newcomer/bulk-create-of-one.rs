#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::client::Client;
use dataverse_entity::tables::SessionEvent;

async fn mistake(client: &Client) {
    let _ = client.bulk().create(SessionEvent::create()).await;
}

fn main() {}
