//! What a user sees of a run on a progress bar: a terminal in memory, and a paused clock.

use std::sync::{Arc, Mutex};

use dataverse_entity::bytes::Bytes;
use dataverse_entity::client::indicatif::{InMemoryTerm, ProgressBar, ProgressDrawTarget, ProgressFinish};
use dataverse_entity::http::Response;
use futures_util::{StreamExt, stream};

use super::bulk::{draft, size};
use super::simulated::{Script, after, run};

/// A terminal of 100 columns, and a bar on it that stays after the run.
fn terminal(length: Option<u64>) -> (InMemoryTerm, ProgressBar) {
    let term = InMemoryTerm::new(4, 100);
    let target = ProgressDrawTarget::term_like(Box::new(term.clone()));
    (term, ProgressBar::with_draw_target(length, target).with_finish(ProgressFinish::Abandon))
}

/// The answer to a `CreateMultiple` of ten records.
fn ten() -> Response<Bytes> {
    let ids: Vec<_> = (0..10).map(|number| format!("00000000-0000-0000-0000-{number:012}")).collect();
    Response::new(serde_json::json!({ "Ids": ids }).to_string().into())
}

fn refused() -> Response<Bytes> {
    let body = r#"{"error":{"code":"0x80044331","message":"too long"}}"#;
    Response::builder().status(400).body(Bytes::from(body)).unwrap()
}

/// The figures of a line, after the bar of thirty characters.
fn figures(term: &InMemoryTerm) -> String {
    let contents = term.contents();
    assert!(!contents.contains('\n'), "one line: {contents}");
    let (bar, figures) = contents.split_once(' ').expect("a bar");
    assert_eq!(bar.chars().count(), 30, "{contents}");
    figures.trim_end().to_owned()
}

/// An answer takes a tenth of a second; the second request is refused for ten minutes.
#[test]
fn the_bar_tells_rows_rate_time_left_failures_and_pauses() {
    run(async {
        let (term, bar) = terminal(None);
        let client = Script::new([ten(), after("600"), ten(), refused(), ten()]).client();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (seeing, screen) = (seen.clone(), term.clone());
        let bulk = client.bulk().chunk_size(size(10)).concurrency(size(1)).progress_bar(bar);
        let bulk = bulk.on_progress(move |_| seeing.lock().unwrap().push(figures(&screen)));
        let outcomes = bulk.create((0..40).map(draft)).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 10);
        assert_eq!(
            *seen.lock().unwrap(),
            [
                "10/40 100 rows/s, 0 seconds left",
                "10/40 50 rows/s, 1 second left, paused for 10 minutes by Dataverse",
                "20/40 2.0 rows/min, 10 minutes left",
                "30/40 3.0 rows/min, 3 minutes left, 10 failed",
                "40/40 4.0 rows/min, 10 failed",
            ]
        );
        // The caller wants the bar to stay.
        assert_eq!(figures(&term), "40/40 4.0 rows/min, 10 failed");
    });
}

/// A stream that does not know its length: the caller may.
#[test]
fn the_length_is_that_of_the_input_or_else_that_of_the_bar() {
    run(async {
        for (length, shown) in [(None, "20/? 100 rows/s"), (Some(50), "20/50 100 rows/s, 0 seconds left")] {
            let (term, bar) = terminal(length);
            let client = Script::new([ten(), ten()]).client();
            let rows = stream::iter((0..20).map(draft)).filter(|_| std::future::ready(true));
            let bulk = client.bulk().chunk_size(size(10)).concurrency(size(1)).progress_bar(bar);
            assert_eq!(bulk.create_stream(rows).count().await, 20);
            assert_eq!(figures(&term), shown);
        }
    });
}

/// Without `with_finish`, the bar goes when the run ends, also by being dropped.
#[test]
fn the_bar_ends_with_the_run() {
    run(async {
        for taken in [1, 40] {
            let (term, bar) = terminal(None);
            let bar = bar.with_finish(ProgressFinish::AndClear);
            let shown = bar.clone();
            let client = Script::new([ten(), ten(), ten(), ten()]).client();
            let bulk = client.bulk().chunk_size(size(10)).concurrency(size(1)).progress_bar(bar);
            let outcomes = bulk.create_stream(stream::iter((0..40).map(draft)));
            assert_eq!(outcomes.take(taken).count().await, taken);
            assert!(shown.is_finished());
            assert_eq!(term.contents(), "");
        }
    });
}
