//! What a setter of a draft takes.

/// What a setter of a draft takes for a column that holds `T`: whatever converts into it.
///
/// Every type that implements `Into<T>` implements it. An `Option` does not convert, because it does not say whether `None`
/// leaves the column as it is or clears it.
#[diagnostic::on_unimplemented(
    message = "a column that holds `{T}` cannot be set to `{Self}`",
    label = "give a `{T}` or what converts into it; of an `Option`, set the column only if there is a value: `if let Some(value) = …`"
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
