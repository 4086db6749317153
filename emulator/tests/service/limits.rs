//! Service protection limits, on a clock that the tests move. The numbers, codes and texts are those of
//! Microsoft's page "Service protection API limits".

use std::time::Duration;

use dataverse_emulator::{Emulator, ModelCost, ServiceLimits};
use serde_json::{Value, json};

use crate::support::Api;

const START: &str = "2026-03-04T09:00:00Z";

const TOO_MANY: &str = "Number of requests exceeded the limit of 6000 over time window of 300 seconds.";
const TOO_LONG: &str = "Combined execution time of incoming requests exceeded limit of 1,200,000  milliseconds over time \
                        window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests \
                        and try again later.";
const TOO_CONCURRENT: &str = "Number of concurrent requests exceeded the limit of 52.";

/// An execution time of nothing, so that the speed of the machine does not matter.
const FREE: ModelCost = ModelCost::new(Duration::ZERO, Duration::ZERO);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn limited(limits: ServiceLimits) -> Api {
    let builder = Emulator::builder().clock(START.parse().unwrap()).trace_limit(0);
    Api::of(builder.limits(limits).build().unwrap())
}

/// A service with the documented limits whose requests take this long.
fn taking(cost: ModelCost) -> Api {
    limited(ServiceLimits::documented().cost(cost))
}

fn retry_after(api: &Api) -> u64 {
    api.get("WhoAmI").expect(429).header("retry-after").unwrap().parse().unwrap()
}

#[test]
fn six_thousand_requests_are_answered_and_no_more() {
    let api = taking(FREE);
    for _ in 0..6000 {
        api.get("WhoAmI").expect(200);
    }
    let refused = api.get("WhoAmI");
    assert_eq!(refused.header("retry-after"), Some("300"));
    refused.refused(429, "0x80072322", TOO_MANY);
}

#[test]
fn a_batch_is_one_request() {
    let api = taking(FREE);
    let part = "--b\r\nContent-Type: application/http\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n\r\n";
    let batch = api.with("Content-Type", "multipart/mixed; boundary=b");
    let answer = batch.send("POST", "$batch", format!("{}--b--\r\n", part.repeat(10))).expect(200);
    assert_eq!(answer.header("x-ms-ratelimit-burst-remaining-xrm-requests"), Some("5999"));
}

/// 60 seconds for each row: 20 rows are 1,200 seconds.
#[test]
fn twenty_minutes_of_execution_time_are_the_limit() {
    let api = taking(ModelCost::new(Duration::ZERO, Duration::ZERO).row(seconds(60)));
    let rows = |count: usize| -> Value {
        let rows: Vec<Value> = (0..count)
            .map(|number| json!({ "@odata.type": "Microsoft.Dynamics.CRM.account", "name": number.to_string() }))
            .collect();
        json!({ "Targets": rows })
    };
    let create = |count| api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &rows(count));
    create(1).expect(200);
    api.emulator.advance(seconds(60));
    // What is under way does not count yet, so the limit can be exceeded.
    create(19).expect(200);
    create(1).expect(200);
    api.emulator.advance(seconds(19 * 60));
    // The first row has left the window, and those that ended since are too many.
    let api = taking(ModelCost::new(seconds(20), Duration::ZERO));
    for _ in 0..50 {
        api.get("WhoAmI").expect(200);
    }
    api.emulator.advance(seconds(20));
    for _ in 0..10 {
        api.get("WhoAmI").expect(200);
    }
    api.emulator.advance(seconds(30));
    let refused = api.get("WhoAmI");
    // The 50 requests that ended 30 seconds ago leave the window in 270 seconds.
    assert_eq!(refused.header("retry-after"), Some("270"));
    refused.refused(429, "0x80072321", TOO_LONG);
}

#[test]
fn fifty_two_requests_are_concurrent_and_no_more() {
    let api = taking(ModelCost::new(seconds(2), seconds(2)));
    for _ in 0..52 {
        api.get("WhoAmI").expect(200);
    }
    for _ in 0..3 {
        let refused = api.get("WhoAmI");
        assert_eq!(refused.header("retry-after"), Some("1"));
        refused.refused(429, "0x80072326", TOO_CONCURRENT);
    }
    api.emulator.advance(seconds(2));
    api.get("WhoAmI").expect(200);
}

#[test]
fn the_window_slides() {
    let api = limited(ServiceLimits::documented().requests(2).cost(FREE));
    api.get("WhoAmI").expect(200);
    api.emulator.advance(seconds(100));
    api.get("WhoAmI").expect(200);
    assert_eq!(retry_after(&api), 200);
    api.emulator.advance(seconds(200));
    api.get("WhoAmI").expect(200);
    assert_eq!(retry_after(&api), 100);
}

#[test]
fn who_goes_on_waits_longer() {
    let api = limited(ServiceLimits::documented().requests(1).cost(FREE));
    api.get("WhoAmI").expect(200);
    api.emulator.advance(Duration::from_millis(100_500));
    assert_eq!(retry_after(&api), 200);
    assert_eq!(retry_after(&api), 201);
    assert_eq!(retry_after(&api), 202);
    // The window has room, but the duration was extended.
    api.emulator.advance(Duration::from_millis(200_000));
    assert_eq!(retry_after(&api), 3);
    api.emulator.advance(seconds(3));
    api.get("WhoAmI").expect(200);
    for _ in 0..500 {
        api.get("WhoAmI").expect(429);
    }
    assert_eq!(retry_after(&api), 300, "it is never longer than the window");
}

#[test]
fn each_user_has_limits() {
    let api = limited(ServiceLimits::documented().requests(1).cost(FREE));
    let ada = api.emulator.add_user("Ada Agent").unwrap().to_string();
    api.get("WhoAmI").expect(200);
    api.get("WhoAmI").expect(429);
    api.as_user(&ada).get("WhoAmI").expect(200);
    api.as_user(&ada).get("WhoAmI").expect(429);
    let api = limited(ServiceLimits::documented().requests(1).cost(FREE));
    let ada = api.emulator.add_user("Ada Agent").unwrap().to_string();
    api.with("MSCRMCallerID", &ada).get("WhoAmI").expect(200);
    api.get("WhoAmI").expect(429);
}

#[test]
fn answers_say_what_is_left() {
    let api = taking(ModelCost::new(Duration::from_millis(540), Duration::ZERO));
    let first = api.get("WhoAmI").expect(200);
    let header = |answer: &crate::support::Answer, name: &str| answer.header(name).unwrap().to_owned();
    assert_eq!(header(&first, "x-ms-dop-hint"), "48");
    assert_eq!(header(&first, "x-ms-ratelimit-burst-remaining-xrm-requests"), "5999");
    assert_eq!(header(&first, "x-ms-ratelimit-time-remaining-xrm-requests"), "1,200.00");
    api.emulator.advance(seconds(1));
    let second = api.get("WhoAmI").expect(200);
    assert_eq!(header(&second, "x-ms-ratelimit-time-remaining-xrm-requests"), "1,199.46");
    // Refusals say it, too.
    let api = limited(ServiceLimits::documented().requests(1).cost(FREE));
    api.get("WhoAmI").expect(200);
    assert_eq!(header(&api.get("WhoAmI"), "x-ms-ratelimit-burst-remaining-xrm-requests"), "0");
    // Without limits, answers have none of these headers.
    let free = Api::new().get("WhoAmI").expect(200);
    assert!(
        free.headers.keys().all(|name| !name.as_str().starts_with("x-ms-ratelimit")),
        "{:?}",
        free.headers
    );
}
