//! Whoever may not read a person whole cannot replace them either: what they do not see would be gone.

use serde_json::json;
use sister_cities_api::person::{CreatePerson, GetPerson, PersonPath, PersonQuery, ReplacePerson};
use sister_cities_api::programme::{CreateProgramme, ProgrammePath};
use sister_cities_api::{NoBody, NoParameters, ProblemKind};
use sister_cities_domain::access::Scope;
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;

use super::site::{Site, request};
use super::story::{body, chicago};

#[tokio::test]
async fn whoever_may_not_read_a_person_whole_takes_nothing_of_them_away() {
    let site = Site::on(Database::new(SqliteStore::temporary().expect("a database"))).await;
    let programme = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await.id;
    let card = json!({
        "name": "Iwanna Muster",
        "emails": [{ "address": "iwanna@example.org" }, { "address": "at.home@example.org" }],
        "phones": [{ "number": "+44 121 496 0000" }],
        "notes": [{ "text": "Likes tea" }],
        "shown_to": ["members"],
        "consents": [{ "audiences": ["members"], "facts": ["name"], "purpose": "The list", "given_on": "2025-01-01",
                       "source": "A form" }],
    });
    let of = ProgrammePath { programme };
    let made = site.ask::<CreatePerson>(&of, &NoParameters, &body(&card)).await;
    let path = PersonPath { programme, person: made.id };
    let writer = site.token(Some(programme), &[Scope::PersonWrite, Scope::ProgrammeRead]).await;
    let read = request::<GetPerson>(&path, &PersonQuery::default(), &NoBody);
    let got = site.send_as(&read, Some(&writer)).await;
    let seen = got.reply::<GetPerson>();
    assert!(seen.emails.is_empty() && seen.phones.is_empty(), "they are shown what members are");
    let back = json!({ "name": "Iwanna Master" });
    let replace = request::<ReplacePerson>(&path, &NoParameters, &body(&back)).if_match(got.etag());
    let refused = site.send_as(&replace, Some(&writer)).await;
    assert_eq!((refused.status, refused.problem().kind), (403, ProblemKind::Forbidden), "{}", refused.text());
    for hidden in ["iwanna@", "at.home", "496 0000", "tea"] {
        assert!(!refused.text().contains(hidden), "nor are they told what it is: {}", refused.text());
    }
    let now = site.ask::<GetPerson>(&path, &PersonQuery::default(), &NoBody).await;
    assert_eq!(now, made, "nothing is gone");
}
