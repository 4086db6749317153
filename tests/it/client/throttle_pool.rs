//! A pool of identities, each with limits of its own.

use std::num::NonZeroUsize;
use std::time::Duration;

use dataverse_emulator::{ModelCost, ServiceLimits};
use dataverse_entity::Id;
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::message::{Organization, RequestOptions, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};
use futures_util::future::join_all;

use super::simulated::{Script, Simulated, after, run};

const LATENCY: Duration = Duration::from_millis(20);

async fn load(identities: usize) -> (Client, Duration) {
    let cost = ModelCost::new(Duration::from_millis(100), Duration::from_millis(100));
    let limits = ServiceLimits::documented().requests(100).recommended_concurrency(4).cost(cost);
    let simulated = Simulated::new(limits, LATENCY);
    let users = (1..identities).map(|number| simulated.as_new_user(&format!("Loader {number}")).client());
    let clients: Vec<Client> = std::iter::once(simulated.client()).chain(users).collect();
    let pool = Client::pool(clients).unwrap();
    let drafts = (0..390).map(|number| SessionEvent::create().name(format!("{number}")));
    let outcomes = pool.bulk().chunk_size(NonZeroUsize::MIN).create(drafts).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    (pool, simulated.elapsed())
}

/// 390 requests, 100 for each identity in a window of 300 seconds.
#[test]
fn each_identity_adds_its_limits_to_those_of_the_pool() {
    run(async {
        for (identities, windows) in [(1, 3), (2, 1), (4, 0)] {
            let (pool, elapsed) = load(identities).await;
            let (least, most) = (Duration::from_secs(300 * windows), Duration::from_secs(300 * windows + 30));
            assert!(elapsed >= least && elapsed < most, "{identities} identities: {elapsed:?}");
            assert_eq!(pool.identities().len(), identities);
        }
    });
}

#[test]
fn what_one_identity_is_refused_another_one_sends_at_once() {
    run(async {
        let (busy, free) = (Script::new([after("60")]), Script::new([]));
        let pool = Client::pool([busy.client(), free.client()]).unwrap();
        pool.execute(WhoAmI).await.unwrap();
        assert_eq!((busy.seconds().len(), free.seconds().len()), (1, 1));
        assert!(free.seconds()[0] < 1.0);
        // While the first pauses, all go to the other one; the pool is not paused.
        join_all((0..5).map(|_| pool.execute(WhoAmI))).await;
        assert_eq!((busy.seconds().len(), free.seconds().len()), (1, 6));
        assert_eq!(pool.throttle().paused_for, None);
        assert_eq!(pool.throttle().refusals.requests, 1);
        assert!(pool.identities()[0].throttle().paused_for.is_some());
        assert!(pool.identities()[1].throttle().paused_for.is_none());
    });
}

#[test]
fn if_all_identities_pause_the_first_to_have_room_sends() {
    run(async {
        let (slow, quick) = (Script::new([after("60")]), Script::new([after("30")]));
        let pool = Client::pool([slow.client(), quick.client()]).unwrap();
        pool.execute(WhoAmI).await.unwrap();
        assert_eq!((slow.seconds().len(), quick.seconds().len()), (1, 2));
        assert!(quick.seconds()[1] >= 30.0 && quick.seconds()[1] < 32.0, "{:?}", quick.seconds());
    });
}

#[test]
fn impersonation_and_sessions_stay_with_the_first_identity() {
    run(async {
        let (first, second) = (Script::new([after("10")]), Script::new([]));
        let pool = Client::pool([first.client(), second.client()]).unwrap();
        let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        let acting = pool.with_options(RequestOptions::new().impersonate_user(user));
        join_all((0..5).map(|_| acting.execute(WhoAmI))).await;
        let session = pool.with_options(RequestOptions::new().session_token("0:1#2"));
        join_all((0..5).map(|_| session.execute(WhoAmI))).await;
        assert_eq!((first.seconds().len(), second.seconds().len()), (11, 0));
    });
}

#[test]
fn a_pool_has_clients_of_one_organization() {
    let none: [Client; 0] = [];
    assert_eq!(Client::pool(none).unwrap_err().to_string(), "a pool needs at least one client");
    let of = |name: &str| {
        Client::new(Organization::new(&format!("https://{name}.crm4.dynamics.com")).unwrap(), NoToken)
            .unwrap()
    };
    assert_eq!(
        Client::pool([of("contoso"), of("fabrikam")]).unwrap_err().to_string(),
        "the clients of a pool belong to one organization, not to https://contoso.crm4.dynamics.com and \
         https://fabrikam.crm4.dynamics.com"
    );
}
