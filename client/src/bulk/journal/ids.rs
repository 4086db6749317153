//! The ids of the records that a journaled load creates.

use dataverse_entity_core::Uuid;

/// Returns a new random id of a load.
pub(super) fn new_load() -> Uuid {
    custom(Uuid::from_u128(fastrand::u128(..)).into_bytes())
}

/// Returns the id of the record of a row: the same in each run. It is a custom UUID (version 8 of RFC 9562): its
/// first 48 bits are the row, and the others those of the load.
///
/// SQL Server compares the last six bytes of a GUID first, and then the others from right to left in groups, as
/// `SqlGuid` of .NET does; within the first group, byte by byte as they are stored, which is little-endian. So
/// the ids of a load count up in a clustered index, next to each other.
pub(in crate::bulk) fn of_row(load: Uuid, row: u64) -> Uuid {
    let mut bytes = load.into_bytes();
    let row = row.to_be_bytes();
    // In a GUID's text, the first four bytes are one number and the next two another; SQL Server stores both
    // with the lowest byte first.
    bytes[0..4].copy_from_slice(&[row[7], row[6], row[5], row[4]]);
    bytes[4..6].copy_from_slice(&[row[3], row[2]]);
    custom(bytes)
}

fn custom(mut bytes: [u8; 16]) -> Uuid {
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The order of `SqlGuid` (.NET, System.Data.SqlTypes): bytes of the stored form, most significant first.
    const SQL_ORDER: [usize; 16] = [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3];

    fn in_sql_server(id: Uuid) -> Vec<u8> {
        let stored = id.to_bytes_le();
        SQL_ORDER.iter().map(|byte| stored[*byte]).collect()
    }

    #[test]
    fn ids_are_distinct_and_the_same_in_each_run() {
        let (load, other) = (new_load(), new_load());
        assert_ne!(load, other);
        let rows = [0, 1, 255, 256, 65_536, 16_777_216, u64::from(u32::MAX), 1 << 32, (1 << 48) - 1];
        let ids: HashSet<_> = rows.iter().flat_map(|row| [of_row(load, *row), of_row(other, *row)]).collect();
        assert_eq!(ids.len(), 2 * rows.len());
        assert_eq!(of_row(load, 7), of_row(load, 7));
        for id in ids {
            assert_eq!((id.get_version_num(), id.get_variant() as u8), (8, 1), "{id}");
        }
    }

    #[test]
    fn ids_count_up_in_sql_server() {
        let load = new_load();
        for row in [0, 1, 254, 255, 256, 65_535, 65_536, 16_777_215, u64::from(u32::MAX), 1 << 40] {
            assert!(in_sql_server(of_row(load, row)) < in_sql_server(of_row(load, row + 1)), "{row}");
        }
    }
}
