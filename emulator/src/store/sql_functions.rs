//! SQL functions that SQLite lacks: Dataverse's text comparison, exact decimals, the order of GUIDs, and sets of
//! options.

use core::cmp::Ordering;
use core::ops::Range;

use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;

use crate::value::decimal;

use super::text::{Pattern, fold};

type BoxedError = Box<dyn core::error::Error + Send + Sync>;

pub(super) fn install(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("DATAVERSE", |one, other| fold(one).cmp(&fold(other)))?;
    connection.create_collation("DECIMAL", compare_decimals)?;
    connection.create_collation("GUID", compare_guids)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("dv_like", 2, flags, |context| {
        // A statement prepares its pattern once, instead of for each row.
        let pattern = context.get_or_create_aux(1, |value| {
            value.as_str().map(Pattern::new).map_err(|error| Box::new(error) as BoxedError)
        })?;
        Ok(text(context, 0)?.is_some_and(|text| pattern.matches(text)))
    })?;
    // Equal texts have the same key, for counting distinct values.
    connection.create_scalar_function("dv_fold", 1, flags, |context| {
        Ok(text(context, 0)?.map(|text| fold(text).into_owned()))
    })?;
    // Whether two lists of integers have an element in common.
    connection.create_scalar_function("dv_overlap", 2, flags, |context| {
        Ok(match (text(context, 0)?, text(context, 1)?) {
            (Some(one), Some(other)) => {
                one.split(',').any(|each| other.split(',').any(|other| each == other))
            }
            _ => false,
        })
    })?;
    connection.create_aggregate_function("dv_sum", 1, flags, Sum { average: false })?;
    connection.create_aggregate_function("dv_average", 1, flags, Sum { average: true })
}

fn text<'c>(context: &'c Context<'_>, index: usize) -> rusqlite::Result<Option<&'c str>> {
    match context.get_raw(index) {
        ValueRef::Text(bytes) => Ok(core::str::from_utf8(bytes).ok()),
        _ => Ok(None),
    }
}

fn compare_decimals(one: &str, other: &str) -> Ordering {
    match (decimal(one), decimal(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        // Doubles beyond the decimal's range.
        _ => match (one.parse::<f64>(), other.parse::<f64>()) {
            (Ok(one), Ok(other)) => one.total_cmp(&other),
            _ => one.cmp(other),
        },
    }
}

/// Compares GUIDs as SQL Server does: the last six bytes first, then the bytes of each group before them, of
/// which the first three groups count from their right.
fn compare_guids(one: &str, other: &str) -> Ordering {
    const DIGITS: [Range<usize>; 10] =
        [24..36, 19..23, 16..18, 14..16, 11..13, 9..11, 6..8, 4..6, 2..4, 0..2];
    let compare = |digits: Range<usize>| one.get(digits.clone()).cmp(&other.get(digits));
    DIGITS.into_iter().map(compare).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// A sum or an average of decimals, exact.
struct Sum {
    average: bool,
}

impl Aggregate<(Decimal, i64), Option<String>> for Sum {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<(Decimal, i64)> {
        Ok((Decimal::ZERO, 0))
    }

    fn step(&self, context: &mut Context<'_>, state: &mut (Decimal, i64)) -> rusqlite::Result<()> {
        let value = match context.get_raw(0) {
            ValueRef::Null => return Ok(()),
            ValueRef::Integer(number) => Decimal::from(number),
            ValueRef::Text(bytes) => core::str::from_utf8(bytes).ok().and_then(decimal).unwrap_or_default(),
            _ => Decimal::ZERO,
        };
        let overflow =
            || rusqlite::Error::UserFunctionError("the sum is beyond the range of decimals".into());
        state.0 = state.0.checked_add(value).ok_or_else(overflow)?;
        state.1 += 1;
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        state: Option<(Decimal, i64)>,
    ) -> rusqlite::Result<Option<String>> {
        let Some((sum, count)) = state.filter(|(_, count)| *count > 0) else { return Ok(None) };
        if !self.average {
            return Ok(Some(sum.to_string()));
        }
        Ok(sum.checked_div(Decimal::from(count)).map(|average| average.round_dp(10).normalize().to_string()))
    }
}
