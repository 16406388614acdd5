//! What guests need, over HTTP: by its scopes only, each reading told, and not at all without the master key; on every back end.

use serde_json::json;
use sister_cities_api::engagement::{CreateEngagement, EngagementPath, GetEngagement, ReadCare, SetCare};
use sister_cities_api::journal::{HistoryPath, HistoryQuery, JournalQuery, ReadHistory, ReadJournal};
use sister_cities_api::partnership::CreatePartnership;
use sister_cities_api::place::CreatePlace;
use sister_cities_api::programme::{CreateProgramme, ProgrammePath};
use sister_cities_api::{NoBody, NoParameters, ProblemKind, RecordQuery};
use sister_cities_domain::access::Scope;
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;

use super::site::{Site, request};
use super::story::{body, chicago};

/// Random digits that are no installation's master key.
const OTHER_KEY: &str = "a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef3f9";

#[tokio::test]
async fn on_sqlite_what_guests_need_is_read_by_its_scope_only_and_each_reading_is_told() {
    let database = Database::new(SqliteStore::temporary().expect("a database"));
    tell(database.clone(), database).await;
}

#[cfg(unix)]
#[tokio::test]
async fn on_postgresql_what_guests_need_is_read_by_its_scope_only_and_each_reading_is_told() {
    let Some(found) = sister_cities_storage::testing::database().await else { return };
    tell(Database::new(found.open().await), Database::new(found.open().await)).await;
}

/// Tells the story on a database, and of a server without its key on the same one.
async fn tell(database: Database, again: Database) {
    let site = Site::on(database).await;
    let path = visit(&site).await;
    guests(&site, &path).await;
    let missing = Site::keyed(again.clone(), None, 8).await;
    without_its_key(&missing, &site.admin, &path, "has no master key").await;
    let other = Site::keyed(again, Some(OTHER_KEY), 9).await;
    without_its_key(&other, &site.admin, &path, "is not the one that the database needs").await;
}

/// A choir that comes to Chicago.
async fn visit(site: &Site) -> EngagementPath {
    let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    let programme = ProgrammePath { programme: made.id };
    let city = json!({ "names": [{ "text": "Krak\u{f3}w", "role": "official" }] });
    let city = site.ask::<CreatePlace>(&programme, &NoParameters, &body(&city)).await;
    let bond = json!({ "members": [made.host, city.id], "episode": { "kind": "sister-city", "began": [] } });
    let bond = site.ask::<CreatePartnership>(&programme, &NoParameters, &body(&bond)).await.id;
    let visit = json!({ "partnership": bond, "title": "A choir", "foci": ["culture"], "direction": "inbound",
                        "notes": [{ "text": "Met Ana Kowalska" }] });
    let made = site.ask::<CreateEngagement>(&programme, &NoParameters, &body(&visit)).await;
    EngagementPath { programme: programme.programme, engagement: made.id }
}

async fn guests(site: &Site, path: &EngagementPath) {
    let programme = path.programme;
    let of_programme = ProgrammePath { programme };
    let host = site.token(Some(programme), &[Scope::CareRead, Scope::CareWrite]).await;
    let reader = site.token(Some(programme), &[Scope::ProgrammeRead, Scope::EngagementWrite]).await;
    let care = json!({ "care": "One guest is allergic to nuts." });
    let set = request::<SetCare>(path, &NoParameters, &body(&care));
    assert_eq!(site.send_as(&set, Some(&host)).await.status, 428, "without the revision");
    let set = set.if_match("\"r1\"");
    assert_eq!(site.send_as(&set, Some(&reader)).await.status, 403);
    assert_eq!(site.send_as(&set, Some(&host)).await.status, 200);
    assert_eq!(site.send_as(&set, Some(&host)).await.status, 412);
    let read = request::<ReadCare>(path, &NoParameters, &NoBody);
    assert_eq!(site.send_as(&read, Some(&reader)).await.status, 403);
    let got = site.send_as(&read, Some(&host)).await;
    assert!(got.text().contains("nuts"), "{}", got.text());
    assert!(!format!("{:?}", got.reply::<ReadCare>()).contains("nuts"), "nor does a log show it");

    // The journal says who read what, and shows what was sensitive to nobody, what is personal to readers of records.
    let about = JournalQuery { record: Some(path.engagement.into()), ..Default::default() };
    let journal = request::<ReadJournal>(&of_programme, &about, &NoBody);
    let admins = site.send(&journal).await;
    let events = admins.reply::<ReadJournal>().items;
    let names: Vec<_> = events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["engagement.recorded", "engagement.changed", "sensitive.read"]);
    assert_eq!(
        (&events[2].body["fields"], &events[2].actor["name"]),
        (&json!(["/care"]), &json!("a test's token"))
    );
    let field = &events[1].changes[0].fields[0];
    assert_eq!((field.pointer.as_str(), &field.new), ("/care", &Some(json!({ "withheld": "sensitive" }))));
    let history = HistoryPath { programme, record: path.engagement.into() };
    let history = site.send(&request::<ReadHistory>(&history, &HistoryQuery::default(), &NoBody)).await;
    for shown in [admins.text(), history.text()] {
        assert!(!shown.contains("nuts") && !shown.contains("sealed:"), "{shown}");
    }
    let view = site.ask::<GetEngagement>(path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(view.revision, 2, "reading changes nothing");
}

/// The same, asked of a server without the key of the database: it says which setting is missing, and nothing else.
async fn without_its_key(site: &Site, admin: &str, path: &EngagementPath, said: &str) {
    let care = json!({ "care": "One guest is allergic to nuts and fish." });
    let looks_encrypted = json!({ "care": format!("sealed:1:1:{}", "ab".repeat(60)) });
    let set = |care| request::<SetCare>(path, &NoParameters, &body(&care)).if_match("\"r2\"");
    let read = request::<ReadCare>(path, &NoParameters, &NoBody);
    for asked in [read, set(care), set(looks_encrypted)] {
        let got = site.send_as(&asked, Some(admin)).await;
        let problem = got.problem();
        assert_eq!((got.status, problem.kind), (503, ProblemKind::Unavailable), "{}", got.text());
        assert_eq!(got.header("retry-after"), None, "to wait is of no use");
        let detail = problem.detail.unwrap_or_default();
        let needed = [said, "--master-key-file", "SISTER_CITIES_MASTER_KEY_FILE"];
        assert!(needed.iter().all(|word| detail.contains(word)), "{detail}");
        for secret in ["nuts", "sealed:", "data key", "sqlite", "postgres", "wrapped"] {
            assert!(!got.text().contains(secret), "{secret}: {}", got.text());
        }
    }
    // Without a key the rest goes on; and nothing says that somebody read what nobody could.
    let got =
        site.send_as(&request::<GetEngagement>(path, &RecordQuery::default(), &NoBody), Some(admin)).await;
    assert_eq!(got.status == 200, said.contains("has no"), "{}", got.text());
    let about = JournalQuery { record: Some(path.engagement.into()), ..Default::default() };
    let of_programme = ProgrammePath { programme: path.programme };
    let journal = site.send_as(&request::<ReadJournal>(&of_programme, &about, &NoBody), Some(admin)).await;
    assert_eq!(journal.reply::<ReadJournal>().items.len(), 3, "{}", journal.text());
}
