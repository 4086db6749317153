//! Programs in other languages that send their requests to an emulated org.
//!
//! A program keeps the simulated time itself (`clients/clock.cjs`, `clients/clock.py`): its time stands still while
//! it computes, and moves to the next event when it waits. It writes each request as a line of JSON, with the time at
//! which it was sent, and reads a line with the answer and the time at which that arrives.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use serde::{Deserialize, Serialize};

use crate::org::{ADDRESS, Org};

/// A line that a program writes. Times are microseconds since its start.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Request { sent: u64, method: String, path: String, headers: Vec<(String, String)>, body: String },
    Ended { ended: u64 },
}

/// A line that a program reads.
#[derive(Serialize)]
struct Answer<'a> {
    arrives: u64,
    status: u16,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

/// Runs a program to its end, and returns the simulated time that it took.
pub async fn run(command: &mut Command, org: &Org) -> Result<Duration, String> {
    let told = format!("{command:?}");
    let failed = |error: &dyn std::fmt::Display| format!("{told}: {error}");
    let mut program =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| failed(&error))?;
    let (mut input, output) = (program.stdin.take().expect("piped"), program.stdout.take().expect("piped"));
    let mut took = None;
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| failed(&error))?;
        match serde_json::from_str(&line).map_err(|error| failed(&format!("{error} in `{line:.200}`")))? {
            Line::Ended { ended } => took = Some(Duration::from_micros(ended)),
            Line::Request { sent, method, path, headers, body } => {
                let request = request(&method, &path, headers, body).map_err(|error| failed(&error))?;
                let answer = org.exchange(Duration::from_micros(sent), request).await;
                let answer =
                    line_of(&answer.map_err(|error| failed(&error))?).map_err(|error| failed(&error))?;
                input.write_all(answer.as_bytes()).map_err(|error| failed(&error))?;
            }
        }
    }
    let status = program.wait().map_err(|error| failed(&error))?;
    took.filter(|_| status.success()).ok_or_else(|| failed(&status))
}

fn request(
    method: &str,
    path: &str,
    headers: Vec<(String, String)>,
    body: String,
) -> Result<Request<Bytes>, Box<dyn std::error::Error>> {
    let mut request = Request::builder().method(method.parse::<Method>()?).uri(format!("{ADDRESS}{path}"));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    Ok(request.body(Bytes::from(body))?)
}

fn line_of(answer: &crate::org::Answer) -> Result<String, Box<dyn std::error::Error>> {
    let headers = answer.response.headers().iter();
    let headers: Result<Vec<_>, _> =
        headers.map(|(name, value)| value.to_str().map(|value| (name.as_str(), value))).collect();
    let answer = Answer {
        arrives: u64::try_from(answer.arrives.as_micros())?,
        status: answer.response.status().as_u16(),
        headers: headers?,
        body: str::from_utf8(answer.response.body())?,
    };
    Ok(serde_json::to_string(&answer)? + "\n")
}
