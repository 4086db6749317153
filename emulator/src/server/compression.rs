//! Compresses answers for callers that ask for it.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, VARY};
use http::{HeaderMap, HeaderValue, Response};

/// Minimum length of a body that is compressed. A shorter one fits into a packet as it is.
const MIN_BYTES: usize = 1024;

/// Returns whether a caller takes gzip (RFC 9110, section 12.5.3).
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut any = false;
    for coding in lines.flat_map(|line| line.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse().ok());
        let is_taken = weight.is_some_and(|weight: f32| weight > 0.0);
        match name.trim() {
            name if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => {
                return is_taken;
            }
            "*" => any = is_taken,
            _ => {}
        }
    }
    any
}

/// Compresses the body of an answer, if that makes it shorter.
pub(super) fn gzip(mut response: Response<Bytes>) -> Response<Bytes> {
    if response.body().len() < MIN_BYTES || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let compressed = encoder.write_all(response.body()).and_then(|()| encoder.finish());
    if let Some(compressed) = compressed.ok().filter(|bytes| bytes.len() < response.body().len()) {
        *response.body_mut() = Bytes::from(compressed);
        let headers = response.headers_mut();
        headers.remove(CONTENT_LENGTH);
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_say_whether_they_take_gzip() {
        let takes = |lines: &[&'static str]| {
            let headers = lines.iter().map(|line| (ACCEPT_ENCODING, HeaderValue::from_static(line)));
            takes_gzip(&headers.collect())
        };
        for line in
            ["gzip", "br, GZIP", "gzip;q=0.5", "*", "deflate, *;q=0.1", "x-gzip", "br ; q=1 , gzip ; q=0.001"]
        {
            assert!(takes(&[line]), "{line}");
        }
        for line in
            ["", "identity", "br, deflate", "gzip;q=0", "*;q=1, gzip;q=0", "*;q=0", "gzipped", "gzip;q=x"]
        {
            assert!(!takes(&[line]), "{line}");
        }
        assert!(!takes(&[]));
    }
}
