//! A progress bar of indicatif.

use core::fmt::Write;

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use super::bulk::Bulk;
use super::outcome::Progress;

impl Bulk {
    /// Shows the progress on a bar of indicatif: rows, rows per second, time left, failures, and for how long
    /// Dataverse makes the client pause. Without a known number of rows, the bar keeps the length that it has.
    ///
    /// The caller decides where the bar is drawn, such as in a `MultiProgress`, and sets `with_finish` if it is to
    /// stay after the run. The method sets a style; a `set_style` on a clone of the bar afterwards wins, and has the
    /// figures in `{msg}`. A bar on the standard error, the default, is hidden if that is no terminal: `indicatif`
    /// then prints nothing, and [`on_progress`](Self::on_progress) can print lines.
    ///
    /// ```no_run
    /// use dataverse_entity::client::indicatif::ProgressBar;
    ///
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, names: Vec<String>) {
    /// let bar = ProgressBar::new(0);
    /// let bulk = match bar.is_hidden() {
    ///     false => client.bulk().progress_bar(bar),
    ///     true => client.bulk().on_progress(|progress| eprintln!("{} rows", progress.done)),
    /// };
    /// let drafts = names.into_iter().map(|name| SessionEvent::create().name(name));
    /// let outcomes = bulk.create(drafts).await;
    /// # }
    /// ```
    pub fn progress_bar(self, bar: ProgressBar) -> Self {
        let bar = Bar::new(bar);
        self.on_progress(move |progress| bar.show(progress))
    }
}

/// The bar of a run. It ends with the run.
struct Bar(ProgressBar);

impl Bar {
    fn new(bar: ProgressBar) -> Self {
        // A template that indicatif does not understand would be a bar without figures.
        let style = ProgressStyle::with_template("{bar:30} {human_pos}/{total} {wide_msg}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.with_key("total", |state: &ProgressState, text: &mut dyn Write| {
            // indicatif's own `{len}` repeats the position if the length is not known.
            let _ = match state.len() {
                Some(length) => write!(text, "{}", HumanCount(length)),
                None => text.write_char('?'),
            };
        }));
        Self(bar)
    }

    fn show(&self, progress: Progress) {
        if let Some(total) = progress.total {
            self.0.set_length(total as u64);
        }
        let total =
            self.0.length().and_then(|length| usize::try_from(length).ok()).filter(|length| *length > 0);
        self.0.set_position(progress.done as u64);
        // Last: the message draws the bar.
        self.0.set_message(figures(&Progress { total, ..progress }));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_using_style();
    }
}

/// Returns the figures after the bar.
fn figures(progress: &Progress) -> String {
    let mut figures = Vec::new();
    if let Some(rate) = progress.per_second() {
        figures.push(match rate {
            // A pause makes it small.
            rate if rate < 1.0 => format!("{:.1} rows/min", rate * 60.0),
            rate => format!("{} rows/s", HumanCount(rate.round() as u64)),
        });
    }
    if let Some(left) = progress.time_left().filter(|left| !left.is_zero()) {
        figures.push(format!("{} left", HumanDuration(left)));
    }
    if progress.failed > 0 {
        figures.push(format!("{} failed", HumanCount(progress.failed as u64)));
    }
    if let Some(pause) = progress.paused_for {
        figures.push(format!("paused for {} by Dataverse", HumanDuration(pause)));
    }
    figures.join(", ")
}
