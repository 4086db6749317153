//! Row ids: the primary key and the partition.
//!
//! In the database, and wherever a row's id is a text, a row with a partition id of its own has the id
//! `<guid>|<partition id>`. One without has its GUID alone, as the row of a standard table.

const SEPARATOR: char = '|';
const GUID_LENGTH: usize = 36;

/// The id of a row.
pub(crate) fn row_id(guid: &str, partition: Option<&str>) -> String {
    // A row without a partition id lies in the partition that its GUID names.
    match partition.filter(|partition| *partition != guid) {
        Some(partition) => format!("{guid}{SEPARATOR}{partition}"),
        None => guid.to_owned(),
    }
}

/// The primary key of the record with this id.
pub(crate) fn guid_of(id: &str) -> &str {
    match id.as_bytes().get(GUID_LENGTH) {
        Some(b'|') => &id[..GUID_LENGTH],
        _ => id,
    }
}

/// The partition id of the row with this id, if it has one of its own.
pub(crate) fn partition_of(id: &str) -> Option<&str> {
    id.strip_prefix(guid_of(id))?.strip_prefix(SEPARATOR)
}
