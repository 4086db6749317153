//! Tables to which a program only refers.

/// Declares a type for a table of which the program knows only the names. Use the type as an argument of
/// `Id`, `Lookup` and `Related`.
///
/// With the type, a program can set and read lookups, name a party of an activity, and associate records. To
/// read or write records of the table, declare a struct with `#[derive(DataverseEntity)]` instead.
///
/// Write the keys in this order. The three names are required, and `hierarchical` is optional:
///
/// | key | meaning |
/// |---|---|
/// | `logical = "…"` | the logical name |
/// | `set = "…"` | the entity set name, which is the name in URLs |
/// | `id = "…"` | the logical name of the primary id |
/// | `hierarchical` | the records form a hierarchy, so a query can filter by the position in it. For example, `Loan::BORROWER.under(account)` matches loans whose borrower is below `account` |
///
/// The macro generates an empty enum with the given name and visibility, and implements `LookupTarget` for
/// it. Attributes and doc comments before the visibility go to the enum.
///
/// # Examples
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::table_ref;
///
/// table_ref!(
///     /// A company or an organisation.
///     pub Account, logical = "account", set = "accounts", id = "accountid"
/// );
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "new_loan", set = "new_loans")]
/// pub struct Loan {
///     #[attr(logical = "new_loanid", primary_id, create_only)]
///     pub id: Id<Loan>,
///     #[attr(logical = "new_borrower", lookup, nav = "new_Borrower")]
///     pub borrower: Option<Lookup<Account>>,
/// }
///
/// let account: Id<Account> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// assert_eq!(
///     Loan::create().borrower(account).to_json()?,
///     r#"{"new_Borrower@odata.bind":"/accounts(6f9619ff-8b86-d011-b42d-00cf4fc964ff)"}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! table_ref {
    (
        $(#[$attribute:meta])*
        $vis:vis $name:ident, logical = $logical:literal, set = $set:literal, id = $id:literal, hierarchical $(,)?
    ) => {
        $crate::table_ref!($(#[$attribute])* $vis $name, logical = $logical, set = $set, id = $id);

        #[diagnostic::do_not_recommend]
        impl $crate::__private::Hierarchical for $name {}
    };
    (
        $(#[$attribute:meta])*
        $vis:vis $name:ident, logical = $logical:literal, set = $set:literal, id = $id:literal $(,)?
    ) => {
        $(#[$attribute])*
        #[doc = concat!("\n\nThe table `", $logical, "`, by its names only.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $vis enum $name {}

        #[diagnostic::do_not_recommend]
        impl $crate::__private::LookupTarget for $name {
            type Key = $crate::__private::Id<Self>;
            const TARGETS: &'static [$crate::__private::TargetTable] =
                &[$crate::__private::TargetTable::named($logical, $set, $id)];
        }
    };
}
