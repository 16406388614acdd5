//! A programme that changes its home: the text of its agreement is put in here and read there.

use sister_cities_client::api::agreement::CreateAgreementBody;
use sister_cities_client::api::partnership::CreatePartnershipBody;
use sister_cities_client::api::place::PlaceBody;
use sister_cities_client::api::{TextFormat, TextUpload};
use sister_cities_domain::access::Scope;
use sister_cities_storage::archive::{export_programme, import_programme};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Database, content_hash};
use sister_cities_tests::{World, json};

const DAY: &str = "2026-11-20";

#[tokio::test]
async fn the_text_of_an_agreement_is_read_at_the_new_home_by_the_token_of_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| Database::new(SqliteStore::open(&folder.path().join(name)).unwrap());
    moves(&open("old.db"), &open("new.db"), &folder).await;
}

#[cfg(all(feature = "postgres", unix))]
#[tokio::test]
async fn the_text_of_an_agreement_is_read_on_a_server_by_the_token_of_a_file() {
    let Some(found) = sister_cities_storage::testing::database().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let old = Database::new(SqliteStore::open(&folder.path().join("old.db")).unwrap());
    moves(&old, &Database::new(found.open().await), &folder).await;
}

async fn moves(old: &Database, new: &Database, folder: &tempfile::TempDir) {
    let here = World::over(old.clone(), DAY, 1956).await;
    let programme = here.programme("Chicago", "US", 4_887_398).await;
    let token = here.token(Some(programme.id), [Scope::Admin]).await;
    let chicago = here.client_by(token.clone()).programme(programme.id);
    let milan: PlaceBody =
        json(&serde_json::json!({ "names": [{ "text": "Milan", "role": "official" }], "country": "IT" }));
    let milan = chicago.places().create(milan).await.unwrap();
    let bond: CreatePartnershipBody = json(&serde_json::json!({
        "members": [programme.host, milan.id],
        "episode": { "kind": "sister-city", "began": [{ "date": "1973", "source": "the office" }] },
        "record": [{ "from": "1973", "source": "the office" }],
    }));
    let bond = chicago.partnerships().create(bond).await.unwrap();
    let text = b"%PDF-1.7 Chicago and Milan agree.".to_vec();
    let agreement: CreateAgreementBody = json(&serde_json::json!({
        "title": "Sister City Agreement", "text_sha256": content_hash(&text).to_string(),
        "terms": { "term": "open_ended" },
    }));
    let agreement = chicago.agreements().create(bond.id, agreement).await.unwrap();
    let upload = |bytes: &[u8]| TextUpload { format: TextFormat::Pdf, bytes: bytes.to_vec() };
    let other =
        chicago.agreements().put_version_text(agreement.id, 1, upload(b"%PDF-1.7 Something else.")).await;
    assert_eq!(other.unwrap_err().status().map(|status| status.as_u16()), Some(422));
    assert!(chicago.agreements().get_version_text(agreement.id, 1).await.unwrap_err().is_not_found());
    chicago.agreements().put_version_text(agreement.id, 1, upload(&text)).await.unwrap();

    let file = folder.path().join("chicago.zip");
    export_programme(old, programme.id, &file, None).await.unwrap();
    import_programme(new, &file, None).await.unwrap();
    let there = World::over(new.clone(), DAY, 1960).await;
    let moved = there.client_by(token).programme(programme.id);
    let read = moved.agreements().get_version_text(agreement.id, 1).await.unwrap();
    assert_eq!((read.media_type.as_str(), read.sha256), ("application/pdf", content_hash(&text).to_string()));
    assert_eq!(moved.agreements().get(agreement.id).await.unwrap(), agreement);
    assert_eq!(chicago.get().await.unwrap(), moved.get().await.unwrap());
}
