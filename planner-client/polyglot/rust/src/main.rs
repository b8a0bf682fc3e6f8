//! Asks a running planner for a plan; `plan --help` and `../README.md` have the rest.

mod client;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use std::{fs, io};

use clap::{Parser, ValueEnum};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Status};

use client::{Client, PlanRequest, root_cause};

const REFUSED: u8 = 1;
const USAGE: u8 = 2;
const UNREACHABLE: u8 = 3;

/// Asks a planner for a plan.
#[derive(Parser)]
#[command(
    after_help = "Exit codes: 0 planned; 1 refused; 2 wrong usage or unreadable file; \
    3 server unreachable or deadline passed."
)]
struct Options {
    /// PlanRequest in proto3 JSON; - is standard input
    file: PathBuf,
    /// The server
    #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50051")]
    target: String,
    /// How long the answer may take, such as 500ms
    #[arg(long, value_parser = deadline, default_value = "5s")]
    deadline: Duration,
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
    /// Use TLS; the server's certificate is checked against this CA
    #[arg(long, value_name = "FILE")]
    tls_ca: Option<PathBuf>,
    /// Certificate chain to present, for mutual TLS
    #[arg(long, value_name = "FILE", requires = "tls_ca", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Its private key
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Server name to expect instead of the target's
    #[arg(long, value_name = "NAME", requires = "tls_ca")]
    tls_authority: Option<String>,
}

#[derive(Clone, ValueEnum)]
enum Output {
    Table,
    Json,
}

/// Why there is no plan.
enum Failure {
    /// An argument or a file that cannot be used.
    Usage(String),
    /// What the call ended with.
    Call(Status),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match plan(&Options::parse()).await {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(Failure::Usage(message)) => {
            eprintln!("{}", one_line(&message));
            ExitCode::from(USAGE)
        }
        Err(Failure::Call(status)) => explain(&status),
    }
}

/// Says why there is no plan.
fn explain(status: &Status) -> ExitCode {
    let faults = client::faults(status);
    if faults.is_empty() {
        eprintln!("{:?}: {}", status.code(), one_line(status.message()));
    } else {
        eprintln!("{}", faults.join("\n"));
    }
    match status.code() {
        Code::Unavailable | Code::DeadlineExceeded => ExitCode::from(UNREACHABLE),
        _ => ExitCode::from(REFUSED),
    }
}

async fn plan(options: &Options) -> Result<String, Failure> {
    let request = read_request(&options.file)?;
    let client = Client::new(endpoint(options)?.connect_lazy());
    let response = client
        .plan(&request, options.deadline)
        .await
        .map_err(Failure::Call)?;
    Ok(match options.output {
        Output::Table => table::table(&request, &response),
        Output::Json => serde_json::to_string(&response).expect("an answer has a JSON form"),
    })
}

fn deadline(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("not above 0".to_owned()),
        other => other.map_err(|error| error.to_string()),
    }
}

fn read_request(file: &Path) -> Result<PlanRequest, Failure> {
    let text = read(file)?;
    serde_json::from_slice(&text).map_err(|error| {
        let file = file.display();
        Failure::Usage(format!("{file}: not a PlanRequest in proto3 JSON: {error}"))
    })
}

fn endpoint(options: &Options) -> Result<Endpoint, Failure> {
    let target = &options.target;
    let unusable = |error: tonic::transport::Error| {
        Failure::Usage(format!("'{target}': not usable: {}", root_cause(&error)))
    };
    let Some(ca) = &options.tls_ca else {
        return Endpoint::from_shared(format!("http://{target}")).map_err(unusable);
    };
    let ca_pem = read(ca)?;
    // tonic takes any text, and then calls the server unreachable.
    CertificateDer::from_pem_slice(&ca_pem)
        .map_err(|error| Failure::Usage(format!("{}: no certificate: {error}", ca.display())))?;
    let mut tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(ca_pem));
    if let (Some(certificate), Some(key)) = (&options.tls_certificate, &options.tls_key) {
        tls = tls.identity(Identity::from_pem(read(certificate)?, read(key)?));
    }
    if let Some(authority) = &options.tls_authority {
        tls = tls.domain_name(authority);
    }
    Endpoint::from_shared(format!("https://{target}"))
        .and_then(|endpoint| endpoint.tls_config(tls))
        .map_err(unusable)
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if file == Path::new("-") {
        io::read_to_string(io::stdin()).map(String::into_bytes)
    } else {
        fs::read(file)
    };
    bytes.map_err(|error| Failure::Usage(format!("{}: cannot be read: {error}", file.display())))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
