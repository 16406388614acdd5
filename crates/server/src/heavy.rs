//! Knows work that costs more than a moment: it is done beside the threads that answer, only so much of it at once, and ends with
//! its request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sister_cities_api::ProblemKind;
use sister_cities_domain::id::TokenId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio_util::sync::CancellationToken;

use crate::error::{ApiError, ApiResult};
use crate::settings::Limits;

/// After how long somebody that was refused may come again.
const COME_AGAIN: Duration = Duration::from_secs(2);

/// What the work of an endpoint takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// A moment, whatever the request says.
    Light,
    /// Time and memory that grow with what lies in the programme: many records are read and reckoned with.
    Report,
    /// Much of both: a file is read.
    File,
    /// As much, and many records are written at once: what was begun is finished, even if nobody waits for the answer any more.
    FileToTheEnd,
}

/// The places for heavy work.
#[derive(Clone)]
pub(crate) struct HeavyWork {
    reports: Places,
    files: Places,
}

/// The places for work of one weight.
#[derive(Clone)]
struct Places {
    most: usize,
    free: Arc<Semaphore>,
    by_token: Arc<Mutex<HashMap<TokenId, usize>>>,
    most_per_token: usize,
}

/// One place, given back when dropped.
struct Place {
    _permit: OwnedSemaphorePermit,
    _of_token: Option<PlaceOfToken>,
}

/// One of the places that a token may have, given back when dropped.
struct PlaceOfToken {
    by_token: Arc<Mutex<HashMap<TokenId, usize>>>,
    token: TokenId,
}

impl HeavyWork {
    /// As many places as the limits say.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            reports: Places::new(limits.reports, limits.reports_per_token),
            files: Places::new(limits.files, limits.files_per_token),
        }
    }

    /// How many places there are and how many are taken, for reports and for files.
    pub(crate) fn places(&self) -> [(&'static str, usize, usize); 2] {
        [("report", &self.reports), ("file", &self.files)].map(|(weight, places)| {
            (weight, places.most, places.most.saturating_sub(places.free.available_permits()))
        })
    }

    /// Does the work of a request: at once if it is light, else in a place of its own on a thread of its own, which makes way for those
    /// that answer. If there is no place it is refused at once. When the request is given up, so is the work, at the next point where it
    /// waits, unless it is done to the end.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        weight: Weight,
        token: Option<TokenId>,
        work: impl Future<Output = ApiResult<T>> + Send + 'static,
    ) -> ApiResult<T> {
        let places = match weight {
            Weight::Light => return work.await,
            Weight::Report => &self.reports,
            Weight::File | Weight::FileToTheEnd => &self.files,
        };
        let place = places.take(token)?;
        let given_up = CancellationToken::new();
        let _with_request = (weight != Weight::FileToTheEnd).then(|| given_up.clone().drop_guard());
        let work = async move {
            let done = given_up.run_until_cancelled(work).await;
            // Whoever is answered may ask again at once.
            drop(place);
            done
        };
        match beside("heavy-work", work).await {
            Ok(Some(done)) => done,
            // Nobody is there to be told.
            Ok(None) => Err(ApiError::unavailable("the request was given up")),
            Err(NotDone::NoThread) => Err(ApiError::unavailable("there is no room for another thread")),
            Err(broke @ NotDone::Broke) => Err(ApiError::internal(broke)),
        }
    }
}

/// Why work on a thread of its own has no result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDone {
    /// The machine has no room for another thread.
    #[error("there is no room for another thread")]
    NoThread,
    /// It panicked, which was logged, or the program ends.
    #[error("work broke off")]
    Broke,
}

/// Does work on a thread of its own, which makes way for those that answer. It goes on if nobody waits for it any more, as long as the runtime does.
pub(crate) async fn beside<T: Send + 'static>(
    name: &str,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, NotDone> {
    let runtime = tokio::runtime::Handle::current();
    let span = tracing::Span::current();
    let (answer, answered) = oneshot::channel();
    // Ends with the runtime: what waits for time then, or for a connection, would panic.
    let mut runtime_ends = runtime.spawn(std::future::pending::<()>());
    let work = move || {
        let _span = span.enter();
        make_way();
        let done = runtime.block_on(async {
            tokio::select! {
                biased;
                _ = &mut runtime_ends => None,
                done = work => Some(done),
            }
        });
        runtime_ends.abort();
        if let Some(done) = done {
            // Whoever asked may be gone.
            let _ = answer.send(done);
        }
    };
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map_err(|_| NotDone::NoThread)?;
    answered.await.map_err(|_| NotDone::Broke)
}

/// Leaves the processor to those who answer: this thread, and those that it starts, run when there is nothing else to do.
fn make_way() {
    // Where the system does not let it, heavy work is as urgent as the rest.
    #[cfg(unix)]
    let _ = rustix::process::nice(10);
}

impl Places {
    fn new(most: usize, most_per_token: usize) -> Self {
        Self { most, free: Arc::new(Semaphore::new(most)), by_token: Arc::default(), most_per_token }
    }

    fn take(&self, token: Option<TokenId>) -> ApiResult<Place> {
        let of_token = token.map(|token| self.take_of_token(token)).transpose()?;
        let permit = self.free.clone().try_acquire_owned().map_err(|_| {
            let detail = "others have such work done now, as much of it as is done at once";
            ApiError::new(ProblemKind::Overloaded).detail(detail).retry_after(COME_AGAIN)
        })?;
        Ok(Place { _permit: permit, _of_token: of_token })
    }

    fn take_of_token(&self, token: TokenId) -> ApiResult<PlaceOfToken> {
        let mut by_token = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        let here = by_token.entry(token).or_default();
        if *here >= self.most_per_token {
            let detail = format!("a token may have {} such requests worked on at once", self.most_per_token);
            return Err(ApiError::new(ProblemKind::RateLimited).detail(detail).retry_after(COME_AGAIN));
        }
        *here += 1;
        Ok(PlaceOfToken { by_token: self.by_token.clone(), token })
    }
}

impl Drop for PlaceOfToken {
    fn drop(&mut self) {
        let mut by_token = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = by_token.get_mut(&self.token) {
            *here -= 1;
            if *here == 0 {
                by_token.remove(&self.token);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sister_cities_domain::id::SeededIds;

    use super::*;

    fn limits(reports: usize, reports_per_token: usize) -> Limits {
        Limits { reports, reports_per_token, ..Limits::default() }
    }

    #[tokio::test]
    async fn what_is_over_the_limit_is_refused_at_once_by_token_and_in_all() {
        let heavy = HeavyWork::new(&limits(2, 1));
        let ids = SeededIds::new(1);
        let tokens = [TokenId::next(&ids), TokenId::next(&ids), TokenId::next(&ids)];
        let begin = |token| {
            let heavy = heavy.clone();
            let (finish, may_finish) = oneshot::channel::<()>();
            let (begun, has_begun) = oneshot::channel::<()>();
            let task = tokio::spawn(async move {
                heavy
                    .run(Weight::Report, Some(token), async move {
                        let _ = begun.send(());
                        let _ = may_finish.await;
                        Ok(())
                    })
                    .await
                    .is_ok()
            });
            (task, finish, has_begun)
        };
        let (first, finish_first, has_begun) = begin(tokens[0]);
        has_begun.await.expect("the first is at work");
        let again =
            heavy.run(Weight::Report, Some(tokens[0]), async { Ok(()) }).await.expect_err("one is enough");
        assert_eq!(again.problem.status, 429);
        let (second, finish_second, has_begun) = begin(tokens[1]);
        has_begun.await.expect("the second is at work");
        let third =
            heavy.run(Weight::Report, Some(tokens[2]), async { Ok(()) }).await.expect_err("two are enough");
        assert_eq!((third.problem.status, third.retry_after), (503, Some(COME_AGAIN)));
        heavy
            .run(Weight::File, Some(tokens[2]), async { Ok(()) })
            .await
            .expect("files have places of their own");
        heavy.run(Weight::Light, Some(tokens[2]), async { Ok(()) }).await.expect("light work needs none");
        drop(finish_first);
        assert!(first.await.expect("no panic"));
        heavy.run(Weight::Report, Some(tokens[0]), async { Ok(()) }).await.expect("there is room again");
        drop(finish_second);
        assert!(second.await.expect("no panic"));
    }

    #[tokio::test]
    async fn work_ends_with_its_request_and_frees_its_place() {
        let heavy = HeavyWork::new(&limits(1, 1));
        let (held, released) = oneshot::channel::<()>();
        let (begun, has_begun) = oneshot::channel::<()>();
        let working = heavy.clone();
        let request = tokio::spawn(async move {
            working
                .run(Weight::Report, None, async move {
                    let _held = held;
                    let _ = begun.send(());
                    std::future::pending::<ApiResult<()>>().await
                })
                .await
        });
        has_begun.await.expect("it is at work");
        request.abort();
        // The sender is dropped with the work, not before.
        assert!(released.await.is_err());
        while heavy.run(Weight::Report, None, async { Ok(()) }).await.is_err() {
            tokio::task::yield_now().await;
        }
    }

    /// Tells whether it was dropped by a panic.
    struct Dropped(std::sync::mpsc::Sender<bool>);

    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.send(std::thread::panicking());
        }
    }

    #[test]
    fn work_ends_quietly_with_the_runtime() {
        let (told, panicked) = std::sync::mpsc::channel();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (begun, has_begun) = oneshot::channel();
        runtime.spawn(beside("waiting", async move {
            let _dropped = Dropped(told);
            // It waits already when it says so.
            tokio::join!(tokio::time::sleep(Duration::from_hours(1)), async { begun.send(()) })
        }));
        runtime.block_on(has_begun).expect("it is at work");
        drop(runtime);
        assert_eq!(panicked.recv(), Ok(false));
    }

    #[tokio::test]
    async fn work_to_the_end_goes_on_when_its_request_is_gone() {
        let heavy = HeavyWork::new(&limits(1, 1));
        let ((begun, has_begun), (finish, may_finish), (done, is_done)) =
            (oneshot::channel(), oneshot::channel::<()>(), oneshot::channel());
        let working = heavy.clone();
        let request = tokio::spawn(async move {
            let work = async move {
                let _ = begun.send(());
                let _ = may_finish.await;
                let _ = done.send(());
                Ok(())
            };
            working.run(Weight::FileToTheEnd, None, work).await
        });
        has_begun.await.expect("it is at work");
        request.abort();
        assert!(request.await.is_err(), "nobody waits for it");
        finish.send(()).expect("it still waits");
        is_done.await.expect("it was finished");
    }
}
