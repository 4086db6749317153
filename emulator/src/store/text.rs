//! Compares text as Dataverse does: without regard to case, accents and trailing blanks, as SQL Server does
//! under the collation `Latin1_General_CI_AI`, and with T-SQL's `LIKE`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the form of a text by which it is compared.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim_end_matches(' ');
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Owned(text.nfd().filter(|each| !is_combining_mark(*each)).flat_map(char::to_lowercase).collect())
}

/// A `LIKE` pattern of T-SQL: `%`, `_`, `[abc]`, `[a-f]`, `[^abc]`.
pub(crate) struct Pattern {
    steps: Vec<Step>,
    /// The pattern, if it is one ASCII text with at most a `%` before and after it.
    plain: Option<Plain>,
}

/// A text to find, in lower case.
struct Plain {
    text: Vec<u8>,
    open_start: bool,
    open_end: bool,
}

impl Pattern {
    pub(crate) fn new(pattern: &str) -> Self {
        let steps = parse(&fold_all(pattern));
        Self { plain: Plain::new(&steps), steps }
    }

    /// Returns whether a text matches. Trailing blanks count, unlike in comparisons.
    pub(crate) fn matches(&self, text: &str) -> bool {
        match &self.plain {
            // Most texts and patterns are ASCII, so that only their case has to be folded.
            Some(plain) if text.is_ascii() => plain.matches(text.as_bytes()),
            _ => matches(&fold_all(text), &self.steps),
        }
    }
}

impl Plain {
    fn new(steps: &[Step]) -> Option<Self> {
        let is_open = |step: Option<&Step>| matches!(step, Some(Step::Any));
        let (open_start, open_end) = (is_open(steps.first()), is_open(steps.last()));
        let text: Vec<u8> = steps
            .iter()
            .skip_while(|step| matches!(step, Step::Any))
            .take_while(|step| !matches!(step, Step::Any))
            .map(|step| match step {
                Step::Char(each) => u8::try_from(*each).ok().filter(u8::is_ascii),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let open = steps.iter().filter(|step| matches!(step, Step::Any)).count();
        let whole = text.len() + usize::from(open_start) + usize::from(open_end);
        (!text.is_empty() && open + text.len() == steps.len() && whole == steps.len()).then_some(Self {
            text,
            open_start,
            open_end,
        })
    }

    fn matches(&self, text: &[u8]) -> bool {
        let length = self.text.len();
        let same = |part: Option<&[u8]>| part.is_some_and(|part| part.eq_ignore_ascii_case(&self.text));
        match (self.open_start, self.open_end) {
            (false, false) => same(Some(text)),
            (false, true) => same(text.get(..length)),
            (true, false) => same(text.len().checked_sub(length).and_then(|start| text.get(start..))),
            (true, true) => text.windows(length).any(|part| part.eq_ignore_ascii_case(&self.text)),
        }
    }
}

/// Returns whether a text matches a `LIKE` pattern of T-SQL.
#[cfg(test)]
fn like(text: &str, pattern: &str) -> bool {
    Pattern::new(pattern).matches(text)
}

fn fold_all(text: &str) -> Vec<char> {
    if text.is_ascii() {
        return text.chars().map(|each| each.to_ascii_lowercase()).collect();
    }
    text.nfd().filter(|each| !is_combining_mark(*each)).flat_map(char::to_lowercase).collect()
}

enum Step {
    Any,
    One,
    Char(char),
    Class { negated: bool, ranges: Vec<(char, char)> },
}

fn parse(pattern: &[char]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = pattern;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            '%' => steps.push(Step::Any),
            '_' => steps.push(Step::One),
            '[' => match class(after) {
                Some((step, after)) => {
                    steps.push(step);
                    rest = after;
                }
                // As in T-SQL, a class without an end matches nothing.
                None => {
                    steps.push(Step::Class { negated: false, ranges: Vec::new() });
                    rest = &[];
                }
            },
            other => steps.push(Step::Char(*other)),
        }
    }
    steps
}

/// Returns the contents of a class after its `[`, and the pattern after its `]`.
fn class(pattern: &[char]) -> Option<(Step, &[char])> {
    let (negated, mut rest) = match pattern {
        ['^', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut ranges = Vec::new();
    loop {
        match rest {
            [']', after @ ..] if !ranges.is_empty() => return Some((Step::Class { negated, ranges }, after)),
            [from, '-', to, after @ ..] if *to != ']' => {
                ranges.push((*from, *to));
                rest = after;
            }
            [one, after @ ..] => {
                ranges.push((*one, *one));
                rest = after;
            }
            [] => return None,
        }
    }
}

/// Matches greedily, with one position to backtrack to. Takes time linear in the product of the lengths.
fn matches(text: &[char], pattern: &[Step]) -> bool {
    let (mut at, mut step) = (0, 0);
    let mut back = None;
    loop {
        let fits = match pattern.get(step) {
            Some(Step::Any) => {
                back = Some((at, step + 1));
                step += 1;
                continue;
            }
            Some(Step::One) => at < text.len(),
            Some(Step::Char(wanted)) => text.get(at) == Some(wanted),
            Some(Step::Class { negated, ranges }) => text
                .get(at)
                .is_some_and(|each| ranges.iter().any(|(from, to)| (from..=to).contains(&each)) != *negated),
            None if at == text.len() => return true,
            None => false,
        };
        if fits {
            at += 1;
            step += 1;
        } else {
            let Some((from, resume)) = back else { return false };
            if from >= text.len() {
                return false;
            }
            back = Some((from + 1, resume));
            at = from + 1;
            step = resume;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_and_trailing_blanks() {
        for (one, other) in [("ABC", "abc  "), ("É", "e"), ("Straße", "STRAßE"), ("Ärger", "arger")] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold(" a"), fold("a"));
    }

    #[test]
    fn like_as_in_t_sql() {
        for (text, pattern, expected) in [
            ("Contoso", "%TOS%", true),
            ("Contoso", "c_ntoso", true),
            ("Contoso", "contos", false),
            ("50%", "%[%]", true),
            ("500", "%[%]", false),
            ("a_b", "a[_]b", true),
            ("axb", "a[_]b", false),
            ("a[b", "a[[]b", true),
            ("cat", "[a-d]%", true),
            ("cat", "[^a-d]%", false),
            ("x]", "x[]]", true),
            ("open", "[open", false),
            ("", "%", true),
            ("mississippi", "m%iss%pi", true),
            ("mississippi", "m%iss%pa", false),
            ("CONTOSO", "%toso", true),
            ("Contoso", "%tos", false),
            ("ab", "%abc%", false),
            ("éab", "%EAB", true),
            ("Contoso", "%%nto%", true),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} like {pattern}");
        }
    }

    #[test]
    fn like_takes_bounded_time() {
        assert!(!like(&"a".repeat(4000), &format!("{}b", "%a".repeat(200))));
    }
}
