//! An application in memory with a fixed clock and seeded ids, and an office in it.

use std::sync::Arc;

use chrono::{TimeZone as _, Utc};
use sister_cities_app::App;
use sister_cities_app::clock::FixedClock;
use sister_cities_domain::id::SeededIds;
use sister_cities_storage::Database;
use sister_cities_storage::memory::MemoryStore;

/// An empty application on 23 November 2026.
pub fn app() -> App {
    app_over(Database::new(MemoryStore::new()))
}

pub fn app_over(database: Database) -> App {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
    App::new(database, Arc::new(FixedClock::at(now)), Arc::new(SeededIds::new(7)))
}
