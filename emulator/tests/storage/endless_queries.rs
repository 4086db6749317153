//! Queries that exceed the time limit.

use std::time::{Duration, Instant};

use dataverse_emulator::Emulator;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::running::run;

const ROWS: usize = 2_000;

/// Returns a service with many rows, each with a long text.
async fn service(limit: Duration) -> Emulator {
    let emulator = Emulator::builder().time_limit(limit).trace_limit(0).build().unwrap();
    for _ in 0..ROWS / 500 {
        let drafts =
            (0..500).map(|number| SessionEvent::create().name(format!("{number}{}", "ab".repeat(40))));
        emulator.client().execute(SessionEvent::create_multiple(drafts)).await.unwrap();
    }
    emulator
}

/// Three rows whose names are each greater than the next, in a circle. No such rows exist, and finding that
/// out takes hours.
const ENDLESS: &str = "<fetch><entity name='msdyn_sessionevent'>\
    <attribute name='msdyn_sessioneventid'/>\
    <filter><condition attribute='msdyn_name' operator='gt' valueof='a.msdyn_name'/></filter>\
    <link-entity name='msdyn_sessionevent' from='statecode' to='statecode' alias='a'>\
    <filter><condition attribute='msdyn_name' operator='gt' valueof='b.msdyn_name'/></filter>\
    <link-entity name='msdyn_sessionevent' from='statecode' to='statecode' alias='b'>\
    <filter><condition attribute='msdyn_name' operator='gt' valueof='msdyn_sessionevent.msdyn_name'/></filter>\
    </link-entity></link-entity></entity></fetch>";

#[test]
fn a_query_ends_at_the_time_limit_and_blocks_nobody() {
    run(async {
        let limit = Duration::from_millis(1500);
        let emulator = service(limit).await;
        let started = Instant::now();
        let endless = {
            let client = emulator.client();
            tokio::task::spawn_blocking(move || {
                run(client.execute(SessionEvent::fetch_xml(ENDLESS))).map(drop)
            })
        };
        tokio::time::sleep(Duration::from_millis(100)).await;
        let client = emulator.client();
        let mut done = 0;
        while started.elapsed() < limit {
            let id = client.execute(SessionEvent::create().name("meanwhile")).await.unwrap();
            client.execute(SessionEvent::retrieve(id)).await.unwrap();
            done += 2;
        }
        let error = endless.await.unwrap().expect_err("the query takes days");
        assert_eq!(error.code(), Some(0x8004_4151), "{error}");
        assert!(started.elapsed() < limit * 10, "{:?}", started.elapsed());
        assert!(done >= 10, "{done} messages while the query ran");
        println!("{done} messages while a query ran for {limit:?}; it ended after {:?}", started.elapsed());
    });
}
