//! The query functions of Dataverse: all 69 functions of the namespace `Microsoft.Dynamics.CRM` that filters
//! take.
//!
//! Days and weeks are those of the caller's time zone. Fiscal periods follow the organization's settings.

use super::column::Column;
use super::comparand::Comparand;
use super::expression::{Argument, Expression};
use super::filter::Filter;
use super::kinds::{Chosen, Dated, Hierarchical, Integer, Listed, Principal, Ranged, Textual, Timed};
use crate::column::{DateArgument, MultiSelect, OptionSet};
use crate::encode::Literal;
use crate::reference::{AnyRecord, Id, Lookup};
use crate::table;

/// The example of a query function, which shows what is sent: a column of session events, the call, and the
/// arguments.
macro_rules! example {
    ($column:literal, $property:literal, $method:ident($argument:literal) = $function:literal, $arguments:expr) => {
        concat!(
            "```\nuse dataverse_entity::tables::SessionEvent;\n\nlet filter = SessionEvent::",
            $column,
            ".",
            stringify!($method),
            "(",
            $argument,
            ");\nassert_eq!(\n    filter.to_odata()?,\n    \"Microsoft.Dynamics.CRM.",
            $function,
            "(PropertyName='",
            $property,
            "'",
            $arguments,
            ")\"\n);\n# Ok::<(), dataverse_entity::EncodeError>(())\n```"
        )
    };
}

/// Functions of the column alone.
macro_rules! of_column {
    ($bound:ident, $column:literal, $property:literal:
     $($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V>
where
    Self: $bound,
{$(
            $(#[doc = $doc])+
            ///
            #[doc = example!($column, $property, $method("") = $function, "")]
            pub fn $method(self) -> Filter<T> {
                self.function($function, Vec::new())
            }
        )+}
    };
}

/// Functions of the column and a number.
macro_rules! of_number {
    ($bound:ident, $x:literal: $($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V>
where
    Self: $bound,
{$(
            $(#[doc = $doc])+
            ///
            #[doc = example!("CREATED_ON", "createdon", $method($x) = $function, concat!(",PropertyValue=", $x))]
            pub fn $method(self, x: u32) -> Filter<T> {
                self.function($function, vec![number("PropertyValue", x)])
            }
        )+}
    };
}

/// Functions of the column and a date.
macro_rules! of_date {
    ($($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V>
where
    Self: Dated,
{$(
            $(#[doc = $doc])+
            ///
            /// ```
            /// use dataverse_entity::jiff::civil::date;
            /// use dataverse_entity::tables::SessionEvent;
            ///
            #[doc = concat!("let filter = SessionEvent::CREATED_ON.", stringify!($method), "(date(2024, 9, 18));")]
            /// assert_eq!(
            ///     filter.to_odata()?,
            #[doc = concat!(
                "    \"Microsoft.Dynamics.CRM.",
                $function,
                "(PropertyName='createdon',PropertyValue='2024-09-18')\""
            )]
            /// );
            /// # Ok::<(), dataverse_entity::EncodeError>(())
            /// ```
            pub fn $method(self, date: impl DateArgument) -> Filter<T> {
                self.function($function, vec![Argument::One("PropertyValue", Literal::text(date.date_text()))])
            }
        )+}
    };
}

/// Functions of the column and a record.
macro_rules! of_record {
    ($($(#[doc = $doc:literal])+ $method:ident = $function:literal;)+) => {
        impl<T, K, V> Column<T, K, V>
where
    Self: Hierarchical,
{$(
            $(#[doc = $doc])+
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::SystemUser;
            ///
            /// let manager: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
            #[doc = concat!("let filter = SystemUser::ID.", stringify!($method), "(manager);")]
            /// assert_eq!(
            ///     filter.to_odata()?,
            #[doc = concat!(
                "    \"Microsoft.Dynamics.CRM.",
                $function,
                "(PropertyName='systemuserid',PropertyValue='6f9619ff-8b86-d011-b42d-00cf4fc964ff')\""
            )]
            /// );
            /// # Ok::<(), Box<dyn std::error::Error>>(())
            /// ```
            pub fn $method<C: Comparand<K, V> + InHierarchy>(self, record: C) -> Filter<T> {
                let record = Literal::text(record.literal().value());
                self.function($function, vec![Argument::One("PropertyValue", record)])
            }
        )+}
    };
}

of_column! { Dated, "CREATED_ON", "createdon":
    /// Finds records whose date is yesterday.
    yesterday = "Yesterday";
    /// Finds records whose date is today.
    today = "Today";
    /// Finds records whose date is tomorrow.
    tomorrow = "Tomorrow";
    /// Finds records whose date is within the last seven days, today included.
    last_7_days = "Last7Days";
    /// Finds records whose date is within the next seven days.
    next_7_days = "Next7Days";
    /// Finds records whose date is in the week before this one.
    last_week = "LastWeek";
    /// Finds records whose date is in this week.
    this_week = "ThisWeek";
    /// Finds records whose date is in the week after this one.
    next_week = "NextWeek";
    /// Finds records whose date is in the month before this one.
    last_month = "LastMonth";
    /// Finds records whose date is in this month.
    this_month = "ThisMonth";
    /// Finds records whose date is in the month after this one.
    next_month = "NextMonth";
    /// Finds records whose date is in the year before this one.
    last_year = "LastYear";
    /// Finds records whose date is in this year.
    this_year = "ThisYear";
    /// Finds records whose date is in the year after this one.
    next_year = "NextYear";
    /// Finds records whose date is in the fiscal year before this one.
    last_fiscal_year = "LastFiscalYear";
    /// Finds records whose date is in this fiscal year.
    this_fiscal_year = "ThisFiscalYear";
    /// Finds records whose date is in the fiscal year after this one.
    next_fiscal_year = "NextFiscalYear";
    /// Finds records whose date is in the fiscal period before this one.
    last_fiscal_period = "LastFiscalPeriod";
    /// Finds records whose date is in this fiscal period.
    this_fiscal_period = "ThisFiscalPeriod";
    /// Finds records whose date is in the fiscal period after this one.
    next_fiscal_period = "NextFiscalPeriod";
}

of_column! { Principal, "OWNER", "ownerid":
    /// Finds records whose column is the caller.
    equal_user_id = "EqualUserId";
    /// Finds records whose column is not the caller.
    not_equal_user_id = "NotEqualUserId";
    /// Finds records whose column is a team of the caller.
    equal_user_teams = "EqualUserTeams";
    /// Finds records whose column is the caller or one of the caller's teams.
    equal_user_or_user_teams = "EqualUserOrUserTeams";
    /// Finds records whose column is the caller or someone below the caller in the hierarchy.
    equal_user_or_user_hierarchy = "EqualUserOrUserHierarchy";
    /// Finds records whose column is the caller, someone below the caller in the hierarchy, or one of their
    /// teams.
    equal_user_or_user_hierarchy_and_teams = "EqualUserOrUserHierarchyAndTeams";
    /// Finds records whose column is the business unit of the caller.
    equal_business_id = "EqualBusinessId";
    /// Finds records whose column is not the business unit of the caller.
    not_equal_business_id = "NotEqualBusinessId";
}

of_number! { Dated, "3":
    /// Finds records whose date is within the last `x` days.
    last_x_days = "LastXDays";
    /// Finds records whose date is within the last `x` weeks.
    last_x_weeks = "LastXWeeks";
    /// Finds records whose date is within the last `x` months.
    last_x_months = "LastXMonths";
    /// Finds records whose date is within the last `x` years.
    last_x_years = "LastXYears";
    /// Finds records whose date is within the last `x` fiscal years.
    last_x_fiscal_years = "LastXFiscalYears";
    /// Finds records whose date is within the last `x` fiscal periods.
    last_x_fiscal_periods = "LastXFiscalPeriods";
    /// Finds records whose date is within the next `x` days.
    next_x_days = "NextXDays";
    /// Finds records whose date is within the next `x` weeks.
    next_x_weeks = "NextXWeeks";
    /// Finds records whose date is within the next `x` months.
    next_x_months = "NextXMonths";
    /// Finds records whose date is within the next `x` years.
    next_x_years = "NextXYears";
    /// Finds records whose date is within the next `x` fiscal years.
    next_x_fiscal_years = "NextXFiscalYears";
    /// Finds records whose date is within the next `x` fiscal periods.
    next_x_fiscal_periods = "NextXFiscalPeriods";
    /// Finds records whose date is more than `x` days ago.
    older_than_x_days = "OlderThanXDays";
    /// Finds records whose date is more than `x` weeks ago.
    older_than_x_weeks = "OlderThanXWeeks";
    /// Finds records whose date is more than `x` months ago.
    older_than_x_months = "OlderThanXMonths";
    /// Finds records whose date is more than `x` years ago.
    older_than_x_years = "OlderThanXYears";
    /// Finds records whose date is in the fiscal period `x` of any year.
    in_fiscal_period = "InFiscalPeriod";
}

of_number! { Dated, "2024":
    /// Finds records whose date is in the fiscal year `x`.
    in_fiscal_year = "InFiscalYear";
}

of_number! { Timed, "3":
    /// Finds records whose date is within the last `x` hours.
    last_x_hours = "LastXHours";
    /// Finds records whose date is within the next `x` hours.
    next_x_hours = "NextXHours";
    /// Finds records whose date is more than `x` minutes ago.
    older_than_x_minutes = "OlderThanXMinutes";
    /// Finds records whose date is more than `x` hours ago.
    older_than_x_hours = "OlderThanXHours";
}

of_date! {
    /// Finds records whose date is on this day.
    on = "On";
    /// Finds records whose date is on this day or before it.
    on_or_before = "OnOrBefore";
    /// Finds records whose date is on this day or after it.
    on_or_after = "OnOrAfter";
}

of_record! {
    /// Finds records whose column is below this record in the hierarchy.
    under = "Under";
    /// Finds records whose column is this record or below it in the hierarchy.
    under_or_equal = "UnderOrEqual";
    /// Finds records whose column is not below this record in the hierarchy, including those whose column is
    /// this record.
    not_under = "NotUnder";
    /// Finds records whose column is above this record in the hierarchy.
    above = "Above";
    /// Finds records whose column is this record or above it in the hierarchy.
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
        let values = values.into_iter().map(|value| value.literal()).collect();
        self.function(name, vec![Argument::Values(values)])
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Listed,
{
    /// Finds records whose column is one of the values. The list must not be empty: no record would match,
    /// and a request with such a filter is an error before it is sent.
    ///
    /// ```
    /// use dataverse_entity::tables::{EventType, SessionEvent};
    ///
    /// let filter = SessionEvent::EVENT_TYPE.is_in([EventType::SessionEnd, EventType::SessionCreated]);
    /// assert_eq!(
    ///     filter.to_odata()?,
    ///     "Microsoft.Dynamics.CRM.In(PropertyName='msdyn_eventtype',PropertyValues=[\"192350005\",\"192350006\"])"
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn is_in<C: Comparand<K, V>>(self, values: impl IntoIterator<Item = C>) -> Filter<T> {
        self.values("In", values)
    }

    /// Finds records whose column is none of the values. The list must not be empty: leave out the filter
    /// instead.
    pub fn is_not_in<C: Comparand<K, V>>(self, values: impl IntoIterator<Item = C>) -> Filter<T> {
        self.values("NotIn", values)
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Ranged,
{
    /// Finds records whose column is between the values or equal to one of them.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let filter = SessionEvent::IMPORT_SEQUENCE_NUMBER.between(1, 100);
    /// assert_eq!(
    ///     filter.to_odata()?,
    ///     "Microsoft.Dynamics.CRM.Between(PropertyName='importsequencenumber',PropertyValues=[\"1\",\"100\"])"
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn between<C: Comparand<K, V>>(self, low: C, high: C) -> Filter<T> {
        self.values("Between", [low, high])
    }

    /// Finds records whose column is less than `low` or greater than `high`.
    pub fn not_between<C: Comparand<K, V>>(self, low: C, high: C) -> Filter<T> {
        self.values("NotBetween", [low, high])
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Chosen,
{
    /// Finds records in which at least one of the options is chosen. Dataverse answers from an index that it
    /// updates with a delay.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    ///
    /// #[derive(Debug, Clone, Copy, OptionSet)]
    /// #[repr(i32)]
    /// enum Feature {
    ///     Garden = 1,
    ///     Garage = 2,
    ///     #[option(unknown)]
    ///     Other(i32),
    /// }
    ///
    /// #[derive(DataverseEntity)]
    /// #[entity(logical = "new_house", set = "new_houses")]
    /// struct House {
    ///     #[attr(logical = "new_houseid", primary_id)]
    ///     id: Id<House>,
    ///     #[attr(logical = "new_features", multiselect)]
    ///     features: Option<MultiSelect<Feature>>,
    /// }
    ///
    /// let filter = House::FEATURES.contain_values([Feature::Garden, Feature::Garage]);
    /// assert_eq!(
    ///     filter.to_odata()?,
    ///     "Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_features',PropertyValues=[\"1\",\"2\"])"
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn contain_values<E: OptionSet>(self, options: impl IntoIterator<Item = E>) -> Filter<T>
    where
        V: Chooses<E>,
    {
        self.function("ContainValues", vec![chosen(options)])
    }

    /// Finds records in which none of the options is chosen. Dataverse answers from an index that it updates
    /// with a delay.
    pub fn does_not_contain_values<E: OptionSet>(self, options: impl IntoIterator<Item = E>) -> Filter<T>
    where
        V: Chooses<E>,
    {
        self.function("DoesNotContainValues", vec![chosen(options)])
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Textual,
{
    /// Finds records by the full-text index. For a column that is not in such an index, use
    /// [`contains`](Self::contains).
    pub fn contains_full_text(self, text: impl Into<String>) -> Filter<T> {
        self.function("Contains", vec![Argument::One("PropertyValue", Literal::text(text))])
    }
}

impl<T, K, V> Column<T, K, V>
where
    Self: Dated,
{
    /// Finds records whose date is in this fiscal period of this fiscal year.
    ///
    /// ```
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let filter = SessionEvent::CREATED_ON.in_fiscal_period_and_year(1, 2024);
    /// assert_eq!(
    ///     filter.to_odata()?,
    ///     "Microsoft.Dynamics.CRM.InFiscalPeriodAndYear(PropertyName='createdon',PropertyValue1=1,PropertyValue2=2024)"
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn in_fiscal_period_and_year(self, period: u32, year: u32) -> Filter<T> {
        self.function("InFiscalPeriodAndYear", period_and_year(period, year))
    }

    /// Finds records whose date is in this fiscal period of this fiscal year or before it.
    pub fn in_or_before_fiscal_period_and_year(self, period: u32, year: u32) -> Filter<T> {
        self.function("InOrBeforeFiscalPeriodAndYear", period_and_year(period, year))
    }

    /// Finds records whose date is in this fiscal period of this fiscal year or after it.
    pub fn in_or_after_fiscal_period_and_year(self, period: u32, year: u32) -> Filter<T> {
        self.function("InOrAfterFiscalPeriodAndYear", period_and_year(period, year))
    }
}

impl<T, V> Column<T, Integer, V> {
    /// Finds records whose column is the language of the caller.
    pub fn equal_user_language(self) -> Filter<T> {
        self.function("EqualUserLanguage", Vec::new())
    }
}

/// Values of a multi-select column that holds options of `E`: [`MultiSelect<E>`](crate::MultiSelect). Only
/// the library implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold options of `{E}`",
    label = "ask for options of the enum that the column is declared with"
)]
pub trait Chooses<E>: sealed::Chooses {}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> Chooses<E> for MultiSelect<E> {}

/// Values that name a record of a hierarchy: an [`Id`] or a [`Lookup`] of a table that is
/// [`Hierarchical`](crate::Hierarchical), or an [`AnyRecord`], whose table only the server can check. Only
/// the library implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no record of a hierarchy",
    label = "name it by an `Id` of a table whose lookup to the record above is marked: `#[attr(logical = \"…\", hierarchical, …)]`, or of a `table_ref!` that ends in `hierarchical`"
)]
pub trait InHierarchy: sealed::InHierarchy {}

/// Implements [`InHierarchy`] for a type and for references to it.
macro_rules! in_hierarchy {
    ($([$($parameter:tt)*] $record:ty;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($parameter)*> InHierarchy for $record {}
        #[diagnostic::do_not_recommend]
        impl<$($parameter)*> InHierarchy for &$record {}
        impl<$($parameter)*> sealed::InHierarchy for $record {}
        impl<$($parameter)*> sealed::InHierarchy for &$record {}
    )+};
}

in_hierarchy! {
    [R: table::Hierarchical] Id<R>;
    [R: table::Hierarchical] Lookup<R>;
    [] AnyRecord;
}

mod sealed {
    pub trait Chooses {}

    pub trait InHierarchy {}
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> sealed::Chooses for MultiSelect<E> {}

fn chosen<E: OptionSet>(options: impl IntoIterator<Item = E>) -> Argument {
    Argument::Values(options.into_iter().map(|option| Literal::bare(option.value().to_string())).collect())
}

fn number(name: &'static str, value: u32) -> Argument {
    Argument::One(name, Literal::bare(value.to_string()))
}

fn period_and_year(period: u32, year: u32) -> Vec<Argument> {
    vec![number("PropertyValue1", period), number("PropertyValue2", year)]
}
