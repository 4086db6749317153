//! Serves an embedded Dataverse on loopback.

use std::error::Error;
use std::io::{Write, stdout};
use std::net::IpAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dataverse_emulator::facts::{self, Grade};
use dataverse_emulator::{Emulator, ServerOptions};
use futures_util::future::{Either, select};

/// An embedded Dataverse Web API over SQLite, with accounts, contacts, tasks, opportunities, competitors, users, teams and
/// Omnichannel's sessions and session events.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The port; 0 stands for a free one.
    #[arg(long, default_value_t = 5080)]
    port: u16,
    /// The address of the network interface.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Lets other machines connect, without any authentication.
    #[arg(long)]
    beyond_loopback: bool,
    /// Lets pages of this origin (`http://localhost:1234`) call the service from a browser.
    #[arg(long)]
    allow_origin: Vec<String>,
    /// Accepts requests for this host (`name` or `name:port`), next to localhost and the address.
    #[arg(long)]
    allow_host: Vec<String>,
    #[command(flatten)]
    limits: LimitArguments,
    /// Keeps the data in this file.
    #[arg(long)]
    database: Option<PathBuf>,
    /// Adds the tables of this file: what a Web API answers to `RetrieveMetadataChanges`, to `$metadata`, or to
    /// `EntityDefinitions?$expand=Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships`.
    #[arg(long)]
    definitions: Vec<PathBuf>,
    /// Refuses what Dataverse ignores without an error, such as values of columns that are not valid for the message, and
    /// what relies on a rule that no source knows: the rules that `facts` marks.
    #[arg(long)]
    strict: bool,
    /// Speaks TLS, with a certificate that is made for this run and written to this file as PEM.
    #[arg(long)]
    certificate: Option<PathBuf>,
}

/// What one client may take of the service. Times are in seconds.
#[derive(Debug, Clone, Copy, Args)]
struct LimitArguments {
    /// The maximum number of connections.
    #[arg(long, default_value_t = 1000)]
    max_connections: usize,
    /// The maximum size of a request's body.
    #[arg(long, default_value_t = 128 << 20)]
    max_body_bytes: usize,
    /// How long a TLS handshake may take.
    #[arg(long, default_value_t = 10)]
    handshake_timeout: u64,
    /// How long the head of a request may take.
    #[arg(long, default_value_t = 30)]
    header_timeout: u64,
    /// How long the body of a request may take, and the client to read an answer.
    #[arg(long, default_value_t = 60)]
    body_timeout: u64,
    /// How long a connection stays open without a request.
    #[arg(long, default_value_t = 120)]
    idle_timeout: u64,
    /// How long a request goes on after its caller has closed its side of the connection.
    #[arg(long, default_value_t = 10)]
    half_closed_timeout: u64,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints the rules of Dataverse that the emulator keeps, each with its source and the test that holds it.
    Facts {
        /// Prints only the rules of this grade.
        #[arg(long)]
        grade: Option<GradeArgument>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum GradeArgument {
    Documented,
    Recorded,
    Reported,
    Decided,
}

impl From<GradeArgument> for Grade {
    fn from(grade: GradeArgument) -> Self {
        match grade {
            GradeArgument::Documented => Self::Documented,
            GradeArgument::Recorded => Self::Recorded,
            GradeArgument::Reported => Self::Reported,
            GradeArgument::Decided => Self::Decided,
        }
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dataverse-emulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &Arguments) -> ServerOptions {
    let limits = arguments.limits;
    let mut options = ServerOptions::default()
        .port(arguments.port)
        .host(arguments.host)
        .max_connections(limits.max_connections)
        .max_body_bytes(limits.max_body_bytes)
        .handshake_timeout(Duration::from_secs(limits.handshake_timeout))
        .header_timeout(Duration::from_secs(limits.header_timeout))
        .body_timeout(Duration::from_secs(limits.body_timeout))
        .idle_timeout(Duration::from_secs(limits.idle_timeout))
        .half_closed_timeout(Duration::from_secs(limits.half_closed_timeout));
    if arguments.beyond_loopback {
        options = options.beyond_loopback();
    }
    if arguments.certificate.is_some() {
        options = options.tls();
    }
    let options = arguments.allow_origin.iter().fold(options, |options, origin| options.allow_origin(origin));
    arguments.allow_host.iter().fold(options, |options, host| options.allow_host(host))
}

fn run(mut arguments: Arguments) -> Result<(), Box<dyn Error>> {
    if let Some(Command::Facts { grade }) = arguments.command.take() {
        stdout().write_all(facts::page(grade.map(Grade::from)).as_bytes())?;
        return Ok(());
    }
    let mut builder = Emulator::builder().trace(0);
    if let Some(file) = arguments.database.take() {
        builder = builder.file(file);
    }
    if arguments.strict {
        builder = builder.strict();
    }
    for file in core::mem::take(&mut arguments.definitions) {
        let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        builder = builder.definitions(text);
    }
    let emulator = builder.build()?;
    for warning in emulator.warnings() {
        eprintln!("dataverse-emulator: {warning}");
    }
    let options = options(&arguments);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let server = emulator.serve(options).await?;
        if let (Some(file), Some(certificate)) = (&arguments.certificate, server.certificate()) {
            std::fs::write(file, certificate).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        // In one write: who starts this may read the first line and close the pipe.
        let text = format!(
            "Dataverse Web API at {}/api/data/v9.2/\nAny token is accepted. Stop with Ctrl+C.\n",
            server.url()
        );
        let mut out = stdout();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        let stopped = pin!(tokio::signal::ctrl_c());
        match select(pin!(server.wait()), stopped).await {
            Either::Left(_) => Ok(()),
            Either::Right((stopped, _)) => Ok(stopped?),
        }
    })
}
