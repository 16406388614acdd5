//! A programme out of one database and into another, and back.

use super::given::{Folder, bytes, programme};
use crate::archive::{export_programme, import_programme};
use crate::conformance::sample::later;
use crate::conformance::search::search;
use crate::conformance::typed::Office;
use crate::conformance::vault::{key, read};
use crate::{Database, HistoryPart, IdempotencyKey, Record as _};
use sister_cities_domain::engagement::Engagement;

#[tokio::test]
async fn a_programme_moved_to_another_file_is_the_same_programme() {
    let folder = Folder::new();
    let (home, office) = programme(&folder.sqlite("home.db")).await;
    let away = folder.sqlite("away.db").sealed_by(key(1));
    moves(&folder, &home, &away, &office).await;
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn a_programme_moved_to_postgresql_and_back_is_the_same_file() {
    let Some(found) = crate::testing::database().await else { return };
    let folder = Folder::new();
    let (home, office) = programme(&folder.sqlite("home.db")).await;
    let server = Database::new(found.open().await).sealed_by(key(1));
    moves(&folder, &home, &server, &office).await;
    let back = folder.sqlite("back.db").sealed_by(key(1));
    let (there, again) = (folder.path("there"), folder.path("again"));
    export_programme(&server, office.programme.id, &there, None).await.expect("an export");
    import_programme(&back, &there, None).await.expect("an import");
    export_programme(&back, office.programme.id, &again, None).await.expect("an export");
    assert!(bytes(&there) == bytes(&again), "byte for byte");
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn a_programme_that_began_on_postgresql_moves_to_a_file() {
    let Some(found) = crate::testing::database().await else { return };
    let folder = Folder::new();
    let (home, office) = programme(&Database::new(found.open().await)).await;
    let away = folder.sqlite("away.db").sealed_by(key(1));
    moves(&folder, &home, &away, &office).await;
}

async fn moves(folder: &Folder, home: &Database, away: &Database, office: &Office) {
    let id = office.programme.id;
    let (first, second) = (folder.path("first"), folder.path("second"));
    let manifest = export_programme(home, id, &first, None).await.expect("an export");
    let imported = import_programme(away, &first, None).await.expect("an import");
    assert_eq!(imported, manifest);
    export_programme(away, id, &second, None).await.expect("an export");
    assert!(bytes(&first) == bytes(&second), "byte for byte");

    let (here, there) = (home.programme(id), away.programme(id));
    assert_eq!(here.dump().await, there.dump().await);
    assert_eq!(here.verify_journal().await, there.verify_journal().await);
    assert_eq!(here.verify_journal().await.expect("whole").head, manifest.realms[0].journal);
    let visit = office.visits[0].id;
    assert_eq!(read(away, office).await, read(home, office).await, "sensitive values are read with the key");
    let pasts = [
        here.history::<Engagement>(visit, HistoryPart::ALL).await,
        there.history::<Engagement>(visit, HistoryPart::ALL).await,
    ];
    let [one, other] = pasts.map(|past| format!("{:?}", past.expect("a history")));
    assert_eq!(one, other);
    for hours in [0, 1, 2, 40] {
        let (here, there) = (here.as_recorded(later(hours)).await, there.as_recorded(later(hours)).await);
        let [one, other] = [here.expect("a time"), there.expect("a time")];
        let all = (one.all::<Engagement>(Vec::new()).await, other.all::<Engagement>(Vec::new()).await);
        assert_eq!(all.0, all.1, "as recorded after {hours} hours");
        assert!(all.0.is_ok_and(|all| !all.is_empty()));
    }
    let signed = crate::content_hash(b"Article 1\0\xff");
    assert_eq!(there.document(signed).await, Ok(Some(b"Article 1\0\xff".to_vec())));
    let key = IdempotencyKey { credential: "tok".into(), route: "POST /".into(), key: "k".into() };
    let replies = (here.idempotency(key.clone(), later(1)).await, there.idempotency(key, later(1)).await);
    assert!(replies.0.is_ok_and(|reply| reply.is_some() && Ok(reply) == replies.1));
    assert_eq!(
        away.token_by_hash(*office.token.hash.as_bytes()).await.map(|found| found.is_some()),
        Ok(true)
    );
    for topic in ["done", "dead", "leased", "ready", "later"] {
        assert_eq!(home.work().work_counts(topic).await, away.work().work_counts(topic).await, "{topic}");
    }
    for asked in ["orchestra", "kanaria", "cracow"] {
        let found = there.search(&search(asked, 50)).await.expect("hits");
        assert!(!found.hits.is_empty(), "{asked}");
        assert_eq!(
            here.search(&search(asked, 50)).await.expect("hits").hits.len(),
            found.hits.len(),
            "{asked}"
        );
    }
    // It goes on where it was.
    let mut changes = crate::conformance::sample::changes(id);
    let stored = read(away, office).await;
    changes.update(&stored.value, stored.revision).event(stored.value.recorded(), stored.value.id());
    away.commit(changes).await.expect("a commit");
    there.verify_journal().await.expect("a whole journal");
}

#[tokio::test]
async fn what_is_sensitive_is_read_under_another_master_key_if_it_came_by_a_transfer_key() {
    let folder = Folder::new();
    let (home, office) = programme(&folder.sqlite("home.db")).await;
    let away = folder.sqlite("away.db").sealed_by(key(9));
    let id = office.programme.id;
    let [with_transfer, without, again] = ["with", "without", "again"].map(|name| folder.path(name));
    export_programme(&home, id, &without, None).await.expect("an export");
    let refused = import_programme(&away, &without, None).await;
    assert!(refused.is_err_and(|error| error.to_string().contains("another master key")));

    export_programme(&home, id, &with_transfer, Some(&key(5))).await.expect("an export");
    for wrong in [None, Some(key(6))] {
        let refused = import_programme(&away, &with_transfer, wrong.as_ref()).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("transfer key")));
    }
    import_programme(&away, &with_transfer, Some(&key(5))).await.expect("an import");
    assert_eq!(read(&away, &office).await, read(&home, &office).await);
    export_programme(&away, id, &again, Some(&key(5))).await.expect("an export");
    assert!(bytes(&with_transfer) == bytes(&again), "byte for byte");
    for file in [&with_transfer, &without] {
        let mut all = Vec::new();
        let mut archive =
            zip::ZipArchive::new(std::fs::File::open(file).expect("a file")).expect("an archive");
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("a file");
            std::io::copy(&mut entry, &mut all).expect("bytes");
        }
        let canary = b"allergic to nuts";
        assert!(!all.windows(canary.len()).any(|part| part == canary), "never in the clear");
    }
}
