//! What is checked at compile time: that targets and navigation properties fit.

use crate::metadata::TargetTable;
use crate::metadata::same;

/// Logical name of the table behind a variant, for navigation properties that are tied to targets at compile time.
/// That there is such a variant is checked apart.
#[doc(hidden)]
pub const fn variant_table(variants: &[&str], targets: &[TargetTable], name: &str) -> &'static str {
    match place_of(variants, name) {
        Some(place) => targets[place].logical_name,
        None => "",
    }
}

const fn place_of(names: &[&str], name: &str) -> Option<usize> {
    let mut place = 0;
    while place < names.len() {
        if same(names[place], name) {
            return Some(place);
        }
        place += 1;
    }
    None
}

/// Fails to compile where one navigation property is named for a lookup with several targets. (An owner, whose one
/// property serves users and teams, is the exception.)
#[doc(hidden)]
#[track_caller]
pub const fn assert_one_target(targets: &[TargetTable]) {
    assert!(
        targets.len() < 2,
        "this lookup has several targets, and each has a navigation property of its own; name them all, as in \
         `nav(Account = \"…_account\", Contact = \"…_contact\")`"
    );
}

/// Fails to compile where a target of a polymorphic lookup has no navigation property, or where there are several
/// properties for a lookup with one table.
#[doc(hidden)]
#[track_caller]
pub const fn assert_navigation_complete(variants: &[&str], unknown: Option<&str>, named: &[&str]) {
    assert!(
        !variants.is_empty(),
        "this lookup points to one table and has one navigation property; write `nav = \"…\"`"
    );
    let mut place = 0;
    let mut misspelt = false;
    while place < named.len() {
        if let Some(unknown) = unknown {
            assert!(
                !same(named[place], unknown),
                "`nav` names the variant for unknown tables; only a known table has a navigation property"
            );
        }
        misspelt |= place_of(variants, named[place]).is_none();
        place += 1;
    }
    let mut place = 0;
    // The compiler has words of its own for a variant that does not exist; one error is enough.
    while place < variants.len() && !misspelt {
        assert!(
            place_of(named, variants[place]).is_some(),
            "`nav` leaves out a target of this lookup; name the navigation property of every variant, as in \
             `nav(Account = \"…_account\", Contact = \"…_contact\")`"
        );
        place += 1;
    }
}

/// Does a projection's lookup point to the tables that the column points to? All of them, unless its enum has a place
/// for others.
pub(crate) const fn same_targets(field: &[TargetTable], open: bool, column: &[TargetTable]) -> bool {
    subset(field, column) && (open || subset(column, field))
}

const fn subset(some: &[TargetTable], all: &[TargetTable]) -> bool {
    let mut place = 0;
    while place < some.len() {
        let mut at = 0;
        while at < all.len() && !same(some[place].logical_name, all[at].logical_name) {
            at += 1;
        }
        // Of a table without a name the derive has said already what is wrong.
        if at == all.len() && !some[place].logical_name.is_empty() {
            return false;
        }
        place += 1;
    }
    true
}
