//! Types that no field of a row struct can have, and types that do not read rows.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseRow)]
struct Totals {
    total: Option<f32>,
    count: usize,
    #[row(skip)]
    seen: std::sync::MutexGuard<'static, bool>,
}

struct NotDerived {
    total: i64,
}

fn main() {
    let _ = SessionEvent::fetch_xml("<fetch/>").rows_as::<NotDerived>();
    let _ = SessionEvent::fetch_xml("<fetch/>").rows_as::<SessionEvent>();
}
