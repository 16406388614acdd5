//! Who was erased is in nothing that is taken out afterwards.

use std::fs::File;
use std::path::Path;

use super::given::{Folder, programme};
use crate::archive::export_programme;
use crate::backup;
use crate::conformance::erasure::{CANARY, erase_canary};
use crate::conformance::sample::later;

#[tokio::test]
async fn who_was_erased_from_a_file_is_in_no_export_backup_or_byte_of_it() {
    let folder = Folder::new();
    let database = folder.sqlite("home.db");
    erased(&folder, &database).await;
    drop(database);
    for suffix in ["", "-wal"] {
        let bytes = std::fs::read(folder.path(&format!("home.db{suffix}"))).unwrap_or_default();
        assert!(!holds(&bytes), "home.db{suffix}");
    }
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn who_was_erased_from_a_server_is_in_no_export_no_backup_and_no_table() {
    use crate::postgres::PostgresStore;
    let Some(found) = crate::testing::database().await else { return };
    let folder = Folder::new();
    let store = PostgresStore::open(&found.options().owner(found.owner_url())).await.expect("a database");
    let database = crate::Database::new(store);
    erased(&folder, &database).await;
    let admin = found.connect(&found.admin_url()).await;
    assert!(!files(&admin).await.is_empty());
    // Somebody writes in another database of the cluster, which keeps the server from forgetting anything. It is waited for.
    let elsewhere = found.connect(&found.neighbour_url()).await;
    elsewhere.batch_execute("BEGIN; SELECT pg_current_xact_id()").await.expect("a transaction");
    let store = database.store();
    let mut cleared = store.clear_replaced();
    let early = tokio::time::timeout(std::time::Duration::from_millis(300), &mut cleared).await;
    assert!(early.is_err(), "{early:?}");
    elsewhere.batch_execute("COMMIT").await.expect("an end");
    assert_eq!(cleared.await, crate::Traces::Gone);
    assert_eq!(files(&admin).await, Vec::<String>::new(), "no file of a table holds the name");

    let without_owner = crate::Database::new(found.open().await);
    let left = without_owner.store().clear_replaced().await;
    assert!(
        matches!(&left, crate::Traces::Left { reason } if reason.contains("--owner-database")),
        "{left:?}"
    );
}

/// The tables whose files hold the name, dead rows included.
#[cfg(feature = "testing")]
async fn files(admin: &tokio_postgres::Client) -> Vec<String> {
    admin.batch_execute("CHECKPOINT").await.expect("everything is in the files");
    let tables = admin
        .query(
            "SELECT c.relname::text, pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c \
             WHERE c.relnamespace = 'sister_cities'::regnamespace AND c.relkind IN ('r', 'i')",
            &[],
        )
        .await
        .expect("the files");
    let named = tables.iter().filter(|row| holds(row.get(1))).map(|row| row.get(0));
    named.collect()
}

async fn erased(folder: &Folder, plain: &crate::Database) {
    let (database, office) = programme(plain).await;
    let id = office.programme.id;
    let [before, after, whole] = ["before", "after", "whole"].map(|name| folder.path(name));
    let held = export_programme(&database, id, &before, None).await.expect("an export");
    assert!(holds(&unpacked(&before)), "the person is in there");
    let counts = database.programme(id).counts().await;

    erase_canary(&database, later(30)).await;
    let exported = export_programme(&database, id, &after, None).await.expect("an export");
    backup::create(&database, &whole, later(31)).await.expect("a backup");
    for file in [&after, &whole] {
        assert!(!holds(&unpacked(file)), "{}", file.display());
    }
    assert_eq!(database.programme(id).counts().await, counts, "totals stay");
    assert_eq!(exported.realms[0].records(), held.realms[0].records());
    database.programme(id).verify_journal().await.expect("a whole journal");
    let examined = backup::verify(&whole, None).await.expect("a sound backup");
    assert!(examined.journals.iter().all(|journal| journal.result.is_ok()), "{examined:?}");
}

/// All that is in an archive.
fn unpacked(file: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    let mut archive = zip::ZipArchive::new(File::open(file).expect("a file")).expect("an archive");
    for at in 0..archive.len() {
        std::io::copy(&mut archive.by_index(at).expect("a file"), &mut all).expect("bytes");
    }
    all
}

/// Whether the person is named, whatever the case: by the first name, as letters beyond ASCII have several forms.
fn holds(bytes: &[u8]) -> bool {
    let first = CANARY.split(' ').next().expect("a first name").to_lowercase();
    let lower = bytes.to_ascii_lowercase();
    lower.windows(first.len()).any(|part| part == first.as_bytes())
}
