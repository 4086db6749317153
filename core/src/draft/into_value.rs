//! The arguments of a draft's setters.

/// A value that a draft's setter accepts for a column that holds `T`.
///
/// Every type that implements `Into<T>` implements this trait. An `Option` does not, because `None` could mean
/// either to keep the column or to clear it:
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{Team, TeamCreate};
///
/// let description: Option<String> = None;
/// let create = Team::create().name("Collections").set_if_some(description, TeamCreate::description);
/// assert_eq!(create.to_json()?, r#"{"name":"Collections"}"#);
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "a column that holds `{T}` cannot be set to `{Self}`",
    label = "give a `{T}` or a value that converts into it; for an `Option`, call `set_if_some` of `Draft`"
)]
pub trait IntoValue<T>: sealed::Sealed<T> {
    /// Converts the value.
    fn into_value(self) -> T;
}

mod sealed {
    pub trait Sealed<T> {}
}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> sealed::Sealed<T> for V {}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> IntoValue<T> for V {
    fn into_value(self) -> T {
        self.into()
    }
}
