//! An organisation and somebody who works there are entered, replaced and found.

use serde_json::json;
use sister_cities_api::organisation::{
    CreateOrganisation, GetOrganisation, ListOrganisations, ListOrganisationsQuery, OrganisationPath,
    ReplaceOrganisation,
};
use sister_cities_api::person::{
    CreatePerson, GetPerson, KeepPersonsApart, ListDuplicatePersons, ListDuplicatePersonsQuery, ListPersons,
    ListPersonsQuery, MergePerson, PersonPath, PersonQuery, PersonView, ReplacePerson, UnmergePerson,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, ProblemKind, RecordedQuery, TextForm as _};
use sister_cities_domain::id::{OrganisationId, PlaceId, ProgrammeId};

use super::super::site::request;
use super::{Teller, body};

pub(super) async fn people(teller: &mut Teller<'_>, programme: ProgrammeId, birmingham: PlaceId) {
    let organisation = organisation(teller, programme, birmingham).await;
    let of_programme = ProgrammePath { programme };
    let card = json!({
        "name": "Іванна Мустер",
        "latin_name": "Iwanna Muster",
        "emails": [{ "address": "iwanna@example.org", "label": "office", "shown_to": ["members"] }],
        "phones": [{ "number": "+44 121 496 0000" }],
        "affiliations": [{ "organisation": organisation, "position": "Head of desk" }],
        "languages": ["uk", "en"],
        "shown_to": ["members"],
        "consents": [{ "audiences": ["members"], "facts": ["name", "email"], "purpose": "The members' list",
                       "given_on": "2025-01-01", "source": "A form" }],
    });
    let (made, got) = teller.say::<CreatePerson>(&of_programme, &NoParameters, &body(&card)).await;
    let path = PersonPath { programme, person: made.id };
    let mut better = card;
    better["zone"] = json!("Europe/London");
    teller.change::<ReplacePerson>(&path, got.etag(), &body(&better)).await;
    let (read, _) = teller.say::<GetPerson>(&path, &PersonQuery::default(), &NoBody).await;
    assert_eq!(read.phones[0].number.0.render(), "+441214960000");
    merged(teller, programme, &made).await;
    let there = ListPersonsQuery { name: "muster".parse().ok(), ..ListPersonsQuery::default() };
    let (found, _) = teller.say::<ListPersons>(&of_programme, &there, &NoBody).await;
    assert_eq!(found.items.iter().filter(|person| person.id == made.id).count(), 1);
}

/// A second record of the same person is found, merged, and taken out again.
async fn merged(teller: &mut Teller<'_>, programme: ProgrammeId, first: &PersonView) {
    let of_programme = ProgrammePath { programme };
    let card = json!({ "name": "IWANNA MUSTER", "emails": [{ "address": "Iwanna@example.org" }],
                       "languages": ["pl"] });
    let second = teller.site.ask::<CreatePerson>(&of_programme, &NoParameters, &body(&card)).await;
    let query = ListDuplicatePersonsQuery::default();
    let (pairs, _) = teller.say::<ListDuplicatePersons>(&of_programme, &query, &NoBody).await;
    assert_eq!((pairs.items.len(), pairs.items[0].first, pairs.items[0].second), (1, first.id, second.id));
    let path = PersonPath { programme, person: first.id };
    let other = json!({ "person": second.id });
    let third = json!({ "name": "Iwanna Muster", "languages": ["de"] });
    let third = teller.site.ask::<CreatePerson>(&of_programme, &NoParameters, &body(&third)).await;
    let namesake = PersonPath { programme, person: third.id };
    for (etag, who) in [("\"r1\"", first.id), ("\"r2\"", second.id)] {
        let not_her = json!({ "person": who });
        let got = teller.change::<KeepPersonsApart>(&namesake, etag.to_owned(), &body(&not_her)).await;
        assert!(got.reply::<KeepPersonsApart>().kept_apart.contains(&who));
    }
    let (pairs, _) = teller.say::<ListDuplicatePersons>(&of_programme, &query, &NoBody).await;
    assert_eq!(pairs.items.len(), 1, "the namesake is asked about no more");
    let got = teller.change::<MergePerson>(&path, "\"r2\"".to_owned(), &body(&other)).await;
    let both = got.reply::<MergePerson>();
    assert_eq!((both.absorbed, both.languages.len()), (vec![second.id], 3));
    let old = PersonPath { programme, person: second.id };
    let old = request::<GetPerson>(&old, &PersonQuery::default(), &NoBody);
    let moved = teller.site.send(&old).await;
    assert_eq!((moved.status, moved.problem().kind), (308, ProblemKind::Moved), "{}", moved.text());
    assert_eq!(
        moved.headers["location"],
        format!("/v1/programmes/{programme}/persons/{}", first.id).as_str()
    );
    let got = teller.change::<UnmergePerson>(&path, got.etag(), &body(&other)).await;
    assert_eq!(got.reply::<UnmergePerson>().languages.len(), 2);
    assert_eq!(teller.site.send(&old).await.status, 200);
}

async fn organisation(teller: &mut Teller<'_>, programme: ProgrammeId, seat: PlaceId) -> OrganisationId {
    let of_programme = ProgrammePath { programme };
    let council = json!({ "name": "Birmingham City Council", "kind": "municipality", "place": seat,
                          "register_ids": [{ "scheme": "wikidata", "value": "Q4916650" }] });
    let (above, _) = teller.say::<CreateOrganisation>(&of_programme, &NoParameters, &body(&council)).await;
    let office = json!({ "name": "International Office", "kind": "municipality", "parent": above.id });
    let (made, got) = teller.say::<CreateOrganisation>(&of_programme, &NoParameters, &body(&office)).await;
    let path = OrganisationPath { programme, organisation: made.id };
    let mut better = office;
    better["website"] = json!("https://www.example.org/international");
    teller.change::<ReplaceOrganisation>(&path, got.etag(), &body(&better)).await;
    let (read, _) = teller.say::<GetOrganisation>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!(read.parent, Some(above.id));
    let parts =
        ListOrganisationsQuery { name: "international".parse().ok(), ..ListOrganisationsQuery::default() };
    let (found, _) = teller.say::<ListOrganisations>(&of_programme, &parts, &NoBody).await;
    assert_eq!(found.items.len(), 1);
    made.id
}
