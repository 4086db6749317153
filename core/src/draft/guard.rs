//! Compile errors that say why a draft has no setter for a column.
//!
//! For each column that a message must not hold, the draft has a setter that requires one of these traits. No
//! type implements them, so a call does not compile, and the compiler prints the trait's message.

macro_rules! guards {
    ($($(#[doc = $doc:literal])+ $name:ident: $message:literal, $label:literal;)+) => {$(
        $(#[doc = $doc])+
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $name<'never> {}
    )+};
}

guards! {
    /// The column is valid for neither create nor update.
    ReadOnly: "this column is read-only: Dataverse would ignore the value without an error",
        "the server fills this column itself; leave it out";
    /// The column is valid for create, but not for update.
    CreateOnly: "this column is create-only: in an update Dataverse would ignore the value without an error",
        "set it when the record is created";
    /// The column is valid for update, but not for create.
    UpdateOnly: "this column is update-only: in a create Dataverse would ignore the value without an error",
        "create the record first, then update it";
    /// The Web API has no property for the column.
    NotProperty: "the Web API has no property for this column: it cannot be written",
        "its value follows from another column; a file is uploaded by a request of its own";
    /// The column names the record.
    PrimaryId: "the primary id names a record and never changes",
        "the id of the record to update is given to `update(id)`";
    /// No message writes the table.
    ReadOnlyTable: "this table is read-only: no message creates or updates its records",
        "the table is declared with `#[entity(read_only)]`; if Dataverse takes its columns, declare those that it does not as `read_only` instead";
    /// The column cannot be null.
    NotClearable: "this column cannot be cleared",
        "the platform requires a value here; set another one, or leave the column as it is";
}
