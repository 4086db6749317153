//! Dataverse's own query functions: all 69 of the namespace `Microsoft.Dynamics.CRM` that filters take.
//!
//! Dates are those of the caller's time zone; fiscal periods are those of the organization's settings.

use super::column::Column;
use super::comparand::Comparand;
use super::expression::{Argument, Expression};
use super::filter::Filter;
use super::kinds::{Chosen, Dated, Hierarchical, Integer, Listed, Principal, Ranged, Textual, Timed};
use crate::column::{DateArgument, OptionSet};
use crate::encode::Literal;

/// Functions of the column alone.
macro_rules! of_column {
    ($bound:ident: $($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V> {$(
            $(#[doc = $doc])+
            pub fn $method(self) -> Filter<T>
            where
                K: $bound,
            {
                self.function($function, Vec::new())
            }
        )+}
    };
}

/// Functions of the column and a number.
macro_rules! of_number {
    ($bound:ident: $($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V> {$(
            $(#[doc = $doc])+
            pub fn $method(self, x: u32) -> Filter<T>
            where
                K: $bound,
            {
                self.function($function, vec![number("PropertyValue", x)])
            }
        )+}
    };
}

/// Functions of the column and a date.
macro_rules! of_date {
    ($($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V> {$(
            $(#[doc = $doc])+
            pub fn $method(self, date: impl DateArgument) -> Filter<T>
            where
                K: Dated,
            {
                self.function($function, vec![Argument::One("PropertyValue", Literal::text(date.date_text()))])
            }
        )+}
    };
}

/// Functions of the column and a record.
macro_rules! of_record {
    ($($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V> {$(
            $(#[doc = $doc])+
            pub fn $method<C: Comparand<K, V>>(self, record: C) -> Filter<T>
            where
                K: Hierarchical,
            {
                let record = Literal::text(record.literal().value());
                self.function($function, vec![Argument::One("PropertyValue", record)])
            }
        )+}
    };
}

of_column! { Dated:
    /// Is it yesterday?
    yesterday = "Yesterday";
    /// Is it today?
    today = "Today";
    /// Is it tomorrow?
    tomorrow = "Tomorrow";
    /// Is it within the last seven days, today included?
    last_7_days = "Last7Days";
    /// Is it within the next seven days?
    next_7_days = "Next7Days";
    /// Is it in the week before this one?
    last_week = "LastWeek";
    /// Is it in this week?
    this_week = "ThisWeek";
    /// Is it in the week behind this one?
    next_week = "NextWeek";
    /// Is it in the month before this one?
    last_month = "LastMonth";
    /// Is it in this month?
    this_month = "ThisMonth";
    /// Is it in the month behind this one?
    next_month = "NextMonth";
    /// Is it in the year before this one?
    last_year = "LastYear";
    /// Is it in this year?
    this_year = "ThisYear";
    /// Is it in the year behind this one?
    next_year = "NextYear";
    /// Is it in the fiscal year before this one?
    last_fiscal_year = "LastFiscalYear";
    /// Is it in this fiscal year?
    this_fiscal_year = "ThisFiscalYear";
    /// Is it in the fiscal year behind this one?
    next_fiscal_year = "NextFiscalYear";
    /// Is it in the fiscal period before this one?
    last_fiscal_period = "LastFiscalPeriod";
    /// Is it in this fiscal period?
    this_fiscal_period = "ThisFiscalPeriod";
    /// Is it in the fiscal period behind this one?
    next_fiscal_period = "NextFiscalPeriod";
}

of_column! { Principal:
    /// Is it the caller?
    equal_user_id = "EqualUserId";
    /// Is it not the caller?
    not_equal_user_id = "NotEqualUserId";
    /// Is it a team of the caller?
    equal_user_teams = "EqualUserTeams";
    /// Is it the caller or one of the caller's teams?
    equal_user_or_user_teams = "EqualUserOrUserTeams";
    /// Is it the caller or someone below the caller in the hierarchy?
    equal_user_or_user_hierarchy = "EqualUserOrUserHierarchy";
    /// Is it the caller, someone below the caller in the hierarchy, or one of their teams?
    equal_user_or_user_hierarchy_and_teams = "EqualUserOrUserHierarchyAndTeams";
    /// Is it the business unit of the caller?
    equal_business_id = "EqualBusinessId";
    /// Is it not the business unit of the caller?
    not_equal_business_id = "NotEqualBusinessId";
}

of_number! { Dated:
    /// Is it within the last `x` days?
    last_x_days = "LastXDays";
    /// Is it within the last `x` weeks?
    last_x_weeks = "LastXWeeks";
    /// Is it within the last `x` months?
    last_x_months = "LastXMonths";
    /// Is it within the last `x` years?
    last_x_years = "LastXYears";
    /// Is it within the last `x` fiscal years?
    last_x_fiscal_years = "LastXFiscalYears";
    /// Is it within the last `x` fiscal periods?
    last_x_fiscal_periods = "LastXFiscalPeriods";
    /// Is it within the next `x` days?
    next_x_days = "NextXDays";
    /// Is it within the next `x` weeks?
    next_x_weeks = "NextXWeeks";
    /// Is it within the next `x` months?
    next_x_months = "NextXMonths";
    /// Is it within the next `x` years?
    next_x_years = "NextXYears";
    /// Is it within the next `x` fiscal years?
    next_x_fiscal_years = "NextXFiscalYears";
    /// Is it within the next `x` fiscal periods?
    next_x_fiscal_periods = "NextXFiscalPeriods";
    /// Is it more than `x` days ago?
    older_than_x_days = "OlderThanXDays";
    /// Is it more than `x` weeks ago?
    older_than_x_weeks = "OlderThanXWeeks";
    /// Is it more than `x` months ago?
    older_than_x_months = "OlderThanXMonths";
    /// Is it more than `x` years ago?
    older_than_x_years = "OlderThanXYears";
    /// Is it in the fiscal year `x`?
    in_fiscal_year = "InFiscalYear";
    /// Is it in the fiscal period `x` of any year?
    in_fiscal_period = "InFiscalPeriod";
}

of_number! { Timed:
    /// Is it within the last `x` hours?
    last_x_hours = "LastXHours";
    /// Is it within the next `x` hours?
    next_x_hours = "NextXHours";
    /// Is it more than `x` minutes ago?
    older_than_x_minutes = "OlderThanXMinutes";
    /// Is it more than `x` hours ago?
    older_than_x_hours = "OlderThanXHours";
}

of_date! {
    /// Is it on this day?
    on = "On";
    /// Is it on this day or before it?
    on_or_before = "OnOrBefore";
    /// Is it on this day or behind it?
    on_or_after = "OnOrAfter";
}

of_record! {
    /// Is it below this record in the hierarchy?
    under = "Under";
    /// Is it this record or below it in the hierarchy?
    under_or_equal = "UnderOrEqual";
    /// Is it neither this record nor below it in the hierarchy?
    not_under = "NotUnder";
    /// Is it above this record in the hierarchy?
    above = "Above";
    /// Is it this record or above it in the hierarchy?
    above_or_equal = "AboveOrEqual";
}

impl<T, K, V> Column<T, K, V> {
    fn function(self, name: &'static str, arguments: Vec<Argument>) -> Filter<T> {
        Filter::new(Expression::Function { name, path: self.path(), arguments })
    }

    fn values<C: Comparand<K, V>>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = C>,
    ) -> Filter<T> {
        let values = values.into_iter().map(Comparand::literal).collect();
        self.function(name, vec![Argument::Values(values)])
    }

    /// Is it one of these values?
    pub fn is_in<C: Comparand<K, V>>(self, values: impl IntoIterator<Item = C>) -> Filter<T>
    where
        K: Listed,
    {
        self.values("In", values)
    }

    /// Is it none of these values?
    pub fn is_not_in<C: Comparand<K, V>>(self, values: impl IntoIterator<Item = C>) -> Filter<T>
    where
        K: Listed,
    {
        self.values("NotIn", values)
    }

    /// Is it between these values, or one of them?
    pub fn between<C: Comparand<K, V>>(self, low: C, high: C) -> Filter<T>
    where
        K: Ranged,
    {
        self.values("Between", [low, high])
    }

    /// Is it less than `low` or greater than `high`?
    pub fn not_between<C: Comparand<K, V>>(self, low: C, high: C) -> Filter<T>
    where
        K: Ranged,
    {
        self.values("NotBetween", [low, high])
    }

    /// Is at least one of these options chosen? The index that answers this is built with a delay.
    pub fn contain_values<E: OptionSet>(self, options: impl IntoIterator<Item = E>) -> Filter<T>
    where
        K: Chosen,
        V: Chooses<E>,
    {
        self.function("ContainValues", vec![chosen(options)])
    }

    /// Is none of these options chosen? The index that answers this is built with a delay.
    pub fn does_not_contain_values<E: OptionSet>(self, options: impl IntoIterator<Item = E>) -> Filter<T>
    where
        K: Chosen,
        V: Chooses<E>,
    {
        self.function("DoesNotContainValues", vec![chosen(options)])
    }

    /// Does the full-text index find this text? Only for columns that are in such an index; else use
    /// [`contains`](Self::contains).
    pub fn contains_full_text(self, text: impl Into<String>) -> Filter<T>
    where
        K: Textual,
    {
        self.function("Contains", vec![Argument::One("PropertyValue", Literal::text(text))])
    }

    /// Is it in this fiscal period of this fiscal year?
    pub fn in_fiscal_period_and_year(self, period: u32, year: u32) -> Filter<T>
    where
        K: Dated,
    {
        self.function("InFiscalPeriodAndYear", period_and_year(period, year))
    }

    /// Is it in this fiscal period of this fiscal year, or before it?
    pub fn in_or_before_fiscal_period_and_year(self, period: u32, year: u32) -> Filter<T>
    where
        K: Dated,
    {
        self.function("InOrBeforeFiscalPeriodAndYear", period_and_year(period, year))
    }

    /// Is it in this fiscal period of this fiscal year, or behind it?
    pub fn in_or_after_fiscal_period_and_year(self, period: u32, year: u32) -> Filter<T>
    where
        K: Dated,
    {
        self.function("InOrAfterFiscalPeriodAndYear", period_and_year(period, year))
    }
}

impl<T, V> Column<T, Integer, V> {
    /// Is it the language of the caller?
    pub fn equal_user_language(self) -> Filter<T> {
        self.function("EqualUserLanguage", Vec::new())
    }
}

/// A multi-select column whose options are those of `E`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold options of `{E}`",
    label = "not options of the column's set",
    note = "ask for options of the enum that the column is declared with"
)]
pub trait Chooses<E> {}

impl<E: OptionSet> Chooses<E> for crate::column::MultiSelect<E> {}

fn chosen<E: OptionSet>(options: impl IntoIterator<Item = E>) -> Argument {
    Argument::Values(options.into_iter().map(|option| Literal::bare(option.value().to_string())).collect())
}

fn number(name: &'static str, value: u32) -> Argument {
    Argument::One(name, Literal::bare(value.to_string()))
}

fn period_and_year(period: u32, year: u32) -> Vec<Argument> {
    vec![number("PropertyValue1", period), number("PropertyValue2", year)]
}
