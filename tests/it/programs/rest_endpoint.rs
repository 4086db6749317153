//! A REST endpoint over a repository: statuses follow from kinds of errors, records are JSON of the program's
//! own, and a fake repository needs neither JSON nor a server.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::client::{BoxFuture, Client};
use dataverse_entity::message::ErrorKind;
use dataverse_entity::prelude::*;
use dataverse_entity::{Error, Uuid};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DataverseEntity)]
#[entity(logical = "new_order", set = "new_orders")]
struct Order {
    #[attr(logical = "new_orderid", primary_id, create_only)]
    id: Id<Order>,
    #[attr(logical = "new_name", primary_name, string(max_length = 20), required = "application")]
    name: Option<String>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = Order)]
struct OrderName {
    #[attr(logical = "new_name")]
    name: Option<String>,
}

trait Orders: Send + Sync {
    fn find(&self, id: Id<Order>) -> BoxFuture<'_, Result<Record<Order>, Error>>;
    fn add(&self, order: OrderCreate) -> BoxFuture<'_, Result<Id<Order>, Error>>;
}

impl Orders for Client {
    fn find(&self, id: Id<Order>) -> BoxFuture<'_, Result<Record<Order>, Error>> {
        Box::pin(self.execute(Order::retrieve(id)))
    }

    fn add(&self, order: OrderCreate) -> BoxFuture<'_, Result<Id<Order>, Error>> {
        Box::pin(self.execute(order))
    }
}

#[derive(Default)]
struct Fake(HashMap<Id<Order>, Order>);

impl Orders for Fake {
    fn find(&self, id: Id<Order>) -> BoxFuture<'_, Result<Record<Order>, Error>> {
        let missing =
            || Error::from_response(&http::Response::builder().status(404).body("".into()).unwrap());
        let found = self.0.get(&id).cloned().map(Record::new).ok_or_else(missing);
        Box::pin(async { found })
    }

    fn add(&self, _: OrderCreate) -> BoxFuture<'_, Result<Id<Order>, Error>> {
        Box::pin(async { Err(Error::other("the fake is full")) })
    }
}

/// The program's own error, which `?` makes of the library's.
#[derive(Debug, Clone)]
enum Failure {
    Dataverse(Error),
    Input(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dataverse(_) => f.write_str("Dataverse does not answer as it should"),
            Self::Input(problem) => f.write_str(problem),
        }
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Dataverse(error) => Some(error),
            Self::Input(_) => None,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Dataverse(error)
    }
}

impl From<dataverse_entity::ParseIdError> for Failure {
    fn from(error: dataverse_entity::ParseIdError) -> Self {
        Self::Input(error.to_string())
    }
}

impl Failure {
    fn status(&self) -> u16 {
        let Self::Dataverse(error) = self else { return 400 };
        match error.kind() {
            ErrorKind::NotFound => 404,
            ErrorKind::Conflict | ErrorKind::Duplicate => 409,
            ErrorKind::InvalidRequest => 422,
            ErrorKind::Throttled | ErrorKind::Unavailable | ErrorKind::Token => 503,
            _ => 502,
        }
    }
}

#[derive(Deserialize)]
struct NewOrder {
    name: Option<String>,
}

async fn show(orders: &dyn Orders, path: &str) -> Result<String, Failure> {
    let id: Id<Order> = path.parse()?;
    let order = orders.find(id).await?;
    Ok(serde_json::to_string(&*order).map_err(Error::other)?)
}

async fn add(orders: &dyn Orders, body: &str) -> Result<String, Failure> {
    let new: NewOrder = serde_json::from_str(body).map_err(|error| Failure::Input(error.to_string()))?;
    let order = Order::create().set_if_some(new.name, OrderCreate::name);
    order.validate().map_err(Error::from)?;
    Ok(orders.add(order).await?.to_string())
}

fn status(answer: &Result<String, Failure>) -> u16 {
    answer.as_ref().map_or_else(Failure::status, |_| 200)
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

#[test]
fn the_endpoint_answers_the_same_for_a_fake_and_for_dataverse() {
    run(async {
        let emulator = Emulator::builder().table(Order::METADATA).build().unwrap();
        let client = emulator.client();
        let id = add(&client, r#"{"name":"Drill"}"#).await.unwrap();
        let order = Order { id: id.parse().unwrap(), name: Some("Drill".to_owned()) };
        let fake = Fake(HashMap::from([(order.id, order)]));
        let all: [&dyn Orders; 2] = [&client, &fake];
        for orders in all {
            let shown = show(orders, &id).await.unwrap();
            assert_eq!(shown, format!(r#"{{"id":"{id}","name":"Drill"}}"#));
            assert_eq!(status(&show(orders, &Uuid::nil().to_string()).await), 404);
            let error = show(orders, "7").await.unwrap_err();
            assert_eq!(
                (error.status(), error.to_string().contains("expected a GUID")),
                (400, true),
                "{error}"
            );
            assert_eq!(status(&add(orders, r#"{"name":"a name of more than twenty"}"#).await), 422);
            assert_eq!(status(&add(orders, r#"{}"#).await), 422, "an order without a name");
            assert_eq!(status(&add(orders, r#"{"name":7}"#).await), 400);
        }
        assert_eq!(status(&add(&fake, r#"{"name":"Saw"}"#).await), 502);
        let once = client.with_retry(dataverse_entity::client::RetryPolicy::none());
        emulator.inject(Fault::unavailable());
        assert_eq!(status(&show(&once, &id).await), 503);
        emulator.inject(Fault::disconnect());
        assert_eq!(status(&show(&once, &id).await), 502);
    });
}

/// `?` in functions with each of the usual results.
#[test]
fn question_marks_convert_errors() {
    fn read(body: &str) -> Result<Order, Error> {
        let order = Record::<Order>::from_json(body)?.into_inner();
        Order::create().set_if_some(order.name.clone(), OrderCreate::name).validate()?;
        Ok(order)
    }
    fn boxed(body: &str) -> Result<Order, Box<dyn StdError + Send + Sync>> {
        Ok(read(body)?)
    }
    fn own(body: &str) -> Result<Order, Failure> {
        Ok(read(body)?)
    }
    let good = format!(r#"{{"new_orderid":"{}","new_name":"a"}}"#, Uuid::nil());
    assert_eq!(boxed(&good).unwrap(), own(&good).unwrap());
    let bad = r#"{"new_name":5}"#;
    assert_eq!(read(bad).unwrap_err().kind(), ErrorKind::Decode);
    assert!(boxed(bad).unwrap_err().downcast_ref::<Error>().is_some_and(Error::is_decode));
    assert!(read("{}").is_err(), "an order without an id");
}

/// Prints an error and its sources as `anyhow`'s `{:#}` does.
#[test]
fn a_chain_of_errors_says_each_thing_once() {
    fn chain(error: &dyn StdError) -> String {
        let mut text = error.to_string();
        let mut next = error.source();
        while let Some(error) = next {
            text = format!("{text}: {error}");
            next = error.source();
        }
        text
    }
    let io = std::io::Error::other("connection reset");
    let errors = [
        Error::from(Record::<OrderName>::from_json(r#"{"new_name":5}"#).unwrap_err()),
        Error::from(Order::create().name("x".repeat(30)).validate().unwrap_err()),
        Error::transport(dataverse_entity::message::TransportFailure::NoAnswer, io),
        Error::token(Failure::Dataverse(Error::other("no secret"))),
        Error::other(Failure::Dataverse(Error::other("the queue is full"))),
    ];
    let said = ["expected a string, found 5", "30", "connection reset", "no secret", "the queue is full"];
    for (error, said) in errors.into_iter().zip(said) {
        let text = chain(&Failure::Dataverse(error));
        assert_eq!(text.matches(said).count(), 1, "{text}");
    }
}
