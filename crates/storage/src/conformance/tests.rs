//! The suite names each of its tests once, and `sqlite` and `postgres` run them all.

/// The function bodies of the suite, to see that the macro names each.
const MODULES: [&str; 18] = [
    include_str!("asked.rs"),
    include_str!("atomicity.rs"),
    include_str!("audit.rs"),
    include_str!("bulk.rs"),
    include_str!("documents.rs"),
    include_str!("erasure.rs"),
    include_str!("idempotency.rs"),
    include_str!("isolation.rs"),
    include_str!("journal.rs"),
    include_str!("lists.rs"),
    include_str!("recorded.rs"),
    include_str!("references.rs"),
    include_str!("revisions.rs"),
    include_str!("search.rs"),
    include_str!("typed.rs"),
    include_str!("uniqueness.rs"),
    include_str!("vault.rs"),
    include_str!("work.rs"),
];

#[test]
fn no_test_of_the_suite_is_forgotten() {
    let list = include_str!("mod.rs");
    for module in MODULES {
        for line in module.lines() {
            if let Some(test) = line.strip_prefix("pub async fn ") {
                let (name, _) = test.split_once('(').expect("a function");
                assert!(list.contains(&format!(" {name},")), "{name} is not run by any back end");
            }
        }
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use tempfile::TempDir;

    use crate::Database;
    use crate::sqlite::SqliteStore;

    async fn open() -> (Database, TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("test.db")).expect("a database");
        (Database::new(store), folder)
    }

    crate::conformance_tests!(open);
}

#[cfg(feature = "testing")]
mod postgres {
    use crate::Database;
    use crate::testing::{TestDatabase, database};

    async fn open() -> Option<(Database, TestDatabase)> {
        let found = database().await?;
        Some((Database::new(found.open().await), found))
    }

    crate::conformance_tests!(open);
}

/// Through a pooler as operators have one in between.
#[cfg(feature = "testing")]
mod pooled {
    use crate::postgres::{PostgresOptions, PostgresStore};
    use crate::testing::{PoolMode, Pooler, TestDatabase, database};
    use crate::{Database, Risk};

    async fn open() -> Option<(Database, (TestDatabase, Pooler))> {
        let found = database().await?;
        let pooler = Pooler::start(&found.url(), PoolMode::Session)?;
        let options = PostgresOptions::new(pooler.through(&found.url())).accept(Risk::NoFsync);
        let store = PostgresStore::open(&options).await.expect("it opens");
        Some((Database::new(store), (found, pooler)))
    }

    crate::conformance_tests!(open);
}
