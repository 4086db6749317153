//! The binary as a process: its output, its refusals, and the data of a bulk load after it is killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dataverse_emulator::Emulator;
use dataverse_entity::client::{Client, NoToken, RetryPolicy};
use dataverse_entity::message::{Batch, Organization, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

const EVENTS_OF_A_SESSION: usize = 9;

/// The running binary, which is killed when this is dropped.
struct Running {
    child: Child,
    url: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dataverse-emulator"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(arguments: &[&str]) -> Running {
    let mut child = command(arguments).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url =
        line.strip_prefix("Dataverse Web API at ").and_then(|rest| rest.strip_suffix("/api/data/v9.2/\n"));
    Running { url: url.unwrap_or_else(|| panic!("{line:?}")).to_owned(), child }
}

fn failed(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = command(arguments).output().unwrap();
    assert!(!status.success());
    String::from_utf8(stderr).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn client(url: &str) -> Client {
    let org = Organization::without_tls(url).unwrap();
    Client::builder(org, NoToken).retry(RetryPolicy::none()).build().unwrap()
}

/// Returns a session and its events, in one change set.
fn session_with_events() -> Batch {
    let mut batch = Batch::new();
    let mut changes = batch.change_set();
    let session = changes.add(OcSession::create().subject("bulk"));
    for number in 0..EVENTS_OF_A_SESSION {
        changes.add(SessionEvent::create().name(format!("{number}")).session(session.record()));
    }
    batch
}

#[test]
fn it_prints_its_url_and_serves() {
    let running = start(&["--port", "0"]);
    assert!(running.url.starts_with("http://127.0.0.1:"));
    runtime().block_on(async {
        let id = client(&running.url).execute(OcSession::create().subject("s")).await.unwrap();
        assert_eq!(client(&running.url).execute(OcSession::retrieve(id)).await.unwrap().id, id);
    });
}

#[test]
fn wrong_arguments_are_errors() {
    assert!(
        failed(&["--host", "0.0.0.0", "--port", "0"]).contains("0.0.0.0 can be reached from other machines")
    );
    let said = failed(&["--definitions", "no-such-file.json"]);
    assert!(said.contains("the definitions in no-such-file.json cannot be read"), "{said}");
    assert!(
        failed(&["--database", "/no/such/directory/x.db"])
            .contains("the database /no/such/directory/x.db cannot be used")
    );
    assert!(failed(&["--port", "0", "--allow-origin", "localhost"]).contains("`localhost` is not an origin"));
    assert!(failed(&["--port", "0", "--allow-host", "http://x"]).contains("`http://x` is not a host"));
    assert!(failed(&["--nonsense"]).contains("--nonsense"));
}

#[test]
fn the_limits_of_dataverse_are_an_option() {
    let running = start(&["--port", "0", "--limits=2,1200,52"]);
    runtime().block_on(async {
        let client = client(&running.url);
        client.execute(WhoAmI).await.unwrap();
        client.execute(WhoAmI).await.unwrap();
        let error = client.execute(WhoAmI).await.unwrap_err();
        assert_eq!(error.code(), Some(0x8007_2322), "{error}");
        assert_eq!(
            error.message(),
            Some("Number of requests exceeded the limit of 2 over time window of 300 seconds.")
        );
    });
    let running = start(&["--port", "0", "--limits"]);
    runtime().block_on(async {
        let client = client(&running.url);
        client.execute(WhoAmI).await.unwrap();
        let throttle = client.throttle();
        assert_eq!((throttle.requests_left, client.recommended_concurrency()), (Some(5999), Some(48)));
    });
    for wrong in ["--limits=6000", "--limits=0,1,1", "--limits=a,b,c"] {
        let said = failed(&["--port", "0", wrong]);
        assert!(said.contains("write three positive numbers, such as `6000,1200,52`"), "{said}");
    }
}

#[test]
fn a_taken_port_is_an_error_with_advice() {
    let running = start(&["--port", "0"]);
    let port = running.url.rsplit(':').next().unwrap();
    let said = failed(&["--port", port]);
    assert!(said.contains(&format!("127.0.0.1:{port}")) && said.contains("another port"), "{said}");
}

#[test]
fn the_help_has_units_and_examples() {
    let Output { stdout, .. } = command(&["--help"]).output().unwrap();
    let help = String::from_utf8(stdout).unwrap();
    for words in [
        "--idle-timeout <SECONDS>",
        "--max-body-bytes <BYTES>",
        "--database <FILE>",
        "Content-Type: application/json",
    ] {
        assert!(help.contains(words), "{words} is missing in {help}");
    }
}

#[test]
fn a_reader_of_the_facts_may_stop() {
    let mut child = command(&["facts"]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
}

#[test]
fn acknowledged_writes_survive_a_kill_and_change_sets_are_whole() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dataverse.db");
    let file = file.to_str().unwrap();
    let acknowledged: Arc<Mutex<Vec<Id<SessionEvent>>>> = Arc::default();
    let mut sessions = 0;
    for round in 0..3 {
        let running = start(&["--port", "0", "--database", file]);
        runtime().block_on(async {
            let client = client(&running.url);
            let loads: Vec<_> = (0..8)
                .map(|_| {
                    let (client, acknowledged) = (client.clone(), Arc::clone(&acknowledged));
                    tokio::spawn(async move {
                        let mut sessions = 0;
                        // Until the connection breaks.
                        while let Ok(reply) = client.execute_batch(session_with_events()).await {
                            assert!(reply.is_success());
                            sessions += 1;
                            let one = client.execute(SessionEvent::create().name("single")).await;
                            acknowledged.lock().unwrap().extend(one.ok());
                        }
                        sessions
                    })
                })
                .collect();
            // Even on a slow disk, the service must acknowledge some writes of this round before the kill.
            let enough = 6 * (round + 1);
            let loaded = async {
                while acknowledged.lock().unwrap().len() < enough {
                    tokio::time::sleep(Duration::from_millis(3)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(60), loaded).await.expect("nothing is acknowledged");
            drop(running);
            for load in loads {
                sessions += load.await.unwrap();
            }
        });
    }
    check(Path::new(file), sessions, &acknowledged.lock().unwrap());
}

fn check(file: &Path, sessions: usize, acknowledged: &[Id<SessionEvent>]) {
    assert!(sessions >= 18 && acknowledged.len() >= 18, "the load was killed before it began: {sessions}");
    let client = Emulator::builder().file(file).build().unwrap().client();
    runtime().block_on(async {
        let there = client.execute(OcSession::query()).await.unwrap().records;
        assert!(there.len() >= sessions, "{} of {sessions} acknowledged change sets", there.len());
        for session in &there {
            let events = SessionEvent::count().filter(SessionEvent::SESSION.eq(session.id));
            assert_eq!(client.execute(events).await.unwrap(), EVENTS_OF_A_SESSION as u64);
        }
        for id in acknowledged {
            client.execute(SessionEvent::retrieve(*id)).await.unwrap();
        }
    });
}
