//! A journal that ends with the process, for loads without one: a row whose answer is lost is written once all the
//! same.

use core::ops::Range;
use std::io;

use dataverse_entity_core::Uuid;

use super::ids;
use super::journal::{Journal, Load, RowState};
use super::ranges::{Ranges, of_rows};

#[derive(Debug)]
pub(in crate::bulk) struct MemoryJournal {
    load: Uuid,
    sent: Ranges,
    written: Ranges,
}

impl MemoryJournal {
    pub(in crate::bulk) fn new() -> Self {
        Self { load: ids::new_load(), sent: Ranges::default(), written: Ranges::default() }
    }
}

impl Journal for MemoryJournal {
    fn start(&mut self, _: &Load) -> io::Result<Uuid> {
        Ok(self.load)
    }

    fn state(&self, row: u64) -> RowState {
        RowState::of(row, &self.sent, &self.written)
    }

    fn sending(&mut self, rows: Range<u64>) -> io::Result<()> {
        self.sent.insert(rows);
        Ok(())
    }

    fn written(&mut self, rows: &[u64]) -> io::Result<()> {
        of_rows(rows).into_iter().for_each(|rows| self.written.insert(rows));
        Ok(())
    }
}
