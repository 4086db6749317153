//! The request of a message, and the span that tells how it ended.

use bytes::Bytes;
use dataverse_entity_core::Uuid;
use dataverse_entity_core::message::{Error, Message, RequestSummary};
use http::{HeaderValue, Request, Response};
use tracing::{Span, field};

use crate::reply::Reply;
use crate::server::ServerAddress;

/// The request of a message, with what the client reports about it.
pub(crate) struct Outgoing {
    pub(crate) request: Request<Bytes>,
    pub(crate) summary: RequestSummary,
    pub(crate) server: ServerAddress,
    pub(crate) span: Span,
    pub(crate) name: &'static str,
    pub(crate) is_idempotent: bool,
}

/// The answer, and the number of attempts.
pub(crate) type Sent = Result<(Response<Bytes>, u32), Error>;

impl Outgoing {
    /// Adds the id of the request, and opens its span. The names of the fields are those of OpenTelemetry's semantic
    /// conventions for HTTP clients, as far as they have one.
    pub(crate) fn new<M: Message + ?Sized>(mut request: Request<Bytes>, message: &M) -> Self {
        let client_request_id = identify(&mut request);
        let summary = RequestSummary::of(&request);
        let server = ServerAddress::of(request.uri());
        let name = message.message_name();
        let span = tracing::debug_span!(
            target: "dataverse_entity",
            "dataverse",
            otel.name = name,
            otel.kind = "client",
            otel.status_code = field::Empty,
            dataverse.message = name,
            http.request.method = summary.method().as_str(),
            http.request.resend_count = field::Empty,
            server.address = server.host.as_str(),
            server.port = server.port,
            url.path = summary.path(),
            client_request_id,
            http.response.status_code = field::Empty,
            dataverse.error.code = field::Empty,
            error.type = field::Empty,
            error = field::Empty,
        );
        Self { request, summary, server, span, name, is_idempotent: message.is_idempotent() }
    }

    /// Reads the answer and records its outcome in the span.
    pub(crate) fn read<M: Message + ?Sized>(
        self,
        message: &M,
        sent: Sent,
    ) -> Result<Reply<M::Output>, Error> {
        let attempts = sent.as_ref().map_or_else(Error::attempts, |(_, attempts)| *attempts);
        if attempts > 1 {
            self.span.record("http.request.resend_count", attempts - 1);
        }
        let result = sent.and_then(|(response, attempts)| {
            self.span.record("http.response.status_code", response.status().as_u16());
            let (status, headers) = (response.status(), response.headers().clone());
            let output = message.response(response).map_err(|error| error.with_attempts(attempts))?;
            Ok(Reply::new(output, status, headers, attempts))
        });
        result.map_err(|error| {
            if let Some(code) = error_code(&error) {
                self.span.record("dataverse.error.code", field::display(code));
            }
            self.span.record("error.type", error_type(&error).as_str());
            self.span.record("otel.status_code", "ERROR");
            self.span.record("error", field::display(&error));
            error.with_request(self.summary)
        })
    }
}

/// Returns the status of a refusal, or the kind of another error.
pub(crate) fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) => status.as_str().to_owned(),
        None => format!("{:?}", error.kind()),
    }
}

/// Returns Dataverse's code, such as `0x80040217`.
pub(crate) fn error_code(error: &Error) -> Option<String> {
    error.code().map(|code| format!("0x{code:08X}"))
}

/// The header of a request that names it to Microsoft's support. Microsoft's own client for .NET sends it, too
/// (`PowerPlatform-DataverseServiceClient`, `Utils.RequestHeaders`).
const CLIENT_REQUEST_ID: &str = "x-ms-client-request-id";

/// Gives a request an id, unless it has one, and returns the id. All its attempts have the same.
fn identify(request: &mut Request<Bytes>) -> String {
    let id = request.headers().get(CLIENT_REQUEST_ID).and_then(|id| id.to_str().ok()).map(ToOwned::to_owned);
    id.unwrap_or_else(|| {
        let id = Uuid::from_u128(fastrand::u128(..) & !VERSION_AND_VARIANT | RANDOM).to_string();
        if let Ok(value) = HeaderValue::try_from(&id) {
            request.headers_mut().insert(CLIENT_REQUEST_ID, value);
        }
        id
    })
}

/// The bits of a UUID that say what it is, and those of a random one (RFC 9562, version 4).
const VERSION_AND_VARIANT: u128 = 0xF000_C000_0000_0000_0000;
const RANDOM: u128 = 0x4000_8000_0000_0000_0000;
