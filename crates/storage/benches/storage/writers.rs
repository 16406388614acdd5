//! Writers that commit at the same time, each one change set after the other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sister_cities_domain::id::{IdSource as _, SeededIds};

use crate::town::{Town, change_set};

/// Durable commits in a second, by that many writers. The ids go on from one call to the next, as the program's do.
pub(crate) async fn commits(town: &Arc<Town>, writers: usize, length: Duration, ids: &Arc<SeededIds>) -> f64 {
    let begun = Instant::now();
    let end = begun + length;
    let writers: Vec<_> = (0..writers)
        .map(|writer| {
            let (town, ids) = (Arc::clone(town), Arc::clone(ids));
            tokio::spawn(async move {
                let mut stored = 0_u32;
                while Instant::now() < end {
                    let visit = town.visit_by(writer, stored as usize, ids.next_uuid());
                    let changes = change_set(&visit, ids.next_uuid());
                    town.database.commit(changes).await.expect("a commit");
                    stored += 1;
                }
                stored
            })
        })
        .collect();
    let mut stored = 0;
    for writer in writers {
        stored += writer.await.unwrap_or_default();
    }
    f64::from(stored) / begun.elapsed().as_secs_f64()
}
