//! What is told to a peer names nobody; and it takes two to be linked.

use serde_json::{Value as Json, json};

use super::*;
use crate::agreement::Agreement;
use crate::engagement::Engagement;
use crate::id::SeededIds;
use crate::practice::{Adoption, OriginInWords, Practice};
use crate::value::Title;

/// Stands in every field that may name somebody, or say more than a peer is to know.
const SECRET: &str = "Canary";

fn told(content: &SharedContent) -> String {
    serde_json::to_string(content).expect("JSON")
}

#[test]
fn nothing_that_may_name_somebody_is_told_of_an_engagement() {
    let engagement: Engagement = serde_json::from_value(json!({
        "v": "1",
        "id": "eng_01kdvt6g00cevxk7q9gfs0mhpb",
        "programme": "prg_01kdvt6g00cevxk7q9gfs0mhpb",
        "partnership": "prt_01kdvt6g00cevxk7q9gfs0mhpb",
        "title": SECRET,
        "foci": ["culture"],
        "direction": "inbound",
        "participants": [{"side": "counterpart", "role": "artist", "people": 6}],
        "organisations": [{"name": SECRET, "side": "host", "representatives": [SECRET]}],
        "costs": [{"party": SECRET, "amount": {"minor": 1_234_567, "currency": "GBP"}}],
        "outcomes": [SECRET],
        "source": SECRET,
        "notes": [{"text": SECRET, "source": SECRET}],
        "care": SECRET,
    }))
    .expect("an engagement");
    let plain = told(&SharedContent::Engagement(SharedEngagement::of(&engagement, None)));
    assert!(!plain.contains(SECRET) && !plain.contains("1234567"), "{plain}");
    assert!(plain.contains("\"people\":6") && plain.contains("culture"), "{plain}");
    let titled = SharedEngagement::of(&engagement, Title::new("A concert").ok());
    assert!(told(&SharedContent::Engagement(titled)).contains("A concert"), "the words chosen for it");
}

fn agreement(stage: &Json) -> Agreement {
    let hash = "ab".repeat(32);
    let mut proposed = json!({
        "number": 1, "base": "first", "text": "hashed", "hash": hash, "terms": {"term": {"term": "open_ended"}},
        "approvals": [{"by": "plc_01kdvt6g00cevxk7q9gfs0mhpb", "basis": "resolved", "body": SECRET, "reference": SECRET,
            "source": SECRET}],
    });
    for (field, value) in stage.as_object().expect("a stage") {
        proposed[field] = value.clone();
    }
    serde_json::from_value(json!({
        "v": "1",
        "id": "agr_01kdvt6g00cevxk7q9gfs0mhpb",
        "programme": "prg_01kdvt6g00cevxk7q9gfs0mhpb",
        "partnership": "prt_01kdvt6g00cevxk7q9gfs0mhpb",
        "title": "Agreement",
        "parties": ["plc_01kdvt6g00cevxk7q9gfs0mhpb", "plc_01kdvt6g01cevxk7q9gfs0mhpb"],
        "versions": [proposed],
    }))
    .expect("an agreement")
}

#[test]
fn of_an_agreement_is_told_by_which_hash_its_text_is_known_and_nobodys_name() {
    let told = SharedAgreement::of(&agreement(&json!({"stage": "proposed"})));
    assert_eq!((told.versions.len(), told.versions[0].approved, told.versions[0].signed), (1, 1, 0));
    assert_eq!(told.versions[0].hash.map(|hash| hash.to_string()), Some("ab".repeat(32)));
    let text = self::told(&SharedContent::Agreement(told));
    assert!(!text.contains(SECRET), "{text}");
}

#[test]
fn a_practice_is_told_with_its_origin_and_nobodys_name_and_an_adoption_in_nobodys_words() {
    let practice: Practice = serde_json::from_value(json!({
        "v": "1",
        "id": "prc_01kdvt6g00cevxk7q9gfs0mhpb",
        "programme": "prg_01kdvt6g00cevxk7q9gfs0mhpb",
        "title": "One door for job seekers",
        "approach": "All five offices in one house",
        "contact": {"office": SECRET, "person": "per_01kdvt6g00cevxk7q9gfs0mhpb"},
        "origin": {"place": "plc_01kdvt6g00cevxk7q9gfs0mhpb"},
        "topics": ["workforce"],
        "since": "2004",
        "sources": [SECRET],
        "notes": [{"text": SECRET}],
    }))
    .expect("a practice");
    let birmingham = OriginInWords { place: Name::new("Birmingham").ok(), ..OriginInWords::default() };
    let programme = Name::new("Birmingham International").expect("a name");
    let shared = SharedPractice::of(&practice, birmingham.clone(), programme);
    let said = told(&SharedContent::Practice(shared));
    assert!(!said.contains(SECRET) && !said.contains("per_") && !said.contains("plc_"), "{said}");
    assert!(
        said.contains("\"Birmingham\"")
            && said.contains("2004")
            && said.contains("International")
            && said.contains("one house"),
        "{said}"
    );

    let adoption: Adoption = serde_json::from_value(json!({
        "v": "1",
        "id": "ado_01kdvt6g00cevxk7q9gfs0mhpb",
        "programme": "prg_01kdvt6g00cevxk7q9gfs0mhpb",
        "practice": {"of": "own", "practice": practice.id},
        "by": "plc_01kdvt6g00cevxk7q9gfs0mhpb",
        "course": {"steps": [{"step": "evaluate", "verdict": "worked", "evidence": SECRET, "remark": SECRET}]},
        "sources": [SECRET],
        "notes": [{"text": SECRET}],
    }))
    .expect("an adoption");
    let shared = SharedAdoption::of(&adoption, (practice.title, birmingham), OriginInWords::default());
    let said = told(&SharedContent::Adoption(shared));
    assert!(!said.contains(SECRET) && !said.contains("plc_"), "{said}");
    assert!(said.contains("worked") && said.contains("Birmingham"), "{said}");
}

#[test]
fn a_draft_is_not_told() {
    let mut draft = serde_json::to_value(agreement(&json!({"stage": "proposed"}))).expect("JSON");
    draft["versions"][0]["stage"] = json!("draft");
    draft["versions"][0]["approvals"] = json!([]);
    let draft: Agreement = serde_json::from_value(draft).expect("an agreement");
    assert_eq!(SharedAgreement::of(&draft).versions, []);
}

#[test]
fn a_link_is_answered_only_by_one_between_the_same_two() {
    let ids = SeededIds::new(1);
    let (ours, theirs, third) = (ProgrammeId::next(&ids), ProgrammeId::next(&ids), ProgrammeId::next(&ids));
    let link = |programme, peer| Link {
        id: LinkId::next(&ids),
        programme,
        peer,
        partnership: PartnershipId::next(&ids),
        name: Name::new("Sister Cities").expect("a name"),
    };
    let own = link(ours, theirs);
    assert!(own.is_answered_by(&link(theirs, ours)));
    for other in [link(third, ours), link(theirs, third), link(ours, theirs)] {
        assert!(!own.is_answered_by(&other), "{other:?}");
    }
}
