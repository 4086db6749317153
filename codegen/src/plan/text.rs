//! A plan as people and tools read it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Plan, Step};
use crate::counted::counted;

impl Plan {
    /// Returns the requests as HTTP, without the token, and what is not done. `root` is the path of the Web API, such as
    /// `/api/data/v9.2/`.
    ///
    /// ```
    /// let mut plan = dataverse_codegen::Plan::default();
    /// assert_eq!(plan.text("/api/data/v9.2/"), "nothing to do\n");
    /// plan.publish(&[]);
    /// let text = plan.text("/api/data/v9.2/");
    /// assert!(text.starts_with("# 1 of 1: publish the changes\nPOST /api/data/v9.2/PublishXml\n"));
    /// ```
    pub fn text(&self, root: &str) -> String {
        let mut text = String::new();
        let count = self.steps.len();
        for (number, step) in (1..).zip(&self.steps) {
            let _ = writeln!(text, "# {number} of {count}: {}", step.what);
            text.push_str(&http(step, root));
            text.push('\n');
        }
        for each in &self.not_done {
            let _ = writeln!(text, "not done: {each}");
        }
        match count {
            0 if self.not_done.is_empty() => text.push_str("nothing to do\n"),
            0 => text.push_str("no request\n"),
            _ => {
                let _ = writeln!(text, "{}", counted(count, "request"));
            }
        }
        text
    }

    /// Returns the requests and what is not done, as JSON.
    ///
    /// ```
    /// let plan = dataverse_codegen::Plan::default();
    /// let json: serde_json::Value = serde_json::from_str(&plan.json("/api/data/v9.2/"))?;
    /// assert_eq!(json, serde_json::json!({ "steps": [], "not_done": [] }));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn json(&self, root: &str) -> String {
        let steps: Vec<Value> = self.steps.iter().map(|step| step.json(root)).collect();
        format!("{:#}\n", json!({ "steps": steps, "not_done": self.not_done }))
    }
}

fn http(step: &Step, root: &str) -> String {
    let mut text = format!("{} {root}{}\n", step.method, step.path);
    for (name, value) in &step.headers {
        let _ = writeln!(text, "{name}: {value}");
    }
    if !step.body.is_null() {
        let _ = write!(text, "\n{:#}\n", step.body);
    }
    text
}
