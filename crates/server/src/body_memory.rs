//! Knows how much memory the bodies of all requests may hold at once.

use std::sync::Arc;
use std::time::Duration;

use sister_cities_api::ProblemKind;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{ApiError, ApiResult};
use crate::settings::Limits;

/// After how long somebody that was refused may come again.
const COME_AGAIN: Duration = Duration::from_secs(2);
/// Memory is counted in pieces of this size, in bytes.
const PIECE: usize = 1 << 10;

/// The memory for the bodies of all requests.
#[derive(Clone)]
pub(crate) struct BodyMemory(Arc<Semaphore>);

/// The memory for one body, given back when dropped.
pub(crate) struct HeldMemory {
    _permit: Option<OwnedSemaphorePermit>,
}

impl BodyMemory {
    /// As much as the limits say.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self(Arc::new(Semaphore::new(limits.bodies.div_ceil(PIECE).min(Semaphore::MAX_PERMITS))))
    }

    /// Holds memory for a body of that many bytes, before it is read; refused at once if there is none.
    pub(crate) fn hold(&self, bytes: usize) -> ApiResult<HeldMemory> {
        if bytes == 0 {
            return Ok(HeldMemory { _permit: None });
        }
        let pieces = u32::try_from(bytes.div_ceil(PIECE)).unwrap_or(u32::MAX);
        self.0
            .clone()
            .try_acquire_many_owned(pieces)
            .map(|permit| HeldMemory { _permit: Some(permit) })
            .map_err(|_| {
                let detail = "the bodies of other requests fill the memory for bodies";
                ApiError::new(ProblemKind::Overloaded).detail(detail).retry_after(COME_AGAIN)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_share_one_memory_and_give_it_back() {
        let memory = BodyMemory::new(&Limits { bodies: 10 << 10, ..Limits::default() });
        let most = memory.hold(9 << 10).expect("there is room");
        assert!(memory.hold(0).is_ok(), "no body needs none");
        let small = memory.hold(1).expect("there is one piece left");
        let refused = memory.hold(1).err().expect("it is full");
        assert_eq!((refused.problem.status, refused.retry_after), (503, Some(COME_AGAIN)));
        drop((most, small));
        assert!(memory.hold(10 << 10).is_ok());
    }
}
