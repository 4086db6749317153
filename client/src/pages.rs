//! Streams of pages and items that fetch one page ahead.

use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::vec;

use dataverse_entity_core::message::{Error, Message, Paged};
use futures_core::future::BoxFuture;
use futures_core::{FusedStream, Stream};
use tokio::task::JoinHandle;
use tracing::{Instrument, Span};

use crate::client::Client;
use crate::reply::Reply;
use crate::transport::TransportError;

impl Client {
    /// Returns the pages of a query as a stream. While the caller works on a page, the client fetches the
    /// next one, and no more. The stream ends after the first error.
    ///
    /// The client fetches in a task of the tokio runtime that polls the stream. The task ends when the stream
    /// is dropped.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
    /// let mut pages = client.pages(SessionEvent::query().page_size(500));
    /// while let Some(page) = pages.next().await {
    ///     println!("{} records", page?.records.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<M>(&self, message: M) -> Pages<M>
    where
        M: Paged<Output: Send + 'static> + Send + 'static,
    {
        let span = tracing::debug_span!(
            target: "dataverse_entity",
            "dataverse.pages",
            otel.name = message.message_name()
        );
        let first = fetch(self.clone(), message).instrument(span.clone());
        Pages { client: self.clone(), fetch: Some(Box::pin(first)), span }
    }

    /// Returns the items of a query as a stream, such as its records. Fetches as [`pages`](Self::pages) does.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
    /// let mut events = client.items(SessionEvent::query());
    /// while let Some(event) = events.next().await {
    ///     println!("{:?}", event?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<M>(&self, message: M) -> Items<M>
    where
        M: Paged<Output: Send + 'static> + Send + 'static,
    {
        Items { pages: self.pages(message), page: Vec::new().into_iter() }
    }

    /// Returns all items of a query, in order.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
    /// let accepted = SessionEvent::query().filter(SessionEvent::NAME.eq("Accepted"));
    /// let events = client.all(accepted).await?;
    /// println!("{} events", events.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of the first page that cannot be fetched, as [`execute`](Self::execute) does. The
    /// items of the pages before it are lost.
    pub async fn all<M>(&self, message: M) -> Result<Vec<M::Item>, Error>
    where
        M: Paged<Output: Send + 'static> + Send + 'static,
    {
        self.items(message).try_collect().await
    }
}

/// The pages of a query as a fused stream. [`Client::pages`] makes one.
///
/// [`next`](Self::next) and [`try_collect`](Self::try_collect) need no other crate. For more, use `StreamExt`
/// and `TryStreamExt` of `futures`.
///
/// ```no_run
/// use dataverse_entity::client::Pages;
/// use dataverse_entity::message::Query;
/// use dataverse_entity::tables::SessionEvent;
///
/// # async fn run(mut pages: Pages<Query<SessionEvent>>) -> Result<(), dataverse_entity::Error> {
/// while let Some(page) = pages.next().await.transpose()? {
///     println!("{} records", page.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream fetches nothing until it is polled"]
pub struct Pages<M: Paged> {
    client: Client,
    /// `None` after the end.
    fetch: Option<Fetch<M>>,
    span: Span,
}

/// The items of a query as a fused stream. [`Client::items`] makes one.
///
/// [`next`](Self::next) and [`try_collect`](Self::try_collect) need no other crate. For more, use `StreamExt`
/// and `TryStreamExt` of `futures`.
///
/// ```no_run
/// use dataverse_entity::client::Items;
/// use dataverse_entity::message::Query;
/// use dataverse_entity::tables::SessionEvent;
///
/// # async fn run(mut events: Items<Query<SessionEvent>>) -> Result<(), dataverse_entity::Error> {
/// let first = events.next().await.transpose()?;
/// let others: Vec<_> = events.try_collect().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream fetches nothing until it is polled"]
pub struct Items<M: Paged> {
    pages: Pages<M>,
    page: vec::IntoIter<M::Item>,
}

/// A page with the message that asks for it.
pub(crate) type Fetched<M> = Result<(M, <M as Message>::Output), Error>;

/// A page that is being fetched.
pub(crate) type Fetch<M> = BoxFuture<'static, Fetched<M>>;

pub(crate) async fn fetch<M: Paged>(client: Client, message: M) -> Fetched<M> {
    if let Some(output) = message.known_answer() {
        return Ok((message, output));
    }
    let outgoing = client.prepare(&message)?;
    let (outgoing, sent) = client.deliver(outgoing).await;
    let page = outgoing.read(&message, sent).map(Reply::into_inner)?;
    Ok((message, page))
}

/// Fetches a page in a task of the tokio runtime, so that it arrives while nobody polls. The task ends when the
/// future is dropped.
pub(crate) fn fetch_ahead<M>(client: Client, message: M, span: Span) -> Fetch<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    let mut task = Task(tokio::spawn(fetch(client, message).instrument(span)));
    Box::pin(async move {
        (&mut task.0).await.unwrap_or_else(|error| Err(TransportError::no_answer(error).into()))
    })
}

/// A task that is aborted on drop.
struct Task<M: Paged>(JoinHandle<Fetched<M>>);

impl<M: Paged> Drop for Task<M> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<M> Pages<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    /// Returns the next page; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<M::Output, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns all remaining pages, in a `Vec` or another collection.
    ///
    /// ```no_run
    /// # use dataverse_entity::Page;
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
    /// let pages: Vec<Page<SessionEvent>> = client.pages(SessionEvent::query()).try_collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of the first page that cannot be fetched. The pages before it are lost.
    pub async fn try_collect<C: Default + Extend<M::Output>>(mut self) -> Result<C, Error> {
        let mut pages = C::default();
        while let Some(page) = self.next().await {
            pages.extend([page?]);
        }
        Ok(pages)
    }
}

impl<M> Items<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    /// Returns the next item; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<M::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns all remaining items, in a `Vec` or another collection.
    ///
    /// # Errors
    ///
    /// Returns the error of the first page that cannot be fetched. The items before it are lost.
    pub async fn try_collect<C: Default + Extend<M::Item>>(mut self) -> Result<C, Error> {
        let mut items = C::default();
        while let Some(item) = self.next().await {
            items.extend([item?]);
        }
        Ok(items)
    }
}

// Their fields need no pinning: futures and tasks are in boxes.
impl<M: Paged> Unpin for Pages<M> {}
impl<M: Paged> Unpin for Items<M> {}

impl<M> Stream for Pages<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    type Item = Result<M::Output, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let fetched = match &mut self.fetch {
            None => return Poll::Ready(None),
            Some(fetch) => ready!(fetch.as_mut().poll(context)),
        };
        self.fetch = None;
        let (message, page) = match fetched {
            Ok(fetched) => fetched,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        if let Some(next) = message.next_page(&page) {
            self.fetch = Some(fetch_ahead(self.client.clone(), next, self.span.clone()));
        }
        Poll::Ready(Some(Ok(page)))
    }
}

impl<M> Stream for Items<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    type Item = Result<M::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = M::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.page.len();
        (left, self.pages.fetch.is_none().then_some(left))
    }
}

impl<M> FusedStream for Pages<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    fn is_terminated(&self) -> bool {
        self.fetch.is_none()
    }
}

impl<M> FusedStream for Items<M>
where
    M: Paged<Output: Send + 'static> + Send + 'static,
{
    fn is_terminated(&self) -> bool {
        self.page.len() == 0 && self.pages.fetch.is_none()
    }
}

impl<M: Paged> fmt::Debug for Pages<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("is_over", &self.fetch.is_none()).finish_non_exhaustive()
    }
}

impl<M: Paged> fmt::Debug for Items<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = self.page.len();
        f.debug_struct("Items").field("left_of_page", &left).field("pages", &self.pages).finish()
    }
}
