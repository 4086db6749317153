//! What a query fetches along: the struct's own expanded records, narrowed where the query says so.

use core::fmt;

use super::arguments::{IntoFilter, IntoOrder};
use super::filter::Filter;
use super::order::{Order, order_text};
use super::related::Related;
use crate::encode::query_value;
use crate::metadata::Many;
use crate::table::RowPlan;

/// Most `$expand` options of a query, nested ones included.
const MAX_EXPANDS: usize = 15;

/// Which of the records behind a navigation property are fetched along, and in which order.
pub struct ExpandOptions<R> {
    filter: Option<Filter<R>>,
    order: Vec<Order<R>>,
    top: Option<u32>,
}

impl<R> ExpandOptions<R> {
    /// All of them.
    pub fn new() -> Self {
        Self { filter: None, order: Vec::new(), top: None }
    }

    /// Fetches only records that meet the condition; called again, those that meet both. `None` keeps all.
    #[must_use]
    pub fn filter(mut self, condition: impl IntoFilter<R>) -> Self {
        Filter::add(&mut self.filter, condition.into_filter());
        self
    }

    /// Sorts the records by a column, ascending, or by an [`Order`]; what comes later, in an array or in another call,
    /// sorts what is equal so far.
    #[must_use]
    pub fn order_by(mut self, order: impl IntoOrder<R>) -> Self {
        order.put(&mut self.order);
        self
    }

    /// The first of them only.
    #[must_use]
    pub fn top(mut self, records: u32) -> Self {
        self.top = Some(records);
        self
    }

    /// The options, encoded.
    fn text(self) -> Result<Vec<String>, String> {
        let mut options = Vec::new();
        if let Some(filter) = self.filter {
            options.push(format!("$filter={}", query_value(&filter.expression().text()?)));
        }
        if let Some(order) = order_text(&self.order)? {
            options.push(format!("$orderby={}", order.replace(' ', "%20")));
        }
        if let Some(top) = self.top {
            options.push(format!("$top={top}"));
        }
        Ok(options)
    }
}

impl<R> Default for ExpandOptions<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> Clone for ExpandOptions<R> {
    fn clone(&self) -> Self {
        Self { filter: self.filter.clone(), order: self.order.clone(), top: self.top }
    }
}

impl<R> PartialEq for ExpandOptions<R> {
    fn eq(&self, other: &Self) -> bool {
        self.filter == other.filter && self.order == other.order && self.top == other.top
    }
}

impl<R> Eq for ExpandOptions<R> {}

impl<R> fmt::Debug for ExpandOptions<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpandOptions")
            .field("filter", &self.filter)
            .field("order", &self.order)
            .field("top", &self.top)
            .finish()
    }
}

/// What a query says about the expanded records of its struct.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expands(Vec<(&'static str, Result<Vec<String>, String>)>);

impl Expands {
    pub(crate) fn add<T, R>(&mut self, related: Related<T, R, Many>, options: ExpandOptions<R>) {
        self.0.retain(|(name, _)| *name != related.name());
        self.0.push((related.name(), options.text()));
    }

    /// The value of `$expand`, encoded.
    pub(crate) fn text(&self, plan: &RowPlan) -> Result<Option<String>, String> {
        for (name, options) in &self.0 {
            if !plan.expands.iter().any(|each| each.navigation == *name) {
                return Err(format!(
                    "the struct does not expand `{name}`; give it a field with `#[expand(nav = \"{name}\")]`"
                ));
            }
            if let Err(problem) = options {
                return Err(problem.clone());
            }
        }
        let options = |name: &str| {
            let found = self.0.iter().find(|(each, _)| *each == name);
            found.and_then(|(_, options)| options.as_ref().ok()).cloned().unwrap_or_default()
        };
        let text = plan.expand_with(&options);
        let count = text.as_deref().map_or(0, count_of_expands);
        if count > MAX_EXPANDS {
            return Err(format!(
                "the query expands {count} navigation properties, Dataverse takes {MAX_EXPANDS}"
            ));
        }
        Ok(text)
    }
}

/// Each expanded navigation property has one `$select`.
fn count_of_expands(text: &str) -> usize {
    text.matches("($select=").count()
}
