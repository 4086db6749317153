//! Row ids: the primary key and the partition.
//!
//! The id of a row with a partition id is `<guid>|<partition id>`, in the database and wherever an id is a
//! text. The id of any other row is its GUID alone, as in a standard table.

const SEPARATOR: char = '|';
const GUID_LENGTH: usize = 36;

/// Returns the id of a row.
pub(crate) fn row_id(guid: &str, partition: Option<&str>) -> String {
    // The partition of a row without a partition id is its GUID.
    match partition.filter(|partition| *partition != guid) {
        Some(partition) => format!("{guid}{SEPARATOR}{partition}"),
        None => guid.to_owned(),
    }
}

/// Returns the primary key of the record with this id.
pub(crate) fn guid_of(id: &str) -> &str {
    match id.as_bytes().get(GUID_LENGTH) {
        Some(b'|') => &id[..GUID_LENGTH],
        _ => id,
    }
}

/// Returns the partition id of the row with this id, if it has one.
pub(crate) fn partition_of(id: &str) -> Option<&str> {
    id.strip_prefix(guid_of(id))?.strip_prefix(SEPARATOR)
}
