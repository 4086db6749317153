//! Assertions about lookups: targets and navigation properties fit.

use crate::metadata::{TargetTable, position, same};

/// Fails to compile if a lookup with several targets names one relationship. Each target has its own.
#[doc(hidden)]
#[track_caller]
pub const fn assert_one_relationship(targets: &[TargetTable]) {
    assert!(
        targets.len() == 1,
        "this lookup does not point to one table, and has a relationship for each; name them by variant, as in \
         `relationship(Account = \"…_accounts\", Contact = \"…_contacts\")`, or on the struct"
    );
}

/// Fails to compile if one navigation property and one relationship are named for a lookup with several targets.
#[doc(hidden)]
#[track_caller]
pub const fn assert_one_of_each(targets: &[TargetTable]) {
    assert!(
        targets.len() < 2,
        "this lookup has several targets, and each has a navigation property and a relationship of its own; name them \
         all, as in `nav(Account = \"…_account\", Contact = \"…_contact\")` and \
         `relationship(Account = \"…_accounts\", Contact = \"…_contacts\")`"
    );
    assert_one_relationship(targets);
}

/// Fails to compile if the type of a relationship's records is another table than the relationship names.
#[doc(hidden)]
#[track_caller]
pub const fn assert_related(targets: &[TargetTable], table: &str) {
    assert!(
        targets.len() == 1 && (targets[0].logical_name.is_empty() || same(targets[0].logical_name, table)),
        "`related` is another table than the one that `table` names"
    );
}

/// Fails to compile if a lookup along which records form a hierarchy does not point to its own table.
#[doc(hidden)]
#[track_caller]
pub const fn assert_hierarchical(targets: &[TargetTable], table: &str) {
    let mut index = 0;
    while index < targets.len() && !same(targets[index].logical_name, table) {
        index += 1;
    }
    assert!(
        index < targets.len() || table.is_empty(),
        "`hierarchical` belongs to a lookup that points to the table itself"
    );
}

/// Fails to compile if one navigation property is named for a lookup with several targets. An owner, whose
/// one property serves users and teams, is the exception.
#[doc(hidden)]
#[track_caller]
pub const fn assert_one_target(targets: &[TargetTable]) {
    assert!(
        targets.len() < 2,
        "this lookup has several targets, and each has a navigation property of its own; name them all, as in \
         `nav(Account = \"…_account\", Contact = \"…_contact\")`"
    );
}

/// Fails to compile if a target of a polymorphic lookup has no navigation property, or if a lookup with one
/// table has several.
#[doc(hidden)]
#[track_caller]
pub const fn assert_navigation_complete(variants: &[&str], unknown: Option<&str>, named: &[&str]) {
    assert!(
        !variants.is_empty() || unknown.is_none(),
        "this lookup points to any table; write `nav = \"…{{table}}…\"`, in which `{{table}}` is the table's logical name"
    );
    assert!(
        !variants.is_empty(),
        "this lookup points to one table and has one navigation property; write `nav = \"…\"`"
    );
    let mut index = 0;
    let mut misspelt = false;
    while index < named.len() {
        if let Some(unknown) = unknown {
            assert!(
                !same(named[index], unknown),
                "`nav` names the variant for unknown tables; only a known table has a navigation property"
            );
        }
        misspelt |= position(variants, named[index], index).is_none();
        index += 1;
    }
    let mut index = 0;
    // The compiler reports a variant that does not exist; one error is enough.
    while index < variants.len() && !misspelt {
        assert!(
            position(named, variants[index], index).is_some(),
            "`nav` leaves out a target of this lookup; name the navigation property of every variant, as in \
             `nav(Account = \"…_account\", Contact = \"…_contact\")`"
        );
        index += 1;
    }
}

/// Returns whether a projection's lookup has the targets of the column: all of them, unless its enum has a
/// variant for other tables.
pub(crate) const fn same_targets(field: &[TargetTable], open: bool, column: &[TargetTable]) -> bool {
    subset(field, column) && (open || subset(column, field))
}

const fn subset(some: &[TargetTable], all: &[TargetTable]) -> bool {
    let mut index = 0;
    while index < some.len() {
        let mut step = 0;
        // Most lists name the tables in the same order.
        while step < all.len()
            && !same(some[index].logical_name, all[(index + step) % all.len()].logical_name)
        {
            step += 1;
        }
        // The derive has reported the errors of a table without a name.
        if step == all.len() && !some[index].logical_name.is_empty() {
            return false;
        }
        index += 1;
    }
    true
}
