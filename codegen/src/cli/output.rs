//! What the commands print, and how: colors on terminals only, progress on the standard error.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use super::failure::{Failure, USAGE};
use crate::drift::{Class, Finding};
use crate::pull::Progress;
use crate::report::{Format, Locations, report};

/// Prints a text. It may have styles, which the stream removes if they are not wanted.
pub(super) fn say(out: &mut dyn Write, text: impl Display) -> Result<(), Failure> {
    // A reader that closed the pipe has read enough.
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(USAGE, format!("the output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints findings in a format. For people, the classes have colors, and `next` says what to do if there are findings.
pub(super) fn say_findings(
    out: &mut dyn Write,
    findings: &[Finding],
    locations: &Locations,
    format: Format,
    next: &str,
) -> Result<(), Failure> {
    let text = report(findings, locations, format);
    match format {
        Format::Text if findings.is_empty() => say(out, text),
        Format::Text => say(out, format!("{}{next}", painted(&text))),
        _ => say(out, text),
    }
}

fn painted(text: &str) -> String {
    let line = |line: &str| {
        let class = Class::ALL.iter().find(|class| line.starts_with(class.as_str()));
        match class {
            Some(class) => {
                let (style, rest) = (style(*class), &line[class.as_str().len()..]);
                format!("{style}{class}{style:#}{rest}\n")
            }
            None if line.trim_start().starts_with("-->") => format!("{PLACE}{line}{PLACE:#}\n"),
            None => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

const PLACE: Style = Style::new().dimmed();

fn style(class: Class) -> Style {
    match class {
        Class::Breaking => AnsiColor::Red.on_default().bold(),
        Class::Tightened | Class::Warning => AnsiColor::Yellow.on_default().bold(),
        Class::Additive => AnsiColor::Green.on_default(),
        Class::Cosmetic => AnsiColor::Cyan.on_default(),
    }
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();

/// Prints a failure to the standard error.
pub(super) fn complain(failure: &Failure) {
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", failure.problem.trim_end());
    if let Some(advice) = &failure.advice {
        anstream::eprintln!("{NOTE}help:{NOTE:#} {advice}");
    }
}

/// Prints something that a user may want to know to the standard error.
pub(super) fn note(text: impl Display) {
    anstream::eprintln!("{NOTE}note:{NOTE:#} {text}");
}

/// A bar with a message on the standard error; `None` if that is no terminal.
pub(super) fn bar(message: &'static str) -> Option<ProgressBar> {
    std::io::stderr().is_terminal().then(|| {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{spinner} {bar:30} {pos}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(message);
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    })
}

/// The number of tables from which on progress is told in lines. Fewer tables take seconds.
const MIN_TOLD: usize = 20;

/// Progress of reading: a bar on a terminal, elsewhere at most ten lines.
pub(super) enum Reading {
    Bar(ProgressBar),
    Lines,
}

impl Reading {
    pub(super) fn start() -> Self {
        bar("asking the org").map_or(Self::Lines, Self::Bar)
    }

    /// Prints something that a user may want to know, above the bar.
    pub(super) fn note(&self, text: impl Display) {
        match self {
            Self::Bar(bar) => bar.suspend(|| note(text)),
            Self::Lines => note(text),
        }
    }

    pub(super) fn tell(&self, progress: Progress<'_>) {
        match self {
            Self::Bar(bar) => {
                bar.set_length(progress.total as u64);
                bar.set_position(progress.done as u64);
                bar.set_message(progress.table.to_owned());
            }
            Self::Lines => {
                let tenth = |done: usize| done * 10 / progress.total.max(1);
                if progress.total >= MIN_TOLD && tenth(progress.done) > tenth(progress.done - 1) {
                    anstream::eprintln!("read {} of {} tables", progress.done, progress.total);
                }
            }
        }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
