//! The intersect tables of many-to-many relationships, which only FetchXML names.

use crate::schema::{Association, Schema, Table};
use crate::store::{PAIRS_FIRST, PAIRS_SECOND, pairs_name, quoted};

/// Returns the intersect tables among these names. A table of the schema with such a name has no pairs.
pub(super) fn tables<'n>(schema: &Schema, names: impl Iterator<Item = &'n str>) -> Vec<Table> {
    let mut all: Vec<Table> = Vec::new();
    for name in names {
        let association = schema.associations().iter().find(|each| each.intersect == name);
        if let (Some(association), false) = (association, all.iter().any(|each| each.logical_name == name)) {
            all.push(association.table());
        }
    }
    all
}

/// Returns the SQL of an intersect table's rows.
pub(super) fn rows(association: &Association) -> String {
    format!(
        "(SELECT {PAIRS_FIRST} AS {}, {PAIRS_SECOND} AS {}, {PAIRS_FIRST} || {PAIRS_SECOND} AS \"@row\" FROM {})",
        quoted(&association.columns[0]),
        quoted(&association.columns[1]),
        pairs_name(&association.intersect),
    )
}
