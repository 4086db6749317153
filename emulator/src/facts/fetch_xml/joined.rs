//! The rules of FetchXML as one list.

use super::{aggregates, conditions, pages, refusals, rows};
use crate::facts::Fact;

const PARTS: [&[Fact]; 5] =
    [rows::FACTS, conditions::FACTS, aggregates::FACTS, pages::FACTS, refusals::FACTS];

pub(in crate::facts) const FACTS: &[Fact] = &joined::<{ count() }>();

const fn count() -> usize {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
}

const fn joined<const COUNT: usize>() -> [Fact; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut next, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut index = 0;
        while index < PARTS[part].len() {
            all[next] = PARTS[part][index];
            index += 1;
            next += 1;
        }
        part += 1;
    }
    all
}
