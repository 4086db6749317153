//! Reads a page of session events.

use std::rc::Rc;

use arrow_array::Array;
use dataverse_entity::Page;
use dataverse_entity::tables::SessionEvent;

use crate::by_hand::{self, TypedEvent, rows_of_tree};
use crate::{Group, Sizes, agreement, arrow, data, skip};

pub const TABLE: &str = "Reading a page";

pub fn group(sizes: Sizes, annotations: bool) -> Group {
    agreement::check(&data::page(sizes.rows.min(100), annotations));
    let page: Rc<[u8]> = data::page(sizes.rows, annotations).into_bytes().into();
    let column = if annotations { "with annotations" } else { "without" };
    let read = |read: fn(&[u8]) -> usize| {
        let page = page.clone();
        move || read(std::hint::black_box(&page))
    };
    Group::new(TABLE, column)
        .input(sizes.rows, page.len())
        .gives(sizes.rows)
        .variant(
            "dataverse-entity",
            read(|page| Page::<SessionEvent>::from_json(page).expect("a page").records.len()),
        )
        .variant(
            "`serde_derive` struct, `serde_json::from_slice`",
            read(|page| serde_json::from_slice::<by_hand::Page>(page).expect("a page").value.len()),
        )
        .variant(
            "the same, GUIDs and times parsed as ours are",
            read(|page| {
                serde_json::from_slice::<by_hand::Page<TypedEvent>>(page).expect("a page").value.len()
            }),
        )
        .variant(
            "`serde_derive` struct, `sonic_rs::from_slice`",
            read(|page| sonic_rs::from_slice::<by_hand::Page>(page).expect("a page").value.len()),
        )
        .variant(
            "`serde_derive` struct, `simd_json::from_slice` of a copy",
            // It overwrites its input.
            read(|page| {
                simd_json::from_slice::<by_hand::Page>(&mut page.to_vec()).expect("a page").value.len()
            }),
        )
        .variant(
            "`arrow_json::ReaderBuilder`, columns of texts and integers",
            read(|page| arrow::read(page).len()),
        )
        .variant(
            "`serde_json::Value`, columns picked by hand",
            read(|page| {
                let tree = serde_json::from_slice(page).expect("a page");
                rows_of_tree(&tree).expect("rows").len()
            }),
        )
        .variant("`serde_json` skipping everything (`IgnoredAny`)", read(skip::serde_json))
        .variant("`sonic-rs` skipping everything (`IgnoredAny`)", read(skip::sonic_rs))
        .variant("`jiter` skipping everything (`known_skip`)", read(skip::jiter))
}
