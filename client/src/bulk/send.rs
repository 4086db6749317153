//! Sends the rows of a chunk until each has its outcome: together, or as a batch, in smaller parts where the
//! server takes less, and again those that were throttled.

use dataverse_entity_core::message::{Batch, Error, Message, Multiple};
use tokio::time::Instant;

use super::outcome::Outcome;
use super::rows::{Rows, Together};
use super::size::{ChunkSize, TooMuch, too_much};
use crate::client::Client;
use crate::throttle::{self, Patience};

/// Sends rows as batches, in which each succeeds or fails by itself.
pub(super) async fn apart<P: Rows>(
    client: &Client,
    plan: &P,
    rows: Vec<&P::Row>,
    size: &ChunkSize,
) -> Vec<Outcome<P::Output>> {
    in_rounds(client, rows, |rows| in_parts(rows, move |part| batch(client, plan, part, size))).await
}

/// Sends rows in one message. With `isolate`, the rows of a refused message are sent again as a batch.
pub(super) async fn together<P: Together>(
    client: &Client,
    plan: &P,
    rows: Vec<&P::Row>,
    size: &ChunkSize,
    isolate: bool,
) -> Vec<Outcome<P::Output>> {
    in_rounds(client, rows, |rows| in_parts(rows, move |part| multiple(client, plan, part, size, isolate)))
        .await
}

/// What a request says of its rows.
enum Sent<R> {
    Answers(Vec<Answer<R>>),
    /// Its halves may be sent, and may succeed.
    Divide,
}

/// What a request says of a row.
enum Answer<R> {
    Final(Outcome<R>),
    /// It failed. The policy decides whether it is sent again.
    Open(Error),
}

impl<R> Answer<R> {
    fn failed(error: &Error, count: usize) -> Vec<Self> {
        (0..count).map(|_| Self::Final(Err(error.clone()))).collect()
    }
}

async fn batch<P: Rows>(client: &Client, plan: &P, rows: Vec<&P::Row>, size: &ChunkSize) -> Sent<P::Output> {
    let mut batch = Batch::new().continue_on_error(true);
    let parts: Vec<_> = rows.iter().map(|row| batch.add(plan.message(row))).collect();
    let is_idempotent = batch.is_idempotent();
    match client.execute(batch).await {
        Ok(reply) => {
            size.grow();
            let answer = |(part, row)| match reply.get(part) {
                Ok(output) => Answer::Final(Ok(plan.read(row, output))),
                Err(error) => Answer::Open(error),
            };
            Sent::Answers(parts.iter().zip(rows).map(answer).collect())
        }
        Err(error) if is_to_be_divided(&error, &rows, size, false, is_idempotent) => Sent::Divide,
        Err(error) => Sent::Answers(Answer::failed(&error, rows.len())),
    }
}

async fn multiple<P: Together>(
    client: &Client,
    plan: &P,
    rows: Vec<&P::Row>,
    size: &ChunkSize,
    isolate: bool,
) -> Sent<P::Output> {
    let message = plan.all(&rows);
    let is_idempotent = message.is_idempotent();
    match client.execute(message.outcomes()).await {
        Ok(outcomes) => {
            size.grow();
            // The client has sent again a message that was throttled as a whole; its errors count the attempts.
            let may_be_sent_again = |error: &Error| error.is_throttled() && error.attempts() == 1;
            let answer = |(outcome, row)| match outcome {
                Ok(each) => Answer::Final(Ok(plan.read_each(row, each))),
                Err(error) if may_be_sent_again(&error) => Answer::Open(error),
                Err(error) => Answer::Final(Err(error)),
            };
            Sent::Answers(outcomes.into_iter().zip(rows).map(answer).collect())
        }
        Err(error) if is_to_be_divided(&error, &rows, size, true, is_idempotent) => Sent::Divide,
        Err(error) => {
            let is_refused = error.status().is_some_and(|status| status.is_client_error());
            if isolate && is_refused && !error.is_throttled() && rows.len() > 1 {
                let outcomes = apart(client, plan, rows, size).await;
                return Sent::Answers(outcomes.into_iter().map(Answer::Final).collect());
            }
            // One that may be sent again has been: the client sends a message that was throttled as a whole.
            Sent::Answers(Answer::failed(&error, rows.len()))
        }
    }
}

/// Returns whether the halves of a failed request are to be sent.
fn is_to_be_divided<Row>(
    error: &Error,
    rows: &[&Row],
    size: &ChunkSize,
    is_transaction: bool,
    is_idempotent: bool,
) -> bool {
    let verdict = too_much(error, is_transaction);
    if verdict != TooMuch::No {
        size.shrink(rows.len());
    }
    if error.is_invalid_request() {
        // Nothing was sent because of a row that has no JSON. The halves of halves leave it alone.
        return rows.len() > 1;
    }
    let may_be_sent = match verdict {
        TooMuch::No => false,
        TooMuch::NothingDone => true,
        TooMuch::MaybeDone => is_idempotent,
    };
    may_be_sent && rows.len() > 1
}

/// Sends rows in one request, and in halves of halves where that is too much.
async fn in_parts<'m, Row, R, F>(rows: Vec<&'m Row>, send: impl Fn(Vec<&'m Row>) -> F) -> Vec<Answer<R>>
where
    F: Future<Output = Sent<R>>,
{
    let mut answers = Vec::with_capacity(rows.len());
    let mut open = vec![rows];
    while let Some(mut part) = open.pop() {
        match send(part.clone()).await {
            Sent::Answers(mut of_part) => answers.append(&mut of_part),
            Sent::Divide => {
                let second = part.split_off(part.len() / 2);
                open.extend([second, part]);
            }
        }
    }
    answers
}

/// Sends rows in rounds until each has its outcome. Each round sends those that the last one left open, after
/// the longest of their delays. As for whole requests, a throttled message has no number of attempts but a
/// deadline; it does not pause others, because an elastic table throttles a partition, not a user.
async fn in_rounds<'m, Row, R, F>(
    client: &Client,
    rows: Vec<&'m Row>,
    send: impl Fn(Vec<&'m Row>) -> F,
) -> Vec<Outcome<R>>
where
    F: Future<Output = Vec<Answer<R>>>,
{
    let mut outcomes: Vec<Option<Outcome<R>>> = rows.iter().map(|_| None).collect();
    let policy = client.retry_policy();
    let patience = Patience::of(policy.deadline_of_throttling());
    let (mut delays, mut throttled_rounds) = (policy.backoff_delays(), 0);
    loop {
        let open: Vec<usize> = (0..outcomes.len()).filter(|index| outcomes[*index].is_none()).collect();
        let answers = send(open.iter().map(|index| rows[*index]).collect()).await;
        let (mut longest, mut backoff, mut was_throttled) = (None, None, false);
        for (index, answer) in open.into_iter().zip(answers) {
            outcomes[index] = match answer {
                Answer::Final(outcome) => Some(outcome),
                Answer::Open(error) => {
                    let delay = if error.is_throttled() {
                        was_throttled = true;
                        let delay =
                            throttle::delay(error.retry_after(), policy.backoff_range(), throttled_rounds);
                        Instant::now().checked_add(delay).filter(|end| patience.lasts(*end)).map(|_| delay)
                    } else {
                        // The messages of a round share one attempt.
                        let backoff = *backoff.get_or_insert_with(|| delays.next());
                        policy.delay(&error, false, backoff)
                    };
                    longest = longest.max(delay);
                    delay.is_none().then_some(Err(error))
                }
            };
        }
        throttled_rounds += u32::from(was_throttled);
        match longest {
            Some(delay) => tokio::time::sleep(delay).await,
            None => return outcomes.into_iter().flatten().collect(),
        }
    }
}
