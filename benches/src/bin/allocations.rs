//! Counts allocations and peak memory of reading, in a binary of its own, so that times are measured with the
//! system's allocator.
//!
//! `cargo run --release --manifest-path benches/Cargo.toml --bin allocations [-- --quick]`

use benchmarks::alloc::Counting;
use benchmarks::table::{Table, ratio};
use benchmarks::{Sizes, cases};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let sizes = Sizes { calls: 1, ..if quick { Sizes::QUICK } else { Sizes::FULL } };
    let reading = ["page", "record", "client"].map(str::to_owned);
    let mut tables: Vec<Table> = Vec::new();
    for case in cases::named(&reading) {
        let group = (case.group)(sizes);
        if tables.last().is_none_or(|table| table.title() != group.table) {
            tables.push(Table::new(group.table));
        }
        let Some(table) = tables.last_mut() else { continue };
        for variant in &group.variants {
            // The first run makes what is made only once.
            variant.run(&group);
            let allocated = ALLOCATOR.measure(|| variant.run(&group));
            let column = |what: &str| format!("{}: {what}", group.column);
            let a_row = allocated.count as f64 / group.rows as f64;
            table.put(variant.name, &column("allocations a row"), ratio(a_row));
            let peak = allocated.peak as f64 / group.bytes as f64;
            table.put(variant.name, &column("peak, in lengths of the JSON"), ratio(peak));
        }
    }
    for table in &tables {
        println!("{table}");
    }
}
