//! Two processes on one file.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::running::{Running, kept, run};

const CALLERS: usize = 8;
const MESSAGES: usize = 40;

#[test]
fn two_processes_wait_for_each_other() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("dataverse.db");
    let processes = [Running::on(&database), Running::on(&database)];
    let created = run(async {
        let mut callers = Vec::new();
        for number in 0..CALLERS {
            let client = processes[number % 2].client();
            callers.push(tokio::spawn(async move {
                let mut created = Vec::new();
                for _ in 0..MESSAGES {
                    let id = client.execute(SessionEvent::create().name("one")).await.unwrap();
                    client.execute(SessionEvent::update(id).name("other")).await.unwrap();
                    created.push(id);
                }
                created
            }));
        }
        let mut created = Vec::new();
        for caller in callers {
            created.extend(caller.await.unwrap());
        }
        // Each process sees what the other one wrote.
        for process in &processes {
            let count = process.client().execute(SessionEvent::count()).await.unwrap();
            assert_eq!(count, (CALLERS * MESSAGES) as u64);
        }
        created
    });
    drop(processes);
    run(async { assert_eq!(kept(&database, &created).await, CALLERS * MESSAGES) });
}

#[test]
fn two_processes_start_at_once() {
    let directory = tempfile::tempdir().unwrap();
    for number in 0..4 {
        let database = directory.path().join(format!("{number}.db"));
        let other = database.clone();
        let first = std::thread::spawn(move || Running::on(&other));
        let processes = [Running::on(&database), first.join().unwrap()];
        run(async {
            for process in &processes {
                process.client().execute(SessionEvent::create().name("one")).await.unwrap();
            }
            assert_eq!(processes[0].client().execute(SessionEvent::count()).await.unwrap(), 2);
        });
    }
}
