//! The fact table against the tests, and its page against the table.

use dataverse_emulator::facts;

#[path = "../facts/mod.rs"]
mod check;

#[test]
fn every_rule_has_a_test_and_every_test_a_rule() {
    check::check("service");
}

#[test]
fn every_rule_says_where_it_comes_from() {
    for fact in facts::all() {
        assert!(!fact.rule.is_empty() && !fact.source.is_empty(), "{fact:?}");
        assert!(["service::", "properties::"].iter().any(|binary| fact.test.starts_with(binary)), "{fact:?}");
    }
}

/// `UPDATE_FACTS=1 cargo test -p dataverse-emulator --test service facts` writes the page.
#[test]
fn the_page_is_the_table() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/FACTS.md");
    let introduction = "# What the emulator knows of Dataverse\n\n\
        Each rule that the emulator keeps, how well it is known, its source, and the test that holds it. Pages are named below\n\
        `learn.microsoft.com/power-apps/developer/data-platform`, with the date of the page. `dataverse-emulator facts` prints this table.\n\n";
    let page = format!("{introduction}{}", facts::page(None));
    if std::env::var_os("UPDATE_FACTS").is_some() {
        std::fs::write(FILE, &page).expect("the page is written");
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(written == page, "FACTS.md is not what the table says: run this test with UPDATE_FACTS=1");
}
