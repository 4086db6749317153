//! Loads of several tables against an emulator, which refuses a lookup to a record that is not there.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::client::{BulkTables, Client, FileJournal, NoToken, Pass, TableOutcome};
use dataverse_entity::prelude::*;
use dataverse_entity::{Error, Id, New, Uuid};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use super::bulk::size;
use super::simulated::org;
use super::{quick, run};

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_region", set = "new_regions", key(name = "new_code", columns(new_code)))]
struct Region {
    #[attr(logical = "new_regionid", primary_id, create_only)]
    id: Id<Region>,
    #[attr(logical = "new_code", primary_name, string(max_length = 20))]
    code: Option<String>,
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_company", set = "new_companies")]
struct Company {
    #[attr(logical = "new_companyid", primary_id, create_only)]
    id: Id<Company>,
    #[attr(logical = "new_name", primary_name, string(max_length = 20))]
    name: Option<String>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<Company>>,
    #[attr(logical = "new_contact", lookup, nav = "new_Contact")]
    contact: Option<Lookup<Person>>,
    #[attr(logical = "new_region", lookup, nav = "new_Region")]
    region: Option<Lookup<Region>>,
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Customer {
    Company(Id<Company>),
    Person(Id<Person>),
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_person", set = "new_people")]
struct Person {
    #[attr(logical = "new_personid", primary_id, create_only)]
    id: Id<Person>,
    #[attr(logical = "new_name", primary_name, string(max_length = 20))]
    name: Option<String>,
    #[attr(
        logical = "new_customer",
        lookup,
        nav(Company = "new_Customer_company", Person = "new_Customer_person")
    )]
    customer: Option<Lookup<Customer>>,
}

/// Its lookups can only be set by a create.
#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_badge", set = "new_badges")]
struct Badge {
    #[attr(logical = "new_badgeid", primary_id, create_only)]
    id: Id<Badge>,
    #[attr(logical = "new_holder", lookup, nav = "new_Holder", create_only)]
    holder: Option<Lookup<Person>>,
    #[attr(logical = "new_replaces", lookup, nav = "new_Replaces", create_only)]
    replaces: Option<Lookup<Badge>>,
}

fn company(number: u128) -> Id<Company> {
    Id::new(Uuid::from_u128(0xC000 + number))
}

fn person(number: u128) -> Id<Person> {
    Id::new(Uuid::from_u128(0xB000 + number))
}

fn region(number: u128) -> Id<Region> {
    Id::new(Uuid::from_u128(0xA000 + number))
}

fn emulator() -> (Emulator, Client) {
    let tables = [Region::METADATA, Company::METADATA, Person::METADATA, Badge::METADATA];
    let emulator = Emulator::builder().tables(tables).trace_limit(10_000).build().unwrap();
    let client = Client::builder(org(), NoToken).transport(emulator.transport()).retry(quick());
    (emulator, client.build().unwrap())
}

fn load<'a>(client: &Client) -> BulkTables<'a> {
    client.bulk().chunk_size(size(10)).concurrency(size(2)).tables()
}

async fn outcomes(load: BulkTables<'_>) -> Vec<TableOutcome> {
    load.run().await.unwrap().collect().await
}

/// The last part of the target of each request, and its body.
fn requests(emulator: &Emulator) -> Vec<(String, Value)> {
    let request = |exchange: dataverse_emulator::Exchange| {
        let target = exchange.target.strip_prefix("/api/data/v9.2/").unwrap().to_owned();
        (target, serde_json::from_slice(&exchange.request_body).unwrap_or_default())
    };
    emulator.trace().into_iter().map(request).collect()
}

fn failures(outcomes: &[TableOutcome]) -> Vec<(&'static str, u64, Pass)> {
    let failed = outcomes.iter().filter(|row| row.outcome.is_err());
    failed.map(|row| (row.table, row.index, row.pass)).collect()
}

/// Two people and two companies that point to each other, and a region: a cycle, and a table that comes before it.
#[test]
fn tables_are_created_in_order_and_the_lookups_of_a_cycle_are_set_afterwards() {
    run(async {
        let (emulator, client) = emulator();
        let people = || {
            stream::iter([
                Person::create().id(person(0)).name("Ann").customer(company(0)),
                Person::create().id(person(1)).name("Bo").customer(person(0)),
                Person::create().id(person(2)).name("Cy").customer(company(0)),
            ])
        };
        let companies = || {
            stream::iter([Company::create()
                .id(company(0))
                .name("Contoso")
                .contact(person(0))
                .region(region(0))])
        };
        let regions = || stream::iter([Region::create().id(region(0)).code("R0")]);
        let load = load(&client).create_stream(people).create_stream(companies).create_stream(regions);
        let outcomes = outcomes(load).await;
        let told: Vec<_> = outcomes
            .iter()
            .map(|row| (row.table, row.index, row.pass, *row.outcome.as_ref().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("new_region", 0, Pass::Create, region(0).uuid()),
                ("new_company", 0, Pass::Create, company(0).uuid()),
                ("new_person", 0, Pass::Create, person(0).uuid()),
                ("new_person", 1, Pass::Create, person(1).uuid()),
                ("new_person", 2, Pass::Create, person(2).uuid()),
                ("new_company", 0, Pass::Update, company(0).uuid()),
                ("new_person", 1, Pass::Update, person(1).uuid()),
            ]
        );
        let (typed, key) = ("@odata.type", |prefix: u128| Uuid::from_u128(prefix).to_string());
        let (person_0, company_0) =
            (format!("/new_people({})", person(0)), format!("/new_companies({})", company(0)));
        assert_eq!(
            requests(&emulator),
            [
                (
                    "new_regions/Microsoft.Dynamics.CRM.CreateMultiple".to_owned(),
                    json!({"Targets": [
                        {typed: "Microsoft.Dynamics.CRM.new_region", "new_regionid": key(0xA000), "new_code": "R0"}
                    ]})
                ),
                (
                    "new_companies/Microsoft.Dynamics.CRM.CreateMultiple".to_owned(),
                    json!({"Targets": [{
                        typed: "Microsoft.Dynamics.CRM.new_company",
                        "new_companyid": key(0xC000),
                        "new_name": "Contoso",
                        "new_Region@odata.bind": format!("/new_regions({})", region(0)),
                    }]})
                ),
                // A lookup to a company stays in the create; one to another person waits.
                (
                    "new_people/Microsoft.Dynamics.CRM.CreateMultiple".to_owned(),
                    json!({"Targets": [
                        {
                            typed: "Microsoft.Dynamics.CRM.new_person",
                            "new_personid": key(0xB000),
                            "new_name": "Ann",
                            "new_Customer_company@odata.bind": company_0,
                        },
                        {typed: "Microsoft.Dynamics.CRM.new_person", "new_personid": key(0xB001), "new_name": "Bo"},
                        {
                            typed: "Microsoft.Dynamics.CRM.new_person",
                            "new_personid": key(0xB002),
                            "new_name": "Cy",
                            "new_Customer_company@odata.bind": company_0,
                        },
                    ]})
                ),
                (
                    "new_companies/Microsoft.Dynamics.CRM.UpdateMultiple".to_owned(),
                    json!({"Targets": [{
                        typed: "Microsoft.Dynamics.CRM.new_company",
                        "new_companyid": key(0xC000),
                        "new_Contact@odata.bind": person_0,
                    }]})
                ),
                (
                    "new_people/Microsoft.Dynamics.CRM.UpdateMultiple".to_owned(),
                    json!({"Targets": [{
                        typed: "Microsoft.Dynamics.CRM.new_person",
                        "new_personid": key(0xB001),
                        "new_Customer_person@odata.bind": person_0,
                    }]})
                ),
            ]
        );
    });
}

/// Each company belongs to the next one, so no order of the rows would do.
#[test]
fn a_chain_within_a_table_is_closed_in_the_second_pass() {
    run(async {
        let (emulator, client) = emulator();
        let chain = || {
            stream::iter((0..50).map(|number| {
                let draft = Company::create().id(company(number)).name(format!("C{number}"));
                if number < 49 { draft.parent(company(number + 1)) } else { draft }
            }))
        };
        let outcomes = outcomes(load(&client).create_stream(chain)).await;
        assert_eq!((outcomes.len(), failures(&outcomes)), (99, vec![]));
        for number in 0..50 {
            let stored = client.execute(Company::retrieve(company(number))).await.unwrap();
            let parent = stored.parent.as_ref().map(Lookup::id);
            assert_eq!(parent, (number < 49).then(|| company(number + 1)), "{number}");
        }
        let sent = requests(&emulator);
        let of = |message: &str| sent.iter().filter(|(target, _)| target.ends_with(message)).count();
        assert_eq!((of("CreateMultiple"), of("UpdateMultiple")), (5, 5));
    });
}

/// Without ids of their own, rows are named by alternate keys, and the client chooses ids.
#[test]
fn rows_are_named_by_alternate_keys() {
    run(async {
        let (_, client) = emulator();
        let companies = || {
            stream::iter(
                (0..3)
                    .map(|number| Company::create().name(number.to_string()).region(Region::CODE.key("R0"))),
            )
        };
        let regions = || stream::iter([Region::create().code("R0")]);
        let outcomes = outcomes(load(&client).create_stream(companies).create_stream(regions)).await;
        assert_eq!((outcomes.len(), failures(&outcomes)), (4, vec![]));
        let region = Id::new(*outcomes[0].outcome.as_ref().unwrap());
        for row in &outcomes[1..] {
            let stored =
                client.execute(Company::retrieve(Id::new(*row.outcome.as_ref().unwrap()))).await.unwrap();
            assert_eq!(
                (stored.name.clone(), stored.region.as_ref().map(Lookup::id)),
                (Some(row.index.to_string()), Some(region))
            );
        }
    });
}

#[test]
fn a_row_that_is_not_created_has_no_second_pass_and_the_progress_does_not_wait_for_it() {
    run(async {
        let (_, client) = emulator();
        let companies = || {
            stream::iter((0..4).map(|number| {
                let name = if number == 1 { "x".repeat(21) } else { format!("C{number}") };
                Company::create().id(company(number)).name(name).contact(person(number)).parent(company(0))
            }))
        };
        // The person 3 is not part of the load, nor of the org.
        let people = || {
            stream::iter((0..3).map(|number| Person::create().id(person(number)).customer(company(number))))
        };
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = told.clone();
        let bulk = client.bulk().on_progress(move |progress| listener.lock().unwrap().push(progress));
        let outcomes = outcomes(bulk.tables().create_stream(companies).create_stream(people)).await;
        assert_eq!(
            failures(&outcomes),
            [
                ("new_company", 1, Pass::Create),
                ("new_company", 3, Pass::Create),
                ("new_person", 1, Pass::Update),
            ]
        );
        assert_eq!(outcomes.len(), 3 + 4 + 3 + 2);
        let told = std::mem::take(&mut *told.lock().unwrap());
        let figures: Vec<_> = told.iter().map(|told| (told.done, told.failed, told.total)).collect();
        let total = [Some(14), Some(12)];
        assert_eq!(figures, [(3, 0, total[0]), (7, 2, total[0]), (10, 3, total[0]), (12, 3, total[1])]);
        let stored = client.execute(Company::retrieve(company(2))).await.unwrap();
        assert_eq!(stored.contact.as_ref().map(Lookup::id), Some(person(2)));
        assert_eq!(stored.parent.as_ref().map(Lookup::id), Some(company(0)));
    });
}

async fn problem(load: BulkTables<'_>) -> Error {
    load.run().await.map(|_| "it started").unwrap_err()
}

#[test]
fn a_load_that_no_order_suits_is_refused_with_its_rows_and_nothing_is_sent() {
    run(async {
        let (emulator, client) = emulator();
        let badge = |number: u128| Id::<Badge>::new(Uuid::from_u128(0xD000 + number));
        let badges = || {
            stream::iter((0..3).map(|number| {
                let draft = Badge::create().id(badge(number));
                if number == 2 { draft.replaces(badge(0)) } else { draft }
            }))
        };
        let error = problem(load(&client).create_stream(badges)).await;
        assert!(error.is_invalid_request(), "{error}");
        let text = error.to_string();
        assert!(
            text.contains(
                "row 2 of new_badge sets `new_replaces` to a record of new_badge, and an update cannot set it after the \
                 create: the column is valid for create and not for update"
            ),
            "{text}"
        );
        let twice = load(&client).create_stream(badges).create_stream(badges);
        let text = problem(twice).await.to_string();
        assert!(text.contains("the load has the table new_badge twice"), "{text}");
        assert!(emulator.trace().is_empty());
        // A record that is created inside another cannot wait for its lookups either.
        let inside = || stream::iter([Badge::create().holder(New(Person::create().customer(company(0))))]);
        let companies = || stream::iter([Company::create().id(company(0))]);
        let load_inside = load(&client).create_stream(inside).create_stream(companies);
        let outcomes = outcomes(load_inside).await;
        assert_eq!((failures(&outcomes), outcomes.len()), (vec![], 2), "{outcomes:?}");
    });
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dataverse-tables-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const ROWS: u128 = 30;

/// Thirty companies, each with a parent and a contact, and their contacts.
fn cycle<'a>(client: &Client, folder: &'a Path) -> BulkTables<'a> {
    let companies = || {
        stream::iter((0..ROWS).map(|number| {
            let draft =
                Company::create().id(company(number)).name(format!("C{number}")).contact(person(number));
            draft.parent(company((number + 7) % ROWS))
        }))
    };
    let people = || {
        stream::iter((0..ROWS).map(|number| Person::create().id(person(number)).customer(company(number))))
    };
    load(client)
        .create_stream(people)
        .create_stream(companies)
        .journals(|load| FileJournal::open(folder.join(format!("{}-{}", load.table, load.message))))
}

/// The stream is dropped after each possible number of outcomes, and some answers are lost.
#[test]
fn a_load_that_is_dropped_anywhere_goes_on_and_sends_nothing_twice() {
    run(async {
        for stop in (0..120).step_by(11) {
            let (emulator, client) = emulator();
            let folder = Folder::new("dropped");
            for message in ["CreateMultiple", "UpdateMultiple"] {
                emulator.inject(
                    Fault::disconnect_after_answering().when(move |_, target| target.ends_with(message)),
                );
            }
            let first = cycle(&client, &folder.0).run().await.unwrap();
            let seen: Vec<_> = first.take(stop).collect().await;
            assert_eq!((seen.len(), failures(&seen)), (stop, vec![]));

            let second = outcomes(cycle(&client, &folder.0)).await;
            assert_eq!((second.len(), failures(&second)), (4 * ROWS as usize, vec![]), "after {stop}");
            assert_eq!(client.execute(Company::count()).await.unwrap(), ROWS as u64);
            assert_eq!(client.execute(Person::count()).await.unwrap(), ROWS as u64);
            for stored in client.all(Company::query()).await.unwrap() {
                let number = stored.id.uuid().as_u128() - 0xC000;
                assert_eq!(stored.contact.as_ref().map(Lookup::id), Some(person(number)));
                assert_eq!(stored.parent.as_ref().map(Lookup::id), Some(company((number + 7) % ROWS)));
            }
            // Everything is written, so a third run sends nothing.
            let before = emulator.trace().len();
            assert_eq!(outcomes(cycle(&client, &folder.0)).await.len(), 4 * ROWS as usize);
            assert_eq!(emulator.trace().len(), before);
        }
    });
}

/// A row that failed is corrected in place, and the next run creates it and sets its lookups.
#[test]
fn a_corrected_row_gets_its_second_pass_in_the_next_run() {
    run(async {
        let (_, client) = emulator();
        let folder = Folder::new("corrected");
        for name in ["x".repeat(21), "right".to_owned()] {
            let rows = || {
                stream::iter((0..5).map(|number| {
                    let name = if number == 2 { name.clone() } else { "C".to_owned() };
                    Company::create().id(company(number)).name(name).parent(company(4 - number))
                }))
            };
            let load = load(&client)
                .create_stream(rows)
                .journals(|load| FileJournal::open(folder.0.join(load.message)));
            let failed = failures(&outcomes(load).await);
            assert_eq!(failed.is_empty(), name == "right", "{failed:?}");
        }
        let stored = client.execute(Company::retrieve(company(2))).await.unwrap();
        assert_eq!(
            (stored.name.as_deref(), stored.parent.as_ref().map(Lookup::id)),
            (Some("right"), Some(company(2)))
        );
    });
}

/// In the second run, no person belongs to a company, so the order changes: nothing would have to wait.
#[test]
fn what_an_earlier_run_left_out_is_set_though_corrected_rows_change_the_order() {
    run(async {
        let (emulator, client) = emulator();
        let folder = Folder::new("order");
        for is_corrected in [false, true] {
            let companies = || {
                stream::iter(
                    (0..3).map(|number| Company::create().id(company(number)).contact(person(number))),
                )
            };
            let people = move || {
                stream::iter((0..3).map(move |number| {
                    let draft = Person::create().id(person(number));
                    if is_corrected { draft } else { draft.customer(company(number)) }
                }))
            };
            let load = load(&client).create_stream(companies).create_stream(people);
            let load = load.journals(|load| {
                FileJournal::open(folder.0.join(format!("{}-{}", load.table, load.message)))
            });
            let outcomes = load.run().await.unwrap();
            // The first run ends when the companies are created, without their contacts.
            let seen: Vec<_> = outcomes.take(if is_corrected { usize::MAX } else { 3 }).collect().await;
            assert_eq!(failures(&seen), []);
        }
        let first = &requests(&emulator)[0];
        assert!(
            first.0.starts_with("new_companies") && !first.1.to_string().contains("new_Contact"),
            "{first:?}"
        );
        for number in 0..3 {
            let stored = client.execute(Company::retrieve(company(number))).await.unwrap();
            assert_eq!(stored.contact.as_ref().map(Lookup::id), Some(person(number)));
        }
    });
}

#[test]
fn a_journal_of_another_load_is_refused_before_anything_is_sent() {
    run(async {
        let (emulator, client) = emulator();
        let folder = Folder::new("mixed");
        let rows = || stream::iter([Company::create().id(company(0)).parent(company(0))]);
        let one_file =
            load(&client).create_stream(rows).journals(|_| FileJournal::open(folder.0.join("one")));
        let text = problem(one_file).await.to_string();
        assert!(
            text.contains("it is the journal of the load `Create new_company`, not of `Update new_company`"),
            "{text}"
        );
        assert!(emulator.trace().is_empty());
    });
}
