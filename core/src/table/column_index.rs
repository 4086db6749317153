//! The columns of a plan by the names of their members, as const data: a record that is read alone looks up
//! each column without a loop over the others.
//!
//! The data is a hash table. A column is under the name of the column whose members hold it, which is its own
//! name, or that of the column from whose annotation it is read. Its number (its index plus one) is in the
//! slot of that name, or in one of the next slots; `0` ends the search. At least half of the slots are empty.

use crate::metadata::{AttributeMetadata, SourcePart};

/// Returns the length of the index of these columns.
#[doc(hidden)]
pub const fn index_length(columns: &[&AttributeMetadata]) -> usize {
    if columns.is_empty() { 0 } else { (2 * columns.len()).next_power_of_two() }
}

/// Returns the index of these columns, for the struct that reads them.
#[doc(hidden)]
pub const fn column_index<const N: usize>(columns: &[&AttributeMetadata]) -> [u16; N] {
    assert!(columns.len() < u16::MAX as usize, "a struct reads fewer than 65,535 columns");
    let mut index = [0; N];
    let mut column = 0;
    while column < columns.len() {
        let name = match columns[column].source {
            Some(source) => source.attribute_of,
            None => columns[column].logical_name,
        };
        let mut slot = slot_of(name.as_bytes(), N);
        while index[slot] != 0 {
            slot = (slot + 1) % N;
        }
        index[slot] = column as u16 + 1;
        column += 1;
    }
    index
}

/// Returns the index of the column with this logical name, if it has a member of its own.
#[inline]
pub(super) fn find(
    columns: &[&AttributeMetadata],
    index: &[u16],
    logical_name: &str,
    is_lookup: bool,
) -> Option<usize> {
    under(index, logical_name).find(|&column| {
        let column = columns[column];
        column.logical_name == logical_name
            && column.attribute_type.is_lookup() == is_lookup
            && column.is_valid_odata_attribute()
    })
}

/// Returns the indexes of the columns that are read from this annotation of the column with this logical name.
#[inline]
pub(super) fn read_from(
    columns: &[&AttributeMetadata],
    index: &[u16],
    logical_name: &str,
    part: SourcePart,
) -> impl Iterator<Item = usize> {
    under(index, logical_name).filter(move |&column| {
        let source = columns[column].source;
        source.is_some_and(|source| source.part == part && source.attribute_of == logical_name)
    })
}

/// Returns the indexes of the columns that may be under a name.
#[inline]
fn under(index: &[u16], name: &str) -> impl Iterator<Item = usize> {
    let mut slot = if index.is_empty() { 0 } else { slot_of(name.as_bytes(), index.len()) };
    core::iter::from_fn(move || {
        let number = *index.get(slot)?;
        slot = (slot + 1) & (index.len() - 1);
        usize::from(number).checked_sub(1)
    })
}

/// Returns the first slot of a name. The ends of names differ most, because they begin with the prefix of
/// their publisher. Few steps, because the compiler interprets them for each column of each struct.
const fn slot_of(name: &[u8], slots: usize) -> usize {
    let length = name.len();
    if length < 4 {
        return length & (slots - 1);
    }
    let end = (name[length - 4] as usize * 31 + name[length - 3] as usize) * 31 + name[length - 2] as usize;
    (end * 31 + name[length - 1] as usize + length) & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::{AttributeSource, AttributeType, SourcePart, StringFormat};

    const TEXT: AttributeType = AttributeType::string(None, StringFormat::Text);

    fn named(name: &'static str) -> AttributeMetadata {
        AttributeMetadata::new(name, TEXT)
    }

    #[test]
    fn finds_each_of_many_columns() {
        let names: Vec<&'static str> =
            (0..500).map(|number| &*Box::leak(format!("new_column{number}").into_boxed_str())).collect();
        let columns: Vec<AttributeMetadata> = names.iter().map(|name| named(name)).collect();
        let columns: Vec<&AttributeMetadata> = columns.iter().collect();
        let index = column_index::<1024>(&columns);
        assert_eq!(index.len(), index_length(&columns));
        for (at, name) in names.iter().enumerate() {
            assert_eq!(find(&columns, &index, name, false), Some(at));
            assert_eq!(find(&columns, &index, name, true), None, "{name} is no lookup");
            assert_eq!(find(&columns, &index, &name[1..], false), None);
        }
    }

    #[test]
    fn finds_short_names_and_none_in_no_columns() {
        let (a, b) = (named("a"), named("ab"));
        let columns = [&a, &b];
        let index = column_index::<4>(&columns);
        assert_eq!(
            ["a", "ab", "b", ""].map(|name| find(&columns, &index, name, false)),
            [Some(0), Some(1), None, None]
        );
        assert_eq!(find(&[], &column_index::<0>(&[]), "a", false), None);
        assert_eq!(find(&columns, &[], "a", false), None);
    }

    #[test]
    fn finds_the_columns_that_are_read_from_an_annotation() {
        let mut of_a = named("aname");
        of_a.source = Some(AttributeSource { attribute_of: "a", part: SourcePart::Name });
        let a = named("a");
        let columns = [&of_a, &a, &of_a];
        let index = column_index::<8>(&columns);
        let read_from = |name, part| read_from(&columns, &index, name, part).collect::<Vec<_>>();
        assert_eq!(read_from("a", SourcePart::Name), [0, 2]);
        assert_eq!(read_from("a", SourcePart::Type), [0_usize; 0]);
        assert_eq!(read_from("aname", SourcePart::Name), [0_usize; 0]);
        assert_eq!(find(&columns, &index, "a", false), Some(1));
        assert_eq!(find(&columns, &index, "aname", false), None, "it has no member of its own");
    }
}
