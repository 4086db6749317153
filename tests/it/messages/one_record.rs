//! Queries for one record: what they ask for, and the errors for none and for several.

use dataverse_emulator::Emulator;
use dataverse_entity::message::{ErrorKind, Message, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::support::exchange::{org, request};

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[test]
fn one_and_at_most_one_ask_for_two_records() {
    let query = || Name::query().filter(SessionEvent::NAME.eq("a"));
    let top = |sent: String| sent.rsplit_once("&$top=").map(|(_, top)| top.to_owned()).unwrap();
    assert_eq!(top(request(&query().first())), "1");
    assert_eq!(top(request(&query().one())), "2");
    assert_eq!(top(request(&query().at_most_one())), "2");
    // A page size would make Dataverse ignore `$top`: it gives way, and so does an earlier `top`.
    assert_eq!(top(request(&query().page_size(10).one())), "2");
    assert_eq!(top(request(&query().top(1).one())), "2");
    let options = RequestOptions::new().tag("import");
    let sent = query().first().with(options).request(&org()).unwrap();
    assert!(sent.uri().query().unwrap().ends_with("&$top=1&tag=import"));
}

#[test]
fn the_emulator_tells_none_one_and_several_records_apart() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Emulator::new().client();
        for name in ["a", "b", "b"] {
            client.execute(SessionEvent::create().name(name)).await.unwrap();
        }
        client.execute(SessionEvent::create()).await.unwrap();
        let named = |name: &str| Name::query().filter(SessionEvent::NAME.eq(name));

        assert_eq!(client.execute(named("a").one()).await.unwrap().name.as_deref(), Some("a"));
        assert!(client.execute(named("a").at_most_one()).await.unwrap().is_some());
        assert!(client.execute(named("b").first()).await.unwrap().is_some());

        assert!(client.execute(named("c").first()).await.unwrap().is_none());
        assert!(client.execute(named("c").at_most_one()).await.unwrap().is_none());
        let none = client.execute(named("c").one()).await.unwrap_err();
        assert_eq!(none.kind(), ErrorKind::NotFound);
        assert!(none.to_string().contains("no record of msdyn_sessionevent matches the query"), "{none}");

        for several in [
            client.execute(named("b").one()).await.map(|_| ()).unwrap_err(),
            client.execute(named("b").at_most_one()).await.map(|_| ()).unwrap_err(),
        ] {
            assert!(several.is_not_unique() && !several.is_not_found());
            assert!(several.to_string().contains("more than one record of msdyn_sessionevent"), "{several}");
        }

        // A record without a value is found by `ne`: Sql4Cds#167 and #530.
        let others =
            client.execute(Name::query().filter(SessionEvent::NAME.ne("b")).order_by(SessionEvent::NAME));
        let names: Vec<_> =
            others.await.unwrap().records.into_iter().map(|record| record.into_inner().name).collect();
        assert_eq!(names, [None, Some("a".to_owned())]);
    });
}
