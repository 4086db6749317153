//! Pauses: when a client sends again after a 429, and who waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use dataverse_entity::client::{AccessToken, Client, RetryPolicy, TokenError, token_fn};
use dataverse_entity::message::{Organization, RequestOptions, WhoAmI};
use futures_util::future::{join, join_all};
use tokio::time::{Instant, sleep};

use super::simulated::{Script, after, org, refusal, run, who_am_i};

/// What jitter and the way of a request add to a pause.
fn is_about(seconds: f64, expected: f64) -> bool {
    seconds >= expected && seconds <= expected + 1.3
}

/// Sends one message through the answers; returns when the second request arrived.
async fn second_request_after(first: http::Response<bytes::Bytes>) -> f64 {
    let script = Script::new([first]);
    script.client().execute(WhoAmI).await.unwrap();
    let seconds = script.seconds();
    assert_eq!(seconds.len(), 2, "{seconds:?}");
    seconds[1]
}

#[test]
fn each_of_the_three_codes_and_a_gateway_without_one_pause_for_retry_after() {
    run(async {
        for code in ["0x80072321", "0x80072322", "0x80072326", ""] {
            let script = Script::new([refusal(code, &[("Retry-After", "7")])]);
            let client = script.client();
            client.execute(WhoAmI).await.unwrap();
            assert!(is_about(script.seconds()[1], 7.0), "{:?}", script.seconds());
            let refusals = client.throttle().refusals;
            let counts = [refusals.execution_time, refusals.requests, refusals.concurrency, refusals.other];
            assert_eq!((counts.iter().sum::<u64>(), refusals.total()), (1, 1));
            let index = ["0x80072321", "0x80072322", "0x80072326", ""].iter().position(|each| *each == code);
            assert_eq!(counts[index.unwrap()], 1, "{code}: {refusals:?}");
        }
    });
}

#[test]
fn a_retry_after_may_be_a_date() {
    run(async {
        let date = |time: SystemTime| {
            let time = jiff::Timestamp::try_from(time).unwrap();
            time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
        };
        let soon = date(SystemTime::now() + Duration::from_secs(60));
        let waited = second_request_after(after(&soon)).await;
        assert!((57.0..=62.0).contains(&waited), "{waited}");
        // A date in the past does not say when there is room: the client waits for its backoff.
        let over = date(SystemTime::now() - Duration::from_secs(60));
        assert!(is_about(second_request_after(after(&over)).await, 0.5));
    });
}

#[test]
fn a_retry_after_that_is_missing_or_makes_no_sense_is_replaced_by_the_backoff() {
    run(async {
        assert!(is_about(second_request_after(refusal("0x80072322", &[])).await, 0.5));
        for strange in ["0", "-7", "soon", "", "NaN"] {
            let waited = second_request_after(after(strange)).await;
            assert!(is_about(waited, 0.5), "{strange}: {waited}");
        }
        // It doubles with each refusal in a row.
        let script = Script::new((0..4).map(|_| refusal("0x80072322", &[])));
        script.client().execute(WhoAmI).await.unwrap();
        let seconds = script.seconds();
        let waited: Vec<f64> = seconds.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (waited, expected) in waited.iter().zip([0.5, 1.0, 2.0, 4.0]) {
            assert!(is_about(*waited, expected), "{seconds:?}");
        }
    });
}

#[test]
fn an_absurd_retry_after_is_tried_again_after_two_windows() {
    run(async {
        for absurd in ["86400", "1e300", "18446744073709551615"] {
            let waited = second_request_after(after(absurd)).await;
            assert!(is_about(waited, 600.0), "{absurd}: {waited}");
        }
    });
}

#[test]
fn all_clones_wait_and_those_with_other_settings_too() {
    run(async {
        let script = Script::new([after("20")]);
        let client = script.client();
        let other = client
            .with_options(RequestOptions::new().header(http::HeaderName::from_static("x-other"), "1"))
            .with_retry(RetryPolicy::new().attempts(1));
        let first = async { client.execute(WhoAmI).await.unwrap() };
        let later = async {
            sleep(Duration::from_secs(5)).await;
            let left = client.throttle().paused_for.unwrap();
            assert!(left > Duration::from_secs(14) && left < Duration::from_secs(17), "{left:?}");
            join_all((0..10).map(|_| other.execute(WhoAmI))).await
        };
        let (_, outcomes) = join(first, later).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let seconds = script.seconds();
        assert_eq!(seconds.len(), 12);
        assert!(seconds[1..].iter().all(|second| *second >= 20.0), "{seconds:?}");
        assert_eq!(client.throttle().paused_for, None);
    });
}

/// Each round of answers doubles the number of requests: 1, 2, 4, 8.
#[test]
fn after_a_pause_the_client_starts_with_one_request() {
    run(async {
        let script = Script::new((0..20).map(|_| after("10")));
        let client = script.client();
        let outcomes = join_all((0..20).map(|_| client.execute(WhoAmI))).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let seconds = script.seconds();
        let again = &seconds[20..];
        let at_once = |from: usize| {
            let same = |second: &&f64| (**second - again[from]).abs() < 0.01;
            again[from..].iter().take_while(same).count()
        };
        assert_eq!([at_once(0), at_once(1), at_once(3), at_once(7)], [1, 2, 4, 8], "{again:?}");
        assert_eq!(client.throttle().refusals.requests, 20);
        assert_eq!(client.throttle().concurrency, None);
    });
}

#[test]
fn throttled_attempts_do_not_count_for_the_policy() {
    run(async {
        let unavailable = || http::Response::builder().status(503).body(bytes::Bytes::new()).unwrap();
        let steps = [after("1"), unavailable(), after("1"), after("1"), unavailable(), who_am_i()];
        let script = Script::new(steps);
        let client = script.builder().retry(RetryPolicy::new().attempts(3)).build().unwrap();
        let reply = client.send(&WhoAmI).await.unwrap();
        assert_eq!((reply.attempts(), script.seconds().len()), (6, 6));
    });
}

#[test]
fn a_message_fails_as_soon_as_the_pause_is_longer_than_its_deadline() {
    run(async {
        let script = Script::new([after("20")]);
        let client = script.client();
        let hasty = client.with_retry(RetryPolicy::new().throttle_deadline(Duration::from_secs(5)));
        let start = Instant::now();
        let error = hasty.execute(WhoAmI).await.unwrap_err();
        assert_eq!((error.retry_after(), error.attempts()), (Some(Duration::from_secs(20)), 1));
        assert!(start.elapsed() < Duration::from_secs(1));
        // The next one is not even sent, and its error says what is left.
        sleep(Duration::from_secs(4)).await;
        let error = hasty.execute(WhoAmI).await.unwrap_err();
        assert!(error.is_throttled() && error.code() == Some(0x8007_2322), "{error}");
        let left = error.retry_after().unwrap();
        assert!(left > Duration::from_secs(14) && left <= Duration::from_secs(18), "{left:?}");
        assert_eq!((script.seconds().len(), error.attempts()), (1, 0));
        // With time enough, the same client sends it after the pause.
        sleep(Duration::from_secs(13)).await;
        hasty.execute(WhoAmI).await.unwrap();
        assert!(is_about(script.seconds()[1], 20.0), "{:?}", script.seconds());
    });
}

#[test]
fn without_a_deadline_the_client_asks_for_hours() {
    run(async {
        let script = Script::new((0..50).map(|_| after("300")));
        let policy = RetryPolicy::new().throttle_deadline(Duration::MAX);
        script.builder().retry(policy).build().unwrap().execute(WhoAmI).await.unwrap();
        assert!(script.seconds()[50] > 4.0 * 3600.0);
        // The default deadline is 30 minutes.
        let script = Script::new((0..50).map(|_| after("300")));
        let error = script.client().execute(WhoAmI).await.unwrap_err();
        assert!(error.is_throttled());
        assert_eq!(
            script.seconds().len(),
            6,
            "a seventh pause would end after 30 minutes: {:?}",
            script.seconds()
        );
    });
}

#[test]
fn with_a_deadline_of_zero_the_caller_decides_alone() {
    run(async {
        let script = Script::new([after("20")]);
        let once = script.builder().retry(RetryPolicy::none()).build().unwrap();
        assert!(once.execute(WhoAmI).await.unwrap_err().is_throttled());
        once.execute(WhoAmI).await.unwrap();
        assert!(script.seconds()[1] < 1.0);
        // Its refusal makes others wait, though.
        once.with_retry(RetryPolicy::new()).execute(WhoAmI).await.unwrap();
        assert!(is_about(script.seconds()[2], 20.0), "{:?}", script.seconds());
    });
}

#[test]
fn a_message_that_is_dropped_while_it_waits_holds_up_nobody() {
    run(async {
        let script = Script::new([after("20")]);
        let client = script.client();
        let waiting = tokio::spawn({
            let client = client.clone();
            async move { client.execute(WhoAmI).await }
        });
        sleep(Duration::from_secs(1)).await;
        let second = tokio::spawn({
            let client = client.clone();
            async move { client.execute(WhoAmI).await }
        });
        sleep(Duration::from_secs(1)).await;
        waiting.abort();
        // The timeout of a whole run is a timeout around its future.
        assert!(tokio::time::timeout(Duration::from_secs(3), client.execute(WhoAmI)).await.is_err());
        second.await.unwrap().unwrap();
        client.execute(WhoAmI).await.unwrap();
        assert_eq!(script.seconds().len(), 3);
        assert_eq!(client.throttle().under_way, 0);
    });
}

/// A token that has expired during the pause would be refused.
#[test]
fn the_token_is_asked_for_after_the_pause() {
    run(async {
        let script = Script::new([after("300")]);
        let asked = Arc::new(AtomicUsize::new(0));
        let source = token_fn(move |_: Organization| {
            let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
            // It expires within the pause: the cache does not keep it.
            let end = SystemTime::now() + Duration::from_secs(60);
            async move { Ok::<_, TokenError>(AccessToken::new(format!("token-{number}"), Some(end))) }
        });
        let client = Client::builder(org(), source).transport(script.clone()).build().unwrap();
        client.execute(WhoAmI).await.unwrap();
        let sent = script.header("authorization");
        assert_eq!(sent, [Some("Bearer token-1".to_owned()), Some("Bearer token-2".to_owned())]);
    });
}
