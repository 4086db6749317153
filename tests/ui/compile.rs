//! What the derives refuse, with the words they refuse it in, and what they take.
//!
//! The words are in the `.stderr` files beside the cases of `fail`. Parts of them are the compiler's own, so
//! they belong to the compiler that `rust-toolchain.toml` pins. After a change, write them anew with
//! `TRYBUILD=overwrite cargo test --test compile`, and read the difference.
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
