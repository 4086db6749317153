//! Checks that all readers read the same: otherwise the comparison means nothing.

use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Lookup, LookupTarget, Page, Record};
use serde_json::Value;

use crate::arrow;
use crate::by_hand::{self, Event, TypedEvent, rows_of_tree};

/// Compares every column of every row, as all readers read it.
///
/// # Panics
///
/// Panics if two readers do not agree.
pub fn check(page: &str) {
    let ours: Vec<Event> =
        Page::<SessionEvent>::from_json(page).expect("a page").records.iter().map(event).collect();
    assert!(!ours.is_empty());
    let by_hand: by_hand::Page = serde_json::from_str(page).expect("a page");
    assert_eq!(ours, by_hand.value, "serde_derive, texts");
    let typed: by_hand::Page<TypedEvent> = serde_json::from_str(page).expect("a page");
    let typed: Vec<Event> = typed.value.into_iter().map(TypedEvent::into_texts).collect();
    assert_eq!(ours, typed, "serde_derive, typed");
    let sonic: by_hand::Page = sonic_rs::from_str(page).expect("a page");
    assert_eq!(ours, sonic.value, "sonic-rs");
    let simd: by_hand::Page = simd_json::from_slice(&mut page.as_bytes().to_vec()).expect("a page");
    assert_eq!(ours, simd.value, "simd-json");
    assert_eq!(ours, arrow::events(arrow::read(page.as_bytes())), "arrow-json");
    let tree: Value = serde_json::from_str(page).expect("a page");
    assert_eq!(Some(ours), rows_of_tree(&tree), "serde_json::Value");
}

/// Converts a record of ours to the struct that was written by hand.
pub fn event(record: &Record<SessionEvent>) -> Event {
    let names = [&record.session_name, &record.created_by_name, &record.modified_by_name];
    let [session_name, created_by_name, modified_by_name] =
        names.map(|name| name.as_deref().map(str::to_owned));
    assert_eq!(created_by_name, name(record.created_by.as_ref()));
    Event {
        etag: record.etag().map(str::to_owned),
        id: record.id.to_string(),
        name: record.name.clone(),
        event_type: record.event_type.map(i32::from),
        event_reason: record.event_reason.map(i32::from),
        event_info: record.event_info.map(i32::from),
        event_time: record.event_time.map(|time| time.to_string()),
        state: record.state.map(i32::from),
        status: record.status.map(i32::from),
        created_on: record.created_on.map(|time| time.to_string()),
        modified_on: record.modified_on.map(|time| time.to_string()),
        overridden_created_on: record.overridden_created_on.map(|time| time.to_string()),
        import_sequence_number: record.import_sequence_number,
        time_zone_rule_version_number: record.time_zone_rule_version_number,
        utc_conversion_time_zone_code: record.utc_conversion_time_zone_code,
        version_number: record.version_number,
        session: id(record.session.as_ref()),
        session_name,
        owner: id(record.owner.as_ref()),
        owner_name: name(record.owner.as_ref()),
        owner_type: record.owner.as_ref().and_then(Lookup::table).map(str::to_owned),
        owning_user: id(record.owning_user.as_ref()),
        owning_user_name: name(record.owning_user.as_ref()),
        owning_business_unit: id(record.owning_business_unit.as_ref()),
        owning_business_unit_name: name(record.owning_business_unit.as_ref()),
        owning_team: id(record.owning_team.as_ref()),
        owning_team_name: name(record.owning_team.as_ref()),
        created_by: id(record.created_by.as_ref()),
        created_by_name,
        created_on_behalf_by: id(record.created_on_behalf_by.as_ref()),
        created_on_behalf_by_name: name(record.created_on_behalf_by.as_ref()),
        modified_by: id(record.modified_by.as_ref()),
        modified_by_name,
        modified_on_behalf_by: id(record.modified_on_behalf_by.as_ref()),
        modified_on_behalf_by_name: name(record.modified_on_behalf_by.as_ref()),
    }
}

fn id<T: LookupTarget>(lookup: Option<&Lookup<T>>) -> Option<String> {
    lookup.map(|lookup| lookup.uuid().to_string())
}

fn name<T: LookupTarget>(lookup: Option<&Lookup<T>>) -> Option<String> {
    lookup.and_then(Lookup::name).map(str::to_owned)
}
