//! How much work something is, counted in allocations: the same on every machine, however busy it is.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use allocation_counter::measure;

/// Does something, and answers how often memory was asked for on this thread meanwhile.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let mut done = None;
    let taken = measure(|| done = Some(work())).count_total;
    (done.unwrap_or_else(|| unreachable!("the work was done")), taken)
}

/// The same of what is waited for: what is done on this thread for it, and not what other threads do.
pub async fn counted_while<T>(work: impl Future<Output = T>) -> (T, u64) {
    let mut counting = Counting { work: pin!(work), taken: 0 };
    let done = (&mut counting).await;
    (done, counting.taken)
}

struct Counting<'a, F> {
    work: Pin<&'a mut F>,
    taken: u64,
}

impl<F: Future> Future for &mut Counting<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let (polled, taken) = counted(|| self.work.as_mut().poll(cx));
        self.taken += taken;
        polled
    }
}

/// Whether what is ten times as long is no more work than that: n log n, which is 18 times from 20 to 200, and something for the noise of whole pages. Each is given as the work for one, for
/// `n` and for `10 n`; what is refused early is none.
#[must_use]
pub const fn grows_gently(one: u64, few: u64, many: u64) -> bool {
    let (few, many) = (few.saturating_sub(one), many.saturating_sub(one));
    many <= 20 * if few > 300 { few } else { 300 }
}
