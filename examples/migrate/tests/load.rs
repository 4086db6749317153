//! The program, as a process, against an emulator over HTTP: failures, corrections, and `kill -9` at any time.

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dataverse_emulator::{Emulator, Fault, ServerOptions};
use dataverse_entity::client::Client;
use dataverse_entity::prelude::*;
use migrate::{Customer, Order};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Result<Self> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn migrate(input: &Path, url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_migrate"));
    command.arg(input).args(["--url", url]).env("DATAVERSE_TOKEN", "token").stdin(Stdio::null());
    command
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Starts an emulator with the customer `C-1` in a database file.
async fn org(folder: &Folder) -> Result<(Emulator, Client, String)> {
    let emulator = Emulator::builder()
        .tables([Customer::METADATA, Order::METADATA])
        .file(folder.file("org.sqlite"))
        .trace_limit(0)
        .build()?;
    let client = emulator.client();
    client.execute(Customer::create().number("C-1").name("Contoso")).await?;
    let server = emulator.serve(ServerOptions::default().port(0)).await?;
    let url = server.url().to_string();
    tokio::spawn(async move { server.wait().await });
    Ok((emulator, client, url))
}

async fn numbers(client: &Client) -> Result<Vec<String>> {
    let orders = client.all(Order::query()).await?;
    Ok(orders.into_iter().filter_map(|order| order.into_inner().number).collect())
}

fn in_runtime(test: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(test)
}

#[test]
fn rows_that_fail_are_reported_corrected_and_loaded() -> Result<()> {
    in_runtime(async {
        let folder = Folder::new("corrected")?;
        let (_emulator, client, url) = org(&folder).await?;
        let input = folder.file("orders.csv");
        std::fs::write(&input, "order,amount,customer\nO-1,12.50,C-1\nO-2,3,nobody\nO-3,\"1\",C-1\n")?;
        let output = migrate(&input, &url).output()?;
        assert!(!output.status.success());
        assert!(text(&output).contains("2 orders written, 1 failed"), "{}", text(&output));

        let report = folder.file("orders.csv.failed.csv");
        let failed = std::fs::read_to_string(&report)?;
        assert!(failed.starts_with("order,amount,customer,error\nO-2,3,nobody,"), "{failed}");
        std::fs::write(&report, failed.replace("nobody", "C-1"))?;
        let output = migrate(&report, &url).output()?;
        assert!(output.status.success(), "{}", text(&output));
        assert!(text(&output).contains("1 orders written, 0 failed"), "{}", text(&output));

        // The journal knows the rows, so a second run sends nothing.
        let output = migrate(&report, &url).output()?;
        assert!(text(&output).contains("1 orders written, 0 failed"), "{}", text(&output));
        let mut numbers = numbers(&client).await?;
        numbers.sort();
        assert_eq!(numbers, ["O-1", "O-2", "O-3"]);
        Ok(())
    })
}

#[test]
fn nothing_is_sent_while_a_row_cannot_be_read() -> Result<()> {
    in_runtime(async {
        let folder = Folder::new("unreadable")?;
        let (_emulator, client, url) = org(&folder).await?;
        let input = folder.file("orders.jsonl");
        let row = r#"{"order":"O-1","amount":"12.50","customer":"C-1"}"#;
        std::fs::write(
            &input,
            format!("{row}\n{{\"order\":\"O-2\",\"amount\":\"a lot\",\"customer\":\"C-1\"}}\n"),
        )?;
        let output = migrate(&input, &url).output()?;
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output).contains("row 2, order O-2: amount `a lot`"), "{}", text(&output));
        assert!(numbers(&client).await?.is_empty());
        std::fs::write(&input, format!("{row}\n"))?;
        let output = migrate(&input, &url).output()?;
        assert!(output.status.success(), "{}", text(&output));
        assert_eq!(numbers(&client).await?, ["O-1"]);
        Ok(())
    })
}

/// `MIGRATE_ROWS` and `MIGRATE_KILLS` set other numbers; CONTRIBUTING.md has the command.
#[test]
fn a_load_that_is_killed_again_and_again_writes_each_row_once() -> Result<()> {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (rows, kills) = (number("MIGRATE_ROWS", 2_000), number("MIGRATE_KILLS", 10));
    in_runtime(async move {
        let folder = Folder::new("killed")?;
        let (emulator, client, url) = org(&folder).await?;
        let input = folder.file("orders.csv");
        let mut source = String::from("order,amount,customer\n");
        for row in 0..rows {
            writeln!(source, "O-{row},{row}.25,C-1")?;
        }
        std::fs::write(&input, source)?;

        // A fault that never happens sees each request.
        let requests = Arc::new(AtomicU64::new(0));
        let seen = requests.clone();
        emulator.inject(Fault::disconnect().when(move |_, _| {
            seen.fetch_add(1, Ordering::SeqCst);
            false
        }));
        let (mut killed, mut runs) = (0, 0);
        let last = loop {
            runs += 1;
            // Answers that are lost after the request was carried out, and requests that are lost before.
            emulator.inject(
                Fault::disconnect_after_answering().when(|_, target| target.ends_with("CreateMultiple")),
            );
            if runs % 3 == 0 {
                emulator
                    .inject(Fault::disconnect_after_answering().when(|_, target| target.ends_with("$batch")));
                emulator.inject(Fault::disconnect().when(|_, target| target.ends_with("CreateMultiple")));
            }
            let until = requests.load(Ordering::SeqCst) + runs * 7919 % 7;
            let mut child = migrate(&input, &url)
                .args(["--chunk", "20"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()?;
            if killed < kills {
                while requests.load(Ordering::SeqCst) <= until && child.try_wait()?.is_none() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                tokio::time::sleep(Duration::from_millis(runs * 104_729 % 13)).await;
                if child.try_wait()?.is_none() {
                    child.kill()?;
                    killed += 1;
                }
            }
            let output = child.wait_with_output()?;
            if output.status.success() {
                break output;
            }
            assert!(runs < 2 * kills + 20, "the load does not end: {}", text(&output));
        };
        assert!(2 * killed >= kills, "the load was over after {killed} kills; raise `MIGRATE_ROWS`");
        assert!(text(&last).contains(&format!("{rows} orders written, 0 failed")), "{}", text(&last));
        let numbers = numbers(&client).await?;
        assert_eq!(numbers.len() as u64, rows, "rows in the org");
        let distinct: HashSet<&String> = numbers.iter().collect();
        assert_eq!(distinct.len() as u64, rows, "distinct rows in the org");
        println!("{rows} rows, {killed} kills, {runs} runs");
        Ok(())
    })
}
