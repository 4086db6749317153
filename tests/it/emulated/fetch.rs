//! FetchXML from typed columns against the emulator: joins, aggregates, pages, and filters that find what
//! OData finds.

use std::collections::BTreeSet;

use dataverse_entity::client::Client;
use dataverse_entity::message::{DateGrouping, Fetch, Link, LinkType};
use dataverse_entity::prelude::*;
use dataverse_entity::query::Filter;
use dataverse_entity::tables::{EventReason, EventType, OcSession, SessionEvent, SystemUser, Team};
use dataverse_entity::{DataverseRow, Row};
use futures_util::TryStreamExt;

use super::{run, world};

/// Three sessions, with three, two and no events, and one event without a session.
async fn filled(client: &Client) {
    let names: [(&str, &[(&str, EventType)]); 3] = [
        (
            "Chat 100% & <more>",
            &[
                ("Created", EventType::SessionCreated),
                ("Accepted", EventType::AgentAccepted),
                ("Ended", EventType::SessionEnd),
            ],
        ),
        ("Voice", &[("Created", EventType::SessionCreated), ("Ended", EventType::SessionEnd)]),
        ("Empty", &[]),
    ];
    for (subject, events) in names {
        let session = client.execute(OcSession::create().subject(subject)).await.unwrap();
        for (name, event_type) in events {
            let event = SessionEvent::create().name(*name).event_type(*event_type).session(session);
            client.execute(event).await.unwrap();
        }
    }
    let alone = SessionEvent::create().event_reason(EventReason::Disconnect);
    client.execute(alone).await.unwrap();
}

/// The same condition in both languages finds the same records.
#[test]
fn a_filter_finds_in_fetch_xml_what_it_finds_in_odata() {
    run(async {
        let (_emulator, client) = world();
        filled(&client).await;
        let (name, kind, on) = (SessionEvent::NAME, SessionEvent::EVENT_TYPE, SessionEvent::CREATED_ON);
        let me = client.execute(dataverse_entity::message::WhoAmI).await.unwrap();
        let created = kind.eq(EventType::SessionCreated);
        let chat = || SessionEvent::SESSION.to(OcSession::SUBJECT).contains("100% & <more>");
        let now: Timestamp = "2026-03-04T10:30:00Z".parse().unwrap();
        let filters: Vec<Filter<SessionEvent>> = vec![
            name.eq("created"),
            name.ne("Created"),
            name.gt("Created"),
            name.le("Created"),
            name.is_null(),
            name.is_not_null(),
            name.contains("ed"),
            name.starts_with("c"),
            name.ends_with("PTED"),
            name.contains("%"),
            name.contains_pattern("c_e"),
            !name.contains("ed"),
            !name.eq("Created"),
            !name.is_null(),
            !(name.eq("Created").or(name.eq("Ended"))),
            !(name.eq("Created").and(created.clone())),
            created.clone().or(name.eq("Accepted")).and(name.is_not_null()),
            kind.is_in([EventType::SessionCreated, EventType::SessionEnd]),
            kind.is_not_in([EventType::SessionCreated]),
            kind.is_null(),
            on.today(),
            on.yesterday(),
            on.last_x_days(3),
            on.this_month(),
            on.this_fiscal_year(),
            on.older_than_x_days(1),
            on.on(jiff::civil::date(2026, 3, 4)),
            on.on_or_after(jiff::civil::date(2026, 3, 5)),
            on.in_fiscal_period_and_year(1, 2026),
            on.eq(now),
            on.lt(now),
            on.between(now, now),
            on.le_column(SessionEvent::MODIFIED_ON),
            SessionEvent::OWNER.equal_user_id(),
            SessionEvent::OWNER.not_equal_user_id(),
            SessionEvent::OWNER.equal_user_or_user_teams(),
            SessionEvent::OWNING_USER.eq(Id::<SystemUser>::new(me.user.into())),
            SessionEvent::SESSION.is_null(),
            chat(),
            chat().or(name.is_null()),
            chat().and(created),
        ];
        let (mut some, mut none) = (0, 0);
        for filter in filters {
            let query = SessionEvent::query().filter(filter.clone());
            let by_query: BTreeSet<_> =
                client.items(query).map_ok(|event| event.id.uuid()).try_collect().await.unwrap();
            let fetch = SessionEvent::fetch().filter(filter.clone());
            let xml = fetch.to_xml().unwrap();
            let by_fetch: BTreeSet<_> = client
                .items(fetch.records())
                .map_ok(|event| event.id.uuid())
                .try_collect()
                .await
                .unwrap_or_else(|error| panic!("{error}\n{xml}"));
            assert_eq!(by_query, by_fetch, "{filter:?}\n{xml}");
            *(if by_fetch.is_empty() { &mut none } else { &mut some }) += 1;
        }
        assert!(some > 25 && none > 3, "{some} {none}");
    });
}

#[derive(Debug, PartialEq, DataverseRow)]
struct Line {
    #[row(alias = "session.subject")]
    subject: Option<String>,
    #[row(alias = "msdyn_name")]
    name: Option<String>,
    kind: Option<EventType>,
    #[row(alias = "kind", formatted)]
    label: Option<String>,
    #[row(alias = "session.activityid")]
    session: Option<Id<OcSession>>,
    #[row(alias = "owner")]
    owner: Option<Lookup<SystemUser>>,
}

/// Rows that are sorted by a link's column have no cookie (fetchxml/page-results), and every page is still
/// read.
#[test]
fn rows_sorted_by_a_link_are_read_page_by_page() {
    run(async {
        let (_emulator, client) = world();
        filled(&client).await;
        let session = Link::<_, OcSession>::to_one(SessionEvent::SESSION)
            .alias("session")
            .attribute(OcSession::SUBJECT)
            .attribute(OcSession::ID)
            .order_by(OcSession::SUBJECT.desc());
        let fetch = SessionEvent::fetch()
            .attribute(SessionEvent::NAME)
            .attribute_as(SessionEvent::EVENT_TYPE, "kind")
            .attribute_as(SessionEvent::OWNING_USER, "owner")
            .order_by(SessionEvent::NAME)
            .link(session.clone().outer())
            .page_size(2);
        let mut pages = client.pages(fetch.rows_as::<Line>());
        let mut lines = Vec::new();
        let mut sizes = Vec::new();
        let mut without_cookie = 0;
        while let Some(page) = pages.try_next().await.unwrap() {
            sizes.push(page.len());
            let more = page.info.more_records == Some(true);
            without_cookie += usize::from(more && page.info.fetch_xml_paging_cookie.is_none());
            lines.extend(page);
        }
        assert_eq!((sizes.as_slice(), without_cookie), (&[2, 2, 2][..], 2));
        let shown: Vec<_> =
            lines.iter().map(|line| (line.name.as_deref(), line.subject.as_deref())).collect();
        let chat = Some("Chat 100% & <more>");
        assert_eq!(
            shown,
            [
                (None, None),
                (Some("Accepted"), chat),
                (Some("Created"), Some("Voice")),
                (Some("Created"), chat),
                (Some("Ended"), Some("Voice")),
                (Some("Ended"), chat),
            ]
        );
        assert_eq!(lines[1].kind, Some(EventType::AgentAccepted));
        assert!(lines[1].label.is_some() && lines[1].session.is_some());
        assert!(lines.iter().all(|line| line.owner.as_ref().is_some_and(|owner| owner.name().is_some())));
        // Inner: without the event that has no session.
        let inner = SessionEvent::fetch().attribute(SessionEvent::NAME).link(session).rows();
        let rows: Vec<Row> = client.items(inner).try_collect().await.unwrap();
        assert_eq!(rows.len(), 5);
        assert!(rows.iter().all(|row| row.contains("session.subject")));
    });
}

#[derive(Debug, PartialEq, DataverseRow)]
struct PerSession {
    subject: Option<String>,
    events: i64,
    kinds: i64,
    month: i32,
    latest: Option<Timestamp>,
}

#[test]
fn aggregates_group_over_a_join() {
    run(async {
        let (_emulator, client) = world();
        filled(&client).await;
        let fetch = SessionEvent::fetch()
            .count("events")
            .count_distinct(SessionEvent::EVENT_TYPE, "kinds")
            .max(SessionEvent::CREATED_ON, "latest")
            .group_by_date(SessionEvent::CREATED_ON, DateGrouping::Month, "month")
            .link(Link::to_one(SessionEvent::SESSION).group_by(OcSession::SUBJECT, "subject"))
            .order_by_alias("events", true);
        let rows: Vec<PerSession> = client.items(fetch.clone().rows_as()).try_collect().await.unwrap();
        let latest = Some("2026-03-04T10:30:00Z".parse().unwrap());
        let row = |subject: &str, count: i64| PerSession {
            subject: Some(subject.to_owned()),
            events: count,
            kinds: count,
            month: 3,
            latest,
        };
        assert_eq!(rows, [row("Chat 100% & <more>", 3), row("Voice", 2)]);
        let rows: Vec<Row> = client.items(fetch.rows()).try_collect().await.unwrap();
        assert_eq!(rows[0].get::<i64>("events").unwrap(), Some(3));
        let distinct = SessionEvent::fetch().attribute(SessionEvent::NAME).distinct(true).rows();
        assert_eq!(client.items(distinct).try_collect::<Vec<Row>>().await.unwrap().len(), 4);
    });
}

#[test]
fn links_filter_rows_by_related_records() {
    run(async {
        let (_emulator, client) = world();
        filled(&client).await;
        let subjects = |fetch: Fetch<OcSession>| {
            let client = client.clone();
            async move {
                let records: Vec<_> =
                    client.items(fetch.order_by(OcSession::SUBJECT).records()).try_collect().await.unwrap();
                let subjects = records.iter().map(|record| record.subject.clone().unwrap());
                subjects.map(|subject| subject.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
            }
        };
        let accepted = |link_type: LinkType| {
            let events = Link::to_many(SessionEvent::SESSION).filter(SessionEvent::NAME.eq("Accepted"));
            OcSession::fetch().link(events.link_type(link_type))
        };
        for (link_type, expected) in [
            (LinkType::Inner, &["Chat"][..]),
            (LinkType::Any, &["Chat"]),
            (LinkType::NotAll, &["Chat"]),
            (LinkType::Exists, &["Chat"]),
            (LinkType::In, &["Chat"]),
            (LinkType::NotAny, &["Empty", "Voice"]),
            // There are events, and none is accepted: FetchXML's `all` does not mean "all".
            (LinkType::All, &["Voice"]),
        ] {
            assert_eq!(subjects(accepted(link_type)).await, expected, "{link_type:?}");
        }
        // Either of two tables, in one condition.
        let either = OcSession::SUBJECT.eq("Empty").or(SessionEvent::NAME.eq("Accepted").on_link("event"));
        let event = Link::<_, SessionEvent>::to_many(SessionEvent::SESSION).alias("event").outer();
        assert_eq!(subjects(OcSession::fetch().filter(either).link(event)).await, ["Chat", "Empty"]);
    });
}

#[test]
fn many_to_many_rows_are_joined_through_the_intersect_table() {
    run(async {
        let (emulator, client) = world();
        let ada = emulator.add_user("Ada Agent").unwrap();
        emulator.add_team("Night shift", &[ada]).unwrap();
        emulator.add_team("Day shift", &[]).unwrap();
        let member = Link::<Team, SystemUser>::many_to_many("teammembership")
            .alias("member")
            .attribute(SystemUser::FULL_NAME);
        let fetch = Team::fetch().attribute(Team::NAME).filter(Team::NAME.ends_with("shift")).link(member);
        let rows: Vec<Row> = client.items(fetch.rows()).try_collect().await.unwrap();
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(rows[0].get::<String>("name").unwrap().as_deref(), Some("Night shift"));
        assert_eq!(rows[0].get::<String>("member.fullname").unwrap().as_deref(), Some("Ada Agent"));
    });
}

/// The URL has more than 32,768 characters, so each page is asked for in a batch of its own.
#[test]
fn a_query_too_long_for_a_url_is_answered() {
    run(async {
        let (_emulator, client) = world();
        filled(&client).await;
        let names = (0..700).map(|number| format!("a name that no event has {number:07}"));
        let names = names.chain(["Created".to_owned(), "Ended".to_owned()]);
        let fetch = SessionEvent::fetch().filter(SessionEvent::NAME.is_in(names)).page_size(3);
        let records: Vec<_> = client.items(fetch.records()).try_collect().await.unwrap();
        assert_eq!(records.len(), 4);
    });
}
