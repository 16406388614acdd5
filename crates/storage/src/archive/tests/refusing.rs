//! What is no whole archive, or does not fit, is refused by name, and nothing of it is stored.

use std::path::PathBuf;

use super::given::{Folder, bytes, programme, tamper};
use crate::archive::{ArchiveError, export_programme, import_programme};
use crate::conformance::typed::Office;
use crate::conformance::vault::key;
use crate::{Database, Realm};

/// An archive, and an empty database to put it into.
struct Given {
    folder: Folder,
    office: Office,
    file: PathBuf,
    empty: Database,
}

impl Given {
    async fn new() -> Self {
        let folder = Folder::new();
        let (home, office) = programme(&folder.sqlite("home.db")).await;
        let file = folder.path("whole");
        export_programme(&home, office.programme.id, &file, None).await.expect("an export");
        let empty = folder.sqlite("empty.db").sealed_by(key(1));
        Self { folder, office, file, empty }
    }

    async fn refuses(&self, content: &[u8]) -> ArchiveError {
        let file = self.folder.path("broken");
        std::fs::write(&file, content).expect("written");
        let refused = import_programme(&self.empty, &file, None).await;
        self.is_empty().await;
        refused.expect_err("an archive that is not whole")
    }

    async fn refuses_tampered(&self, replace: impl Fn(&str, &str) -> String) -> ArchiveError {
        let file = self.folder.path("tampered");
        tamper(&self.file, &file, replace);
        let refused = import_programme(&self.empty, &file, None).await;
        self.is_empty().await;
        refused.expect_err("an archive that somebody tampered with")
    }

    async fn is_empty(&self) {
        assert_eq!(self.empty.programmes(None, 1).await, Ok(Vec::new()));
        let counts = self.empty.programme(self.office.programme.id).counts().await.expect("counts");
        assert!(counts.values().all(|count| *count == 0), "{counts:?}");
    }
}

/// Changes one file of the archive.
fn in_file(end: &'static str, from: &'static str, to: &'static str) -> impl Fn(&str, &str) -> String {
    move |name, text| {
        if !name.ends_with(end) {
            return text.to_owned();
        }
        assert!(text.contains(from), "{name} has {from}");
        text.replacen(from, to, 1)
    }
}

#[tokio::test]
async fn an_archive_cut_anywhere_is_refused() {
    let given = Given::new().await;
    let whole = bytes(&given.file);
    for tenth in 0..20 {
        let error = given.refuses(&whole[..whole.len() * tenth / 20]).await;
        assert!(matches!(error, ArchiveError::NotWhole(_)), "{tenth}: {error}");
    }
    let error = given.refuses(&whole[..whole.len() - 1]).await;
    assert!(matches!(error, ArchiveError::NotWhole(_)), "{error}");
    import_programme(&given.empty, &given.file, None).await.expect("the whole is taken");
}

#[tokio::test]
async fn a_changed_byte_in_the_content_is_refused() {
    let given = Given::new().await;
    let whole = bytes(&given.file);
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(&given.file).expect("a file")).expect("an archive");
    for at in 0..archive.len() {
        let entry = archive.by_index(at).expect("a file");
        let middle = entry.data_start().expect("content") + entry.compressed_size() / 2;
        let mut broken = whole.clone();
        broken[usize::try_from(middle).expect("a place")] ^= 0x10;
        given.refuses(&broken).await;
    }
}

#[tokio::test]
async fn a_wrong_checksum_names_the_part() {
    let given = Given::new().await;
    // The line is changed, and the manifest is not told.
    let file = given.folder.path("unsaid");
    tamper(&given.file, &file, |name, text| match name {
        "manifest.json" => text.replacen("\"sha256\": \"", "\"sha256\": \"0", 1),
        _ => text.to_owned(),
    });
    let refused = import_programme(&given.empty, &file, None).await;
    assert!(matches!(refused, Err(ArchiveError::NotWhole(_))), "a hash of 65 digits: {refused:?}");
    let changes = crate::content_hash(b"another").to_string();
    let error = given
        .refuses_tampered(|name, text| {
            let found = text.split("\"sha256\": \"").nth(1).map(|rest| rest[..64].to_owned());
            match (name, found) {
                ("manifest.json", Some(first)) => text.replace(&first, &changes),
                _ => text.to_owned(),
            }
        })
        .await;
    assert!(
        matches!(&error, ArchiveError::Checksum { part, .. } if part.ends_with("changes.ndjson")),
        "{error}"
    );
}

#[tokio::test]
async fn an_unknown_version_is_refused_before_anything_else() {
    let given = Given::new().await;
    let error = given
        .refuses_tampered(in_file("manifest.json", "\"version\": 1", "\"version\": 2, \"unheard_of\": true"))
        .await;
    let expected = "the archive has the format version 2, and this program reads up to 1: read it with the program that wrote it, or a newer one";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_line_that_says_something_else_is_refused_by_its_place() {
    let given = Given::new().await;
    for (file, from, to, wanted) in [
        ("changes.ndjson", "\"number\":1,", "\"number\":9,", "line 1 of "),
        ("records/place.ndjson", "\"revision\":1", "\"revision\":0", "expected a revision from 1"),
        ("records/place.ndjson", "\"id\":\"plc_", "\"id\":\"prt_", "expected a record of kind place"),
        ("work.ndjson", "\"state\":\"done\"", "\"state\":\"undone\"", "expected one of the states"),
        ("keys.ndjson", "\"wrapped\":\"", "\"wrapped\":\"!", "expected Base64"),
        ("history.ndjson", "\"change\":", "\"change\":9000", "there is no change 9000"),
        ("documents.ndjson", "\"bytes\":", "\"bytes\":17000000", "at most 16 MiB"),
        ("replies.ndjson", "\"status\"", "\"state\"", "unknown field"),
    ] {
        let error = given.refuses_tampered(in_file(file, from, to)).await;
        assert!(matches!(&error, ArchiveError::Line { part, .. } if part.ends_with(file)), "{error}");
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

#[tokio::test]
async fn a_sensitive_value_in_the_clear_is_refused() {
    let given = Given::new().await;
    let error = given
        .refuses_tampered(in_file("records/engagement.ndjson", "\"care\":\"sealed:1:1:", "\"care\":\"plain:"))
        .await;
    assert!(error.to_string().contains("is sensitive and is not encrypted"), "{error}");
}

#[tokio::test]
async fn a_journal_that_was_rewritten_is_refused_though_every_checksum_is_right() {
    let given = Given::new().await;
    let error = given.refuses_tampered(in_file("journal.ndjson", "\"name\":\"", "\"name\":\"x")).await;
    assert!(matches!(&error, ArchiveError::Journal { realm: Realm::Programme(_), .. }), "{error}");
    assert!(error.to_string().contains("is not what was committed"), "{error}");
}

#[tokio::test]
async fn a_file_that_the_manifest_does_not_speak_of_is_refused() {
    let given = Given::new().await;
    let error = given
        .refuses_tampered(in_file(
            "manifest.json",
            "\"file\": \"work.ndjson\"",
            "\"file\": \"replies.ndjson\"",
        ))
        .await;
    assert!(error.to_string().contains("SHA-256"), "{error}");
    let file = given.folder.path("more");
    std::fs::copy(&given.file, &file).expect("a copy");
    let target = std::fs::OpenOptions::new().read(true).write(true).open(&file).expect("a file");
    let mut zip = zip::ZipWriter::new_append(target).expect("an archive");
    zip.start_file("extra.txt", zip::write::SimpleFileOptions::default()).expect("a file");
    zip.finish().expect("an archive");
    let refused = import_programme(&given.empty, &file, None).await;
    assert_eq!(
        refused.map_err(|error| error.to_string()).err().as_deref(),
        Some("the archive holds extra.txt, of which its manifest says nothing")
    );
    given.is_empty().await;
}

#[tokio::test]
async fn a_programme_that_is_there_is_not_written_over() {
    let given = Given::new().await;
    import_programme(&given.empty, &given.file, None).await.expect("an import");
    let before = given.empty.programme(given.office.programme.id).dump().await;
    let again = import_programme(&given.empty, &given.file, None).await;
    assert!(matches!(again, Err(ArchiveError::Exists(_))), "{again:?}");
    assert_eq!(given.empty.programme(given.office.programme.id).dump().await, before);
    let existing = export_programme(&given.empty, given.office.programme.id, &given.file, None).await;
    assert!(matches!(existing, Err(ArchiveError::FileExists)), "{existing:?}");
}

#[tokio::test]
async fn a_programme_that_is_not_there_has_no_archive() {
    let given = Given::new().await;
    let id = sister_cities_domain::id::ProgrammeId::from_uuid(uuid::Uuid::max());
    let file = given.folder.path("none");
    let none = export_programme(&given.empty, id, &file, None).await;
    assert!(matches!(none, Err(ArchiveError::NoProgramme(_))), "{none:?}");
    assert!(!file.exists());
}

#[tokio::test]
async fn without_a_master_key_sensitive_values_are_not_taken() {
    let given = Given::new().await;
    let bare = given.folder.sqlite("bare.db");
    let refused = import_programme(&bare, &given.file, None).await;
    assert!(matches!(refused, Err(ArchiveError::Keys(_))), "{refused:?}");
    assert_eq!(bare.programmes(None, 1).await, Ok(Vec::new()));
}
