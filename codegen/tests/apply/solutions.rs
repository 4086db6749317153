//! The solution that everything is added to, and its publisher.

use bytes::Bytes;
use dataverse_codegen::{PlanSettings, PullError};
use dataverse_emulator::Emulator;
use dataverse_entity::Organization;
use dataverse_entity::client::{Client, NoToken, Transport, TransportError};
use futures_util::future::BoxFuture;
use http::{Request, Response};
use serde_json::{Value, json};

use super::{block_on, emulator};

async fn create(emulator: &Emulator, set: &str, body: Value) -> String {
    let request = Request::post(format!("https://emulator.crm.dynamics.com/api/data/v9.2/{set}"))
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap();
    let response = emulator.transport().send(request).await.unwrap();
    assert_eq!(response.status(), 204, "{:?}", response.body());
    let address = response.headers()["odata-entityid"].to_str().unwrap();
    address.rsplit_once("/").unwrap().1.to_owned()
}

/// An org with the solution `contoso_core`, whose publisher has the prefix `contoso`.
async fn org() -> Emulator {
    let emulator = emulator();
    let publisher = json!({
        "uniquename": "contoso", "friendlyname": "Contoso", "customizationprefix": "contoso",
        "customizationoptionvalueprefix": 72700,
    });
    let publisher = create(&emulator, "publishers", publisher).await;
    let solution = json!({
        "uniquename": "contoso_core", "friendlyname": "Contoso Core", "version": "1.0.0.0",
        "publisherid@odata.bind": format!("/{publisher}"),
    });
    create(&emulator, "solutions", solution).await;
    emulator
}

async fn completed(
    emulator: &Emulator,
    solution: &str,
    prefix: Option<&str>,
) -> Result<Option<String>, PullError> {
    let mut settings = PlanSettings::default();
    settings.solution = Some(solution.to_owned());
    settings.prefix = prefix.map(str::to_owned);
    settings.complete(&emulator.client()).await?;
    Ok(settings.prefix)
}

#[test]
fn the_prefix_is_that_of_the_publisher_unless_it_is_set() {
    block_on(async {
        let org = org().await;
        assert_eq!(completed(&org, "contoso_core", None).await.unwrap().as_deref(), Some("contoso"));
        assert_eq!(completed(&org, "contoso_core", Some("new")).await.unwrap().as_deref(), Some("new"));
        let mut without = PlanSettings::default();
        without.complete(&org.client()).await.unwrap();
        assert_eq!(without, PlanSettings::default());
    });
}

#[test]
fn a_solution_that_the_org_does_not_have_is_told() {
    block_on(async {
        let org = org().await;
        let error = completed(&org, "contoso_cores", Some("contoso")).await.unwrap_err();
        assert_eq!(error.to_string(), "the org does not have the solution `contoso_cores`");
        assert_eq!(error.advice(), "did you mean `contoso_core`?");
    });
}

/// An org whose solution is managed. The emulator has unmanaged ones only.
struct Managed;

impl Transport for Managed {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        assert_eq!(
            request.uri().path_and_query().unwrap().as_str(),
            "/api/data/v9.2/solutions?$select=ismanaged&$expand=publisherid($select=customizationprefix)\
             &$filter=uniquename%20eq%20'contoso_core'"
        );
        let rows =
            json!({ "value": [{ "ismanaged": true, "publisherid": { "customizationprefix": "contoso" } }] });
        let response = Response::builder().header("content-type", "application/json");
        Box::pin(async move { Ok(response.body(rows.to_string().into()).unwrap()) })
    }
}

#[test]
fn a_managed_solution_takes_no_additions() {
    block_on(async {
        let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
        let client = Client::builder(org, NoToken).transport(Managed).build().unwrap();
        let mut settings = PlanSettings::default();
        settings.solution = Some("contoso_core".to_owned());
        let error = settings.complete(&client).await.unwrap_err();
        assert_eq!(error.to_string(), "the org does not have an unmanaged solution `contoso_core`");
        assert_eq!(
            error.advice(),
            "`contoso_core` is managed, and takes no additions: name an unmanaged solution"
        );
    });
}
