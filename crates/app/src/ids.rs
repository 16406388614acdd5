//! New ids from the clock and the machine's randomness.

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};
use sister_cities_domain::id::IdSource;
use uuid::Uuid;

use crate::clock::Clock;

/// Makes UUIDs of version 7 that increase even within one millisecond (RFC 9562, 6.2, method 1), so that the order of ids is the order of
/// creation.
#[derive(Debug)]
pub struct SystemIds {
    clock: Arc<dyn Clock>,
    /// Secret of this source, from the operating system. The random bits of an id are the SHA-256 of it and a running number.
    seed: [u8; 32],
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    unix_ms: u64,
    /// Counts the ids of one millisecond; fills the 12 bits after the version.
    counter: u16,
    /// How many ids this source has made; what the next one is hashed from.
    generated: u64,
}

impl SystemIds {
    /// The largest number that the 12 bits hold.
    const MAX_COUNTER: u16 = 0x0fff;

    /// A source with a fresh seed.
    ///
    /// # Errors
    ///
    /// If the operating system gives no randomness; the program should not start then.
    pub fn new(clock: Arc<dyn Clock>) -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self { clock, seed, last: Mutex::default() })
    }
}

impl IdSource for SystemIds {
    fn next_uuid(&self) -> Uuid {
        let now = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // If the clock went back, the last time is kept, so that ids still increase.
        if now > last.unix_ms {
            (last.unix_ms, last.counter) = (now, 0);
        } else if last.counter == Self::MAX_COUNTER {
            (last.unix_ms, last.counter) = (last.unix_ms + 1, 0);
        } else {
            last.counter += 1;
        }
        last.generated += 1;
        let digest =
            Sha256::new().chain_update(self.seed).chain_update(last.generated.to_be_bytes()).finalize();
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        random[..2].copy_from_slice(&last.counter.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(last.unix_ms, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;
    use crate::clock::FixedClock;

    #[test]
    fn ten_thousand_ids_of_one_millisecond_rise_and_differ() {
        let clock = chrono::Utc.timestamp_millis_opt(1_767_225_600_000).single().expect("a time");
        let ids = SystemIds::new(Arc::new(FixedClock::at(clock))).expect("randomness");
        let made: Vec<_> = (0..10_000).map(|_| ids.next_uuid()).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(made.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn a_clock_that_jumps_back_does_not_make_ids_fall() {
        let at = |ms| chrono::Utc.timestamp_millis_opt(ms).single().expect("a time");
        let clock = Arc::new(FixedClock::at(at(2_000)));
        let ids = SystemIds::new(Arc::clone(&clock) as Arc<dyn Clock>).expect("randomness");
        let before = ids.next_uuid();
        clock.set(at(1_000));
        assert!(ids.next_uuid() > before);
    }
}
