//! The fact table against the tests of this binary.

#[path = "../facts/mod.rs"]
mod check;

#[test]
fn every_rule_has_a_test_and_every_test_a_rule() {
    check::check("properties");
}
