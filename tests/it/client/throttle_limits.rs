//! A client against the limits of Dataverse, as the emulator keeps them: in simulated time, and over sockets.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dataverse_emulator::{Emulator, ModelCost, ServerOptions, ServiceLimits};
use dataverse_entity::client::{Budget, Client, NoToken, RetryPolicy};
use dataverse_entity::message::{Organization, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use futures_util::future::join_all;

use super::simulated::{Simulated, run};

const LATENCY: Duration = Duration::from_millis(20);

fn size(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

fn quick_requests() -> ModelCost {
    ModelCost::new(Duration::from_millis(100), Duration::from_millis(100))
}

/// 300 requests where 100 are allowed in a window: three windows.
#[test]
fn the_limit_of_requests_costs_time_and_no_failure() {
    run(async {
        let limits = ServiceLimits::documented().requests(100).cost(quick_requests());
        let simulated = Simulated::new(limits, LATENCY);
        let client = simulated.client();
        let outcomes = join_all((0..300).map(|_| client.execute(WhoAmI))).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 0);
        assert_eq!(simulated.answers(200), 300);
        let minutes = simulated.elapsed().as_secs_f64() / 60.0;
        assert!((10.0..11.0).contains(&minutes), "{minutes} minutes");
    });
}

/// Requests that come one by one, up to ten at once, learn from the answers what is left: each window has one
/// refusal.
#[test]
fn a_limit_is_reached_with_one_request_and_not_with_all_that_are_under_way() {
    run(async {
        let limits =
            ServiceLimits::documented().requests(100).recommended_concurrency(10).cost(quick_requests());
        let simulated = Simulated::new(limits, LATENCY);
        let client = simulated.client();
        let drafts = (0..300).map(|number| SessionEvent::create().name(format!("{number}")));
        let outcomes = client.bulk().chunk_size(size(1)).create(drafts).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let refusals = client.throttle().refusals;
        assert!(refusals.total() <= 4 && refusals.requests == refusals.total(), "{refusals:?}");
        assert_eq!(simulated.answers(429) as u64, refusals.total());
    });
}

/// Ten seconds a request, 200 seconds a window: 20 requests a window.
#[test]
fn the_limit_of_execution_time_costs_time_and_no_failure() {
    run(async {
        let ten = Duration::from_secs(10);
        let limits = ServiceLimits::documented()
            .execution_time(Duration::from_secs(200))
            .cost(ModelCost::new(ten, ten));
        let simulated = Simulated::new(limits.recommended_concurrency(8), LATENCY);
        let client = simulated.client();
        let drafts = (0..80).map(|number| SessionEvent::create().name(format!("{number}")));
        let outcomes = client.bulk().chunk_size(size(1)).create(drafts).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let refusals = client.throttle().refusals;
        assert!(refusals.execution_time > 0 && refusals.total() == refusals.execution_time, "{refusals:?}");
        assert!(refusals.total() <= 8, "{refusals:?}");
    });
}

#[test]
fn a_refusal_for_concurrency_halves_the_number_of_requests_under_way() {
    run(async {
        let limits = ServiceLimits::documented().concurrent_requests(10).cost(quick_requests());
        let simulated = Simulated::new(limits, LATENCY);
        let client = simulated.client();
        let drafts = (0..400).map(|number| SessionEvent::create().name(format!("{number}")));
        let outcomes = client.bulk().chunk_size(size(1)).concurrency(size(40)).create(drafts).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let throttle = client.throttle();
        // The first 40 at once, and then never more than half of them: 20, then 10.
        assert!(throttle.refusals.concurrency >= 30, "{throttle:?}");
        assert!(throttle.refusals.concurrency <= 60, "{throttle:?}");
        assert!(throttle.concurrency.unwrap() <= 19, "{throttle:?}");
        assert_eq!(simulated.most_under_way(), 40);
    });
}

#[test]
fn with_a_budget_nothing_is_refused() {
    run(async {
        let cost = ModelCost::new(Duration::from_millis(200), Duration::from_millis(2500));
        for (requests, seconds) in [(100, 1200), (6000, 250)] {
            let execution_time = Duration::from_secs(seconds);
            let limits =
                ServiceLimits::documented().requests(requests).execution_time(execution_time).cost(cost);
            let simulated = Simulated::new(limits.recommended_concurrency(10), LATENCY);
            let budget = Budget::documented().requests(requests).execution_time(execution_time);
            let client = simulated.builder().budget(budget).build().unwrap();
            let drafts = (0..300).map(|number| SessionEvent::create().name(format!("{number}")));
            let outcomes = client.bulk().chunk_size(size(1)).create(drafts).await;
            assert!(outcomes.iter().all(Result::is_ok));
            assert_eq!((simulated.answers(429), client.throttle().refusals.total()), (0, 0));
            // Three windows of 100 requests each.
            let elapsed = simulated.elapsed().as_secs_f64();
            assert!((600.0..660.0).contains(&elapsed), "{elapsed}");
        }
    });
}

#[test]
fn progress_tells_of_pauses() {
    run(async {
        let limits = ServiceLimits::documented().requests(10).cost(quick_requests());
        let simulated = Simulated::new(limits, LATENCY);
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = told.clone();
        let drafts = (0..15).map(|number| SessionEvent::create().name(format!("{number}")));
        let bulk = simulated.client().bulk().chunk_size(size(1));
        let tell = move |progress| listener.lock().unwrap().push(progress);
        let outcomes = bulk.on_progress(tell).create(drafts).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let told: Vec<dataverse_entity::client::Progress> = told.lock().unwrap().clone();
        let paused: Vec<_> = told.iter().filter(|progress| progress.paused_for.is_some()).collect();
        assert!(!paused.is_empty(), "{told:?}");
        assert!(paused.iter().all(|progress| progress.done == 10 && progress.failed == 0), "{paused:?}");
        let longest = paused.iter().filter_map(|progress| progress.paused_for).max().unwrap();
        assert!(longest > Duration::from_secs(290) && longest < Duration::from_secs(302), "{longest:?}");
        assert_eq!((told.last().unwrap().done, told.last().unwrap().paused_for), (15, None));
    });
}

/// A window of a second, so that a test over sockets can reach it.
#[test]
fn over_sockets_the_limits_cost_no_failure_either() {
    super::run(async {
        let second = Duration::from_secs(1);
        let limits = [
            ServiceLimits::documented().requests(40).window(second),
            ServiceLimits::documented().concurrent_requests(2).window(second),
        ];
        for limits in limits {
            let emulator = Emulator::builder().limits(limits).build().unwrap();
            let server = emulator.serve(ServerOptions::default()).await.unwrap();
            let policy = RetryPolicy::new().backoff(Duration::from_millis(10), second);
            let org = Organization::new(&server.url()).unwrap();
            let client = Client::builder(org, NoToken).retry(policy).build().unwrap();
            let outcomes = join_all((0..100).map(|_| client.execute(SessionEvent::create().name("n")))).await;
            let failed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
            assert!(failed.is_empty(), "{failed:?}");
            assert!(client.throttle().refusals.total() > 0);
            assert_eq!(client.execute(SessionEvent::count()).await.unwrap(), 100);
        }
    });
}
