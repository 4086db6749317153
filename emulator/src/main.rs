//! Serves an embedded Dataverse on loopback.

use std::error::Error;
use std::io::{ErrorKind, Write, stdout};
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dataverse_emulator::facts::{self, Grade};
use dataverse_emulator::{Emulator, ServerOptions, ServiceLimits};
use futures_util::future::{Either, select};

/// The examples at the end of `--help`.
const EXAMPLES: &str = "\
Examples:
  dataverse-emulator
  curl 'http://127.0.0.1:5080/api/data/v9.2/accounts' -H 'Content-Type: application/json' -d '{\"name\": \"Contoso\"}'
  curl 'http://127.0.0.1:5080/api/data/v9.2/accounts?$select=name&$filter=name%20eq%20%27Contoso%27'

Quotes of the shell are needed: without them it takes `$select` for a variable and `&` for the end of the command.";

/// An embedded Dataverse Web API over SQLite, with accounts, contacts, tasks, opportunities, competitors,
/// users, teams and Omnichannel's sessions and session events.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 5080)]
    port: u16,
    /// The address of the network interface.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Lets other machines connect, without any authentication.
    #[arg(long)]
    beyond_loopback: bool,
    /// Lets pages of this origin (`http://localhost:1234`) call the service from a browser. May be given
    /// several times.
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// Accepts requests for this host (`name` or `name:port`), next to localhost and the address. May be
    /// given several times.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    #[command(flatten)]
    limits: LimitArguments,
    /// Limits what each user may send within 300 seconds, as Dataverse does, with its answers 429: the number
    /// of requests, the seconds of execution time, and the number of concurrent requests.
    #[arg(
        long = "limits",
        value_name = "REQUESTS,SECONDS,CONCURRENT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "6000,1200,52",
        value_parser = service_limits
    )]
    service_limits: Option<ServiceLimits>,
    /// Keeps the data in this file, and creates it if it does not exist. Without a file, the data ends with
    /// the process.
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
    /// Adds the tables of this file: the answer of a Web API to `RetrieveMetadataChanges`, to `$metadata`, or
    /// to
    /// `EntityDefinitions?$expand=Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships`.
    /// May be given several times.
    #[arg(long, value_name = "FILE")]
    definitions: Vec<PathBuf>,
    /// Refuses what Dataverse silently ignores, such as values of columns that are not valid for the message,
    /// and what relies on a rule that `dataverse-emulator facts` marks with `strict mode refuses it`.
    #[arg(long)]
    strict: bool,
    /// Speaks TLS, with a certificate that is made for this run and written to this file as PEM.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// The limits of one client. Times are in seconds.
#[derive(Debug, Clone, Copy, Args)]
struct LimitArguments {
    /// The maximum number of connections.
    #[arg(long, default_value_t = 1000)]
    max_connections: usize,
    /// The maximum size of a request's body, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 128 << 20)]
    max_body_bytes: usize,
    /// The timeout of a TLS handshake, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    handshake_timeout: u64,
    /// The timeout of the head of a request, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    header_timeout: u64,
    /// The timeout of the body of a request, and of the client to read an answer, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    body_timeout: u64,
    /// The time that a connection stays open without a request, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    idle_timeout: u64,
    /// The time that a request goes on after its caller has closed its side of the connection, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    half_closed_timeout: u64,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints the rules of Dataverse that the emulator keeps, each with its source and its test.
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

/// Reads the value of `--limits`.
fn service_limits(text: &str) -> Result<ServiceLimits, String> {
    let numbers: Result<Vec<NonZeroUsize>, _> = text.split(',').map(|number| number.trim().parse()).collect();
    match numbers.as_deref() {
        Ok([requests, seconds, concurrent]) => Ok(ServiceLimits::documented()
            .requests(requests.get())
            .execution_time(Duration::from_secs(u64::try_from(seconds.get()).unwrap_or(u64::MAX)))
            .concurrent_requests(concurrent.get())),
        _ => Err("write three positive numbers, such as `6000,1200,52`".to_owned()),
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
    let options = ServerOptions::default()
        .port(arguments.port)
        .host(arguments.host)
        .beyond_loopback(arguments.beyond_loopback)
        .tls(arguments.certificate.is_some())
        .max_connections(limits.max_connections)
        .max_body_bytes(limits.max_body_bytes)
        .handshake_timeout(Duration::from_secs(limits.handshake_timeout))
        .header_timeout(Duration::from_secs(limits.header_timeout))
        .body_timeout(Duration::from_secs(limits.body_timeout))
        .idle_timeout(Duration::from_secs(limits.idle_timeout))
        .half_closed_timeout(Duration::from_secs(limits.half_closed_timeout));
    let options = arguments.allow_origin.iter().fold(options, |options, origin| options.allow_origin(origin));
    arguments.allow_host.iter().fold(options, |options, host| options.allow_host(host))
}

fn run(mut arguments: Arguments) -> Result<(), Box<dyn Error>> {
    if let Some(Command::Facts { grade }) = arguments.command.take() {
        return match stdout().write_all(facts::page(grade.map(Grade::from)).as_bytes()) {
            // The reader has seen enough, as in `facts | head`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        };
    }
    let mut builder = Emulator::builder().trace_limit(0).strict(arguments.strict);
    if let Some(limits) = arguments.service_limits.take() {
        builder = builder.limits(limits);
    }
    if let Some(file) = arguments.database.take() {
        builder = builder.file(file);
    }
    for file in core::mem::take(&mut arguments.definitions) {
        builder = builder.definitions_file(file);
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
            std::fs::write(file, certificate).map_err(|error| {
                format!("the certificate cannot be written to {}: {error}", file.display())
            })?;
        }
        // One write: a parent process may close the pipe after the first line.
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
