//! Paging as a stream, one page ahead.

use dataverse_entity_core::message::{Error, Paged};
use futures_core::Stream;
use futures_util::{StreamExt, stream};
use tokio::task::JoinHandle;

use crate::client::Client;

impl Client {
    /// The pages of a query. While one is worked on, the next one is being fetched; never more than one ahead. The stream
    /// ends behind the first error.
    ///
    /// `futures`' `StreamExt` and `TryStreamExt` have what there is to do with a stream, such as `next`. The fetching runs as a
    /// task of the tokio runtime that the stream is polled on, and ends when the stream is dropped.
    pub fn pages<M>(&self, message: M) -> impl Stream<Item = Result<M::Output, Error>> + Send + Unpin + use<M>
    where
        M: Paged<Output: Send + 'static> + Send + 'static,
    {
        let start = State::Ready(self.clone(), message);
        Box::pin(stream::unfold(start, |state| async move {
            let (client, fetched) = match state {
                State::Ready(client, message) => {
                    let fetched = fetch(&client, message).await;
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
                Ok((message, page)) => {
                    let next = match message.next(&page) {
                        Some(next) => State::Fetching(client.clone(), Task::spawn(client, next)),
                        None => State::Done,
                    };
                    Some((Ok(page), next))
                }
            }
        }))
    }

    /// What the pages of a query hold, one by one: see [`pages`](Self::pages).
    pub fn items<M>(&self, message: M) -> impl Stream<Item = Result<M::Item, Error>> + Send + Unpin + use<M>
    where
        M: Paged<Output: Send + 'static, Item: Send> + Send + 'static,
    {
        self.pages(message).flat_map(|page| {
            let items: Vec<Result<M::Item, Error>> = match page {
                Ok(page) => M::items(page).into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            };
            stream::iter(items)
        })
    }
}

/// A page with the message that asked for it.
type Fetched<M> = Result<(M, <M as dataverse_entity_core::message::Message>::Output), Error>;

enum State<M: Paged> {
    Ready(Client, M),
    Fetching(Client, Task<M>),
    Done,
}

async fn fetch<M: Paged>(client: &Client, message: M) -> Fetched<M> {
    let outgoing = client.prepare(&message)?;
    let (outgoing, sent) = client.deliver(outgoing).await;
    let page = outgoing.read(&message, sent)?;
    Ok((message, page))
}

/// A task that ends when nobody waits for it any more.
struct Task<M: Paged>(JoinHandle<Fetched<M>>);

impl<M> Task<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    fn spawn(client: Client, message: M) -> Self {
        Self(tokio::spawn(async move { fetch(&client, message).await }))
    }

    async fn result(&mut self) -> Fetched<M> {
        match (&mut self.0).await {
            Ok(fetched) => fetched,
            Err(error) => Err(super::transport::TransportError::no_answer(error).into()),
        }
    }
}

impl<M: Paged> Drop for Task<M> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
