//! Messages that the library lacks: an action by its name, and a file in chunks, alone, in batches and in
//! bulk.

use std::future::Future;

use bytes::Bytes;
use dataverse_emulator::Emulator;
use dataverse_entity::message::{Action, Batch, ErrorKind, Function, Message, WriteMessage};
use dataverse_entity::prelude::*;
use dataverse_entity::{Error, Organization};
use http::{Method, Request, Response};
use serde::Deserialize;

use crate::support::exchange::{org, request, response};

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "account", set = "accounts", ownership = "user")]
struct Account {
    #[attr(logical = "accountid", primary_id, create_only)]
    id: Id<Account>,
    #[attr(logical = "name", primary_name, string(max_length = 160))]
    name: Option<String>,
    #[attr(logical = "telephone1", string(max_length = 50))]
    phone: Option<String>,
    #[attr(logical = "new_contract", file)]
    contract: Option<dataverse_entity::Uuid>,
}

const ID: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

fn account() -> Id<Account> {
    ID.parse().unwrap()
}

/// The body on Microsoft's page about merging: two records with their types, and the values to take over.
/// <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/merge-entity-using-web-api>
fn merge(target: Id<Account>, subordinate: Id<Account>, content: serde_json::Value) -> Action {
    Action::unbound("Merge")
        .record("Target", target)
        .record("Subordinate", subordinate)
        .parameter("UpdateContent", content)
        .parameter("PerformParentingChecks", false)
}

#[test]
fn an_action_by_its_name_merges_two_records() {
    run(async {
        let client = Emulator::builder().table(Account::METADATA).build().unwrap().client();
        let one = client.execute(Account::create().name("Contoso")).await.unwrap();
        let two = client.execute(Account::create().name("Contoso Ltd.").phone("555-0100")).await.unwrap();
        let content = serde_json::json!({
            "@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": one, "telephone1": "555-0100"
        });
        client.execute(merge(one, two, content)).await.unwrap();
        let merged = client.execute(Account::retrieve(one)).await.unwrap();
        assert_eq!((merged.name.as_deref(), merged.phone.as_deref()), (Some("Contoso"), Some("555-0100")));

        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Version {
            version: String,
        }
        let version: Version = client.execute(Function::unbound("RetrieveVersion")).await.unwrap();
        assert!(version.version.starts_with("9."), "{}", version.version);
        let error = client.execute(Function::<serde_json::Value>::unbound("NoSuchThing")).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Refused), "{error}");
    });
}

/// One chunk of a file: `PATCH /set(id)/column` with bytes, its name and range.
/// <https://learn.microsoft.com/power-apps/developer/data-platform/file-column-data>
#[derive(Debug, Clone)]
struct UploadFile {
    record: Id<Account>,
    column: &'static str,
    name: String,
    content: Bytes,
}

impl Message for UploadFile {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "UploadFile"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        if self.content.is_empty() {
            return Err(Error::invalid_request("the file is empty; clear the column instead"));
        }
        let url = format!(
            "{}{}({})/{}",
            org.root_url(),
            Account::METADATA.entity_set_name,
            self.record,
            self.column
        );
        Request::builder()
            .method(Method::PATCH)
            .uri(url)
            .header("content-type", "application/octet-stream")
            .header("x-ms-file-name", &self.name)
            .body(self.content.clone())
            .map_err(Error::other)
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        match response.status().is_success() {
            true => Ok(()),
            false => Err(Error::from_response(&response)),
        }
    }

    fn is_idempotent(&self) -> bool {
        true
    }
}

impl WriteMessage for UploadFile {}

fn upload(content: &'static str) -> UploadFile {
    let (name, content) = ("contract.txt".to_owned(), Bytes::from_static(content.as_bytes()));
    UploadFile { record: account(), column: Account::CONTRACT.metadata().logical_name, name, content }
}

#[test]
fn a_file_is_uploaded_by_your_own_message() {
    let text = upload("we agree").request(&org()).unwrap();
    assert_eq!(text.uri().path(), format!("/api/data/v9.2/accounts({ID})/new_contract"));
    assert_eq!(text.body(), "we agree");
    let tagged = upload("x").with(dataverse_entity::message::RequestOptions::new().tag("t"));
    assert!(request_of(&tagged).uri().query().is_some_and(|query| query == "tag=t"));
    let error = upload("").request(&org()).unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("clear the column"), "{error}");
    let error = upload("x").response(response(413, &[], "<html>too big</html>")).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413));
    // In a batch and in a change set next to the library's own.
    let mut batch = Batch::new();
    batch.add(upload("alone"));
    let mut together = batch.change_set();
    together.add(upload("together"));
    together.add(Account::update(account()).name("Contoso"));
    let body = batch.request(&org()).unwrap().into_body();
    let body = String::from_utf8_lossy(&body).into_owned();
    assert_eq!(body.matches("contract.txt").count(), 2, "{body}");
    assert!(body.contains("\r\n\r\ntogether\r\n"), "{body}");
}

fn request_of(message: &impl Message) -> Request<Bytes> {
    message.request(&org()).unwrap()
}

#[test]
fn actions_and_parameters_with_invalid_names_are_refused() {
    let action = Action::<()>::of_record(account(), "new_Approve").parameter("Level", 2);
    assert!(request(&action).starts_with(&format!("POST accounts({ID})/Microsoft.Dynamics.CRM.new_Approve")));
    for name in ["new_Approve/../x", "a b", "", "x?y"] {
        let error = Action::<()>::of_record(account(), name).request(&org()).unwrap_err();
        assert!(error.is_invalid_request(), "{name}: {error}");
    }
}
