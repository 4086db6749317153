//! What the derives reject, with their errors, and what they accept.
//!
//! The errors are in the `.stderr` files next to the cases of `fail`. Parts of them are the compiler's own, so
//! they are those of the compiler that `rust-toolchain.toml` pins. After a change, write them again with
//! `TRYBUILD=overwrite cargo test -p ui --test compile`, and read the difference.
//!
//! A file of `fail` holds the cases of one theme: a struct, enum, function or module for each, named after its
//! mistake. They share a file only if the compiler finds them in the same phase, because an earlier phase hides what a
//! later one would report: first the derives and name resolution, then types, then constants, then borrows.

#[test]
fn fail() {
    trybuild::TestCases::new().compile_fail("fail/**/*.rs");
}

/// The programs of `pass` are tests of their own, listed in `Cargo.toml`.
#[test]
fn every_program_that_must_compile_is_a_test() {
    let manifest = include_str!("Cargo.toml");
    for program in std::fs::read_dir("pass").unwrap() {
        let name = program.unwrap().file_name().into_string().unwrap();
        assert!(
            manifest.contains(&format!("path = \"pass/{name}\"")),
            "{name} is not listed in tests/ui/Cargo.toml"
        );
    }
}

/// A newcomer makes one mistake at a time: each file of `fail/newcomer` has one, so that this test can measure the length
/// of its error. `cargo test -p ui --test compile newcomer -- --nocapture` prints the lengths.
#[test]
fn the_errors_of_a_newcomer_are_short() {
    const MAX_MEDIAN: usize = 12;
    const MAX_LINES: usize = 30;

    let mut errors: Vec<(usize, String)> = std::fs::read_dir("fail/newcomer")
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "stderr"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (std::fs::read_to_string(&path).unwrap().trim_end().lines().count(), name)
        })
        .collect();
    errors.sort();
    let (count, median) = (errors.len(), errors[errors.len() / 2].0);
    let (worst, name) = errors.last().unwrap();
    println!("{count} mistakes: median {median} lines, worst {worst} lines ({name})");
    for (lines, name) in errors.iter().rev().take(20) {
        println!("{lines:4} {name}");
    }
    assert!(count >= 60, "{count} mistakes");
    assert!(median <= MAX_MEDIAN, "the median error has {median} lines");
    for (lines, name) in &errors {
        assert!(*lines <= MAX_LINES, "the error of {name} has {lines} lines");
    }
}
