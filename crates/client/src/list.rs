//! Lists: a page at a time, or as a stream that turns the pages by itself.

use std::collections::VecDeque;
use std::fmt;

use futures_util::Stream;
use futures_util::stream::try_unfold;
use sister_cities_api::{Cursor, Endpoint, ListEndpoint, NoBody, Page, Paged};

use crate::call::{Bare, Call};
use crate::error::{DecodeReason, Error};
use crate::{Client, RetryPolicy};

/// A list about to be read.
#[must_use = "a list is read page by page or as a stream"]
pub struct List<E: Endpoint> {
    client: Client,
    path: E::Path,
    query: E::Query,
    retry: Option<RetryPolicy>,
}

impl<E: Endpoint> fmt::Debug for List<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("route", &E::PATH).finish_non_exhaustive()
    }
}

impl<E> List<E>
where
    E: ListEndpoint<Body = NoBody, Path: Clone, Query: Paged>,
    E::Item: Send + 'static,
    E: Endpoint<Reply = Page<<E as ListEndpoint>::Item>>,
{
    pub(crate) fn new(client: Client, path: E::Path, query: E::Query, _: NoBody) -> Self {
        Self { client, path, query, retry: None }
    }

    /// Another retry policy than the client's, for each page.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Goes on from where a page ended: its `next_cursor`, with the same filters.
    pub fn starting_at(mut self, cursor: Cursor) -> Self {
        self.query = self.query.from_cursor(Some(cursor));
        self
    }

    /// Reads one page: the first, or the one the query's cursor names.
    ///
    /// # Errors
    ///
    /// [`Error`] where it was not obtained.
    pub async fn page(&self) -> Result<Page<E::Item>, Error> {
        self.page_from(self.query.cursor().cloned()).await
    }

    /// All pages from here on, each fetched when it is asked for. After an error the stream ends; a new one can start
    /// at the last page's `next_cursor`.
    pub fn pages(self) -> impl Stream<Item = Result<Page<E::Item>, Error>> + Send + use<E> {
        let first = self.query.cursor().cloned();
        try_unfold((self, Some(first)), |(list, next)| async move {
            let Some(cursor) = next else { return Ok(None) };
            let page = list.page_from(cursor).await?;
            let next = page.next_cursor.clone().map(Some);
            Ok(Some((page, (list, next))))
        })
    }

    /// All items from here on. After an error the stream ends.
    pub fn stream(self) -> impl Stream<Item = Result<E::Item, Error>> + Send + use<E> {
        let pages = Box::pin(self.pages());
        try_unfold((pages, VecDeque::new()), |(mut pages, mut items)| async move {
            loop {
                if let Some(item) = items.pop_front() {
                    return Ok(Some((item, (pages, items))));
                }
                match futures_util::TryStreamExt::try_next(&mut pages).await? {
                    Some(page) => items = page.items.into(),
                    None => return Ok(None),
                }
            }
        })
    }

    /// Reads the whole list into memory.
    ///
    /// # Errors
    ///
    /// [`Error`] where a page was not obtained.
    pub async fn all(self) -> Result<Vec<E::Item>, Error> {
        let mut page = self.page().await?;
        let mut all = page.items;
        while page.next_cursor.is_some() {
            page = self.page_from(page.next_cursor).await?;
            all.append(&mut page.items);
        }
        Ok(all)
    }

    async fn page_from(&self, cursor: Option<Cursor>) -> Result<Page<E::Item>, Error> {
        let query = self.query.clone().from_cursor(cursor.clone());
        let mut call: Call<E, Bare> = Call::new(self.client.clone(), self.path.clone(), query, NoBody);
        if let Some(policy) = &self.retry {
            call = call.with_retry(policy.clone());
        }
        let page = call.send().await?;
        if page.next_cursor.is_some() && page.next_cursor == cursor {
            return Err(Error::Decode {
                endpoint: format!("{} {}", E::METHOD, E::PATH),
                status: http::StatusCode::OK,
                path: "next_cursor".to_owned(),
                request_id: None,
                source: DecodeReason::CursorStandsStill,
            });
        }
        Ok(page)
    }
}
