//! The columns that a query answers, as far as its text says.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::text::{attributes, value};
use crate::record::listed;
use crate::table::RowPlan;

/// What reads the rows of a query.
#[derive(Debug, Clone, Copy)]
pub(super) enum ReadBy {
    /// The columns of a struct of the table.
    Plan(&'static RowPlan),
    /// The names of columns; an empty list takes any columns.
    Names(&'static [&'static str]),
}

/// The names of the columns that a query answers.
#[derive(Debug, Default)]
struct Outputs {
    names: Vec<String>,
    /// Whether there may be other columns: by `all-attributes`, or by a link whose alias Dataverse chooses.
    is_open: bool,
    /// Whether the query answers every column of the table without an alias.
    has_all: bool,
    is_aggregate: bool,
    is_distinct: bool,
}

/// The element that a column is in, which decides its name in the rows.
enum Scope {
    Entity { columns: usize, is_bare: bool },
    Link(Option<String>),
    Other,
}

/// Plans are not compared: the type of the message says which it is.
impl PartialEq for ReadBy {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plan(_), Self::Plan(_)) => true,
            (Self::Names(a), Self::Names(b)) => a == b,
            _ => false,
        }
    }
}

impl ReadBy {
    /// Returns an error if the query does not answer the columns that are read.
    pub(super) fn check(self, query: &str, primary_id: &str) -> Result<(), String> {
        if matches!(self, Self::Names([])) {
            return Ok(());
        }
        let outputs = Outputs::of(query)?;
        match self {
            Self::Plan(plan) => outputs.check_plan(plan, primary_id),
            Self::Names(columns) => outputs.check_names(columns, primary_id),
        }
    }

    /// Returns whether only the answer shows which columns the rows have.
    pub(super) fn is_checked_in_answer(self, query: &str) -> bool {
        !matches!(self, Self::Names([])) && Outputs::of(query).is_ok_and(|outputs| outputs.is_open)
    }
}

impl Outputs {
    fn of(query: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(query);
        let (mut outputs, mut scopes) = (Self::default(), Vec::<Scope>::new());
        loop {
            match reader.read_event().map_err(|error| format!("it is not XML: {error}"))? {
                Event::Start(element) => {
                    let scope = outputs.element(&element, &mut scopes)?;
                    scopes.push(scope);
                }
                Event::Empty(element) => {
                    let scope = outputs.element(&element, &mut scopes)?;
                    outputs.end(scope);
                }
                Event::End(_) => {
                    if let Some(scope) = scopes.pop() {
                        outputs.end(scope);
                    }
                }
                Event::Eof => return Ok(outputs),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &BytesStart<'_>, scopes: &mut [Scope]) -> Result<Scope, String> {
        let named = |name: &str| -> Result<Option<String>, String> {
            let found = attributes(element)?.into_iter().find(|each| each.key.as_ref() == name);
            found.map(|attribute| value(&attribute)).transpose()
        };
        let is_set =
            |name: &str| named(name).map(|value| matches!(value.as_deref(), Some("true" | "True" | "1")));
        let scope = scopes.last_mut();
        match (element.name().as_ref(), scope) {
            ("fetch", None) => {
                self.is_aggregate = is_set("aggregate")?;
                self.is_distinct = is_set("distinct")?;
            }
            ("entity", _) => return Ok(Scope::Entity { columns: 0, is_bare: false }),
            ("link-entity", _) => {
                let is_first = named("link-type")?.as_deref() == Some("matchfirstrowusingcrossapply");
                let alias = named("alias")?.filter(|alias| !alias.is_empty() && !is_first);
                return Ok(Scope::Link(alias));
            }
            ("all-attributes", Some(Scope::Entity { columns, .. })) => {
                *columns += 1;
                (self.has_all, self.is_open) = (true, true);
            }
            ("no-attrs", Some(Scope::Entity { is_bare, .. })) => *is_bare = true,
            ("all-attributes", _) => self.is_open = true,
            ("attribute", Some(scope)) => {
                let alias = named("alias")?.filter(|alias| !alias.is_empty());
                let name = named("name")?.unwrap_or_default();
                match (scope, alias) {
                    (Scope::Entity { columns, .. }, alias) => {
                        *columns += 1;
                        self.names.push(alias.unwrap_or(name));
                    }
                    (Scope::Link(_), Some(alias)) => self.names.push(alias),
                    (Scope::Link(Some(link)), None) => self.names.push(format!("{link}.{name}")),
                    (Scope::Link(None), None) => self.is_open = true,
                    (Scope::Other, _) => {}
                }
            }
            _ => {}
        }
        Ok(Scope::Other)
    }

    /// Ends an element. An entity without attributes answers all columns.
    fn end(&mut self, scope: Scope) {
        if matches!(scope, Scope::Entity { columns: 0, is_bare: false }) && !self.is_aggregate {
            (self.has_all, self.is_open) = (true, true);
        }
    }

    fn check_plan(&self, plan: &RowPlan, primary_id: &str) -> Result<(), String> {
        let how = "read rows: `.rows()`, or `.rows_as::<R>()` with a struct `R` that derives `DataverseRow`";
        let path = (plan.name)();
        let path = path.split('<').next().unwrap_or(path);
        let name = path.rsplit("::").next().unwrap_or(path);
        if self.is_aggregate {
            return Err(format!(
                "it is an aggregate, whose columns are aliases, but `{name}` reads columns of the table; {how}"
            ));
        }
        let key_comes = !self.is_distinct;
        let comes = |column: &str| self.answers(column) || key_comes && column == primary_id;
        let is_read = plan.columns.iter().any(|column| {
            comes(column.logical_name) || column.source.is_some_and(|source| comes(source.attribute_of))
        });
        if self.has_all || is_read || plan.columns.is_empty() {
            return Ok(());
        }
        let answered: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let answers = if answered.is_empty() { "nothing".to_owned() } else { listed(&answered) };
        Err(format!(
            "it answers {answers}, but `{name}` reads none of that; ask for its columns without aliases, or {how}"
        ))
    }

    fn check_names(&self, columns: &[&str], primary_id: &str) -> Result<(), String> {
        if self.is_open {
            return Ok(());
        }
        // Dataverse adds them to the columns that a query asks for.
        let added = [primary_id, "transactioncurrencyid"];
        let is_added =
            |column: &str| !self.is_aggregate && !self.is_distinct && added.contains(&property_stem(column));
        let missing: Vec<&str> =
            columns.iter().copied().filter(|column| !self.answers(column) && !is_added(column)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let answered: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let answers = if answered.is_empty() { "nothing".to_owned() } else { listed(&answered) };
        Err(format!("the struct reads {}, but it answers {answers}", listed(&missing)))
    }

    fn answers(&self, column: &str) -> bool {
        self.names.iter().any(|name| name == column || name == property_stem(column))
    }
}

/// Returns the logical name in the property of a lookup: `ownerid` in `_ownerid_value`.
fn property_stem(name: &str) -> &str {
    name.strip_prefix('_').and_then(|name| name.strip_suffix("_value")).unwrap_or(name)
}
