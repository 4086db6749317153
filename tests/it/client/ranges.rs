//! Queries that are read in several ranges at a time, against the emulator on a clock that runs ahead.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::client::{BoxFuture, Client, NoToken, RetryPolicy, Transport, TransportError};
use dataverse_entity::message::{InRanges, RangePosition};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Column, kinds};
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Error, FromRow, Projection, Timestamp, Uuid};
use http::{Request, Response, StatusCode};
use jiff::civil::{Date, DateTime, date};
use percent_encoding::percent_decode_str;
use rust_decimal::Decimal;

use super::simulated::{org, run};

/// 2026-03-01T00:00:00Z
const MARCH: i64 = 1_772_323_200;

/// The first five columns of an event that a reading in ranges needs, and one to tell events apart.
#[derive(Debug, Clone, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Event {
    #[attr(logical = "msdyn_sessioneventid")]
    id: Id<SessionEvent>,
    #[attr(logical = "createdon")]
    created_on: Option<Timestamp>,
    #[attr(logical = "importsequencenumber")]
    number: Option<i32>,
}

/// Answers a request before or instead of the emulator.
type Hook = Arc<dyn Fn(&Emulator, usize, &str) + Send + Sync>;

/// The emulator behind a network with latency. A hook is called between a request and its answer.
#[derive(Clone)]
struct Door {
    emulator: Emulator,
    latency: Duration,
    hook: Option<Hook>,
    /// The decoded queries of the requests.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Door {
    fn new(emulator: &Emulator) -> Self {
        Self { emulator: emulator.clone(), latency: Duration::ZERO, hook: None, asked: Arc::default() }
    }

    fn client(&self) -> Client {
        let builder = Client::builder(org(), NoToken).transport(self.clone());
        builder.retry(RetryPolicy::none()).build().unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Transport for Door {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let query = request.uri().query().unwrap_or_default().to_owned();
            let query = percent_decode_str(&query).decode_utf8().unwrap().into_owned();
            let number = {
                let mut asked = self.asked.lock().unwrap();
                asked.push(query.clone());
                asked.len()
            };
            if let Some(hook) = &self.hook {
                hook(&self.emulator, number, &query);
            }
            tokio::time::sleep(self.latency).await;
            self.emulator.transport().send(request).await
        })
    }
}

/// Returns an emulator with events, each created at a time in seconds after March began.
async fn filled(times: impl IntoIterator<Item = i64, IntoIter: Send>) -> (Emulator, Vec<Uuid>) {
    let emulator = Emulator::builder().trace_limit(0).build().unwrap();
    let ids = create(&emulator, times).await;
    (emulator, ids)
}

async fn create(emulator: &Emulator, times: impl IntoIterator<Item = i64, IntoIter: Send>) -> Vec<Uuid> {
    let at = |seconds: i64| Timestamp::from_second(MARCH + seconds).unwrap();
    let drafts = times.into_iter().map(|seconds| SessionEvent::create().overridden_created_on(at(seconds)));
    let outcomes = emulator.client().bulk().create(drafts).await;
    outcomes.into_iter().map(|outcome| outcome.unwrap().uuid()).collect()
}

async fn ids(client: &Client, query: InRanges<Event>) -> Vec<Uuid> {
    let events: Vec<Record<Event>> = client.ranges(query).unwrap().try_collect().await.unwrap();
    events.iter().map(|event| event.id.uuid()).collect()
}

#[track_caller]
fn assert_exactly_once(mut read: Vec<Uuid>, mut expected: Vec<Uuid>, what: &str) {
    read.sort_unstable();
    expected.sort_unstable();
    assert_eq!(read, expected, "{what}");
}

/// Times of creation as they occur: in bursts, in the same second, one by one, or far apart.
fn times(random: &mut fastrand::Rng, rows: usize) -> Vec<i64> {
    let mut at = 0;
    let style = random.u8(0..5);
    (0..rows)
        .map(|_| {
            at += match style {
                0 => 0,
                1 => random.i64(0..3),
                2 => random.i64(0..10_000),
                3 if random.u8(0..20) == 0 => 1_000_000,
                3 => 0,
                _ => i64::from(random.u8(0..50) == 0) * random.i64(0..3_000_000) + 1,
            };
            at
        })
        .collect()
}

#[test]
fn rows_of_any_distribution_are_read_exactly_once() {
    run(async {
        for seed in 0..24 {
            let mut random = fastrand::Rng::with_seed(seed);
            let rows = [0, 1, 2, 40, 200][random.usize(0..5)];
            let (emulator, expected) = filled(times(&mut random, rows)).await;
            let (count, page_size) = (random.usize(1..=9), random.u32(1..=20));
            let door = Door::new(&emulator);
            let query = Event::query().page_size(page_size).in_ranges(count);
            let read = ids(&door.client(), query).await;
            assert_exactly_once(read, expected, &format!("seed {seed}"));
            // Pages that are not full, and the requests that find out where rows are.
            let (pages, asked) = (rows.div_ceil(page_size as usize), door.asked().len());
            assert!(asked <= 2 * pages + 30 * count, "seed {seed}: {asked} requests for {pages} pages");
        }
    });
}

/// Stops a reading after each number of records, stores its position as JSON, and goes on with another number of
/// ranges.
#[test]
fn a_reading_is_resumed_at_each_record() {
    run(async {
        for seed in 0..4 {
            let mut random = fastrand::Rng::with_seed(seed);
            let (emulator, expected) = filled(times(&mut random, 40)).await;
            let client = Door::new(&emulator).client();
            for stop in 0..=40 {
                let query = || Event::query().page_size(6);
                let mut events = client.ranges(query().in_ranges(3)).unwrap();
                let mut read = Vec::new();
                for _ in 0..stop {
                    read.push(events.next().await.unwrap().unwrap().id.uuid());
                }
                let stored = serde_json::to_string(&events.position()).unwrap();
                drop(events);
                let position: RangePosition = serde_json::from_str(&stored).unwrap();
                assert!(stored.len() < 1000, "{stored}");
                let count = random.usize(1..6);
                read.extend(ids(&client, query().in_ranges(count).resume(position)).await);
                assert_exactly_once(read, expected.clone(), &format!("seed {seed}, stopped after {stop}"));
            }
        }
    });
}

#[test]
fn a_reading_that_is_over_leaves_nothing() {
    run(async {
        let (emulator, _) = filled(0..30).await;
        let client = Door::new(&emulator).client();
        let mut events = client.ranges(Event::query().page_size(4).in_ranges(3)).unwrap();
        assert_eq!(events.position().to_string(), "1 msdyn_sessionevent createdon .. null");
        while let Some(event) = events.next().await {
            event.unwrap();
        }
        assert!(events.next().await.is_none());
        assert!(events.position().is_end());
        assert_eq!(events.position().to_string(), "1 msdyn_sessionevent createdon");
        let rest = Event::query().in_ranges(3).resume(events.position());
        assert!(ids(&client, rest).await.is_empty());
    });
}

/// What is asked, decoded. The bounds are those of the first page, which nine ranges share with the last value.
#[test]
fn the_requests_ask_for_bounds_that_touch() {
    run(async {
        let (emulator, _) = filled((0..90).map(|number| number * 10)).await;
        let door = Door { latency: Duration::from_millis(40), ..Door::new(&emulator) };
        let query = Event::query().filter(SessionEvent::NAME.is_null()).page_size(10).in_ranges(3);
        ids(&door.client(), query).await;
        let select = "$select=msdyn_sessioneventid,createdon,importsequencenumber";
        let order = "$orderby=createdon asc,msdyn_sessioneventid asc";
        let mut asked = door.asked();
        asked.retain(|query| !query.contains("$skiptoken"));
        asked.truncate(5);
        assert_eq!(
            asked,
            [
                "$select=createdon&$filter=(msdyn_name eq null and createdon ne null)&$orderby=createdon desc&$top=1".to_owned(),
                "$select=msdyn_sessioneventid&$filter=(msdyn_name eq null and createdon eq null)&$top=1".to_owned(),
                format!("{select}&$filter=(msdyn_name eq null and createdon ne null)&{order}"),
                // From the end of the first page (00:01:30) to the last row (00:14:50), in thirds.
                format!(
                    "{select}&$filter=((msdyn_name eq null and createdon ge 2026-03-01T00:05:57Z) and createdon lt 2026-03-01T00:10:24Z)&{order}"
                ),
                format!("{select}&$filter=(msdyn_name eq null and createdon ge 2026-03-01T00:10:24Z)&{order}"),
            ]
        );
    });
}

/// The time of a reading is that of its requests, one after the other: 200 pages of 40 ms.
#[test]
fn eight_ranges_read_more_than_six_times_as_fast_as_one() {
    run(async {
        let mut random = fastrand::Rng::with_seed(7);
        let (emulator, expected) = filled((0..2000).map(|_| random.i64(0..1_000_000))).await;
        let door = Door { latency: Duration::from_millis(40), ..Door::new(&emulator) };
        let client = door.client();
        let query = || Event::query().page_size(10);
        let start = tokio::time::Instant::now();
        assert_eq!(client.all(query()).await.unwrap().len(), 2000);
        let one_by_one = start.elapsed();
        let start = tokio::time::Instant::now();
        let read = ids(&client, query().in_ranges(8)).await;
        let in_ranges = start.elapsed();
        assert_exactly_once(read, expected, "eight ranges");
        assert_eq!(one_by_one, Duration::from_millis(200 * 40));
        assert!(one_by_one > 6 * in_ranges, "{one_by_one:?} and {in_ranges:?}");
    });
}

/// All but a few rows were created within one hour of ten years.
#[test]
fn a_burst_of_rows_is_shared_among_the_ranges() {
    run(async {
        let old = (0..50).map(|number| -number * 6_000_000);
        let (emulator, expected) = filled(old.chain((0..2000).map(|number| number * 2))).await;
        let door = Door { latency: Duration::from_millis(40), ..Door::new(&emulator) };
        let start = tokio::time::Instant::now();
        let read = ids(&door.client(), Event::query().page_size(10).in_ranges(8)).await;
        assert_exactly_once(read, expected, "a burst");
        // 205 pages one after the other would take 8.2 seconds.
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    });
}

/// Between any two requests, rows are created, deleted and updated.
#[test]
fn rows_that_stay_are_read_exactly_once_while_others_come_and_go() {
    run(async {
        for seed in 0..10 {
            let mut random = fastrand::Rng::with_seed(seed);
            let (emulator, all) = filled(times(&mut random, 150)).await;
            let (passing, staying): (Vec<_>, Vec<_>) = all.into_iter().partition(|_| random.u8(0..4) == 0);
            let passing = Arc::new(Mutex::new(passing));
            let changed = staying.clone();
            let random = Mutex::new(random);
            let hook: Hook = Arc::new(move |emulator, _, _| {
                let mut random = random.lock().unwrap();
                let (gone, kept) = (passing.lock().unwrap().pop(), changed[random.usize(0..changed.len())]);
                let at = Timestamp::from_second(MARCH + random.i64(-10..2_000_000)).unwrap();
                let client = emulator.client();
                let change = async move {
                    if let Some(gone) = gone {
                        client.execute(SessionEvent::delete(Id::<SessionEvent>::new(gone))).await.unwrap();
                    }
                    let kept = Id::<SessionEvent>::new(kept);
                    client.execute(SessionEvent::update(kept).name("changed")).await.unwrap();
                    client.execute(SessionEvent::create().overridden_created_on(at)).await.unwrap();
                };
                tokio::spawn(change);
            });
            let door = Door { latency: Duration::from_millis(1), hook: Some(hook), ..Door::new(&emulator) };
            let mut read = ids(&door.client(), Event::query().page_size(5).in_ranges(4)).await;
            assert!(read.len() >= staying.len(), "seed {seed}");
            read.sort_unstable();
            let count = read.len();
            read.dedup();
            assert_eq!(read.len(), count, "seed {seed}: no row comes twice");
            read.retain(|id| staying.contains(id));
            assert_exactly_once(read, staying, &format!("seed {seed}"));
        }
    });
}

/// The second range is refused at its third page. The others go on, and a later reading delivers the rest.
#[test]
fn a_range_that_fails_half_way_is_resumed() {
    run(async {
        let (emulator, expected) = filled(0..200).await;
        let fault =
            Fault::refuse(StatusCode::FORBIDDEN, "0x80040220", "The privilege was taken away.").times(100);
        emulator.inject(fault.when(|_, target| {
            let target = percent_decode_str(target).decode_utf8().unwrap();
            target.contains("createdon ge 2026-03-01T00:01:12Z") && target.contains("pagenumber=\"3\"")
        }));
        let door = Door { latency: Duration::from_millis(40), ..Door::new(&emulator) };
        let client = door.client();
        let query = || Event::query().page_size(10);
        let mut events = client.ranges(query().in_ranges(3)).unwrap();
        let (mut read, mut errors) = (Vec::new(), Vec::new());
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => read.push(event.id.uuid()),
                Err(error) => errors.push(error.to_string()),
            }
        }
        assert_eq!(errors.len(), 1, "{errors:?}");
        let named =
            "the range of `createdon` from 2026-03-01T00:01:12Z until 2026-03-01T00:02:16Z: 403 Forbidden";
        assert!(errors[0].contains(named), "{errors:?}");
        assert!(errors[0].contains("The privilege was taken away."), "{errors:?}");
        let position = events.position();
        assert!(!position.is_end());
        assert!(read.len() > 100 && read.len() < 200, "{} rows", read.len());
        emulator.clear_faults();
        read.extend(ids(&client, query().in_ranges(3).resume(position)).await);
        assert_exactly_once(read, expected, "after the failure");
    });
}

/// Without its last record, a reading cannot tell which of the rows of the same second were delivered: it repeats
/// those, and no others.
#[test]
fn rows_of_a_second_come_again_if_the_last_record_is_deleted() {
    run(async {
        let seconds = |number: i64| number / 10;
        let (emulator, expected) = filled((0..40).map(seconds)).await;
        let client = Door::new(&emulator).client();
        let query = || Event::query().page_size(4);
        let mut events = client.ranges(query().in_ranges(1)).unwrap();
        let mut read = Vec::new();
        for _ in 0..15 {
            read.push(events.next().await.unwrap().unwrap());
        }
        let position = events.position();
        let last = read.last().unwrap().id;
        emulator.client().execute(SessionEvent::delete(last)).await.unwrap();
        let rest = ids(&client, query().in_ranges(2).resume(position)).await;
        let mut all: BTreeMap<Uuid, usize> = BTreeMap::new();
        for id in read.iter().map(|event| event.id.uuid()).chain(rest) {
            *all.entry(id).or_default() += 1;
        }
        assert_eq!(all.len(), expected.len(), "no row is missing");
        let again = read[10..14].iter().map(|event| event.id.uuid());
        let twice: Vec<Uuid> = all.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id).collect();
        assert_exactly_once(twice, again.collect(), "the rows of the second");
    });
}

#[test]
fn rows_without_a_value_have_a_range_of_their_own() {
    run(async {
        for rows_with_number in [0, 1, 30] {
            let emulator = Emulator::new();
            let drafts = (0..60).map(|number| {
                let draft = SessionEvent::create().name("n");
                if number < rows_with_number { draft.import_sequence_number(number % 7) } else { draft }
            });
            let outcomes = emulator.client().bulk().create(drafts).await;
            let expected: Vec<Uuid> = outcomes.into_iter().map(|outcome| outcome.unwrap().uuid()).collect();
            let client = Door::new(&emulator).client();
            let query = || Event::query().page_size(4);
            for count in [1, 4] {
                let by_number = query().in_ranges(count).by(SessionEvent::IMPORT_SEQUENCE_NUMBER);
                assert_exactly_once(ids(&client, by_number).await, expected.clone(), "by number");
            }
            for stop in [0, 5, 33, 59] {
                let mut events =
                    client.ranges(query().in_ranges(3).by(SessionEvent::IMPORT_SEQUENCE_NUMBER)).unwrap();
                let mut read = Vec::new();
                for _ in 0..stop {
                    read.push(events.next().await.unwrap().unwrap().id.uuid());
                }
                let rest =
                    query().in_ranges(2).by(SessionEvent::IMPORT_SEQUENCE_NUMBER).resume(events.position());
                read.extend(ids(&client, rest).await);
                assert_exactly_once(read, expected.clone(), &format!("stopped after {stop}"));
            }
        }
    });
}

/// The emulator compares ids as SQL Server does. Its ids are random here.
#[test]
fn ids_are_cut_in_the_order_of_the_server() {
    run(async {
        let emulator = Emulator::new();
        let mut random = fastrand::Rng::with_seed(3);
        let expected: Vec<Uuid> = (0..300).map(|_| Uuid::from_u128(random.u128(..))).collect();
        let drafts = expected.iter().map(|id| SessionEvent::create().id(Id::new(*id)));
        assert!(emulator.client().bulk().create(drafts).await.iter().all(Result::is_ok));
        let door = Door { latency: Duration::from_millis(40), ..Door::new(&emulator) };
        let client = door.client();
        let query = || Event::query().page_size(5);
        let start = tokio::time::Instant::now();
        let read = ids(&client, query().in_ranges(8).by_id()).await;
        assert_exactly_once(read, expected.clone(), "by id");
        // 60 pages.
        assert!(start.elapsed() < Duration::from_millis(60 * 40 / 4), "{:?}", start.elapsed());
        for stop in [1, 100, 299] {
            let mut events = client.ranges(query().in_ranges(4).by_id()).unwrap();
            let mut read = Vec::new();
            for _ in 0..stop {
                read.push(events.next().await.unwrap().unwrap().id.uuid());
            }
            // The last record is gone. Ids are unique, so nothing comes again.
            let last = Id::<SessionEvent>::new(*read.last().unwrap());
            emulator.client().execute(SessionEvent::delete(last)).await.unwrap();
            read.extend(ids(&client, query().in_ranges(4).by_id().resume(events.position())).await);
            assert_exactly_once(read, expected.clone(), &format!("stopped after {stop}"));
            emulator.client().execute(SessionEvent::create().id(last)).await.unwrap();
        }
    });
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(logical = "new_measure", set = "new_measures")]
struct Measure {
    #[attr(logical = "new_measureid", primary_id)]
    id: Id<Measure>,
    #[attr(logical = "new_price", decimal(min = -1000, max = 1000, precision = 4))]
    price: Option<Decimal>,
    #[attr(logical = "new_length", double(min = -1000, max = 1000, precision = 4))]
    length: Option<f64>,
    #[attr(logical = "new_day", datetime(behavior = "date_only"))]
    day: Option<Date>,
    #[attr(logical = "new_clock", datetime(behavior = "time_zone_independent"))]
    clock: Option<DateTime>,
    #[attr(logical = "new_number", bigint)]
    number: Option<i64>,
}

#[test]
fn numbers_and_dates_of_every_kind_cut_a_table() {
    async fn read<K: kinds::Ranged, V>(client: &Client, column: Column<Measure, K, V>) -> Vec<Uuid> {
        let query = Measure::query().page_size(6).in_ranges(4).by(column);
        let measures: Vec<Record<Measure>> = client.ranges(query).unwrap().try_collect().await.unwrap();
        measures.iter().map(|measure| measure.id.uuid()).collect()
    }
    run(async {
        let emulator = Emulator::builder().table(Measure::METADATA).build().unwrap();
        let drafts = (0..120_i32).map(|number| {
            let draft = Measure::create()
                .price(Decimal::new(i64::from(number - 60) * 2531, 4))
                .length(f64::from(number - 60) * 0.37)
                .day(date(2026, 2, 20).checked_add(jiff::Span::new().days(number / 3)).unwrap())
                .clock(
                    date(2026, 2, 20).at(23, 0, 0, 0).checked_add(jiff::Span::new().seconds(number)).unwrap(),
                );
            if number % 10 == 0 { draft } else { draft.number(i64::from(number) << 40) }
        });
        let outcomes = emulator.client().bulk().create(drafts).await;
        let all: Vec<Uuid> = outcomes.into_iter().map(|outcome| outcome.unwrap().uuid()).collect();
        let client = Door::new(&emulator).client();
        assert_exactly_once(read(&client, Measure::PRICE).await, all.clone(), "a decimal");
        assert_exactly_once(read(&client, Measure::LENGTH).await, all.clone(), "a float");
        assert_exactly_once(read(&client, Measure::DAY).await, all.clone(), "a day");
        assert_exactly_once(read(&client, Measure::CLOCK).await, all.clone(), "a clock reading");
        assert_exactly_once(read(&client, Measure::NUMBER).await, all, "a number");
    });
}

/// A server that answers each query with these rows.
#[derive(Clone)]
struct Fixed(&'static str);

impl Transport for Fixed {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let body = format!("{{\"value\":[{}]}}", self.0);
        Box::pin(async move { Ok(Response::new(Bytes::from(body))) })
    }
}

fn fixed(rows: &'static str) -> Client {
    Client::builder(org(), NoToken).transport(Fixed(rows)).build().unwrap()
}

#[test]
fn another_order_than_that_of_the_ranges_is_an_error() {
    run(async {
        // Sorted as texts, which SQL Server does not do.
        let as_texts = r#"{"msdyn_sessioneventid":"1aaaaaaa-bbbb-cccc-dddd-3eeeeeeeeeee"},
                          {"msdyn_sessioneventid":"2aaaaaaa-bbbb-cccc-dddd-1eeeeeeeeeee"}"#;
        let query = Event::query().in_ranges(1).by_id();
        let error = client_error(&fixed(as_texts), query).await;
        assert!(
            error.ends_with(
                "the range of all `msdyn_sessioneventid`: the answer (200 OK) cannot be read: its rows are not in the \
                 order of `msdyn_sessioneventid` in which they were asked for, so ranges of `msdyn_sessioneventid` would \
                 miss rows; choose another column with `by`"
            ),
            "{error}"
        );
        let without_value = r#"{"msdyn_sessioneventid":"1aaaaaaa-bbbb-cccc-dddd-3eeeeeeeeeee"}"#;
        let error = client_error(&fixed(without_value), Event::query().in_ranges(1)).await;
        assert!(error.contains("its rows are not in the order of `createdon`"), "{error}");
    });
}

async fn client_error(client: &Client, query: InRanges<Event>) -> String {
    client.ranges(query).unwrap().next().await.unwrap().unwrap_err().to_string()
}

#[test]
fn a_caller_who_takes_nothing_stops_the_requests() {
    run(async {
        let (emulator, _) = filled(0..500).await;
        let door = Door { latency: Duration::from_millis(40), ..Door::new(&emulator) };
        let mut events = door.client().ranges(Event::query().page_size(5).in_ranges(4)).unwrap();
        assert_eq!(door.asked().len(), 0, "nothing is asked before the stream is polled");
        for _ in 0..30 {
            events.next().await.unwrap().unwrap();
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
        let asked = door.asked().len();
        // Two questions at the start, six pages that were delivered, and one page for each range and one more.
        assert!(asked <= 2 + 6 + 5, "{asked} requests");
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(door.asked().len(), asked);
    });
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Named {
    #[attr(logical = "msdyn_sessioneventid")]
    id: Id<SessionEvent>,
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(of = SessionEvent)]
struct WithoutId {
    #[attr(logical = "createdon")]
    created_on: Option<Timestamp>,
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_reading", set = "new_readings", table_type = "elastic")]
struct Reading {
    #[attr(logical = "new_readingid", primary_id)]
    id: Id<Reading>,
}

#[test]
fn queries_that_cannot_be_cut_are_refused() {
    fn refused<P>(query: InRanges<P>) -> String
    where
        P: Projection + for<'de> FromRow<'de> + Send + std::fmt::Debug + 'static,
    {
        let error = fixed("").ranges(query).err().unwrap();
        assert!(error.is_invalid_request(), "{error}");
        error.to_string().replace("the request cannot be built: ", "")
    }
    let event = Event::query;
    let other = "1 account createdon ..".parse().unwrap();
    let by_id = "1 msdyn_sessionevent msdyn_sessioneventid ..".parse().unwrap();
    for (found, expected) in [
        (
            refused(event().order_by(SessionEvent::NAME).in_ranges(8)),
            "msdyn_sessionevent: ranges have their own order; leave out `order_by`, or read with `items`",
        ),
        (
            refused(event().top(10).in_ranges(8)),
            "msdyn_sessionevent: ranges read every row; leave out `top`, or read with `items`",
        ),
        (
            refused(event().count(true).in_ranges(8)),
            "msdyn_sessionevent: ranges deliver records without counts; leave out `count`, or read with `pages`",
        ),
        (
            refused(dataverse_entity::message::Query::<Event>::saved(Uuid::nil()).in_ranges(8)),
            "msdyn_sessionevent: a saved query has its own order; ranges need a query without one",
        ),
        (refused(event().in_ranges(0)), "msdyn_sessionevent: `in_ranges` takes 1 to 52 ranges, not 0"),
        (refused(event().in_ranges(53)), "msdyn_sessionevent: `in_ranges` takes 1 to 52 ranges, not 53"),
        (
            refused(Named::query().in_ranges(8)),
            "msdyn_sessionevent.createdon: the struct `it::client::ranges::Named` has no field for it; add one, because rows are cut into \
             ranges by it, or choose another column with `by`",
        ),
        (
            refused(WithoutId::query().in_ranges(8)),
            "msdyn_sessionevent.msdyn_sessioneventid: the struct `it::client::ranges::WithoutId` has no field for it; add one, because a \
             position names rows by it",
        ),
        (
            refused(Reading::query().in_ranges(8).by_id()),
            "new_reading: an elastic table does not compare ids as SQL Server does; choose a column with `by`",
        ),
        (
            refused(event().in_ranges(8).resume(other)),
            "msdyn_sessionevent: the position is one in `account` by `createdon`, not by `createdon`; resume the query \
             that it comes from",
        ),
        (
            refused(event().in_ranges(8).resume(by_id)),
            "msdyn_sessionevent: the position is one in `msdyn_sessionevent` by `msdyn_sessioneventid`, not by \
             `createdon`; resume the query that it comes from",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

/// Without a runtime nothing is sent, and the client says so.
#[test]
fn a_reading_outside_a_runtime_is_an_error() {
    let mut events = fixed("").ranges(Event::query().in_ranges(1)).unwrap();
    let waker = std::task::Waker::noop();
    let mut context = std::task::Context::from_waker(waker);
    let next = std::pin::pin!(events.next());
    let std::task::Poll::Ready(Some(Err(error))) = next.poll(&mut context) else { panic!("no error") };
    assert!(error.to_string().contains("a client sends only inside a tokio runtime"), "{error}");
    let _: Error = error;
}
