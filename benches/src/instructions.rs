//! Counts instructions with valgrind's callgrind: the same number on every run, whatever else the machine
//! does.
//!
//! Each variant runs in a process of its own, once and then several times; the difference is the cost of the
//! additional runs alone.

use std::path::Path;
use std::process::Command;

use crate::cases::Case;
use crate::table::{Table, ratio};
use crate::{Group, Sizes};

/// Returns one table for all cases of a title. A cell is the other's instructions divided by ours.
///
/// # Errors
///
/// Returns an error if valgrind cannot run or does not print its count.
pub fn tables(cases: impl Iterator<Item = &'static Case>, program: &Path) -> Result<Vec<Table>, String> {
    let mut tables: Vec<Table> = Vec::new();
    for case in cases.filter(|case| case.compares) {
        let group = (case.group)(Sizes::COUNTED);
        if tables.last().is_none_or(|table| table.title() != group.table) {
            tables.push(Table::new(group.table));
        }
        let mut ours = None;
        for (number, variant) in group.variants.iter().enumerate() {
            let count = of_a_run(case, &group, number, program)?;
            eprintln!("{} {number}: {count:.0} instructions", case.name);
            match (ours, tables.last_mut()) {
                (Some(ours), Some(table)) => table.put(variant.name, group.column, ratio(count / ours)),
                _ => ours = Some(count),
            }
        }
    }
    Ok(tables)
}

/// Returns the instructions of one run.
fn of_a_run(case: &Case, group: &Group, variant: usize, program: &Path) -> Result<f64, String> {
    let more = if group.rows > 1 { 2 } else { 100 };
    let once = count(case, variant, 1, program)?;
    let often = count(case, variant, 1 + more, program)?;
    Ok((often - once) as f64 / more as f64)
}

fn count(case: &Case, variant: usize, runs: usize, program: &Path) -> Result<i64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["one", case.name, &variant.to_string(), &runs.to_string()])
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match counted {
        Some(counted) if output.status.success() => Ok(counted),
        _ => Err(format!("{} {variant}: {said}", case.name)),
    }
}
