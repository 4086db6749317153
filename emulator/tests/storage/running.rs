//! The binary as a process, and its clients.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use dataverse_emulator::Emulator;
use dataverse_entity::client::{Client, NoToken, RetryPolicy};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

/// The running binary, which is killed when this is dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    url: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts the binary on this database.
    pub(crate) fn on(database: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dataverse-emulator"));
        command.args(["--port", "0", "--database"]).arg(database);
        Self::start(command)
    }

    /// Starts a command that becomes the binary.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("a process");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("an output")).read_line(&mut line).expect("a line");
        let url = line
            .strip_prefix("Dataverse Web API at ")
            .and_then(|rest| rest.strip_suffix("/api/data/v9.2/\n"));
        let url = url.unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { child, url }
    }

    /// Returns a client that sends each request once.
    pub(crate) fn client(&self) -> Client {
        let org = Organization::without_tls(&self.url).expect("an address");
        Client::builder(org, NoToken).retry(RetryPolicy::none()).build().expect("a client")
    }
}

/// Runs a future on two threads.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).enable_all().build().expect("a runtime").block_on(work)
}

/// Returns how many of these records a new process finds in the database.
pub(crate) async fn kept(database: &Path, ids: &[Id<SessionEvent>]) -> usize {
    let client = Emulator::builder().file(database).build().expect("the database opens").client();
    let mut kept = 0;
    for id in ids {
        kept += usize::from(client.execute(SessionEvent::retrieve(*id)).await.is_ok());
    }
    kept
}
