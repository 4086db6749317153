//! All functions and actions of Dataverse by name, including those that the emulator lacks.

use std::collections::HashMap;
use std::sync::OnceLock;

use http::Method;

use crate::error::{Refusal, Result};
use crate::schema::Table;

/// Kind, name, binding and parameters of each operation, one operation a line.
const OPERATIONS: &str = include_str!("../../data/operations.txt");

/// Whether an operation is called by `GET` or by `POST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Called by `GET`, or within a `$filter`.
    Function,
    /// Called by `POST`.
    Action,
}

/// The binding of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Binding {
    Unbound,
    /// A record of the table with this name.
    Record(&'static str),
    /// The entity set of the table with this name.
    Set(&'static str),
}

/// A function or action of Dataverse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    pub(super) kind: Kind,
    binding: Binding,
    /// Names, separated by commas.
    parameters: &'static str,
}

impl Operation {
    fn of_line(line: &'static str) -> Option<(&'static str, Self)> {
        let mut words = line.split_whitespace();
        let (kind, name, bound) = (words.next()?, words.next()?, words.next()?);
        let parameters = words.next()?;
        let kind = match kind {
            "action" => Kind::Action,
            "function" | "query" => Kind::Function,
            _ => return None,
        };
        let set = bound.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let binding = match (bound, set) {
            ("unbound", _) => Binding::Unbound,
            (_, Some(table)) => Binding::Set(table),
            (table, None) => Binding::Record(table),
        };
        Some((name, Self { kind, binding, parameters }))
    }

    pub(super) fn is_bound(&self) -> bool {
        self.binding != Binding::Unbound
    }

    /// Returns whether the operation is bound to one table, and not to all.
    pub(super) fn is_bound_to_a_table(&self) -> bool {
        match self.binding {
            Binding::Unbound => false,
            Binding::Record(name) | Binding::Set(name) => name != "crmbaseentity",
        }
    }

    /// Returns whether the operation is called on a record of the table, or on its entity set.
    pub(super) fn is_bound_to(&self, table: &Table, on_record: bool) -> bool {
        match self.binding {
            Binding::Unbound => false,
            Binding::Record(name) => on_record && is_a(table, name),
            Binding::Set(name) => !on_record && is_a(table, name),
        }
    }

    /// Refuses a parameter that the operation does not have.
    pub(super) fn require_parameters<'n>(
        &self,
        name: &str,
        given: impl IntoIterator<Item = &'n str>,
    ) -> Result<()> {
        let unknown = given.into_iter().find(|given| !self.parameters.split(',').any(|each| each == *given));
        match (unknown, self.kind) {
            (None, _) => Ok(()),
            // No function has this name and these parameters.
            (Some(_), Kind::Function) => Err(Refusal::unknown_segment(name)),
            (Some(unknown), Kind::Action) => {
                let problem = format!(
                    "Microsoft.OData.ODataException: The parameter '{unknown}' in the request payload is not a valid \
                     parameter for the operation '{name}'."
                );
                Err(Refusal::payload("", &problem))
            }
        }
    }

    /// Returns whether a request with this method calls the operation.
    pub(super) fn takes(&self, method: &Method) -> bool {
        match self.kind {
            Kind::Function => *method == Method::GET,
            Kind::Action => *method == Method::POST,
        }
    }
}

/// Returns whether a table has this type or is derived from it.
fn is_a(table: &Table, name: &str) -> bool {
    table.logical_name == name || name == "crmbaseentity" || name == "activitypointer" && table.is_activity
}

/// Returns all operations with this name.
pub(super) fn named(name: &str) -> &'static [Operation] {
    static ALL: OnceLock<HashMap<&'static str, Vec<Operation>>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: HashMap<_, Vec<_>> = HashMap::new();
        let lines = OPERATIONS.lines().filter(|line| !line.starts_with('#'));
        for (name, operation) in lines.filter_map(Operation::of_line) {
            all.entry(name).or_default().push(operation);
        }
        all
    });
    all.get(name).map_or(&[], Vec::as_slice)
}
