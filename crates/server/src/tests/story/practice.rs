//! A practice is entered, adopted through a bond and judged; and what is asked about it.

use serde_json::json;
use sister_cities_api::practice::{
    AdoptionPath, CreateAdoption, CreatePractice, DeleteAdoption, DeletePractice, GetAdoption, GetPractice,
    ListAdoptions, ListAdoptionsQuery, ListLearning, ListPractices, ListPracticesQuery, ListTopics,
    PracticePath, ReplaceAdoption, ReplacePractice, TakeAdoptionStep,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordedQuery, Word};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};

use super::{Teller, body};

pub(super) async fn practice(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
    (chicago, birmingham): (PlaceId, PlaceId),
) {
    let of_programme = ProgrammePath { programme };
    let one_door = json!({
        "title": "One door for job seekers",
        "problem": "Five offices send people from one to the next.",
        "approach": "All five sit in one house.",
        "origin": { "place": birmingham },
        "topics": ["workforce"],
        "since": "2004",
        "contact": { "office": "Head of Employment" },
    });
    let (practice, got) = teller.say::<CreatePractice>(&of_programme, &NoParameters, &body(&one_door)).await;
    let path = PracticePath { programme, practice: practice.id };
    let mut better = one_door.clone();
    better["cost"] = json!({ "amount": "250000.00 GBP", "words": "a year" });
    teller.change::<ReplacePractice>(&path, got.etag(), &body(&better)).await;
    let (practice, _) = teller.say::<GetPractice>(&path, &RecordedQuery::default(), &NoBody).await;
    teller.say::<ListPractices>(&of_programme, &ListPracticesQuery::default(), &NoBody).await;

    let offered = json!({ "practice": practice.id, "by": chicago, "partnership": partnership, "offered_on": "2008-06" });
    let (made, got) = teller.say::<CreateAdoption>(&of_programme, &NoParameters, &body(&offered)).await;
    assert_eq!(made.learnt_from.and_then(|from| from.place), Some(birmingham), "whose practice it is");
    assert_eq!(made.topics, practice.topics, "what the practice is about");
    let adoption = AdoptionPath { programme, adoption: made.id };
    let mut named = offered.clone();
    named["sources"] = json!(["The joint report"]);
    let mut tag = teller.change::<ReplaceAdoption>(&adoption, got.etag(), &body(&named)).await.etag();
    for step in [
        json!({ "step": "understand", "on": "2008-06-12" }),
        json!({ "step": "adapt" }),
        json!({ "step": "put_to_use", "on": "2009" }),
        json!({ "step": "evaluate", "on": "2011", "verdict": "worked", "evidence": "900 found work." }),
    ] {
        tag = teller.change::<TakeAdoptionStep>(&adoption, tag, &body(&step)).await.etag();
    }
    let (judged, _) = teller.say::<GetAdoption>(&adoption, &RecordedQuery::default(), &NoBody).await;
    assert_eq!((judged.state.as_str(), judged.steps.len()), ("evaluated", 4));
    teller.say::<ListAdoptions>(&of_programme, &ListAdoptionsQuery::default(), &NoBody).await;
    let (learnt, _) =
        teller.say::<ListLearning>(&of_programme, &ListAdoptionsQuery::default(), &NoBody).await;
    let one = &learnt.items[0];
    let named = |party: &sister_cities_api::practice::PartyView| party.name.as_ref().map(ToString::to_string);
    assert_eq!(named(&one.by).as_deref(), Some("Chicago"));
    assert_eq!(one.learnt_from.as_ref().and_then(named).as_deref(), Some("Birmingham"));
    assert_eq!(one.verdict.as_ref().map(Word::as_str), Some("worked"));
    let (topics, _) = teller.say::<ListTopics>(&of_programme, &NoParameters, &NoBody).await;
    assert_eq!((topics.items.len(), topics.items[0].places.len()), (1, 2), "a challenge that both share");

    teller.change::<DeleteAdoption>(&adoption, tag, &NoBody).await;
    teller.change::<DeletePractice>(&path, format!("\"r{}\"", practice.revision), &NoBody).await;
}
