//! Archives of programmes.

use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};
use sister_cities_domain::value::ContentHash;
use sister_cities_storage::Database;
use sister_cities_storage::archive::import_programme;
use sister_cities_storage::sqlite::SqliteStore;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::parts;

/// What an archive says about itself.
const MANIFEST: &str = "manifest.json";

/// A database that holds nothing, and is used until it does.
static PLACE: Mutex<Option<Place>> = Mutex::new(None);

struct Place {
    runtime: Runtime,
    database: Database,
    _folder: TempDir,
}

impl Place {
    fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("empty.db")).expect("a database");
        let runtime = Runtime::new().expect("a runtime");
        Self { runtime, database: Database::new(store), _folder: folder }
    }
}

/// An archive, or its parts, whose checksums and numbers of lines are then made right.
pub(super) fn take(bytes: &[u8]) {
    let archive = if parts::is_zip(bytes) {
        Some(bytes.to_vec())
    } else {
        parts::zipped(&consistent(parts::parts(bytes)))
    };
    let Some(archive) = archive else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("programme.zip");
    std::fs::write(&file, archive).expect("a file");
    let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    let Place { runtime, database, .. } = place.get_or_insert_with(Place::empty);
    let taken = runtime.block_on(async {
        match import_programme(database, &file, None).await {
            Ok(manifest) => {
                let programme = manifest.realms.first().and_then(|realm| realm.programme);
                let programme = database.programme(programme.expect("what was imported is a programme"));
                programme.verify_journal().await.expect("a journal that was taken is whole");
                true
            }
            Err(refused) => {
                assert!(!refused.to_string().is_empty(), "a refusal says why");
                let programmes = database.programmes(None, 1).await.expect("a database");
                assert!(programmes.is_empty(), "nothing is stored of what was refused");
                false
            }
        }
    });
    if taken {
        *place = None;
    }
}

/// The parts with a manifest that fits them, so that what is in them is looked at.
fn consistent(mut parts: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let Some(at) = parts.iter().position(|(name, _)| name == MANIFEST) else { return parts };
    let Ok(mut manifest) = serde_json::from_slice::<serde_json::Value>(&parts[at].1) else { return parts };
    for realm in manifest["realms"].as_array_mut().into_iter().flatten() {
        let folder = realm["folder"].as_str().unwrap_or_default().to_owned();
        for part in realm["parts"].as_array_mut().into_iter().flatten() {
            let name = format!("{folder}/{}", part["file"].as_str().unwrap_or_default());
            if let Some((_, content)) = parts.iter().find(|(known, _)| *known == name)
                && let Some(part) = part.as_object_mut()
            {
                part.insert("lines".to_owned(), content.split(|byte| *byte == b'\n').skip(1).count().into());
                part.insert(
                    "sha256".to_owned(),
                    ContentHash::from_bytes(Sha256::digest(content).into()).to_string().into(),
                );
            }
        }
    }
    parts[at].1 = manifest.to_string().into_bytes();
    parts
}
