#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::client::Client;

fn mistake() {
    let _ = Client::new("https://contoso.crm4.dynamics.com", dataverse_entity::client::NoToken);
}

fn main() {}
