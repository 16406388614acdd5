//! An address book and a contact list of an office, with fifty people who are in both: found, merged, taken apart, forgotten.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use sister_cities_app::AppError;
use sister_cities_app::privacy::ErasureRun;
use sister_cities_domain::id::PersonId;
use sister_cities_domain::person::{DuplicateReason, Person};
use sister_cities_storage::archive::{WaitingWork, export_programme, import_programme};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Database, Versioned, backup};

use crate::harness::{Office, at, system};

/// So many people are in both files.
const IN_BOTH: usize = 50;
/// Who is erased in the end, and by which part of what they are known by nobody else is.
const ERASED: usize = 7;

/// Somebody made up: two names that nobody else has.
struct MadeUp {
    given: String,
    family: String,
    number: usize,
}

fn made_up(number: usize) -> MadeUp {
    const SYLLABLES: [&str; 10] = ["bar", "kel", "dim", "lov", "mur", "ras", "sen", "tiv", "vok", "zun"];
    let (one, two) = (SYLLABLES[number / 10 % 10], SYLLABLES[number % 10]);
    MadeUp { given: format!("{}ana", capital(two)), family: format!("{}{two}ski", capital(one)), number }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

impl MadeUp {
    fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    fn organisation(&self) -> String {
        format!("Choir No. {}", self.number)
    }

    /// The name as somebody typed it once, with a slip.
    fn slip(&self) -> String {
        let Self { given, family, number } = self;
        match number % 5 {
            0 => format!("{}. {family}", &given[..1]),
            1 => format!("{given} {}", family.replacen("ski", "sky", 1)),
            2 => format!("{given}  Ruth {}", family.to_uppercase()),
            3 => format!("{} {family}", family_swapped(given)),
            _ => format!("{family}x, {given}"),
        }
    }
}

/// Two letters that changed places.
fn family_swapped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.swap(1, 2);
    letters.into_iter().collect()
}

/// What another program writes: versions 3 and 4, folded lines, escaped commas.
fn address_book() -> String {
    (0..IN_BOTH).map(made_up).fold(String::new(), |mut book, person| {
        let MadeUp { given, family, number } = &person;
        let version = if number % 2 == 0 { "3.0" } else { "4.0" };
        write!(
            book,
            "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:{name}\r\nN:{family};{given};;;\r\n\
             EMAIL;TYPE=WORK:{given}.{family}@book.example.org\r\nTEL:+49 228 5550{number:03}\r\n\
             ORG:{organisation}\r\nNOTE:Sings\\, when the wea\r\n ther is fine\r\nEND:VCARD\r\n",
            name = person.name(),
            organisation = person.organisation(),
        )
        .expect("a text");
        book
    })
}

/// What an office typed over the years: another separator, blanks, capitals, and nothing by which a program could be sure.
fn contact_list() -> String {
    (0..IN_BOTH).map(made_up).fold(
        "\u{feff}Name;E-Mail;Company;Remarks\r\n".to_owned(),
        |mut list, person| {
            let (name, organisation, number) = (person.slip(), person.organisation(), person.number);
            writeln!(
                list,
                "  {name} ;Contact{number}@list.example.org;{};\"met in {}; likes tea\"\r",
                organisation.to_uppercase(),
                1990 + number % 30
            )
            .expect("a text");
            list
        },
    )
}

async fn office_in(file: &Path) -> Office {
    Office::in_database(Database::new(SqliteStore::open(file).expect("a database"))).await
}

/// What stands in the files of a database, in lower case.
fn bytes_of(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let contents = files.filter(|file| file.is_file()).map(|file| std::fs::read(file).expect("a file"));
    contents.map(|bytes| String::from_utf8_lossy(&bytes).to_lowercase()).collect()
}

async fn person(office: &Office, id: PersonId) -> Versioned<Person> {
    let store = office.app.database().programme(office.programme);
    store.get(id).await.expect("a read").expect("the record")
}

async fn merge(office: &Office, into: PersonId, other: PersonId) {
    let revision = person(office, into).await.revision;
    let merged = office.app.merge_person(&system(), office.programme, (into, revision), other).await;
    merged.expect("merged");
}

#[tokio::test]
async fn fifty_who_are_in_two_files_are_found_merged_taken_apart_and_one_is_forgotten() {
    let folder = tempfile::tempdir().expect("a folder");
    let office = office_in(&folder.path().join("chicago.db")).await;
    office.clock.set(at(2026, 11, 30));
    let (app, programme) = (&office.app, office.programme);

    office.imports_people(&address_book()).await;
    office.imports_people(&contact_list()).await;
    let people = office.people().await;
    assert_eq!(people.len(), 2 * IN_BOTH, "nothing is lost, and nobody is merged on a guess");
    assert!(people.iter().all(|one| one.value.emails.len() == 1 && one.value.notes.len() == 1));

    // All are found, each with the reasons.
    let pairs = app.find_duplicate_persons(&system(), programme).await.expect("pairs");
    assert_eq!(pairs.len(), IN_BOTH);
    let reasons = BTreeSet::from([DuplicateReason::NearName, DuplicateReason::SameOrganisation]);
    assert!(pairs.iter().all(|(pair, _)| pair.reasons == reasons), "{pairs:?}");
    let in_pairs: BTreeSet<PersonId> = pairs.iter().flat_map(|(pair, _)| [pair.first, pair.second]).collect();
    assert_eq!(in_pairs.len(), 2 * IN_BOTH, "each is in one pair");

    // Of one pair somebody says that they are two people. It does not come back.
    let (apart, merged) = pairs.split_first().expect("pairs");
    let (one, other) = (apart.0.first, apart.0.second);
    let revision = person(&office, one).await.revision;
    app.keep_persons_apart(&system(), programme, (one, revision), other).await.expect("kept apart");
    for (pair, _) in merged {
        merge(&office, pair.first, pair.second).await;
    }
    assert_eq!(app.find_duplicate_persons(&system(), programme).await.expect("pairs"), []);
    // It turns out otherwise.
    merge(&office, one, other).await;

    // An old id leads to the record that stands, for whoever reads and for an import.
    for (pair, _) in &pairs {
        let asked = app.get_person(&system(), programme, pair.second, (None, None)).await;
        assert_eq!(asked, Err(AppError::Moved { from: pair.second, to: pair.first }));
    }
    office.imports_people(&contact_list()).await;
    office.imports_people(&address_book()).await;
    let again = office.people().await;
    assert_eq!(again.len(), 2 * IN_BOTH, "everybody is known by every name");

    // One is taken apart again, exactly, and is asked about again.
    let (pair, _) = &pairs[3];
    let before = people.iter().find(|found| found.value.id == pair.first).expect("the record").value.clone();
    let revision = person(&office, pair.first).await.revision;
    app.unmerge_person(&system(), programme, (pair.first, revision), pair.second).await.expect("apart");
    assert_eq!(person(&office, pair.first).await.value, before);
    let asked = app.find_duplicate_persons(&system(), programme).await.expect("pairs");
    assert_eq!(asked.iter().map(|(pair, _)| pair).collect::<Vec<_>>(), [pair]);
    let found = app.get_person(&system(), programme, pair.second, (None, None)).await.expect("a person");
    assert_eq!(found.1.value.id, pair.second);

    forgotten(&office, &folder).await;
}

/// One of them is erased: nothing by which they were known is in the file, in an export or in a backup, and all else stays.
async fn forgotten(office: &Office, folder: &tempfile::TempDir) {
    let (app, programme) = (&office.app, office.programme);
    let somebody = made_up(ERASED);
    let canaries = [
        somebody.name().to_lowercase(),
        somebody.family.to_lowercase(),
        format!("contact{ERASED}@list"),
        "5550007".to_owned(),
    ];
    let called = somebody.name();
    let record = office.people().await.into_iter().find(|one| one.value.name.as_str() == called);
    let id = record.expect("somebody").value.id;
    let text = bytes_of(folder.path());
    assert!(canaries[..3].iter().all(|canary| text.contains(canary)), "they were there");
    let store = app.database().programme(programme);
    let counts = store.counts().await.expect("counts");

    let erased = app.erase_recorded_person(&system(), id, ErasureRun::Real).await.expect("erased");
    let pseudonym = erased.pseudonym.expect("somebody was erased");
    assert_eq!(person(office, id).await.value.name, pseudonym);
    assert_eq!(store.counts().await.expect("counts"), counts, "totals stay");
    store.verify_journal().await.expect("a whole journal");

    let aside = tempfile::tempdir().expect("a folder");
    let (export, copy) = (aside.path().join("chicago.zip"), aside.path().join("backup.zip"));
    export_programme(app.database(), programme, &export, None).await.expect("an export");
    backup::create(app.database(), &copy, at(2026, 11, 30)).await.expect("a backup");
    let (moved, restored) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let new = |folder: &tempfile::TempDir| {
        Database::new(SqliteStore::open(&folder.path().join("new.db")).expect("a database"))
    };
    import_programme(&new(&moved), &export, None).await.expect("an import");
    backup::restore(&new(&restored), &copy, WaitingWork::Resume).await.expect("a restoration");
    for (place, text) in [("file", folder.path()), ("export", moved.path()), ("backup", restored.path())]
        .map(|(place, folder)| (place, bytes_of(folder)))
    {
        for canary in &canaries {
            assert!(!text.contains(canary.as_str()), "{canary} is in the {place}");
        }
        assert!(text.contains(&made_up(ERASED + 1).name().to_lowercase()), "nobody else is touched");
        assert!(text.contains(pseudonym.as_str()), "{place}");
    }
}
