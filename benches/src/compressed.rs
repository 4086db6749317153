//! Reads a page that is compressed with gzip, as Dataverse sends it, and the parts of that work alone.

use std::io::{Read, Write};
use std::rc::Rc;

use dataverse_entity::Page;
use dataverse_entity::client::{Client, StaticToken};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use tokio::runtime::{Builder, Runtime};

use crate::{Group, Sizes, data, server};

pub fn group(sizes: Sizes, annotations: bool) -> Group {
    let page: Rc<[u8]> = data::page(sizes.rows, annotations).into_bytes().into();
    let gzip: Rc<[u8]> = compressed(&page).into();
    eprintln!("a page of {} bytes, {} with gzip", page.len(), gzip.len());
    // Two threads: one receives while the other inflates.
    let runtime: Rc<Runtime> =
        Rc::new(Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime"));
    let reading = |url: String| {
        let org = Organization::new(&url).expect("an address");
        let client = Client::new(org, StaticToken::new("token")).expect("a client");
        let runtime = runtime.clone();
        move || runtime.block_on(client.execute(SessionEvent::query())).expect("a page").records.len()
    };
    let length = page.len();
    let rows = sizes.rows;
    let column = if annotations { "with annotations" } else { "without" };
    Group::new("Reading a compressed page through a client, from loopback", column)
        .input(rows, length)
        .gives(rows)
        .variant("dataverse-entity, `Client`", reading(server::start_compressed(&gzip)))
        .variant("`Client`, a page that is not compressed", reading(server::start(&page)))
        .variant("reading the bytes alone", {
            let page = page.clone();
            move || Page::<SessionEvent>::from_json(&page).expect("a page").records.len()
        })
        .variant("inflating alone, `flate2`", move || {
            let mut inflated = Vec::with_capacity(length);
            GzDecoder::new(&gzip[..]).read_to_end(&mut inflated).expect("gzip");
            assert_eq!(inflated.len(), length);
            rows
        })
}

fn compressed(page: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(page).expect("memory");
    encoder.finish().expect("memory")
}
