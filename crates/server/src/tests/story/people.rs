//! An organisation and somebody who works there are entered, replaced and found.

use serde_json::json;
use sister_cities_api::organisation::{
    CreateOrganisation, GetOrganisation, ListOrganisations, ListOrganisationsQuery, OrganisationPath,
    ReplaceOrganisation,
};
use sister_cities_api::person::{
    CreatePerson, GetPerson, ListPersons, ListPersonsQuery, PersonPath, PersonQuery, ReplacePerson,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordedQuery, TextForm as _};
use sister_cities_domain::id::{OrganisationId, PlaceId, ProgrammeId};

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
    let there = ListPersonsQuery {
        organisation: Some(organisation),
        name: "muster".parse().ok(),
        ..ListPersonsQuery::default()
    };
    let (found, _) = teller.say::<ListPersons>(&of_programme, &there, &NoBody).await;
    assert_eq!(found.items.iter().map(|person| person.id).collect::<Vec<_>>(), [made.id]);
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
    let parts = ListOrganisationsQuery { parent: Some(above.id), ..ListOrganisationsQuery::default() };
    let (found, _) = teller.say::<ListOrganisations>(&of_programme, &parts, &NoBody).await;
    assert_eq!(found.items.len(), 1);
    made.id
}
