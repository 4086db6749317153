//! The operators of conditions, and the query functions that they stand for.

use crate::error::Result;
use crate::uri::Comparison;

/// The arguments of a query function from the values of an operator.
#[derive(Debug, Clone, Copy)]
pub(super) enum Arguments {
    None,
    One,
    /// One argument for each value.
    Each,
    /// One argument that is the list of values.
    List,
}

/// All operators, including those of texts and comparisons.
const OPERATORS: [&str; 84] = [
    "above",
    "begins-with",
    "between",
    "contain-values",
    "ends-with",
    "eq",
    "eq-businessid",
    "eq-or-above",
    "eq-or-under",
    "eq-userid",
    "eq-userlanguage",
    "eq-useroruserhierarchy",
    "eq-useroruserhierarchyandteams",
    "eq-useroruserteams",
    "eq-userteams",
    "ge",
    "gt",
    "in",
    "in-fiscal-period",
    "in-fiscal-period-and-year",
    "in-fiscal-year",
    "in-or-after-fiscal-period-and-year",
    "in-or-before-fiscal-period-and-year",
    "last-fiscal-period",
    "last-fiscal-year",
    "last-month",
    "last-seven-days",
    "last-week",
    "last-x-days",
    "last-x-fiscal-periods",
    "last-x-fiscal-years",
    "last-x-hours",
    "last-x-months",
    "last-x-weeks",
    "last-x-years",
    "last-year",
    "le",
    "like",
    "lt",
    "ne",
    "ne-businessid",
    "ne-userid",
    "neq",
    "next-fiscal-period",
    "next-fiscal-year",
    "next-month",
    "next-seven-days",
    "next-week",
    "next-x-days",
    "next-x-fiscal-periods",
    "next-x-fiscal-years",
    "next-x-hours",
    "next-x-months",
    "next-x-weeks",
    "next-x-years",
    "next-year",
    "not-begin-with",
    "not-between",
    "not-contain-values",
    "not-end-with",
    "not-in",
    "not-like",
    "not-null",
    "not-under",
    "null",
    "olderthan-x-days",
    "olderthan-x-hours",
    "olderthan-x-minutes",
    "olderthan-x-months",
    "olderthan-x-weeks",
    "olderthan-x-years",
    "on",
    "on-or-after",
    "on-or-before",
    "this-fiscal-period",
    "this-fiscal-year",
    "this-month",
    "this-week",
    "this-year",
    "today",
    "tomorrow",
    "under",
    "yesterday",
    "ne-userlanguage",
];

pub(super) fn is_known(operator: &str) -> bool {
    OPERATORS.contains(&operator)
}

/// Returns the comparison of an operator. As in OData, equality of texts has no wildcards.
pub(super) fn comparison(operator: &str) -> Option<Comparison> {
    match operator {
        "neq" => Some(Comparison::Ne),
        other => Comparison::from_name(other),
    }
}

/// Returns the `LIKE` pattern of an operator on texts, and whether it is negated.
pub(super) fn pattern(operator: &str, value: impl Fn() -> Result<String>) -> Result<Option<(bool, String)>> {
    Ok(Some(match operator {
        "like" => (false, value()?),
        "not-like" => (true, value()?),
        "begins-with" => (false, format!("{}%", value()?)),
        "not-begin-with" => (true, format!("{}%", value()?)),
        "ends-with" => (false, format!("%{}", value()?)),
        "not-end-with" => (true, format!("%{}", value()?)),
        _ => return Ok(None),
    }))
}

/// Returns the query function of any other operator.
pub(super) fn function(operator: &str) -> (String, Arguments) {
    let (name, arguments) = match operator {
        "in" => ("In", Arguments::List),
        "not-in" => ("NotIn", Arguments::List),
        "between" => ("Between", Arguments::List),
        "not-between" => ("NotBetween", Arguments::List),
        "contain-values" => ("ContainValues", Arguments::List),
        "not-contain-values" => ("DoesNotContainValues", Arguments::List),
        "eq-userid" => ("EqualUserId", Arguments::None),
        "ne-userid" => ("NotEqualUserId", Arguments::None),
        "eq-businessid" => ("EqualBusinessId", Arguments::None),
        "ne-businessid" => ("NotEqualBusinessId", Arguments::None),
        "eq-userteams" => ("EqualUserTeams", Arguments::None),
        "eq-useroruserteams" => ("EqualUserOrUserTeams", Arguments::None),
        "eq-useroruserhierarchy" => ("EqualUserOrUserHierarchy", Arguments::None),
        "eq-useroruserhierarchyandteams" => ("EqualUserOrUserHierarchyAndTeams", Arguments::None),
        "eq-userlanguage" => ("EqualUserLanguage", Arguments::None),
        "ne-userlanguage" => ("NotEqualUserLanguage", Arguments::None),
        "above" => ("Above", Arguments::One),
        "eq-or-above" => ("AboveOrEqual", Arguments::One),
        "under" => ("Under", Arguments::One),
        "eq-or-under" => ("UnderOrEqual", Arguments::One),
        "not-under" => ("NotUnder", Arguments::One),
        "on" => ("On", Arguments::One),
        "on-or-before" => ("OnOrBefore", Arguments::One),
        "on-or-after" => ("OnOrAfter", Arguments::One),
        other => {
            return (camel(&other.replace("seven", "7").replace("olderthan", "older-than")), of_name(other));
        }
    };
    (name.to_owned(), arguments)
}

fn of_name(operator: &str) -> Arguments {
    if operator.contains("-x-") || operator.starts_with("in-") { Arguments::Each } else { Arguments::None }
}

/// Turns `last-x-days` into `LastXDays`.
fn camel(operator: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    operator.split('-').map(word).collect()
}
