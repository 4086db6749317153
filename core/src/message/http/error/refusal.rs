//! The server's refusal, read from status, headers and body.

use core::time::Duration;

use http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use super::kind::{self, ErrorKind};
use crate::encode::excerpt;
use crate::record::without_bom;

/// Maximum length of the server's message, in characters.
const MAX_MESSAGE: usize = 2_000;

/// Maximum length of the trace, in characters.
const MAX_TRACE: usize = 20_000;

/// A refusal of the server.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) kind: ErrorKind,
    pub(super) code: Option<u32>,
    pub(super) message: String,
    pub(super) trace: Option<String>,
    pub(super) retry_after: Option<Duration>,
}

impl Refusal {
    pub(super) fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let Said { code, message, trace } = said(body).unwrap_or_else(|| Said {
            code: None,
            message: match status.is_success() {
                // The body of a success may hold a token.
                true => String::new(),
                false => excerpt::body(body),
            },
            trace: None,
        });
        let kind = kind::of_refusal(status, code);
        Self { status, kind, code, message, trace, retry_after: retry_after(headers) }
    }
}

struct Said {
    code: Option<u32>,
    message: String,
    trace: Option<String>,
}

/// Reads `{"error":{"code":"0x80040217","message":"…"}}`, or `{"Message":"…"}` as some servers on premises
/// send it.
///
/// The trace of a plug-in is an annotation. Dataverse sends it only if the request asks for annotations. On
/// premises, it is the stack trace of the inner error.
fn said(body: &[u8]) -> Option<Said> {
    let body: Value = serde_json::from_slice(without_bom(body)).ok()?;
    let error = body.get("error").unwrap_or(&body);
    let text = |name: &str| error.get(name).and_then(Value::as_str);
    let code = error.get("code").and_then(code_of).filter(|code| *code != 0);
    // A code is enough. A body with neither code nor message is some other JSON.
    let message = text("message").or_else(|| text("Message")).or(code.map(|_| ""))?;
    let trace = text("@Microsoft.PowerApps.CDS.TraceText")
        .or_else(|| error.get("innererror")?.get("stacktrace")?.as_str())
        .map(|trace| excerpt::lines(trace, MAX_TRACE))
        .filter(|trace| !trace.is_empty());
    Some(Said { code, message: excerpt::line(message, MAX_MESSAGE), trace })
}

/// Reads a code: a hexadecimal text in either case, or sometimes a signed number.
fn code_of(code: &Value) -> Option<u32> {
    match code {
        Value::String(text) => match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => text.parse::<i32>().ok().map(i32::cast_unsigned),
        },
        Value::Number(number) => i32::try_from(number.as_i64()?).ok().map(i32::cast_unsigned),
        _ => None,
    }
}

/// Reads `Retry-After`: Dataverse sends seconds, some gateways a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        // More seconds than a `Duration` can hold become the longest delay, not a missing header.
        let too_long = (seconds > 0.0 && seconds.is_finite()).then_some(Duration::MAX);
        return Duration::try_from_secs_f64(seconds).ok().or(too_long);
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(std::time::SystemTime::now()).unwrap_or_default())
}
