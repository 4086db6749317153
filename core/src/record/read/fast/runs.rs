//! Runs: neighbouring members that all repeat their values of the previous record, so that one comparison
//! takes them all.
//!
//! The invariant: **members that [`Runs::take`] takes hold the values in the text of the run.** Three rules
//! ensure it.
//!
//! - Runs are learnt from one record, and only from members whose values were compared with those they hold.
//! - The reader reports when a member of a run holds another value ([`Runs::changed`]), and when there is a
//!   new member ([`Runs::insert`]). All runs are then invalid, and the next record starts with none.
//! - The members of a record are read in ascending order. A run that a change invalidates began at or before
//!   the changed member, so it is not taken in the rest of the record.

use super::scanner::Scanner;

/// After this many records, runs are learnt anew, because other members may repeat then.
const RELEARN: u32 = 16;

/// The runs of a record, and those learnt for the next one.
pub(super) struct Runs<'de> {
    /// The run that starts at each member, or an empty one; nothing after the last run.
    runs: Vec<Run<'de>>,
    /// Whether the members of all runs hold the values of the runs.
    hold: bool,
    /// Whether runs are learnt from the current record. No run is taken meanwhile: otherwise, a run of
    /// members that this record lacks would stay until those members hold other values.
    learns: bool,
    grown: Grown,
}

/// The text from the first member to the last, and their number.
#[derive(Clone, Copy)]
struct Run<'de> {
    text: &'de [u8],
    length: usize,
}

impl Run<'_> {
    const NONE: Self = Self { text: &[], length: 0 };
}

/// The run that is being learnt.
#[derive(Clone, Copy, Default)]
struct Grown {
    first: usize,
    length: usize,
    /// The position of its text.
    start: usize,
}

impl<'de> Runs<'de> {
    pub(super) fn new() -> Self {
        Self { runs: Vec::new(), hold: false, learns: false, grown: Grown::default() }
    }

    /// Starts the record with this number.
    #[inline]
    pub(super) fn start_record(&mut self, record: u32) {
        self.learns = record.is_multiple_of(RELEARN) || !self.hold;
        if self.learns {
            self.runs.clear();
            self.grown.length = 0;
        }
    }

    /// Ends a record.
    #[inline]
    pub(super) fn end_record(&mut self) {
        self.hold |= self.learns;
    }

    /// Takes the run that starts at a member, if its text is next. Returns the number of its members.
    #[inline]
    pub(super) fn take(&mut self, scanner: &mut Scanner<'de>, first: usize) -> Option<usize> {
        let run = self.runs.get(first).filter(|run| !self.learns && !run.text.is_empty())?;
        if !scanner.take_value(run.text) {
            self.hold = false;
            return None;
        }
        Some(run.length)
    }

    /// Learns from a member, whose text begins at `start` and ends here.
    #[inline]
    pub(super) fn learn(&mut self, scanner: &Scanner<'de>, index: usize, start: usize, repeats: bool) {
        if !self.learns {
            return;
        }
        let grown = &mut self.grown;
        if !repeats {
            grown.length = 0;
            return;
        }
        if grown.length == 0 || grown.first + grown.length != index {
            *grown = Grown { first: index, length: 0, start };
        }
        grown.length += 1;
        if self.runs.len() <= grown.first {
            self.runs.resize(grown.first + 1, Run::NONE);
        }
        self.runs[grown.first] = Run { text: scanner.since(grown.start), length: grown.length };
    }

    /// Reports that a member of a run holds another value now.
    #[inline]
    pub(super) fn changed(&mut self) {
        self.hold = false;
    }

    /// Adds a member at this index, and moves up the later members.
    #[inline]
    pub(super) fn insert(&mut self, index: usize) {
        self.hold = false;
        if index < self.runs.len() {
            // The runs after the new member have other indexes now, and a run that began before the member
            // may reach across it.
            self.runs.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest reader that follows the rules: members are `"name":value`, and their values are held as
    /// text.
    struct Reader<'de> {
        runs: Runs<'de>,
        names: Vec<&'de str>,
        held: Vec<&'de [u8]>,
        repeat: Vec<bool>,
        record: u32,
        /// Number of members that runs took.
        taken: usize,
    }

    impl<'de> Reader<'de> {
        fn new() -> Self {
            let (names, held, repeat) = (Vec::new(), Vec::new(), Vec::new());
            Self { runs: Runs::new(), names, held, repeat, record: 0, taken: 0 }
        }

        /// Reads a record and returns the values of its members. `None` if a member is out of order.
        fn read(&mut self, text: &'de str) -> Option<Vec<(&'de str, &'de str)>> {
            let mut scanner = Scanner::new(text);
            let (mut next, mut found) = (0, Vec::new());
            self.record += 1;
            self.runs.start_record(self.record);
            scanner.take(b'{')?;
            loop {
                if let Some(length) = self.runs.take(&mut scanner, next) {
                    self.taken += length;
                    found.extend(next..next + length);
                    next += length;
                } else {
                    let start = scanner.position();
                    let index = self.member(&mut scanner, next)?;
                    self.runs.learn(&scanner, index, start, self.repeat[index]);
                    found.push(index);
                    next = index + 1;
                }
                if scanner.take(b',').is_none() {
                    break;
                }
            }
            scanner.take(b'}')?;
            self.runs.end_record();
            let text = |index: usize| core::str::from_utf8(self.held[index]).unwrap();
            Some(found.into_iter().map(|index| (self.names[index], text(index))).collect())
        }

        fn member(&mut self, scanner: &mut Scanner<'de>, expected: usize) -> Option<usize> {
            let name = scanner.name()?;
            let index = match self.names.iter().position(|known| *known == name) {
                Some(index) if index < expected => return None,
                Some(index) => index,
                None => {
                    self.runs.insert(expected);
                    self.names.insert(expected, name);
                    self.held.insert(expected, &[]);
                    self.repeat.insert(expected, false);
                    expected
                }
            };
            let repeated = core::mem::replace(&mut self.repeat[index], scanner.take_value(self.held[index]));
            if !self.repeat[index] {
                if repeated {
                    self.runs.changed();
                }
                let start = scanner.position();
                scanner.value()?;
                self.held[index] = scanner.since(start);
            }
            Some(index)
        }
    }

    fn text(members: &[(&str, u32)]) -> String {
        let members: Vec<String> =
            members.iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
        format!("{{{}}}", members.join(","))
    }

    /// Reads the records and checks their values. Returns the number of members that runs took in the last
    /// record.
    fn check(records: &[Vec<(&str, u32)>]) -> usize {
        let texts: Vec<String> = records.iter().map(|record| text(record)).collect();
        let mut reader = Reader::new();
        let mut taken = 0;
        for (record, text) in records.iter().zip(&texts) {
            let before = reader.taken;
            let held = reader.read(text).expect("members in order");
            let wanted: Vec<(&str, String)> =
                record.iter().map(|(name, value)| (*name, value.to_string())).collect();
            let held: Vec<(&str, String)> =
                held.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
            assert_eq!(held, wanted, "{text}");
            taken = reader.taken - before;
        }
        taken
    }

    const A: (&str, u32) = ("a", 1);
    const B: (&str, u32) = ("b", 2);
    const C: (&str, u32) = ("c", 3);

    #[test]
    fn members_that_repeat_are_taken_at_once() {
        assert_eq!(
            check(&[vec![A, B, C], vec![A, B, C]]),
            0,
            "the second record repeats, and runs are empty"
        );
        // The first record finds all members new, so runs hold only what the third one repeats.
        assert_eq!(check(&vec![vec![A, B, C]; 18]), 3);
    }

    #[test]
    fn a_changed_value_is_not_taken_for_the_old_one() {
        let mut records = vec![vec![A, B, C]; 18];
        records.push(vec![A, ("b", 20), C]);
        records.push(vec![A, B, C]);
        records.push(vec![A, B, C]);
        assert_eq!(check(&records), 2, "runs on both sides of the member that changed");
    }

    #[test]
    fn a_value_that_goes_on_is_another_value() {
        let mut records = vec![vec![A, B, C]; 18];
        records.push(vec![A, B, ("c", 33)]);
        assert_eq!(check(&records), 0);
    }

    #[test]
    fn a_member_that_is_left_out_ends_its_run() {
        let mut records = vec![vec![A, B, C]; 18];
        records.push(vec![B, ("c", 4)]);
        records.push(vec![A, B, C]);
        records.push(vec![A, B, ("c", 4)]);
        check(&records);
    }

    #[test]
    fn a_new_member_moves_the_runs_after_it() {
        let mut records = vec![vec![A, C]; 18];
        records.push(vec![A, B, C]);
        records.push(vec![A, C]);
        records.extend(vec![vec![A, B, C]; 18]);
        assert_eq!(check(&records), 3);
    }

    /// Records of members that are left out, added, repeated and changed at random.
    #[test]
    fn members_taken_by_runs_hold_their_values() {
        const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let mut state = 1_u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut taken = 0;
        for _ in 0..300 {
            let (mut values, known) = ([0; NAMES.len()], 1 + random(NAMES.len() as u64) as usize);
            let records: Vec<Vec<(&str, u32)>> = (0..60)
                .map(|index| {
                    let mut record = Vec::new();
                    for (member, name) in NAMES.iter().enumerate() {
                        if random(12) == 0 {
                            values[member] = random(30) as u32;
                        }
                        if random(40) > 0 && (member < known || index > 20) {
                            record.push((*name, values[member]));
                        }
                    }
                    if record.is_empty() { vec![("a", values[0])] } else { record }
                })
                .collect();
            // Members that the first record left out appear between others.
            taken += check_some(&records);
        }
        assert!(taken > 10_000, "runs took {taken} members only");
    }

    /// Checks the records. Replaces a reader that found a member out of order, as reading a page does.
    fn check_some(records: &[Vec<(&str, u32)>]) -> usize {
        let texts: Vec<String> = records.iter().map(|record| text(record)).collect();
        let (mut reader, mut taken) = (Reader::new(), 0);
        for (record, text) in records.iter().zip(&texts) {
            let Some(held) = reader.read(text) else {
                taken += core::mem::replace(&mut reader, Reader::new()).taken;
                continue;
            };
            for ((name, value), (wanted, number)) in held.iter().zip(record) {
                assert_eq!((*name, *value), (*wanted, number.to_string().as_str()), "{text}");
            }
            assert_eq!(held.len(), record.len());
        }
        taken + reader.taken
    }
}
