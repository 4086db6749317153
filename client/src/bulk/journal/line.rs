//! The lines of a journal in a file.

use core::ops::Range;

use dataverse_entity_core::Uuid;

/// A line: its CRC-32 as eight hexadecimal digits, a space, and what it says.
pub(super) enum Entry {
    Load(Uuid, String),
    Sending(Range<u64>),
    Written(Vec<Range<u64>>),
}

impl Entry {
    /// Returns the line, with its end.
    pub(super) fn line(&self) -> String {
        let range = |rows: &Range<u64>| format!("{}-{}", rows.start, rows.end);
        let said = match self {
            Self::Load(id, name) => format!("load {id} {name}"),
            Self::Sending(rows) => format!("sending {}", range(rows)),
            Self::Written(ranges) => {
                format!("written {}", ranges.iter().map(range).collect::<Vec<_>>().join(" "))
            }
        };
        format!("{:08x} {said}\n", crc32fast::hash(said.as_bytes()))
    }

    /// Reads a line; `None` if it is damaged or not whole.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let line = str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (checksum, said) = line.split_once(' ')?;
        if u32::from_str_radix(checksum, 16).ok()? != crc32fast::hash(said.as_bytes()) {
            return None;
        }
        let range = |text: &str| {
            let (start, end) = text.split_once('-')?;
            Some(start.parse().ok()?..end.parse().ok()?)
        };
        match said.split_once(' ')? {
            ("load", rest) => {
                let (id, name) = rest.split_once(' ')?;
                Some(Self::Load(Uuid::parse_str(id).ok()?, name.to_owned()))
            }
            ("sending", rest) => range(rest).map(Self::Sending),
            ("written", rest) => rest.split_whitespace().map(range).collect::<Option<_>>().map(Self::Written),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `python3 -c 'import zlib; print(hex(zlib.crc32(b"sending 0-100")))'`
    #[test]
    fn a_line_has_the_checksum_that_zlib_computes() {
        assert_eq!(Entry::Sending(0..100).line(), "3146e052 sending 0-100\n");
    }
}
