//! The client of `powerplatform-dataverse-client`, with a token from a file, so that it never fetches one.

use powerplatform_dataverse_client::LogLevel;
use powerplatform_dataverse_client::auth::config::AuthConfig;
use powerplatform_dataverse_client::dataverse::entity::Entity;
use powerplatform_dataverse_client::dataverse::serviceclient::ServiceClient;
use tokio::runtime::Runtime;

/// Made up, unsigned, and valid until the year 2286: `{"exp":9999999999}`.
const TOKEN: &str = r#"{"access_token":"e30.eyJleHAiOjk5OTk5OTk5OTl9.bm9uZQ","refresh_token":null}"#;

pub struct PowerPlatform {
    client: ServiceClient,
}

impl PowerPlatform {
    pub fn new(runtime: &Runtime, url: &str) -> Self {
        let file = std::env::temp_dir().join(format!("benchmarks-{}-token.json", std::process::id()));
        std::fs::write(&file, TOKEN).expect("a file");
        let auth = AuthConfig::DeviceCode {
            client_id: String::new(),
            dataverse_url: url.to_owned(),
            tenant_id: String::new(),
            token_cache_store_path: file.to_str().map(str::to_owned),
        };
        let client = runtime.block_on(ServiceClient::new_with_auth(auth, LogLevel::default()));
        std::fs::remove_file(&file).expect("the file");
        Self { client: client.expect("a client") }
    }

    /// Reads the page. The crate asks the server about the table only once.
    pub async fn page(&self) -> Vec<Entity> {
        let fetch = "<fetch><entity name=\"msdyn_sessionevent\"><all-attributes/></entity></fetch>";
        self.client.retrieve_multiple_fetchxml("msdyn_sessionevents", fetch).await.expect("a page")
    }
}
