use dataverse_entity::prelude::*;

struct Plain;

fn write() {
    let _ = Record::<Plain>::from_json("{}");
}

fn main() {}
