//! A service whose records no request may change.

use serde_json::{Value as Json, json};

use crate::support::{Answer, Api};

/// A service with a witness: an account, its contact and its task, which no request may change.
pub(super) struct Witnessed {
    pub(super) api: Api,
    pub(super) account: String,
    before: Vec<Vec<Json>>,
}

impl Witnessed {
    pub(super) fn new() -> Self {
        let api = Api::new();
        let account = api.create(
            "accounts",
            &json!({"name": "witness", "fax": "1", "primarycontactid": {"lastname": "contact"}, "Account_Tasks": [{"subject": "task"}]}),
        );
        let mut witnessed = Self { api, account, before: Vec::new() };
        witnessed.before = witnessed.all();
        witnessed
    }

    /// Returns all accounts, contacts, tasks and users, with all their columns.
    fn all(&self) -> Vec<Vec<Json>> {
        let sets = ["accounts?$expand=Account_Tasks", "contacts", "tasks", "systemusers", "businessunits"];
        sets.iter().map(|set| self.api.rows(set)).collect()
    }

    /// Sends a request, whose answer must not be a failure of the service.
    #[track_caller]
    pub(super) fn send(&self, api: &Api, method: &str, target: &str, body: String) -> Answer {
        let answer = api.send(method, target, body.clone());
        let status = answer.status.as_u16();
        assert!(
            (200..500).contains(&status) || status == 501,
            "{method} {target:.300} {body:.300}: {status} {:.600}",
            answer.text()
        );
        assert!(!answer.headers.contains_key("injected"));
        answer
    }

    #[track_caller]
    pub(super) fn get(&self, target: &str) -> Answer {
        self.send(&self.api, "GET", target, String::new())
    }

    /// Asserts that the witness is unchanged, whatever else was created.
    #[track_caller]
    pub(super) fn unchanged(&self) {
        let mut now = self.all();
        for (now, before) in now.iter_mut().zip(&self.before) {
            now.truncate(before.len());
        }
        assert_eq!(now, self.before);
    }
}
