//! `dategrouping`: groups rows by parts of dates. The fiscal year is the calendar year, and its periods are
//! quarters.

use super::error::invalid;
use crate::error::Result;
use crate::schema::{Behavior, Kind};
use crate::sql::Scalar;

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePart {
    Number,
    FiscalPeriod,
    FiscalYear,
}

impl DatePart {
    /// Returns the part that a `dategrouping` means, and its SQL.
    pub(super) fn read(name: &str, scalar: &Scalar<'_>) -> Result<(Self, String)> {
        let Kind::DateTime { behavior, .. } = &scalar.column.kind else {
            let column = &scalar.column.logical_name;
            return Err(invalid(&format!("`dategrouping` is for dates, and `{column}` is none")));
        };
        let date = match behavior {
            Behavior::DateOnly => scalar.sql.clone(),
            _ => format!("{} / 1000000, 'unixepoch'", scalar.sql),
        };
        let part = |pattern: &str| format!("CAST(strftime('%{pattern}', {date}) AS INTEGER)");
        let (month, year) = (part("m"), part("Y"));
        let quarter = format!("(({month} + 2) / 3)");
        Ok(match name {
            "day" => (Self::Number, part("d")),
            // Weeks start on Sunday, and the first one contains January 1.
            "week" => {
                let first = format!("CAST(strftime('%w', {date}, 'start of year') AS INTEGER)");
                (Self::Number, format!("(({} - 1 + {first}) / 7 + 1)", part("j")))
            }
            "month" => (Self::Number, month),
            "quarter" => (Self::Number, quarter),
            "year" => (Self::Number, year),
            "fiscal-period" => (Self::FiscalPeriod, format!("({year} * 10 + {quarter})")),
            "fiscal-year" => (Self::FiscalYear, year),
            other => return Err(invalid(&format!("`{other}` is not a `dategrouping`"))),
        })
    }

    /// Returns the value and its formatted value for a result of the SQL.
    pub(super) fn shown(self, number: i64) -> Option<(i64, String)> {
        match self {
            Self::Number => None,
            Self::FiscalPeriod => {
                let (year, quarter) = (number / 10, number % 10);
                Some((quarter, format!("Quarter {quarter} FY{year}")))
            }
            Self::FiscalYear => Some((number, format!("FY{number}"))),
        }
    }
}
