//! Attributes that a row struct cannot have.

use dataverse_entity::prelude::*;

#[derive(DataverseRow)]
struct Mistakes {
    #[row(alis = "total")]
    total: i64,
    #[row(alias)]
    count: i64,
    #[row(alias = 5)]
    sum: i64,
    #[row(alias = "full name")]
    name: Option<String>,
    #[row(alias = "status@OData.Community.Display.V1.FormattedValue")]
    status: Option<String>,
    #[row(alias = "c.")]
    city: Option<String>,
    first: i64,
    #[row(alias = "first")]
    second: i64,
    #[row(skip, alias = "x")]
    skipped: bool,
    #[row(skip = true)]
    other: bool,
}

#[derive(DataverseRow)]
struct Generic<T> {
    value: T,
}

#[derive(DataverseRow)]
struct Nothing {
    #[row(skip)]
    seen: bool,
}

#[derive(DataverseRow)]
struct Tuple(i64);

#[derive(DataverseRow)]
enum Either {
    One,
}

fn main() {}
