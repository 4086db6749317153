use dataverse_entity::prelude::*;
use dataverse_entity::tables::BusinessUnit;

fn main() {}

fn wrong(unit: Id<BusinessUnit>) {
    let _ = BusinessUnit::retrieve_shared_principals_and_access(unit);
}
