//! Dates as query functions take them.

/// A day, for the functions that compare with one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a day",
    label = "not a date",
    note = "use a date: jiff's `civil::Date`, chrono's `NaiveDate` or time's `Date`, each with its feature"
)]
pub trait DateArgument {
    /// The day as `2024-09-18`.
    #[doc(hidden)]
    fn date_text(self) -> String;
}

#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
macro_rules! dates {
    ($($type:ty),+) => {$(
        impl DateArgument for $type {
            fn date_text(self) -> String {
                super::comparand::written(&self, false).value().to_owned()
            }
        }
    )+};
}

#[cfg(feature = "jiff")]
dates!(jiff::civil::Date);
#[cfg(feature = "chrono")]
dates!(chrono::NaiveDate);
#[cfg(feature = "time")]
dates!(time::Date);
