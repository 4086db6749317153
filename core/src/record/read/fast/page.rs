//! A page, row by row.

use super::super::full::{Row, collect_row, take_row};
use super::super::sink::PageReader;
use super::budget::{Budget, MAX_DEPTH};
use super::record::RecordReader;
use super::scanner::Scanner;
use super::single::SingleReader;
use crate::record::page_info::PageInfo;

/// The number of rows that the fast path may leave to the full reader, in addition to half of the rows read so
/// far. If it leaves more, the full reader reads the whole page.
const MAX_ODD_ROWS: usize = 8;

/// The maximum number of rows to make room for, which is that of a page of Dataverse.
const MAX_PAGE: usize = 5000;

/// Reads a page.
pub(crate) fn page<'de>(text: &'de str, reader: &mut PageReader<'_, 'de>) -> Option<PageInfo> {
    let mut scanner = Scanner::new(text);
    let (mut info, mut has_rows) = (PageInfo::default(), false);
    scanner.take(b'{')?;
    loop {
        let name = scanner.name()?;
        if name == "value" {
            if has_rows {
                return None;
            }
            has_rows = true;
            rows(&mut scanner, reader)?;
        } else {
            info.member(name, scanner.value()?).ok()?;
        }
        if scanner.take(b',').is_none() {
            break;
        }
    }
    scanner.take(b'}')?;
    (has_rows && info.server_error.is_none() && scanner.is_at_end()).then_some(info)
}

/// Returns the text of the first row of a page, up to its etag if it has one; an empty object if there is no
/// row. `None` if this needs the full reader.
pub(crate) fn first_row(text: &str) -> Option<&str> {
    let mut scanner = Scanner::new(text);
    scanner.take(b'{')?;
    while scanner.name()? != "value" {
        scanner.value()?;
        scanner.take(b',')?;
    }
    scanner.take(b'[')?;
    if scanner.take(b']').is_some() {
        return Some("{}");
    }
    let start = scanner.position();
    if scanner.take(b'{').is_some() && scanner.name() == Some("@odata.etag") {
        return Some("{\"@odata.etag\":null}");
    }
    scanner.go_to(start);
    scanner.value()?;
    scanner.text_since(start)
}

fn rows<'de>(scanner: &mut Scanner<'de>, reader: &mut PageReader<'_, 'de>) -> Option<()> {
    scanner.take(b'[')?;
    if scanner.take(b']').is_some() {
        return Some(());
    }
    // Many pages have one row only, so nothing is remembered of the first one.
    let (mut single, mut record) = (SingleReader::new(reader.plan), None);
    let mut row = None;
    let mut budget = Budget::new();
    let mut odd = 0;
    for index in 0.. {
        let start = scanner.position();
        budget.start_record();
        let plan = reader.plan;
        let read = reader.read(|fields, context| {
            let read = match index {
                0 => single.read(scanner, fields, context, &mut budget),
                _ => record.get_or_insert_with(|| RecordReader::new(plan)).read(
                    scanner,
                    fields,
                    context,
                    &mut budget,
                ),
            };
            read.ok_or(())
        });
        if read.is_err() {
            odd += 1;
            if budget.is_exhausted() || odd > MAX_ODD_ROWS + index / 2 {
                return None;
            }
            // The order of members may change here.
            record = None;
            scanner.go_to(start);
            odd_row(scanner, reader, row.get_or_insert_with(|| Row::of_page(plan)), index)?;
        }
        if scanner.take(b',').is_none() {
            break;
        }
        if index == 0 {
            // Rows are mostly as long as the first one.
            let rows = scanner.remaining() / (scanner.position() - start);
            reader.reserve(rows.min(MAX_PAGE));
        }
    }
    scanner.take(b']')
}

/// Reads one row with the full reader. Returns `None` for a deep row, which the full reader then reads as
/// part of the page: there, `serde_json` also counts the levels of the page, and both ways must accept the
/// same depth.
fn odd_row<'de>(
    scanner: &mut Scanner<'de>,
    reader: &mut PageReader<'_, 'de>,
    row: &mut Row<'de>,
    index: usize,
) -> Option<()> {
    let start = scanner.position();
    scanner.value()?;
    row.reset(index);
    collect_row(scanner.text_since(start)?, row).ok()?;
    (row.depth() <= MAX_DEPTH && take_row(reader, row)).then_some(())
}
