//! Compares the fact table with the tests, and `FACTS.md` with the table.

use dataverse_emulator::facts::{self, Grade};

#[path = "../facts/mod.rs"]
mod check;

#[test]
fn every_rule_has_a_test_and_every_test_a_rule() {
    check::check("service");
}

#[test]
fn every_rule_has_a_source() {
    for fact in facts::all() {
        assert!(!fact.rule.is_empty() && !fact.source.is_empty(), "{fact:?}");
        assert!(["service::", "properties::"].iter().any(|binary| fact.test.starts_with(binary)), "{fact:?}");
    }
}

/// A page of Microsoft's documentation has its date, a report its number or date.
#[test]
fn sources_can_be_found_again() {
    let is_date = |word: &str| {
        let parts: Vec<_> = word.split('-').map(str::len).collect();
        parts == [4, 2, 2] && word.chars().all(|each| each.is_ascii_digit() || each == '-')
    };
    for fact in facts::all() {
        let mut words = fact.source.split([' ', ',', ';', ')', ':']);
        let found = match fact.grade {
            Grade::Documented => fact.source.contains("without a date") || words.any(is_date),
            Grade::Reported => fact.source.chars().any(|each| each.is_ascii_digit()),
            _ => true,
        };
        assert!(found, "{fact:?}");
    }
}

/// The test of a rule that strict mode refuses also asks a strict emulator.
#[test]
fn rules_that_strict_mode_refuses_are_tested_in_strict_mode() {
    for fact in facts::all().iter().filter(|fact| fact.refused_by_strict) {
        let (module, function) = fact.test.rsplit_once("::").expect("a test in a module");
        let file = format!("{}/tests/{}.rs", env!("CARGO_MANIFEST_DIR"), module.replace("::", "/"));
        let text = std::fs::read_to_string(&file).expect("the test's file");
        let body = text.split(&format!("fn {function}(")).nth(1).and_then(|rest| rest.split("\n}\n").next());
        let body = body.expect("the test's function").to_lowercase();
        assert!(body.contains("strict") && body.contains(".refused("), "{fact:?}");
    }
}

/// `UPDATE_FACTS=1 cargo test -p dataverse-emulator --test service facts` writes the page.
#[test]
fn the_page_is_the_table() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/FACTS.md");
    let introduction = "# The rules of Dataverse that the emulator follows\n\n\
        Each rule has a grade (documented by Microsoft, recorded from a real org or client, reported, or decided by the emulator), a\n\
        source, and the test that asserts it. Sources are pages below `learn.microsoft.com/power-apps/developer/data-platform`, with the\n\
        date of the page. `dataverse-emulator facts` prints this table.\n\n";
    let page = format!("{introduction}{}", facts::page(None));
    if std::env::var_os("UPDATE_FACTS").is_some() {
        std::fs::write(FILE, &page).expect("the page is written");
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(written == page, "FACTS.md is not what the table says: run this test with UPDATE_FACTS=1");
}
