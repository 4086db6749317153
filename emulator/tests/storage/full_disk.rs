//! A disk that is full, and then has space again. A limit on the size of files simulates the disk.

use std::process::Command;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::running::{Running, kept, run};

/// Sets the maximum size of the files of a process, in bytes or as `unlimited`.
fn limit(process: u32, size: &str) {
    let done = Command::new("prlimit")
        .args(["--pid", &process.to_string(), &format!("--fsize={size}:")])
        .status()
        .expect("prlimit of util-linux");
    assert!(done.success());
}

#[test]
fn acknowledged_writes_survive_a_full_disk() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("dataverse.db");
    let binary = env!("CARGO_BIN_EXE_dataverse-emulator");
    // A process that writes beyond the limit gets a signal, unless it ignores it.
    let mut command = Command::new("bash");
    let script = format!("trap '' XFSZ; exec '{binary}' --port 0 --database '{}'", database.display());
    command.args(["-c", &script]);
    let running = Running::start(command);
    let process = running.child.id();
    let (before, after, refused) = run(async {
        let client = running.client();
        let create = || client.execute(SessionEvent::create().name("x".repeat(100)));
        let mut before = Vec::new();
        for _ in 0..20 {
            before.push(create().await.unwrap());
        }
        limit(process, "262144");
        let mut refused = 0;
        while refused < 5 {
            match create().await {
                Ok(id) => before.push(id),
                Err(error) => {
                    assert_eq!(error.status(), Some(http::StatusCode::INTERNAL_SERVER_ERROR), "{error}");
                    refused += 1;
                }
            }
            assert!(before.len() < 10_000, "the disk never fills");
        }
        // Reads still work.
        assert!(client.execute(SessionEvent::retrieve(before[0])).await.is_ok());
        limit(process, "unlimited");
        let mut after = Vec::new();
        for _ in 0..50 {
            after.push(create().await.unwrap());
        }
        (before, after, refused)
    });
    drop(running);
    run(async {
        assert_eq!(kept(&database, &before).await, before.len());
        assert_eq!(kept(&database, &after).await, after.len());
        println!(
            "{} before, {refused} refused, {} after: all acknowledged are kept",
            before.len(),
            after.len()
        );
    });
}
