//! Reads one session event.

use std::rc::Rc;

use dataverse_entity::Record;
use dataverse_entity::tables::SessionEvent;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::by_hand::{Event, TypedEvent};
use crate::{Group, Sizes, data};

pub fn group(sizes: Sizes, annotations: bool) -> Group {
    let mut record = String::new();
    data::row(7, annotations, &mut record);
    let record: Rc<[u8]> = record.into_bytes().into();
    let column = if annotations { "with annotations" } else { "without" };
    // The length of the name shows that it was read.
    let read = |read: fn(&[u8]) -> Option<usize>| {
        let record = record.clone();
        move || read(std::hint::black_box(&record)).expect("a record")
    };
    let length = |name: Option<String>| name.map(|name| name.len());
    let name = "Event 7 of a session".len();
    assert_eq!(
        length(Record::<SessionEvent>::from_json(&*record).expect("a record").name.clone()),
        Some(name)
    );
    Group::new("Reading one record", column)
        .input(1, record.len())
        .calls(sizes.calls)
        .gives(name)
        .variant(
            "dataverse-entity",
            read(|record| Record::<SessionEvent>::from_json(record).ok()?.name.as_ref().map(String::len)),
        )
        .variant(
            "`serde_derive` struct, `serde_json::from_slice`",
            read(|record| serde_json::from_slice::<Event>(record).ok()?.name.map(|name| name.len())),
        )
        .variant(
            "the same, GUIDs and times parsed as ours are",
            read(|record| serde_json::from_slice::<TypedEvent>(record).ok()?.name.map(|name| name.len())),
        )
        .variant(
            "`serde_derive` struct, `sonic_rs::from_slice`",
            read(|record| sonic_rs::from_slice::<Event>(record).ok()?.name.map(|name| name.len())),
        )
        .variant(
            "`serde_json::Value`, columns picked by hand",
            read(|record| {
                let tree: Value = serde_json::from_slice(record).ok()?;
                Event::from_tree(tree.as_object()?)?.name.map(|name| name.len())
            }),
        )
        .variant(
            "`serde_json` skipping everything (`IgnoredAny`)",
            read(|record| {
                serde_json::from_slice::<IgnoredAny>(record).ok().map(|_| "Event 7 of a session".len())
            }),
        )
}
