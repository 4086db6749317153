//! What the derives refuse, with the words they refuse it in, and what they take.
//!
//! The words are in the `.stderr` files beside the cases of `fail`. Parts of them are the compiler's own, so
//! they belong to the compiler that `rust-toolchain.toml` pins. After a change, write them anew with
//! `TRYBUILD=overwrite cargo test --test compile`, and read the difference.

#[test]
fn fail() {
    trybuild::TestCases::new().compile_fail("fail/**/*.rs");
}

#[test]
fn pass() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
