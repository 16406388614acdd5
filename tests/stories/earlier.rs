//! What an earlier program stored: a database, an export and a backup are read by this one, and it answers as that one did.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_storage::Database;
use sister_cities_storage::archive::{WaitingWork, import_programme};
use sister_cities_storage::backup::restore;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::vault::MasterKey;
use sister_cities_tests::World;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_database_and_an_archive_of_every_earlier_program_are_read_by_this_one() {
    let mut all: Vec<PathBuf> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("made-by-")))
        .collect();
    all.sort();
    assert!(!all.is_empty());
    for folder in all {
        println!("{}", folder.display());
        Made(folder).is_read().await;
    }
}

/// What an earlier program made: see `tests/data/README.md`.
struct Made(PathBuf);

impl Made {
    async fn is_read(&self) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("programme.db");
        std::fs::write(&file, self.unpacked("programme.db.gz")).unwrap();
        self.answers_as_before(&self.database(&file), |_| true).await;

        let restored = self.database(&folder.path().join("restored.db"));
        restore(&restored, &self.0.join("everything.backup"), WaitingWork::Resume).await.unwrap();
        self.answers_as_before(&restored, |_| true).await;

        // Birmingham is not in Chicago's file, nor the token for all that was done at the end.
        let moved = self.database(&folder.path().join("moved.db"));
        import_programme(&moved, &self.0.join("chicago.zip"), None).await.unwrap();
        let chicago = self.tokens().remove(0).0;
        let of_chicago = |path: &str| path.contains(&chicago.to_string()) && !path.contains("/links");
        self.answers_as_before(&moved, of_chicago).await;
    }

    /// Asks a server on the database for everything that was asked of the earlier one, and compares. Then proves the journals.
    async fn answers_as_before(&self, database: &Database, ask: impl Fn(&str) -> bool) {
        let day = self.text("day");
        let world = World::over(database.clone(), day.trim(), 1960).await;
        let tokens = self.tokens();
        let mut asked = 0;
        for line in String::from_utf8(self.unpacked("answers.jsonl.gz")).unwrap().lines() {
            let (path, mut before): (String, serde_json::Value) = serde_json::from_str(line).unwrap();
            if !ask(&path) {
                continue;
            }
            let by = tokens.iter().find(|(programme, _)| path.contains(&programme.to_string()));
            let (_, token) = by.unwrap_or(&tokens[0]);
            let mut now = get(world.base_url(), &path, token).await;
            for page in [&mut before, &mut now] {
                // Cursors are signed by each server with a key of its own.
                if let Some(cursor) = page.get_mut("next_cursor") {
                    *cursor = serde_json::Value::Null;
                }
            }
            without_new_fields(&mut now, &before);
            assert!(now == before, "{path} answers otherwise: {:?}", first_difference(&now, &before));
            asked += 1;
        }
        assert!(asked >= 30, "{asked} answers compared");
        for (programme, _) in &tokens {
            database.programme(*programme).verify_journal().await.unwrap();
        }
    }

    fn database(&self, file: &Path) -> Database {
        let key = MasterKey::from_text(self.text("master.key").trim()).unwrap();
        Database::new(SqliteStore::open(file).unwrap()).sealed_by(key)
    }

    /// Each programme and the token that opens it.
    fn tokens(&self) -> Vec<(ProgrammeId, String)> {
        let text = self.text("tokens");
        let pairs = text.lines().map(|line| line.split_once(' ').unwrap());
        pairs.map(|(programme, token)| (programme.parse().unwrap(), token.to_owned())).collect()
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn unpacked(&self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(self.0.join(name)).unwrap())
            .read_to_end(&mut bytes)
            .unwrap();
        bytes
    }
}

/// The fields that answers have got since: a programme's numbers for due work, whether an engagement is asked about, how many lines
/// of an import were left for later, how many may count and how surely each. Whatever else differs is a mistake.
const SINCE: &[&str] = &["due", "follow_up", "later", "counted_as", "possible_number", "undated_number"];

/// Takes the fields away that there were not.
fn without_new_fields(now: &mut serde_json::Value, before: &serde_json::Value) {
    use serde_json::Value::{Array, Object};
    match (now, before) {
        (Object(now), Object(before)) => {
            now.retain(|name, _| before.contains_key(name) || !SINCE.contains(&name.as_str()));
            for (name, now) in now {
                if let Some(before) = before.get(name) {
                    without_new_fields(now, before);
                }
            }
        }
        (Array(now), Array(before)) => {
            for (now, before) in now.iter_mut().zip(before) {
                without_new_fields(now, before);
            }
        }
        _ => {}
    }
}

/// The first line in which two replies differ, now and before.
fn first_difference(now: &serde_json::Value, before: &serde_json::Value) -> Option<(String, String)> {
    let [now, before] = [now, before].map(|reply| format!("{reply:#}"));
    let mut lines = now.lines().zip(before.lines()).map(|(now, before)| (now.to_owned(), before.to_owned()));
    lines.find(|(now, before)| now != before)
}

async fn get(base_url: &str, path: &str, token: &str) -> serde_json::Value {
    let host = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{path}: {error}: {body}"))
}
