//! Your own code with tests against the emulator: no org, no network, no mocks.
//!
//! `cargo test --example with_your_tests` runs the tests, `cargo run --example with_your_tests` the program.

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::message::Error;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};

/// Writes once that a session has ended, and closes its other events. Returns the number of events that it
/// closed.
async fn end_session(client: &Client, session: Id<OcSession>) -> Result<usize, Error> {
    let of_session = || SessionEvent::query().filter(SessionEvent::SESSION.eq(session));
    let ended = of_session().filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd));
    if client.execute(ended.top(1)).await?.records.is_empty() {
        let end = SessionEvent::create().name("Ended").event_type(EventType::SessionEnd).session(session);
        client.execute(end).await?;
    }
    let open = of_session()
        .filter(SessionEvent::STATUS.eq(StatusReason::Active))
        .filter(SessionEvent::EVENT_TYPE.ne(EventType::SessionEnd));
    let open: Vec<_> = client.items(open).try_collect().await?;
    for event in &open {
        client.execute(SessionEvent::set_state(event.id, StatusReason::Inactive)).await?;
    }
    Ok(open.len())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let client = Emulator::new().client();
        let session = client.execute(OcSession::create().subject("Chat")).await?;
        for name in ["Created", "Accepted"] {
            client.execute(SessionEvent::create().name(name).session(session)).await?;
        }
        println!("{} events closed", end_session(&client, session).await?);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use dataverse_emulator::Fault;

    use super::*;

    /// An emulator that is the same in every run, and a session with two events in it.
    async fn world() -> (Emulator, Client, Id<OcSession>) {
        let start = "2026-03-04T10:30:00Z".parse().expect("a time");
        let emulator =
            Emulator::builder().strict(true).clock(start).sequential_ids(true).build().expect("tables");
        let client = emulator.client();
        let session = client.execute(OcSession::create().subject("Chat")).await.expect("a session");
        for name in ["Created", "Accepted"] {
            client.execute(SessionEvent::create().name(name).session(session)).await.expect("an event");
        }
        (emulator, client, session)
    }

    fn run(test: impl Future<Output = Result<(), Error>>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(test).expect("the test's own messages succeed");
    }

    #[test]
    fn a_session_ends_once() {
        run(async {
            let (_, client, session) = world().await;
            assert_eq!(end_session(&client, session).await?, 2);
            assert_eq!(end_session(&client, session).await?, 0);
            assert_eq!(client.execute(SessionEvent::count()).await?, 3);
            Ok(())
        });
    }

    #[test]
    fn throttling_does_not_hurt() {
        run(async {
            let (emulator, client, session) = world().await;
            emulator.inject(Fault::throttle(Duration::ZERO).times(2));
            assert_eq!(end_session(&client, session).await?, 2);
            Ok(())
        });
    }

    #[test]
    fn users_need_the_right_to_the_session() {
        run(async {
            let (emulator, _, session) = world().await;
            let stranger = emulator.add_user("Sam Stranger").expect("a user");
            let refused = end_session(&emulator.client_as(stranger), session).await.expect_err("no right");
            assert!(refused.is_permission_denied(), "{refused}");
            // The stranger was shown nothing either: the query before found no events.
            let answer = &emulator.trace()[3].response_body;
            assert!(String::from_utf8_lossy(answer).contains(r#""value":[]"#));
            Ok(())
        });
    }
}
