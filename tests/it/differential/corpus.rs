//! Both readers agree about each text in the corpus of the fuzz targets.

use std::path::Path;

use super::{both_readers, pages};

fn replay(target: &str, text_of: fn(&[u8]) -> Vec<u8>) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(corpus).expect("a corpus") {
        let path = entry.expect("an entry").path();
        let text = text_of(&std::fs::read(&path).expect("a file"));
        println!("{}", path.display());
        both_readers::check(&text);
        count += 1;
    }
    assert!(count > 3, "the corpus is not there");
}

#[test]
fn kept_texts_are_read_the_same_on_both_paths() {
    replay("texts", <[u8]>::to_vec);
}

#[test]
fn kept_pages_are_read_the_same_on_both_paths() {
    replay("pages", pages::page);
}
