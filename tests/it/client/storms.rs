//! Storms over sockets: many requests are refused at once, or the token of an identity ends during a load.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use dataverse_entity::client::{
    AccessToken, Client, Refusals, RetryPolicy, StaticToken, TokenError, token_fn,
};
use dataverse_entity::message::Organization;
use futures_util::future::join_all;

use super::bulk::{draft, ids, size};
use super::server::{Arrived, Server, Step, created, error};
use super::{builder, quick, run};

const MESSAGES: usize = 30;
const REFUSED: usize = 20;

fn refusal(code: &str, retry_after: Option<&str>) -> Step {
    let headers = retry_after.map(|after| ("Retry-After", after.to_owned())).into_iter().collect();
    Step::Reply(429, headers, format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"too many\"}}}}"))
}

fn name(request: &Arrived) -> u128 {
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    body["msdyn_name"].as_str().unwrap().parse().unwrap()
}

/// Sends creates at once, of which the server refuses the first ones. Returns what the client counted.
async fn storm(code: &'static str, retry_after: Option<String>) -> Refusals {
    let server = Server::with(move |request, number| match number {
        0..REFUSED => refusal(code, retry_after.as_deref()),
        _ => created(name(request)),
    })
    .await;
    let client = builder(&server).build().unwrap();
    let outcomes = join_all((0..MESSAGES).map(|number| client.execute(draft(number)))).await;
    let ids: Vec<u128> = outcomes.into_iter().map(|id| id.unwrap().uuid().as_u128()).collect();
    assert_eq!(ids, (0..MESSAGES as u128).collect::<Vec<_>>());
    // Each record was created by one request.
    assert_eq!(server.count(), MESSAGES + REFUSED);
    client.throttle().refusals
}

#[test]
fn a_storm_of_each_code_costs_no_message() {
    run(async {
        let refused = REFUSED as u64;
        let codes = ["0x80072322", "0x80072321", "0x80072326", ""];
        let counted = join_all(codes.map(|code| storm(code, Some("1".into())))).await;
        let counts = |counted: &Refusals| {
            [counted.requests, counted.execution_time, counted.concurrency, counted.other]
        };
        for (index, counted) in counted.iter().enumerate() {
            let mut expected = [0; 4];
            expected[index] = refused;
            assert_eq!(counts(counted), expected);
        }
    });
}

#[test]
fn a_storm_with_a_date_without_a_retry_after_or_with_nonsense_costs_no_message() {
    run(async {
        let soon = jiff::Timestamp::try_from(SystemTime::now() + Duration::from_secs(2)).unwrap();
        let date = soon.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let all = [Some(date), None, Some("0".into()), Some("-7".into()), Some("soon".into())];
        for refusals in join_all(all.map(|retry_after| storm("0x80072322", retry_after))).await {
            assert_eq!(refusals.total(), REFUSED as u64);
        }
    });
}

/// A pause of ten minutes is longer than these messages wait: they fail at once, and nothing was created.
#[test]
fn a_storm_with_an_absurd_retry_after_ends_at_the_deadline() {
    run(async {
        for absurd in ["86400", "18446744073709551615"] {
            let server = Server::with(move |_, _| refusal("0x80072322", Some(absurd))).await;
            let policy = RetryPolicy::new().throttle_deadline(Duration::from_secs(20));
            let client = builder(&server).retry(policy).build().unwrap();
            let outcomes = join_all((0..MESSAGES).map(|number| client.execute(draft(number)))).await;
            for outcome in outcomes {
                let error = outcome.unwrap_err();
                assert!(error.is_throttled() && !error.is_outcome_unknown(), "{error}");
            }
            assert!(server.count() <= MESSAGES, "{}", server.count());
        }
    });
}

/// Loads 500 rows over two identities. After the third request with `old-token`, the server refuses it, and the first
/// identity gets `renewed`. Returns how often it asked for a token.
async fn load(renewed: Result<&'static str, &'static str>) -> (usize, Server) {
    let taken = AtomicUsize::new(0);
    let server = Server::with(move |request, _| match request.header("authorization") {
        Some("Bearer old-token") if taken.fetch_add(1, Ordering::SeqCst) >= 3 => error(401, "0x0"),
        Some("Bearer dead-token") => error(401, "0x0"),
        _ => Step::Late(Duration::from_millis(5), 200, ids(request)),
    })
    .await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let ending = token_fn(move |_: Organization| {
        let is_first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            let token = if is_first { Ok("old-token") } else { renewed };
            token.map(|token| AccessToken::new(token, None)).map_err(TokenError::from)
        }
    });
    let org = Organization::new(&server.url()).unwrap();
    let first = Client::builder(org.clone(), ending).retry(quick()).build().unwrap();
    let second = Client::new(org, StaticToken::new("other-token")).unwrap();
    let pool = Client::pool([first, second]).unwrap();
    let outcomes = pool.bulk().chunk_size(size(5)).create((0..500).map(draft)).await;
    for (number, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.as_ref().unwrap().uuid().as_u128(), number as u128);
    }
    assert_eq!(outcomes.len(), 500);
    (asked.load(Ordering::SeqCst), server)
}

/// Returns the number of requests with a token.
fn with(server: &Server, token: &str) -> usize {
    let header = format!("Bearer {token}");
    server.arrived().iter().filter(|each| each.header("authorization") == Some(&header)).count()
}

#[test]
fn a_load_goes_on_with_a_new_token_of_the_identity() {
    run(async {
        let (asked, server) = load(Ok("new-token")).await;
        assert_eq!(asked, 2);
        assert!(with(&server, "new-token") > 0 && with(&server, "other-token") > 0);
    });
}

/// The other identity sends what this one cannot.
#[test]
fn a_load_goes_on_without_an_identity_that_gets_no_token_any_more() {
    run(async {
        for renewed in [Err("the secret has expired"), Ok("dead-token")] {
            let (asked, server) = load(renewed).await;
            assert_eq!(with(&server, "other-token"), 97);
            // Not one for each message: the identity is left alone while the other one has room.
            assert!(asked <= 10 && with(&server, "dead-token") <= 10, "{asked}");
        }
    });
}
