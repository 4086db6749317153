//! A project of a user, and an org for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dataverse_emulator::{Emulator, Server, ServerOptions};
use tempfile::TempDir;

/// A project in an empty directory, and an org.
pub(crate) struct Project {
    directory: TempDir,
    server: Server,
    runtime: tokio::runtime::Runtime,
}

/// The definition of a table of one's own, with a column of each kind, in two languages.
pub(crate) const MACHINE: &str = include_str!("../../../tests/interop/generated_tables/definition.json");

impl Project {
    pub(crate) fn new(definitions: &[&str], tables: &str) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(serve(definitions));
        let directory = TempDir::new().unwrap();
        let project = Self { directory, server, runtime };
        let url = project.server.organization().unwrap().origin().to_owned();
        assert_eq!(project.run(&["init", "--url", &url]).0, 0);
        let path = project.path("dataverse.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(r#"tables = ["account", "contact"]"#, &format!("tables = {tables}")))
            .unwrap();
        project
    }

    /// The same project, against an org whose definitions have changed.
    pub(crate) fn with(&mut self, definitions: &[&str]) {
        let before = self.server.organization().unwrap().origin().to_owned();
        self.server = self.runtime.block_on(serve(definitions));
        let path = self.path("dataverse.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(&before, self.server.organization().unwrap().origin())).unwrap();
    }

    /// Replaces a text of the settings.
    pub(crate) fn edit(&self, before: &str, after: &str) {
        let path = self.path("dataverse.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(before), "{before} is not in {text}");
        fs::write(&path, text.replacen(before, after, 1)).unwrap();
    }

    /// Lets the settings name another org.
    pub(crate) fn use_org(&self, url: &str) {
        self.edit(self.server.organization().unwrap().origin(), url);
    }

    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// The address of the org.
    pub(crate) fn url(&self) -> String {
        self.server.organization().unwrap().origin().to_owned()
    }

    /// Where the emulator listens.
    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.server.address()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Runs a command whose output goes to a file.
    #[cfg(target_os = "linux")]
    pub(crate) fn run_into(&self, arguments: &[&str], file: fs::File) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-dataverse"));
        command.args(arguments).current_dir(self.directory.path()).stdout(file);
        let output =
            command.stderr(std::process::Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        run(self.directory.path(), arguments)
    }
}

async fn serve(definitions: &[&str]) -> Server {
    let mut emulator = Emulator::builder();
    for text in definitions {
        emulator = emulator.definitions(*text);
    }
    emulator.build().unwrap().serve(ServerOptions::default()).await.unwrap()
}

pub(crate) fn run(directory: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-dataverse"));
    let Output { status, stdout, stderr } = command
        .arg("dataverse")
        .args(arguments)
        .current_dir(directory)
        .env_remove("DATAVERSE_TOKEN")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}
