//! An archive read by `docs/archive-format.md` alone, with general libraries for ZIP, JSON and SHA-256: no type of ours reads it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use sister_cities_domain::id::RecordKind;
use zip::ZipArchive;

use super::given::{Folder, programme};
use crate::archive::export_programme;

type Zip = ZipArchive<File>;

#[tokio::test]
async fn an_archive_is_read_and_its_journal_proved_by_the_documented_rules() {
    let folder = Folder::new();
    let (home, office) = programme(&folder.sqlite("home.db")).await;
    let path = folder.path("archive");
    export_programme(&home, office.programme.id, &path, None).await.expect("an export");

    let mut zip = Zip::new(File::open(&path).expect("a file")).expect("a ZIP file");
    let manifest: Json = serde_json::from_slice(&unpacked(&mut zip, "manifest.json")).expect("JSON");
    assert_eq!(manifest["format"], "sister-cities archive");
    assert_eq!(manifest["version"], 1);
    assert_eq!(manifest["holds"], "programme");
    let realm = &manifest["realms"][0];
    let parts = parts(&mut zip, realm);
    for file in ["changes.ndjson", "records/place.ndjson", "history.ndjson", "replies.ndjson", "keys.ndjson"]
    {
        assert!(!parts[file].is_empty(), "{file}");
    }
    assert_eq!(parts["records/programme.ndjson"][0]["id"], realm["programme"]);
    assert!(parts["history.ndjson"].iter().any(|line| line.get("body").is_none()), "a tombstone");
    let care = parts["records/engagement.ndjson"].iter().find_map(|line| line["body"]["care"].as_str());
    assert!(care.is_some_and(|care| care.starts_with("sealed:1:1:")), "{care:?}");
    documents(&mut zip, realm, &parts["documents.ndjson"]);

    let (last, seals) = proved(realm, &parts);
    assert_eq!(Json::from(hex(&last)), realm["journal"]["hash"]);
    assert_eq!(realm["journal"]["sequence"], parts["journal.ndjson"].len());
    assert!(seals > 4, "{seals} sealed values match");
}

#[test]
fn the_page_names_every_kind_of_record_with_its_file_and_prefix() {
    let page = include_str!("../../../tests/data/archive-format.md");
    let kinds = page.split("## The kinds of record").nth(1).expect("a chapter");
    for kind in RecordKind::ALL {
        let row = format!("| `{kind}.ndjson` | `{}` |", kind.prefix());
        assert!(kinds.contains(&row), "{row}");
    }
}

fn unpacked(zip: &mut Zip, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(name).expect("a file of that name").read_to_end(&mut bytes).expect("bytes");
    bytes
}

/// The lines of each part, which has as many as the manifest says, and its checksum.
fn parts(zip: &mut Zip, realm: &Json) -> BTreeMap<String, Vec<Json>> {
    let folder = realm["folder"].as_str().expect("a folder");
    let part = |part: &Json| {
        let file = part["file"].as_str().expect("a name");
        let bytes = unpacked(zip, &format!("{folder}/{file}"));
        assert_eq!(Json::from(hex(&Sha256::digest(&bytes))), part["sha256"], "{file}");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(part["lines"], lines.len(), "{file}");
        (file.to_owned(), lines)
    };
    realm["parts"].as_array().expect("a list").iter().map(part).collect()
}

fn documents(zip: &mut Zip, realm: &Json, lines: &[Json]) {
    let folder = realm["folder"].as_str().expect("a folder");
    for line in lines {
        let bytes = unpacked(zip, &format!("{folder}/documents/{}", line["hash"].as_str().expect("a hash")));
        assert_eq!(line["bytes"], bytes.len());
        assert_eq!(line["sha256"], hex(&Sha256::digest(&bytes)));
    }
}

/// Walks the chain; answers the last hash, and how many sealed values are what was sealed.
fn proved(realm: &Json, parts: &BTreeMap<String, Vec<Json>>) -> ([u8; 32], u32) {
    let (mut hash, mut matching) = ([0; 32], 0);
    for (place, line) in parts["journal.ndjson"].iter().enumerate() {
        assert_eq!(line["sequence"], place + 1);
        let change = usize::try_from(line["change"].as_u64().expect("a number")).expect("a place") - 1;
        let change = &parts["changes.ndjson"][change];
        let mut told = serde_json::json!({ "actor": change["actor"], "body": line["body"] });
        if let Some(changes) = line.get("changes") {
            told["changes"] = changes.clone();
        }
        let mut seals = BTreeMap::new();
        for seal in line["seals"].as_array().expect("a list") {
            let (at, digest) = (text(&seal["at"]), text(&seal["digest"]));
            let value = canonical(told.pointer(at).expect("a value"), &mut String::new(), &BTreeMap::new());
            if let Some(salt) = seal.get("salt") {
                let sealed = format!("sister-cities sealed value 1{}{value}", text(salt));
                assert_eq!(hex(&Sha256::digest(sealed)), digest);
                matching += 1;
            }
            seals.insert(at.to_owned(), digest.to_owned());
        }
        let at: chrono::DateTime<chrono::Utc> = text(&change["at"]).parse().expect("a time");
        let (kind, subject) = id(text(&line["subject"]));
        let name = text(&line["name"]);
        let mut digest = Sha256::new();
        digest.update("sister-cities journal entry 1");
        digest.update(hash);
        digest.update(id(text(&realm["programme"])).1);
        digest.update((place as u64 + 1).to_be_bytes());
        digest.update(id(text(&line["event"])).1);
        digest.update(at.timestamp_micros().to_be_bytes());
        digest.update((kind.len() as u64).to_be_bytes());
        digest.update(kind);
        digest.update(subject);
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
        digest
            .update(u16::try_from(line["version"].as_u64().expect("a number")).expect("small").to_be_bytes());
        digest.update(Sha256::digest(canonical(&told, &mut String::new(), &seals)));
        hash = digest.finalize().into();
        assert_eq!(hex(&hash), text(&line["hash"]), "entry {}", place + 1);
    }
    (hash, matching)
}

fn canonical(value: &Json, pointer: &mut String, seals: &BTreeMap<String, String>) -> String {
    if let Some(digest) = seals.get(pointer.as_str()) {
        return format!("#{digest}");
    }
    let length = pointer.len();
    let mut below = |step: &str, value: &Json| {
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        let text = canonical(value, pointer, seals);
        pointer.truncate(length);
        text
    };
    match value {
        Json::Array(items) => {
            let items = items.iter().enumerate().map(|(at, item)| below(&at.to_string(), item));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        Json::Object(fields) => {
            let sorted: BTreeMap<&String, &Json> = fields.iter().collect();
            let fields = sorted
                .into_iter()
                .map(|(name, value)| format!("{}:{}", Json::from(name.as_str()), below(name, value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => value.to_string(),
    }
}

/// The name of the kind by the prefix of an id, and its UUID.
fn id(text: &str) -> (&'static str, [u8; 16]) {
    let (prefix, digits) = text.split_once('_').expect("a prefix");
    let kind = match prefix {
        "prg" => "programme",
        "plc" => "place",
        "prt" => "partnership",
        "agr" => "agreement",
        "eng" => "engagement",
        "imp" => "import",
        "tok" => "token",
        "evt" => "event",
        other => panic!("{other} is not in the table"),
    };
    let digit = |digit: char| "0123456789abcdefghjkmnpqrstvwxyz".find(digit).expect("base 32") as u128;
    let number = digits.chars().fold(0, |number: u128, next| (number << 5) | digit(next));
    (kind, number.to_be_bytes())
}

fn text(value: &Json) -> &str {
    value.as_str().expect("a text")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}
