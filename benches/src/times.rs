//! Reports times.

use crate::cases::Case;
use crate::table::{Table, ratio};
use crate::turns::{Ratio, ratios};
use crate::{Group, Sizes};

/// A group, and the result of each variant.
pub struct Measured {
    pub group: Group,
    pub ratios: Vec<Ratio>,
}

pub fn measure(cases: impl Iterator<Item = &'static Case>, sizes: Sizes) -> Vec<Measured> {
    cases
        .map(|case| {
            eprintln!("{} …", case.name);
            let group = (case.group)(sizes);
            let ratios = ratios(&group, sizes.turns);
            Measured { group, ratios }
        })
        .collect()
}

/// Returns one table for all groups of a title. A cell has the median, then the quartiles.
pub fn tables(measured: &[Measured]) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for Measured { group, ratios } in measured {
        let index = tables.iter().position(|table| table.title() == group.table).unwrap_or_else(|| {
            tables.push(Table::new(group.table));
            tables.len() - 1
        });
        for (variant, Ratio { median, quartiles: (low, high) }) in group.variants.iter().zip(ratios).skip(1) {
            let text = format!("{} ({}–{})", ratio(*median), ratio(*low), ratio(*high));
            tables[index].put(variant.name, group.column, text);
        }
    }
    tables
}
