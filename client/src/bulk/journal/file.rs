//! A journal in a file.

use core::fmt;
use core::ops::Range;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use dataverse_entity_core::Uuid;

use super::ids;
use super::journal::{Journal, Load, RowState};
use super::line::Entry;
use super::ranges::{Ranges, of_rows};

/// When a [`FileJournal`] waits until the disk has what it wrote (`fsync`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum JournalSync {
    /// Never: the journal survives the end of the process, also `kill -9`, but may lack its last lines after a
    /// power failure or a crash of the operating system. A create that the journal then does not know is refused
    /// as a duplicate, and counts as written; an upsert, update or delete has the same effect again.
    #[default]
    Never,
    /// After each line, twice for each chunk: also a power failure loses nothing.
    EachLine,
}

/// A journal in a file, to which it only appends. One line for each chunk that is sent, and one for each that
/// was confirmed: some 10 MB for ten million rows in chunks of 100.
///
/// Each line has a checksum. If the process or the machine stopped in the middle of a line, the next run removes
/// it. Damage anywhere else is an error, because what the file would then say is not known.
///
/// One process at a time uses the file. Delete it to start the load anew: its rows are then written again.
///
/// ```
/// use dataverse_entity::client::{FileJournal, Journal, JournalSync, Load, RowState};
///
/// # fn main() -> std::io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("journal-{}", std::process::id()));
/// let mut journal = FileJournal::open(&path)?.sync(JournalSync::EachLine);
/// let load = journal.start(&Load::new("Create", "account"))?;
/// journal.sending(0..100)?;
/// journal.written(&[0, 1, 2])?;
/// drop(journal);
///
/// let mut journal = FileJournal::open(&path)?;
/// assert_eq!(journal.start(&Load::new("Create", "account"))?, load);
/// assert_eq!([2, 3, 100].map(|row| journal.state(row)), [RowState::Written, RowState::Sent, RowState::New]);
/// # std::fs::remove_file(path)
/// # }
/// ```
pub struct FileJournal {
    path: PathBuf,
    file: File,
    sync: JournalSync,
    /// The id of the load, and its message and table, if the file has them.
    load: Option<(Uuid, String)>,
    sent: Ranges,
    written: Ranges,
}

impl FileJournal {
    /// Opens the journal, and creates the file if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read and written, if it is no journal, or if a line of it is
    /// damaged; the error names the file and the line.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let in_file = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(in_file)?;
        let mut journal = Self {
            file,
            path: path.clone(),
            sync: JournalSync::Never,
            load: None,
            sent: Ranges::default(),
            written: Ranges::default(),
        };
        journal.read().map_err(in_file)?;
        Ok(journal)
    }

    /// Sets when the journal waits for the disk. Default: [`JournalSync::Never`].
    #[must_use]
    pub fn sync(mut self, sync: JournalSync) -> Self {
        self.sync = sync;
        self
    }

    /// Reads the lines of earlier runs, and removes a last line that was not written to its end.
    fn read(&mut self) -> io::Result<()> {
        let mut reader = BufReader::new(&self.file);
        reader.seek(SeekFrom::Start(0))?;
        let mut entries = Vec::new();
        let (mut line, mut number, mut whole) = (Vec::new(), 0_u64, 0_u64);
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line)? as u64;
            if length == 0 {
                break;
            }
            number += 1;
            match Entry::parse(&line) {
                Some(entry) => {
                    entries.push(entry);
                    if entries.len() > 4096 {
                        take(&mut entries, &mut self.load, &mut self.sent, &mut self.written);
                    }
                }
                None if reader.fill_buf()?.is_empty() && number > 1 => {
                    self.file.set_len(whole)?;
                    break;
                }
                // A file that is no journal may have one line only; a torn one has no end of line.
                None if reader.fill_buf()?.is_empty() && !line.ends_with(b"\n") && is_torn_start(&line) => {
                    self.file.set_len(0)?;
                    break;
                }
                None => {
                    let problem = format!(
                        "line {number} is not that of a journal, or is damaged; restore the file, or give \
                         another path to start a new load"
                    );
                    return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
                }
            }
            whole += length;
        }
        take(&mut entries, &mut self.load, &mut self.sent, &mut self.written);
        Ok(())
    }

    fn append(&mut self, entry: &Entry) -> io::Result<()> {
        // One write for a line: what another process sees of it is its start.
        self.file.write_all(entry.line().as_bytes())?;
        match self.sync {
            JournalSync::Never => Ok(()),
            JournalSync::EachLine => self.file.sync_data(),
        }
    }
}

/// Returns whether a line is the beginning of the first line of a journal.
fn is_torn_start(line: &[u8]) -> bool {
    line.iter().take(8).all(u8::is_ascii_hexdigit) && line.get(8).is_none_or(|byte| *byte == b' ')
}

fn take(
    entries: &mut Vec<Entry>,
    load: &mut Option<(Uuid, String)>,
    sent: &mut Ranges,
    written: &mut Ranges,
) {
    for entry in entries.drain(..) {
        match entry {
            Entry::Load(id, name) => *load = Some((id, name)),
            Entry::Sending(rows) => sent.insert(rows),
            Entry::Written(ranges) => ranges.into_iter().for_each(|rows| written.insert(rows)),
        }
    }
}

impl Journal for FileJournal {
    fn start(&mut self, load: &Load) -> io::Result<Uuid> {
        let name = format!("{} {}", load.message, load.table);
        match &self.load {
            Some((id, of)) if *of == name => Ok(*id),
            Some((_, of)) => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "{}: it is the journal of the load `{of}`, not of `{name}`; give each load a journal of its own",
                    self.path.display()
                ),
            )),
            None => {
                let id = ids::new_load();
                self.append(&Entry::Load(id, name.clone()))?;
                self.load = Some((id, name));
                Ok(id)
            }
        }
    }

    fn state(&self, row: u64) -> RowState {
        RowState::of(row, &self.sent, &self.written)
    }

    fn sending(&mut self, rows: Range<u64>) -> io::Result<()> {
        self.append(&Entry::Sending(rows.clone()))?;
        self.sent.insert(rows);
        Ok(())
    }

    fn written(&mut self, rows: &[u64]) -> io::Result<()> {
        let ranges = of_rows(rows);
        self.append(&Entry::Written(ranges.clone()))?;
        ranges.into_iter().for_each(|rows| self.written.insert(rows));
        Ok(())
    }
}

impl fmt::Debug for FileJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileJournal")
            .field("path", &self.path)
            .field("sync", &self.sync)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path that no other test uses. The file is removed at the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let name = format!("dataverse-journal-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let _ = std::fs::remove_file(&path);
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    const LOAD: Load = Load::new("Create", "account");

    fn states(journal: &FileJournal, rows: Range<u64>) -> Vec<RowState> {
        rows.map(|row| journal.state(row)).collect()
    }

    /// Cuts the file at each of its bytes, as a power failure may do.
    #[test]
    fn a_journal_that_was_cut_anywhere_goes_on() {
        let scratch = Scratch::new("cut");
        let mut journal = FileJournal::open(&scratch.0).unwrap().sync(JournalSync::EachLine);
        let load = journal.start(&LOAD).unwrap();
        journal.sending(0..4).unwrap();
        journal.written(&[0, 1, 3]).unwrap();
        drop(journal);
        let whole = std::fs::read(&scratch.0).unwrap();
        let ends: Vec<_> = (1..=whole.len()).filter(|end| whole[end - 1] == b'\n').collect();
        assert_eq!(ends.len(), 3);
        for length in 0..=whole.len() {
            std::fs::write(&scratch.0, &whole[..length]).unwrap();
            let mut journal =
                FileJournal::open(&scratch.0).unwrap_or_else(|error| panic!("{length}: {error}"));
            let lines = ends.iter().filter(|end| **end <= length).count();
            let (sent, written) = (RowState::Sent, RowState::Written);
            let expected = match lines {
                0 | 1 => vec![RowState::New; 4],
                2 => vec![sent; 4],
                _ => vec![written, written, sent, written],
            };
            assert_eq!(states(&journal, 0..4), expected, "{length}");
            assert_eq!(journal.start(&LOAD).unwrap() == load, lines > 0, "{length}");
            // What follows is on a line of its own.
            journal.sending(9..10).unwrap();
            drop(journal);
            assert_eq!(FileJournal::open(&scratch.0).unwrap().state(9), sent, "{length}");
        }
    }

    #[test]
    fn damage_before_the_last_line_is_an_error_that_names_the_line() {
        let scratch = Scratch::new("damaged");
        let mut journal = FileJournal::open(&scratch.0).unwrap();
        journal.start(&LOAD).unwrap();
        journal.sending(0..4).unwrap();
        journal.written(&[0]).unwrap();
        drop(journal);
        let text = std::fs::read_to_string(&scratch.0).unwrap();
        std::fs::write(&scratch.0, text.replace("sending 0-4", "sending 0-5")).unwrap();
        let error = FileJournal::open(&scratch.0).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        let text = error.to_string();
        assert!(text.contains("line 2") && text.contains(&*scratch.0.to_string_lossy()), "{text}");
    }

    #[test]
    fn a_file_that_is_no_journal_is_left_as_it_is() {
        let scratch = Scratch::new("other");
        for other in ["order,amount\n", "order,amount\nO-1,2\n", "order,amount"] {
            std::fs::write(&scratch.0, other).unwrap();
            assert!(FileJournal::open(&scratch.0).unwrap_err().to_string().contains("line 1"), "{other}");
            assert_eq!(std::fs::read_to_string(&scratch.0).unwrap(), other);
        }
    }

    #[test]
    fn the_journal_of_another_load_is_refused() {
        let scratch = Scratch::new("mixed");
        let mut journal = FileJournal::open(&scratch.0).unwrap();
        journal.start(&LOAD).unwrap();
        for other in [Load::new("Update", "account"), Load::new("Create", "contact")] {
            let text = journal.start(&other).unwrap_err().to_string();
            assert!(text.contains("`Create account`") && text.contains(other.table), "{text}");
        }
    }
}
