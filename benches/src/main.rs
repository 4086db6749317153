//! Reading a page of 5,000 session events, against what a user would do instead.
//!
//! `cargo run --release --manifest-path benches/Cargo.toml`
//!
//! All variants take turns in one process on the same bytes; a figure is the median of the ratios of a turn (the other's
//! time divided by ours).

mod by_hand;
mod data;

use std::hint::black_box;
use std::time::{Duration, Instant};

use dataverse_entity::Page;
use dataverse_entity::tables::SessionEvent;

const ROWS: usize = 5_000;
const TURNS: usize = 25;

type Variant = (&'static str, fn(&[u8]) -> usize);

const VARIANTS: [Variant; 4] = [
    ("dataverse-entity", |bytes| Page::<SessionEvent>::from_json(bytes).expect("a page").records.len()),
    ("serde_derive + serde_json::from_slice", |bytes| {
        serde_json::from_slice::<by_hand::Page>(bytes).expect("a page").value.len()
    }),
    ("serde_json::Value", |bytes| {
        let page: serde_json::Value = serde_json::from_slice(bytes).expect("a page");
        page["value"].as_array().map_or(0, Vec::len)
    }),
    ("serde_json, skipping (IgnoredAny)", |bytes| {
        serde_json::from_slice::<serde::de::IgnoredAny>(bytes).map(|_| ROWS).expect("a page")
    }),
];

fn main() {
    // Ours alone, for a profiler.
    if std::env::args().nth(1).as_deref() == Some("--ours") {
        let page = data::page(ROWS, std::env::args().nth(2).as_deref() != Some("plain"));
        for _ in 0..TURNS * 4 {
            timed(VARIANTS[0].1, page.as_bytes());
        }
        return;
    }
    for annotations in [true, false] {
        let page = data::page(ROWS, annotations);
        println!("{ROWS} rows, {:.1} MB, annotations: {annotations}", page.len() as f64 / 1e6);
        let mut ratios = vec![Vec::new(); VARIANTS.len()];
        for _ in 0..TURNS {
            let times: Vec<Duration> =
                VARIANTS.iter().map(|(_, read)| timed(*read, page.as_bytes())).collect();
            for (place, time) in times.iter().enumerate() {
                ratios[place].push(time.as_secs_f64() / times[0].as_secs_f64());
            }
        }
        for ((name, _), ratios) in VARIANTS.iter().zip(&mut ratios) {
            ratios.sort_by(f64::total_cmp);
            println!("  {:.2}  {name}", ratios[TURNS / 2]);
        }
    }
}

fn timed(read: fn(&[u8]) -> usize, bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let rows = black_box(read(black_box(bytes)));
    let time = start.elapsed();
    assert_eq!(rows, ROWS);
    time
}
