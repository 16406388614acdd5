//! A PostgreSQL to test with, for the tests of this crate and of those above it.
//!
//! It is found by itself: the server named by the environment variable `DATABASE_URL` (a role that may create databases and roles),
//! else the server programs on this machine, started as a throw-away cluster that all test processes share and that ends a while
//! after the last of them. Each test gets a database of its own, copied from a migrated one.

mod cluster;
mod database;
mod pooler;
mod programs;
mod proxy;

pub use cluster::DurableCluster;
pub use database::{TestDatabase, bare_database, database};
pub use pooler::{HOW_TO_POOL, PoolMode, Pooler, find_pooler};
pub use programs::{HOW_TO, is_there, program};
pub use proxy::{Line, Proxy};
