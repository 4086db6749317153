//! The query functions of Dataverse (`Microsoft.Dynamics.CRM.…`) as SQL. They also serve FetchXML's
//! operators.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use rusqlite::types::Value;

use super::paths::Scalar;
use super::periods::{self, Period};
use super::statement::{StatementBuilder, joined};
use super::values::of_text;
use crate::error::{Refusal, Result};
use crate::schema::{Behavior, Kind, Table};
use crate::uri::{Argument, Comparison, Literal};

impl<'s> StatementBuilder<'s> {
    /// Returns the condition of a query function on a property.
    pub(super) fn function(
        &mut self,
        name: &str,
        path: &[String],
        arguments: &[Argument],
        table: &'s Table,
        alias: &str,
    ) -> Result<String> {
        let scalar = self.attribute(path, table, alias)?;
        // A column at the end of a path belongs to another table.
        let table = if path.len() == 1 { Some(table) } else { None };
        self.function_on(name, &scalar, table, arguments)
    }

    /// Returns the condition of a query function on a column; `table` is the table of the column.
    pub(crate) fn function_on(
        &mut self,
        name: &str,
        scalar: &Scalar<'s>,
        table: Option<&'s Table>,
        arguments: &[Argument],
    ) -> Result<String> {
        if let Some(condition) = self.caller_function(name, arguments, scalar)? {
            return Ok(condition);
        }
        if let Some(condition) = self.value_function(name, arguments, scalar)? {
            return Ok(condition);
        }
        match (name, arguments) {
            ("Under" | "UnderOrEqual" | "NotUnder" | "Above" | "AboveOrEqual", [record]) => {
                let texts = texts(record);
                let record = texts.first().and_then(|text| crate::value::guid(text.trim()));
                let record = record.ok_or_else(|| wrong(name, "needs the id of a record"))?;
                self.in_hierarchy(name, scalar, table, record)
            }
            ("Contains", _) => Err(Refusal::not_implemented(&format!("The query function {name}"))),
            ("InFiscalPeriod", [count]) => self.in_fiscal_period(scalar, name, number(name, count)?),
            _ => {
                let of_time = name.ends_with("Hours") || name.ends_with("Minutes");
                if of_time
                    && matches!(scalar.column.kind, Kind::DateTime { behavior: Behavior::DateOnly, .. })
                {
                    return Err(wrong(name, "is for columns that hold times"));
                }
                let period = self.period(name, arguments)?;
                self.within(scalar, name, period)
            }
        }
    }

    /// Returns the condition of a function on the caller, the caller's teams or the caller's hierarchy.
    fn caller_function(
        &mut self,
        name: &str,
        arguments: &[Argument],
        scalar: &Scalar<'_>,
    ) -> Result<Option<String>> {
        if !arguments.is_empty() {
            return Ok(None);
        }
        let caller = &self.session.caller;
        Ok(Some(match name {
            "EqualUserId" => self.is_one_of(scalar, vec![caller.user.clone()]),
            "NotEqualUserId" => format!("NOT {}", self.is_one_of(scalar, vec![caller.user.clone()])),
            "EqualBusinessId" => self.is_one_of(scalar, vec![caller.business_unit.clone()]),
            "NotEqualBusinessId" => {
                format!("NOT {}", self.is_one_of(scalar, vec![caller.business_unit.clone()]))
            }
            "EqualUserTeams" => self.is_one_of(scalar, caller.teams.clone()),
            "EqualUserOrUserTeams" => {
                self.is_one_of(scalar, caller.principals().map(str::to_owned).collect())
            }
            "EqualUserOrUserHierarchy" => self.caller_or_reports(scalar, Vec::new())?,
            "EqualUserOrUserHierarchyAndTeams" => self.caller_or_reports(scalar, caller.teams.clone())?,
            "NotEqualUserLanguage" => format!("({} IS NOT 1033)", scalar.sql),
            "EqualUserLanguage" => format!("({} IS 1033)", scalar.sql),
            _ => return Ok(None),
        }))
    }

    /// Returns the condition of a function with a list of values.
    fn value_function(
        &mut self,
        name: &str,
        arguments: &[Argument],
        scalar: &Scalar<'_>,
    ) -> Result<Option<String>> {
        let [values] = arguments else { return Ok(None) };
        Ok(Some(match name {
            "In" | "NotIn" => {
                let values = self.values_of(scalar, texts(values), name)?;
                let all = values
                    .into_iter()
                    .map(|value| self.compare_value(Comparison::Eq, &scalar.sql, scalar.collation(), value));
                let any = joined(all.collect(), "OR", "0");
                if name == "In" { any } else { format!("NOT {any}") }
            }
            "Between" | "NotBetween" => {
                let values = self.values_of(scalar, texts(values), name)?;
                let [low, high] = values.try_into().map_err(|_| wrong(name, "needs two values"))?;
                let low = self.compare_value(Comparison::Ge, &scalar.sql, scalar.collation(), low);
                let high = self.compare_value(Comparison::Le, &scalar.sql, scalar.collation(), high);
                format!("{}({low} AND {high})", if name == "Between" { "" } else { "NOT " })
            }
            "ContainValues" | "DoesNotContainValues" => {
                if !matches!(scalar.column.kind, Kind::MultiSelect(_)) {
                    return Err(wrong(name, "is for columns that hold several options"));
                }
                let wanted = self.values_of(scalar, texts(values), name)?;
                let wanted = wanted
                    .into_iter()
                    .filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None });
                let wanted = self.bind(wanted.collect::<Vec<_>>().join(","));
                let not = if name == "ContainValues" { "" } else { "NOT " };
                format!("{not}dv_overlap({}, {wanted})", scalar.sql)
            }
            _ => return Ok(None),
        }))
    }

    /// Returns the period of a function on dates.
    fn period(&self, name: &str, arguments: &[Argument]) -> Result<Period> {
        match (name, arguments) {
            ("On" | "OnOrBefore" | "OnOrAfter", [Argument::One(Literal::Text(text))]) => {
                let day = day(text);
                let day = day.ok_or_else(|| wrong(name, "needs a date"))?;
                let next = day.tomorrow().map_err(|_| wrong(name, "needs a date within the calendar"))?;
                let midnight = jiff::civil::Time::midnight();
                Ok(Period {
                    from: (name != "OnOrBefore").then_some(day.to_datetime(midnight)),
                    to: (name != "OnOrAfter").then_some(next.to_datetime(midnight)),
                })
            }
            ("InFiscalYear", [count]) => {
                periods::fiscal_year(number(name, count)?).ok_or_else(|| wrong(name, "needs a year"))
            }
            (
                "InFiscalPeriodAndYear" | "InOrBeforeFiscalPeriodAndYear" | "InOrAfterFiscalPeriodAndYear",
                [period, year],
            ) => {
                let period = periods::fiscal_period(number(name, period)?, number(name, year)?);
                let mut period =
                    period.ok_or_else(|| wrong(name, "needs a period from 1 to 4 and a year"))?;
                if name == "InOrBeforeFiscalPeriodAndYear" {
                    period.from = None;
                } else if name == "InOrAfterFiscalPeriodAndYear" {
                    period.to = None;
                }
                Ok(period)
            }
            (_, []) => periods::named(name, self.clock()).ok_or_else(|| unknown(name)),
            (_, [count])
                if name.starts_with("LastX")
                    || name.starts_with("NextX")
                    || name.starts_with("OlderThanX") =>
            {
                let count = number(name, count)?;
                if count < 1 {
                    return Err(wrong(name, "needs a number greater than 0"));
                }
                periods::counted(name, count, self.clock())
                    .ok_or_else(|| wrong(name, "leads out of the calendar, or is unknown"))
            }
            _ => Err(unknown(name)),
        }
    }

    fn clock(&self) -> DateTime {
        let now = Timestamp::from_microsecond(self.session.now).unwrap_or(Timestamp::UNIX_EPOCH);
        Offset::UTC.to_datetime(now)
    }

    pub(super) fn is_one_of(&mut self, scalar: &Scalar<'_>, ids: Vec<String>) -> String {
        let ids = self.bind_all(ids);
        format!("coalesce({} IN ({ids}), 0)", scalar.sql)
    }

    fn values_of(&self, scalar: &Scalar<'_>, texts: Vec<String>, name: &str) -> Result<Vec<Value>> {
        let value = |text: String| {
            of_text(scalar.column, &text).ok_or_else(|| Refusal::literal(&text, scalar.column.kind.edm()))
        };
        if texts.is_empty() {
            return Err(wrong(name, "needs at least one value"));
        }
        texts.into_iter().map(value).collect()
    }

    fn within(&mut self, scalar: &Scalar<'_>, name: &str, period: Period) -> Result<String> {
        let sides = [(period.from, Comparison::Ge), (period.to, Comparison::Lt)];
        let mut all = Vec::new();
        for (side, comparison) in sides {
            let Some(side) = side else { continue };
            let value = match scalar.column.kind {
                // A date is a whole day: a period that ends within a day includes it.
                Kind::DateTime { behavior: Behavior::DateOnly, .. } => {
                    let whole = side.time() == jiff::civil::Time::midnight();
                    let day = if comparison == Comparison::Lt && !whole {
                        side.date().tomorrow()
                    } else {
                        Ok(side.date())
                    };
                    Value::Text(day.map_err(|_| wrong(name, "leads out of the calendar"))?.to_string())
                }
                Kind::DateTime { .. } => {
                    let time = Offset::UTC
                        .to_timestamp(side)
                        .map_err(|_| wrong(name, "leads out of the calendar"))?;
                    Value::Integer(time.as_microsecond())
                }
                _ => return Err(wrong(name, "is for columns that hold dates")),
            };
            all.push(self.compare_value(comparison, &scalar.sql, "", value));
        }
        Ok(joined(all, "AND", "1"))
    }

    fn in_fiscal_period(&mut self, scalar: &Scalar<'_>, name: &str, period: i64) -> Result<String> {
        let month = match scalar.column.kind {
            Kind::DateTime { behavior: Behavior::DateOnly, .. } => format!("strftime('%m', {})", scalar.sql),
            Kind::DateTime { .. } => format!("strftime('%m', {} / 1000000, 'unixepoch')", scalar.sql),
            _ => return Err(wrong(name, "is for columns that hold dates")),
        };
        let period = self.bind(period);
        Ok(format!("coalesce((CAST({month} AS INTEGER) + 2) / 3 = {period}, 0)"))
    }
}

pub(super) fn wrong(name: &str, what: &str) -> Refusal {
    Refusal::query_not_supported(format!("The query function '{name}' {what}."))
}

/// Returns the date at the start of a text: `2026-03-04`, or `3/4/2026` in the notation of the United States.
fn day(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim();
    if let Some(date) = text.get(..10).and_then(|date| date.parse().ok()) {
        return Some(date);
    }
    let mut parts = text.split_whitespace().next()?.split('/');
    let (month, day, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    jiff::civil::Date::new(year.parse().ok()?, month, day).ok()
}

fn unknown(name: &str) -> Refusal {
    Refusal::query_not_supported(format!(
        "The query function 'Microsoft.Dynamics.CRM.{name}' does not exist, or not with these parameters."
    ))
}

fn texts(argument: &Argument) -> Vec<String> {
    match argument {
        Argument::Many(all) => all.clone(),
        Argument::One(Literal::Text(text) | Literal::Number(text) | Literal::Guid(text)) => {
            vec![text.clone()]
        }
        Argument::One(_) => Vec::new(),
    }
}

fn number(name: &str, argument: &Argument) -> Result<i64> {
    match argument {
        Argument::One(Literal::Number(text) | Literal::Text(text)) => text.parse().ok(),
        _ => None,
    }
    .ok_or_else(|| wrong(name, "needs an integer"))
}
