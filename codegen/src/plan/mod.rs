//! What makes an org have the tables of a program: the requests, in the order in which they are sent.

mod change;
mod column;
mod columns;
mod keys;
mod label;
mod language;
mod lookup;
mod many_to_many;
mod option_set;
mod options;
mod planner;
mod present;
mod step;
mod table;
mod text;

use std::fmt;

use dataverse_definitions::Table;
use dataverse_entity::client::Client;
use serde::Serialize;

pub(crate) use language::speak;
pub use planner::plan;
pub(crate) use planner::{PUBLISH, publication};
pub use present::Present;
pub use step::Step;

use crate::pull::{PullError, prefix};

/// What a plan may do, and where what it makes belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PlanSettings {
    /// The unmanaged solution that everything is added to, by unique name. Without one, Dataverse adds it to the
    /// default solution.
    pub solution: Option<String>,
    /// The prefix of the publisher, such as `new`: the plan creates nothing whose name does not start with it. Without
    /// one, any prefix will do. [`complete`](Self::complete) takes it from the solution.
    pub prefix: Option<String>,
    /// The locale id of texts that the code does not state; 1033 (English) unless set.
    pub language: Option<u32>,
    /// Whether the plan may delete columns, keys and options, and narrow limits.
    pub allow_destructive: bool,
}

impl PlanSettings {
    /// Checks that the org has the solution, and takes the prefix from its publisher, unless it is set.
    ///
    /// ```
    /// use dataverse_codegen::{PlanSettings, PullError};
    ///
    /// # async fn run(client: dataverse_entity::client::Client) -> Result<(), PullError> {
    /// let mut settings = PlanSettings::default();
    /// settings.solution = Some("contoso_core".to_owned());
    /// settings.complete(&client).await?;
    /// println!("names start with {:?}", settings.prefix);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the org has no such solution, or a managed one, which takes no additions; or if it does not
    /// answer.
    pub async fn complete(&mut self, client: &Client) -> Result<(), PullError> {
        if let Some(solution) = &self.solution {
            let publisher = prefix(client, solution).await?;
            self.prefix = self.prefix.take().or(publisher);
        }
        Ok(())
    }

    pub(crate) fn language(&self) -> u32 {
        self.language.unwrap_or(1033)
    }
}

/// The requests that make an org have the wanted tables, and what they leave undone.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Plan {
    /// The requests, in the order in which they are sent.
    pub steps: Vec<Step>,
    /// What differs and stays.
    pub not_done: Vec<NotDone>,
}

impl Plan {
    /// Adds the publication of these tables, unless the plan has it.
    ///
    /// Whether earlier changes were published is not in the definitions.
    ///
    /// ```
    /// let mut plan = dataverse_codegen::Plan::default();
    /// plan.publish(&[]);
    /// plan.publish(&[]);
    /// assert_eq!(plan.steps.len(), 1);
    /// assert_eq!(plan.steps[0].path, "PublishXml");
    /// ```
    pub fn publish(&mut self, wanted: &[Table]) {
        if self.steps.len() == self.changes().count() {
            self.steps.push(publication(wanted));
        }
    }

    /// The steps besides the publication.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.phase != step::Phase::Publish)
    }
}

/// A difference that the plan does not remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotDone {
    /// The table, the column or the option set.
    pub subject: String,
    /// What differs, and what to do.
    pub problem: String,
}

impl fmt::Display for NotDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.problem)
    }
}

/// Tables that no plan can make: every problem, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError(Vec<String>);

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for PlanError {}
