#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::client::Client;

fn mistake(org: dataverse_entity::message::Organization) {
    let _ = Client::new(org, || "eyJ0eXAi");
}

fn main() {}
