//! The order in which tables are created.

use std::fmt::Write as _;

/// The references from the rows of one table to those of another, or of the same table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    /// Indices of the tables in the load.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Number of references.
    pub(super) count: u64,
    /// The first reference that cannot be left out of its create.
    pub(super) fixed: Option<Fixed>,
}

/// A reference that cannot be left out of its create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) row: u64,
    /// The lookup or the collection.
    pub(super) name: &'static str,
    pub(super) reason: &'static str,
}

/// Returns the tables in an order in which as few references as possible point to a table that comes later. The
/// choice is greedy: of the tables that need no table outside of their cycle, first those with the fewest references
/// to tables that are not there, then those that the caller named first.
///
/// # Errors
///
/// Returns what to do if a reference that cannot be left out of its create would point to a table that comes later,
/// or to its own.
pub(super) fn order(names: &[&'static str], edges: &[Edge]) -> Result<Vec<usize>, String> {
    let mut order = Vec::with_capacity(names.len());
    let mut open: Vec<usize> = (0..names.len()).collect();
    while !open.is_empty() {
        let of = |from: usize| edges.iter().filter(move |edge| edge.from == from);
        let unmet = |from: usize| of(from).filter(|edge| open.contains(&edge.to));
        let needed: Vec<Vec<usize>> = (0..names.len()).map(|table| reachable(table, &open, edges)).collect();
        let needs_only_its_cycle =
            |table: &&usize| needed[**table].iter().all(|other| needed[*other].contains(*table));
        let is_free = |table: &&usize| unmet(**table).all(|edge| edge.fixed.is_none());
        let missing = |table: &&usize| {
            let others = unmet(**table).filter(|edge| edge.to != edge.from);
            others.map(|edge| edge.count).sum::<u64>()
        };
        let next = open.iter().filter(needs_only_its_cycle).filter(is_free).min_by_key(missing);
        let Some(&next) = next else {
            let fixed = open
                .iter()
                .flat_map(|table| unmet(*table))
                .filter(|edge| needed[edge.to].contains(&edge.from));
            let fixed = fixed.filter_map(|edge| Some((edge, edge.fixed.as_ref()?)));
            return Err(explain(names, &fixed.collect::<Vec<_>>()));
        };
        order.push(next);
        open.retain(|table| *table != next);
    }
    Ok(order)
}

/// Returns the open tables that a table needs, directly or through others. It may need itself.
fn reachable(from: usize, open: &[usize], edges: &[Edge]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut next = vec![from];
    while let Some(table) = next.pop() {
        for edge in edges.iter().filter(|edge| edge.from == table && open.contains(&edge.to)) {
            if !found.contains(&edge.to) {
                found.push(edge.to);
                next.push(edge.to);
            }
        }
    }
    found
}

fn explain(names: &[&'static str], fixed: &[(&Edge, &Fixed)]) -> String {
    let mut text = String::from("the tables of the load point to each other, and no order suits them:");
    for (edge, Fixed { row, name, reason }) in fixed {
        let (from, to) = (names[edge.from], names[edge.to]);
        // Writing to a string does not fail.
        let _ = write!(
            text,
            " row {row} of {from} sets `{name}` to a record of {to}, and an update cannot set it after the create: \
             {reason};"
        );
    }
    text.push_str(" create the records to which these rows point with a load of their own first");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["a", "b", "c", "d"];

    fn edge(from: usize, to: usize, count: u64) -> Edge {
        Edge { from, to, count, fixed: None }
    }

    fn fixed(from: usize, to: usize) -> Edge {
        let fixed = Fixed { row: 7, name: "x", reason: "the column is required" };
        Edge { from, to, count: 1, fixed: Some(fixed) }
    }

    #[test]
    fn tables_come_after_those_that_they_need_and_else_as_the_caller_named_them() {
        assert_eq!(order(&NAMES, &[]).unwrap(), [0, 1, 2, 3]);
        assert_eq!(order(&NAMES, &[edge(0, 3, 1), edge(3, 1, 1), edge(2, 2, 9)]).unwrap(), [1, 2, 3, 0]);
    }

    #[test]
    fn a_cycle_is_cut_where_the_fewest_references_wait() {
        assert_eq!(order(&NAMES[..2], &[edge(0, 1, 5), edge(1, 0, 2)]).unwrap(), [1, 0]);
        assert_eq!(order(&NAMES[..2], &[edge(0, 1, 5), edge(1, 0, 5)]).unwrap(), [0, 1]);
        // `a` needs the cycle of `b` and `c`, and is not part of it: its references need not wait.
        assert_eq!(order(&NAMES[..3], &[edge(0, 1, 1), edge(1, 2, 50), edge(2, 1, 60)]).unwrap(), [1, 0, 2]);
    }

    #[test]
    fn a_reference_that_cannot_wait_decides_where_a_cycle_is_cut() {
        assert_eq!(order(&NAMES[..2], &[fixed(0, 1), edge(1, 0, 1000)]).unwrap(), [1, 0]);
    }

    #[test]
    fn references_that_cannot_wait_and_have_to_are_refused_with_their_rows() {
        let problem = order(&NAMES[..2], &[fixed(0, 1), fixed(1, 0)]).unwrap_err();
        assert_eq!(
            problem,
            "the tables of the load point to each other, and no order suits them: row 7 of a sets `x` to a record of b, \
             and an update cannot set it after the create: the column is required; row 7 of b sets `x` to a record of a, \
             and an update cannot set it after the create: the column is required; create the records to which these \
             rows point with a load of their own first"
        );
        let own = order(&NAMES[..1], &[fixed(0, 0)]).unwrap_err();
        assert!(own.contains("row 7 of a sets `x` to a record of a,"), "{own}");
    }
}
