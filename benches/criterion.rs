//! The same variants under criterion, for distributions and comparisons with an earlier run of your own
//! (`--save-baseline`, `--baseline`). The ratios of BENCHMARKS.md come from `turns.rs`: criterion runs each
//! variant by itself for seconds, so a machine that slows down slows only one of them.
//!
//! `cargo bench --manifest-path benches/Cargo.toml [-- FILTER]`

use benchmarks::{Sizes, cases};
use criterion::{Criterion, Throughput};

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    // A run is one piece of work here, because criterion itself repeats short work.
    for case in cases::ALL.iter().filter(|case| case.compares) {
        let group = (case.group)(Sizes { calls: 1, ..Sizes::FULL });
        let mut benchmarks = criterion.benchmark_group(case.name);
        benchmarks.throughput(Throughput::Bytes(group.bytes as u64));
        for variant in &group.variants {
            benchmarks.bench_function(variant.name.replace('`', ""), |bencher| {
                bencher.iter(|| variant.run(&group));
            });
        }
        benchmarks.finish();
    }
    criterion.final_summary();
}
