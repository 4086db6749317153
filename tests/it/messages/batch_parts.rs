//! A batch writes most requests without building them: they are what it writes of built requests.

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::{Request, Response};
use dataverse_entity::message::{
    Annotations, Batch, Create, Error, Organization, RequestOptions, Update, WhoAmI,
};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::support::exchange::org;
use crate::support::table::Thing;

const ID: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

/// Sends another message as a message of a user's own does: only `request` and `response` are passed on.
#[derive(Debug)]
struct Own<M>(M);

impl<M: Message> Message for Own<M> {
    type Output = M::Output;

    fn message_name(&self) -> &'static str {
        self.0.message_name()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.0.request(org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<M::Output, Error> {
        self.0.response(response)
    }
}

#[test]
fn requests_are_written_as_they_would_be_built() {
    fn same<M: Message + Clone + Send + Sync + 'static>(message: M) {
        let written = |batch: Batch| {
            let body =
                batch.request(&org()).map(|request| String::from_utf8(request.body().to_vec()).unwrap());
            body.map_err(|error| error.to_string())
        };
        let (mut ours, mut own) = (Batch::new(), Batch::new());
        ours.add(message.clone());
        own.add(Own(message.clone()));
        assert_eq!(written(ours), written(own), "{}", message.message_name());
        // With options, both are built.
        let options = RequestOptions::new().tag("a b").suppress_flows(true);
        let (mut ours, mut own) = (Batch::new(), Batch::new());
        ours.add(message.clone().with(options.clone()));
        own.add(Own(message.clone().with(options)));
        assert_eq!(written(ours), written(own), "{} with options", message.message_name());
    }
    let (event, thing): (Id<SessionEvent>, Id<Thing>) = (ID.parse().unwrap(), ID.parse().unwrap());
    same(SessionEvent::create().name("a \"b\" \u{1F600}"));
    same(SessionEvent::create().name("batch_1 changeset_1"));
    same(Create::new(SessionEvent::create()));
    same(SessionEvent::update(event).name("b"));
    same(Update::new(SessionEvent::update(event).name("b")).if_match("W/\"1\""));
    same(Update::new(SessionEvent::update(event).name("b")).if_match("no etag"));
    same(Name::retrieve(event));
    same(Name::retrieve(event).annotations(Annotations::all()));
    same(Name::retrieve(event).annotations(Annotations::named(["bad name"])));
    same(Name::retrieve(event).if_changed("W/\"1\""));
    same(Thing::retrieve(thing));
    for code in ["A-1", "ö/?#[]{}|^<>\"", "a b%", "'"] {
        same(Thing::retrieve(Thing::CODE.key(code).and(Thing::NUMBER.key(7))));
        same(Thing::delete(Thing::CODE.key(code).and(Thing::NUMBER.key(7))));
    }
    same(SessionEvent::delete(event));
    same(SessionEvent::delete(event).if_match("W/\"1\""));
    same(SessionEvent::upsert(event, SessionEvent::update(event).name("c")));
    same(Name::query().filter(SessionEvent::NAME.eq("O'Brien")).top(3));
    same(WhoAmI);
}
