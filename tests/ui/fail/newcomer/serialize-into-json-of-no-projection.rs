#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;

pub struct Item;

fn mistake() {
    let _ = Record::<Item>::from_json("{}");
}

fn main() {}
