//! Programmes to move, places to move them to, and archives that somebody has tampered with.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use sister_cities_domain::id::ProgrammeId;
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::conformance::erasure::record_the_person;
use crate::conformance::sample::{later, now};
use crate::conformance::typed::Office;
use crate::conformance::vault::{care, key};
use crate::sqlite::SqliteStore;
use crate::work::{LeaseRequest, Retry};
use crate::{ChangeSet, Database, content_hash};

/// A folder for databases and archives.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// An empty database in a file of that name.
    pub(crate) fn sqlite(&self, name: &str) -> Database {
        Database::new(SqliteStore::open(&self.path(name)).expect("a database"))
    }
}

/// A programme with everything that can be in one: past, tombstones, documents, replies, work in every state, sensitive values.
pub(crate) async fn programme(plain: &Database) -> (Database, Office) {
    let office = Office::open(plain).await;
    record_the_person(plain, &office).await;
    let sealed = plain.clone().sealed_by(key(1));
    care(&sealed, &office, "allergic to nuts").await.expect("a commit");
    care(&sealed, &office, "nothing any more").await.expect("a commit");
    add_work(&sealed, office.programme.id).await;
    (sealed, office)
}

async fn add_work(database: &Database, programme: ProgrammeId) {
    let mut changes = ChangeSet::new(programme, &sister_cities_domain::access::Actor::System, now());
    changes.event_raw(crate::conformance::sample::event(crate::Realm::from(programme).record()));
    changes.document(b"Article 1\0\xff".to_vec());
    for (number, topic) in (1..).zip(["done", "dead", "leased", "ready", "later"]) {
        let due = if topic == "later" { later(48) } else { now() };
        changes.work(Uuid::from_u128(number), topic, due);
    }
    database.commit(changes).await.expect("a commit");
    let queue = database.work();
    for topic in ["done", "dead", "leased"] {
        let request = LeaseRequest {
            topic,
            owner: "worker-1".to_owned(),
            limit: 1,
            now: later(1),
            lease: TimeDelta::minutes(5),
        };
        let claim = queue.lease(request).await.expect("a lease")[0].claim;
        match topic {
            "done" => queue.complete(claim, later(1)).await.expect("done"),
            "dead" => {
                let error = "no such mailbox: \0\u{1}".to_owned();
                queue.fail(claim, error, Retry::Never, later(1)).await.expect("dead");
            }
            _ => {}
        }
    }
}

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file")
}

/// An archive with files of it replaced, and a manifest that knows.
pub(crate) fn tamper(from: &Path, to: &Path, replace: impl Fn(&str, &str) -> String) {
    let mut archive = ZipArchive::new(File::open(from).expect("a file")).expect("an archive");
    let mut writer = ZipWriter::new(File::create(to).expect("a file"));
    let mut hashes: Vec<(String, String)> = Vec::new();
    let names: Vec<String> = (0..archive.len())
        .map(|at| archive.by_index(at).expect("a file").name().expect("a name").into_owned())
        .collect();
    for name in names {
        let mut content = Vec::new();
        archive.by_name(&name).expect("a file").read_to_end(&mut content).expect("bytes");
        if let Ok(text) = std::str::from_utf8(&content) {
            let mut new = replace(&name, text);
            if name == "manifest.json" {
                for (old, fresh) in &hashes {
                    new = new.replace(old, fresh);
                }
            } else if new != text {
                hashes.push((content_hash(&content).to_string(), content_hash(new.as_bytes()).to_string()));
            }
            content = new.into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).expect("a file");
        writer.write_all(&content).expect("written");
    }
    writer.finish().expect("an archive");
}
