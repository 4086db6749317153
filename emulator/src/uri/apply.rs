//! `$apply`: `filter`, `groupby` and `aggregate`.

use super::aliases::Aliases;
use super::filter::{Filter, Parser};
use super::split::{call, property_path, split};
use crate::error::{Refusal, Result};

/// Maximum number of properties that one `$apply` groups by or aggregates.
const MAX_TERMS: usize = 100;

/// A parsed `$apply`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Apply {
    pub(crate) filter: Option<Filter>,
    /// The path of each grouping property, and the name of its result.
    pub(crate) groups: Vec<(Vec<String>, String)>,
    pub(crate) aggregates: Vec<Aggregate>,
}

/// One aggregate, and the name of its result.
#[derive(Debug, Clone)]
pub(crate) struct Aggregate {
    pub(crate) method: AggregateMethod,
    /// `None` for a count of rows.
    pub(crate) path: Option<Vec<String>>,
    pub(crate) alias: String,
}

/// The function of an aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AggregateMethod {
    Sum,
    Average,
    Min,
    Max,
    CountDistinct,
    /// The number of rows or, with a path, of values.
    Count,
}

pub(super) fn parse(text: &str, aliases: &Aliases) -> Result<Apply> {
    let mut apply = Apply::default();
    for (index, step) in split(text, '/').into_iter().map(str::trim).enumerate() {
        let (name, inside) = call(step).ok_or_else(|| broken(step))?;
        let inside = inside.ok_or_else(|| broken(step))?.trim();
        match name.trim() {
            "filter" if index == 0 => apply.filter = Some(Parser::filter(inside, aliases)?),
            "groupby" if apply.groups.is_empty() && apply.aggregates.is_empty() => {
                groups(inside, &mut apply)?
            }
            "aggregate" if apply.groups.is_empty() && apply.aggregates.is_empty() => {
                apply.aggregates = aggregates(inside)?;
            }
            other => {
                return Err(Refusal::query_not_supported(format!(
                    "The transformation '{other}' is not supported here in $apply."
                )));
            }
        }
    }
    if apply.groups.len() + apply.aggregates.len() > MAX_TERMS {
        return Err(Refusal::query_not_supported(format!("$apply has no more than {MAX_TERMS} properties.")));
    }
    if apply.groups.is_empty() && apply.aggregates.is_empty() {
        return Err(Refusal::query_not_supported("$apply needs a groupby or an aggregate."));
    }
    Ok(apply)
}

fn broken(text: &str) -> Refusal {
    Refusal::bad(format!("Syntax error in $apply at '{text}'."))
}

fn groups(inside: &str, apply: &mut Apply) -> Result<()> {
    let parts = split(inside, ',');
    let (names, rest) = parts.split_first().ok_or_else(|| broken(inside))?;
    let names = names
        .trim()
        .strip_prefix('(')
        .and_then(|names| names.strip_suffix(')'))
        .ok_or_else(|| broken(inside))?;
    for name in names.split(',').map(str::trim) {
        if name.is_empty() {
            return Err(broken(inside));
        }
        apply.groups.push((property_path(name)?, name.replace('/', "_")));
    }
    match rest {
        [] => Ok(()),
        [step] => {
            let (name, inside) = call(step.trim()).ok_or_else(|| broken(step))?;
            let inside = inside.filter(|_| name.trim() == "aggregate").ok_or_else(|| broken(step))?;
            apply.aggregates = aggregates(inside)?;
            Ok(())
        }
        _ => Err(broken(inside)),
    }
}

fn aggregates(inside: &str) -> Result<Vec<Aggregate>> {
    let one = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            ["$count", "as", alias] => {
                Ok(Aggregate { method: AggregateMethod::Count, path: None, alias: (*alias).to_owned() })
            }
            [path, "with", method, "as", alias] => Ok(Aggregate {
                method: match *method {
                    "sum" => AggregateMethod::Sum,
                    "average" => AggregateMethod::Average,
                    "min" => AggregateMethod::Min,
                    "max" => AggregateMethod::Max,
                    "countdistinct" => AggregateMethod::CountDistinct,
                    other => {
                        return Err(Refusal::query_not_supported(format!(
                            "The aggregation method '{other}' is not supported."
                        )));
                    }
                },
                path: Some(property_path(path)?),
                alias: (*alias).to_owned(),
            }),
            _ => Err(broken(part)),
        }
    };
    split(inside, ',').into_iter().map(one).collect()
}
