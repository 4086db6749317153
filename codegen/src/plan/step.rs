//! Steps of a plan: the requests that change an org.

use http::Method;
use serde_json::{Value, json};

/// When a step is sent: a step uses what the steps of earlier phases make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    OptionSets,
    Tables,
    Columns,
    Lookups,
    Options,
    ManyToMany,
    Updates,
    RemovedKeys,
    Keys,
    RemovedColumns,
    RemovedOptions,
    Publish,
}

/// One request of a plan.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// What the request does, such as ``create the column `new_loan.new_due` ``.
    pub what: String,
    /// The method.
    pub method: Method,
    /// The path below the root of the Web API, such as `EntityDefinitions`.
    pub path: String,
    /// The headers, without the token.
    pub headers: Vec<(&'static str, String)>,
    /// The body; `null` if there is none.
    pub body: Value,
    /// The definition that the body replaces as a whole. `Present::complete` reads it and adds its members.
    pub(super) base: Option<String>,
    pub(super) phase: Phase,
}

impl Step {
    pub(super) fn new(
        phase: Phase,
        what: impl Into<String>,
        method: Method,
        path: impl Into<String>,
    ) -> Self {
        // https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors
        let headers = [("Accept", "application/json"), ("OData-MaxVersion", "4.0"), ("OData-Version", "4.0")];
        Self {
            what: what.into(),
            method,
            path: path.into(),
            headers: headers.map(|(name, value)| (name, value.to_owned())).to_vec(),
            body: Value::Null,
            base: None,
            phase,
        }
    }

    /// A creation or an action.
    pub(super) fn post(phase: Phase, what: impl Into<String>, path: impl Into<String>, body: Value) -> Self {
        Self::new(phase, what, Method::POST, path).with_body(body)
    }

    /// Replaces a definition. Dataverse takes no `PATCH`: the request has every member of the definition, of which
    /// `changes` are new. Labels in other languages stay.
    pub(super) fn put(
        what: impl Into<String>,
        path: impl Into<String>,
        base: impl Into<String>,
        changes: Value,
    ) -> Self {
        let mut step = Self::new(Phase::Updates, what, Method::PUT, path).with_body(changes);
        step.headers.push(("MSCRM.MergeLabels", "true".to_owned()));
        step.base = Some(base.into());
        step
    }

    pub(super) fn delete(phase: Phase, what: impl Into<String>, path: impl Into<String>) -> Self {
        Self::new(phase, what, Method::DELETE, path)
    }

    fn with_body(mut self, body: Value) -> Self {
        self.headers.push(("Content-Type", "application/json; charset=utf-8".to_owned()));
        self.body = body;
        self
    }

    /// Adds the solution that what is made, or changed, belongs to.
    pub(super) fn in_solution(mut self, solution: Option<&str>) -> Self {
        if let Some(solution) = solution {
            self.headers.push(("MSCRM.SolutionUniqueName", solution.to_owned()));
        }
        self
    }

    /// Puts the changes into the definition as the org has it.
    pub(super) fn complete(&mut self, definition: Value) {
        let (Value::Object(mut whole), Value::Object(changes)) = (definition, self.body.take()) else {
            return;
        };
        // Annotations of the answer are not members of the definition.
        whole.retain(|name, _| !name.contains('@'));
        whole.extend(changes);
        self.body = Value::Object(whole);
        self.base = None;
    }

    pub(super) fn json(&self, root: &str) -> Value {
        let headers: serde_json::Map<String, Value> =
            self.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let mut step = json!({
            "what": self.what,
            "method": self.method.as_str(),
            "path": format!("{root}{}", self.path),
            "headers": headers,
        });
        if !self.body.is_null() {
            step["body"] = self.body.clone();
        }
        step
    }
}
