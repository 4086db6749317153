//! Paging as a stream, one page ahead.

use futures_core::Stream;
use futures_util::{StreamExt, stream};
use tokio::task::JoinHandle;

use super::client::Client;
use crate::operation::{Error, Paged};

impl Client {
    /// The pages of a query. While one is worked on, the next one is being fetched; never more than one ahead. The stream
    /// ends behind the first error.
    ///
    /// `futures`' `StreamExt` and `TryStreamExt` have what there is to do with a stream, such as `next`. The fetching runs as a
    /// task of the tokio runtime that the stream is polled on, and ends when the stream is dropped.
    pub fn pages<O>(
        &self,
        operation: O,
    ) -> impl Stream<Item = Result<O::Output, Error>> + Send + Unpin + use<O>
    where
        O: Paged<Output: Send + 'static> + Send + 'static,
    {
        let start = State::Ready(self.clone(), operation);
        Box::pin(stream::unfold(start, |state| async move {
            let (client, fetched) = match state {
                State::Ready(client, operation) => {
                    let fetched = fetch(&client, operation).await;
                    (client, fetched)
                }
                State::Fetching(client, mut task) => {
                    let fetched = task.result().await;
                    (client, fetched)
                }
                State::Done => return None,
            };
            match fetched {
                Err(error) => Some((Err(error), State::Done)),
                Ok((operation, page)) => {
                    let next = match operation.next(&page) {
                        Some(next) => State::Fetching(client.clone(), Task::spawn(client, next)),
                        None => State::Done,
                    };
                    Some((Ok(page), next))
                }
            }
        }))
    }

    /// What the pages of a query hold, one by one: see [`pages`](Self::pages).
    pub fn items<O>(&self, operation: O) -> impl Stream<Item = Result<O::Item, Error>> + Send + Unpin + use<O>
    where
        O: Paged<Output: Send + 'static, Item: Send> + Send + 'static,
    {
        self.pages(operation).flat_map(|page| {
            let items: Vec<Result<O::Item, Error>> = match page {
                Ok(page) => O::items(page).into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            };
            stream::iter(items)
        })
    }
}

/// A page with the message that asked for it.
type Fetched<O> = Result<(O, <O as crate::operation::Operation>::Output), Error>;

enum State<O: Paged> {
    Ready(Client, O),
    Fetching(Client, Task<O>),
    Done,
}

async fn fetch<O: Paged>(client: &Client, operation: O) -> Fetched<O> {
    let outgoing = client.prepare(&operation)?;
    let (outgoing, sent) = client.deliver(outgoing).await;
    let page = outgoing.read(&operation, sent)?;
    Ok((operation, page))
}

/// A task that ends when nobody waits for it any more.
struct Task<O: Paged>(JoinHandle<Fetched<O>>);

impl<O> Task<O>
where
    O: Paged<Output: Send + 'static> + Send + 'static,
{
    fn spawn(client: Client, operation: O) -> Self {
        Self(tokio::spawn(async move { fetch(&client, operation).await }))
    }

    async fn result(&mut self) -> Fetched<O> {
        match (&mut self.0).await {
            Ok(fetched) => fetched,
            Err(error) => Err(super::transport::TransportError::no_answer(error).into()),
        }
    }
}

impl<O: Paged> Drop for Task<O> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
