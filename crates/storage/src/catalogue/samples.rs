//! What the kinds test their fields with: bodies with all fields filled in are walked, and so are events.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::describe;
use crate::Record;

pub(super) const PRG: &str = "prg_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PEER_PRG: &str = "prg_01kdvt6g01cevxk7q9gfs0mhpb";
pub(super) const PLC: &str = "plc_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PRT: &str = "prt_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const AGR: &str = "agr_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const ENG: &str = "eng_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const LNK: &str = "lnk_01kdvt6g00cevxk7q9gfs0mhpb";

pub(super) fn hash() -> String {
    "ab".repeat(32)
}

/// What the type makes of the JSON: fields that it does not have are gone, which the test notices.
pub(super) fn of<T: Serialize + DeserializeOwned>(body: &Json) -> Json {
    let value: T = serde_json::from_value(body.clone()).unwrap_or_else(|error| panic!("{error}: {body}"));
    let again = serde_json::to_value(&value).expect("JSON");
    assert_eq!(&again, body, "the sample has what the type does not, or the other way round");
    again
}

/// A stored form out of the domain's golden files.
pub(super) fn golden<T: Serialize + DeserializeOwned>(text: &str) -> Json {
    let value: T = serde_json::from_str(text).expect("a stored form");
    serde_json::to_value(&value).expect("JSON")
}

/// Every field of a body of the kind is classified.
pub(super) fn body<T: Record>(body: &Json) {
    assert_eq!(describe(T::KIND).unclassified_in_body(body), Vec::<String>::new(), "{} {body}", T::KIND);
}

#[test]
fn every_field_of_the_stored_forms_is_classified() {
    body(&PLACE, &golden::<Place>(include_str!("../../../domain/tests/golden/place.v1.json")));
    let mut programme = golden::<Programme>(include_str!("../../../domain/tests/golden/programme.v1.json"));
    programme["policies"]["retention"] = json!({"personal": {"days": 7}});
    body(&PROGRAMME, &programme);
    let mut visit = golden::<Engagement>(include_str!("../../../domain/tests/golden/engagement.v1.json"));
    visit["care"] = json!("no nuts");
    body(&ENGAGEMENT, &of::<Engagement>(&visit));
    body(&TOKEN, &golden::<AccessToken>(include_str!("../../../domain/tests/golden/token.v1.json")));
}

fn claims() -> Json {
    json!({"claims": [{"value": "1960", "source": "a list"}], "chosen": 0})
}

fn decisions() -> Vec<Json> {
    let acts = [
        json!({"act": "enquire"}),
        json!({"act": "agree", "episode": 0}),
        json!({"act": "decline", "reason": "x"}),
        json!({"act": "review", "deadline": "2026-01-01"}),
        json!({"act": "reawaken", "plan": "x"}),
        json!({"act": "suspend", "condition": "x"}),
        json!({"act": "resume", "grounds": "x"}),
        json!({"act": "conclude", "reason": "x"}),
        json!({"act": "reaffirm", "statement": "x"}),
        json!({"act": "measure", "measure": "return_gifts", "note": "x"}),
    ];
    let filled = |mut act: Json| {
        act["on"] = json!("1991-08");
        act["authority"] = json!("Mayor");
        act["source"] = json!("a list");
        of::<Decision>(&act)
    };
    acts.into_iter().map(filled).collect()
}

fn episode(end: &Json) -> Json {
    of::<Episode>(&json!({
        "kind": "sister-city",
        "labels": [{"place": PLC, "label": "Partnerstadt", "source": "a list"}],
        "began": claims(),
        "end": end,
        "sources": ["a list"],
    }))
}

#[test]
fn every_field_of_a_partnership_is_classified() {
    for end in [json!("with_the_bond"), json!("ended_undated"), json!({"ended": claims()})] {
        body(&PARTNERSHIP, &json!({"episodes": [episode(&end)]}));
        event(&PARTNERSHIP, &json!({"episode": episode(&end)}));
    }
    body(&PARTNERSHIP, &json!({"decisions": decisions()}));
    body(
        &PARTNERSHIP,
        &json!({
            "v": "1", "id": PRT, "programme": "prg", "members": [PLC],
            "record": [{"period": {"from": "1960", "to": "1991"}, "source": "x", "stated_by": "x"}],
            "notes": [{"text": "x", "source": "x"}],
        }),
    );
    for decision in decisions() {
        let told = json!({"name": "partnership.suspended", "decision": decision, "from": "agreed", "to": "suspended"});
        event(&PARTNERSHIP, &of::<PartnershipEvent>(&told));
    }
    let claim = json!({"value": "1960", "source": "x"});
    for told in [
        json!({"name": "partnership.episode_ended", "episode": 0, "claim": claim}),
        json!({"name": "partnership.labelled", "episode": 0, "label": {"place": PLC, "label": "x", "source": "x"}}),
        json!({"name": "partnership.attested", "episode": 0, "source": "x"}),
        json!({"name": "partnership.beginning_claimed", "episode": 0, "claim": claim}),
        json!({"name": "partnership.beginning_chosen", "episode": 0, "claim": claim}),
        json!({"name": "partnership.record_stated", "record": [{"period": {"from": "1960"}, "source": "x", "stated_by": "x"}]}),
        json!({"name": "partnership.noted", "note": {"text": "x", "source": "x"}}),
        json!({"name": "partnership.deleted", "members": [PLC, "plc_01kdvt6g01cevxk7q9gfs0mhpb"]}),
    ] {
        event(&PARTNERSHIP, &of::<PartnershipEvent>(&told));
    }
}

#[test]
fn every_field_of_an_agreement_is_classified() {
    let signature = json!({"by": PLC, "person": "x", "office": {"title": "x", "rank": "highest_elected"},
        "on": "1991", "at": "x", "source": "x"});
    let resolved =
        json!({"by": PLC, "basis": "resolved", "body": "x", "reference": "x", "on": "1991", "source": "x"});
    let overridden = json!({"by": PLC, "basis": "overridden", "reason": "x", "authority": "x"});
    let notice = json!({"by": [PLC], "on": "1991", "authority": "x", "reason": "x", "source": "x"});
    let version = of::<Version>(&json!({
        "number": 1, "base": "amends", "of": 1, "text": "hashed", "hash": hash(),
        "terms": {"term": {"term": "fixed", "ends_on": "1999"}, "notice": 6, "in_force_from": "1991"},
        "stage": "withdrawn", "withdrawn_on": "1992", "reason": "x",
        "approvals": [resolved, overridden], "signatures": [signature],
    }));
    let proposed = json!({"number": 1, "stage": "proposed", "proposed_on": "1991"});
    body(
        &AGREEMENT,
        &json!({
            "v": "1", "id": AGR, "programme": "prg", "partnership": PRT, "parent": AGR, "title": "x",
            "parties": [PLC], "versions": [version, proposed], "notice": notice, "display_year": "derived",
        }),
    );
    for told in [
        json!({"name": "agreement.drafted", "partnership": PRT, "parent": AGR}),
        json!({"name": "agreement.recorded", "partnership": PRT, "parent": AGR, "signatures": [signature]}),
        json!({"name": "agreement.version_drafted", "version": 2, "base": "amends", "of": 1}),
        json!({"name": "agreement.draft_revised", "version": 2, "text": "hashed", "hash": hash()}),
        json!({"name": "agreement.text_attached", "version": 2, "hash": hash()}),
        json!({"name": "agreement.text_stored", "version": 2, "hash": hash()}),
        json!({"name": "agreement.proposed", "version": 2, "on": "1991"}),
        json!({"name": "agreement.approved", "version": 2, "approval": resolved, "outstanding": [PLC]}),
        json!({"name": "agreement.approved", "version": 2, "approval": overridden, "outstanding": []}),
        json!({"name": "agreement.signed", "version": 2, "signature": signature, "outstanding": [PLC]}),
        json!({"name": "agreement.withdrawn", "version": 2, "reason": "x"}),
        json!({"name": "agreement.notice_given", "notice": notice, "ends_earliest": "1999-01-01", "ends_latest": "1999-12-31"}),
        json!({"name": "agreement.deleted", "partnership": PRT, "title": "x"}),
    ] {
        event(&AGREEMENT, &of::<AgreementEvent>(&told));
    }
}

#[test]
fn every_field_of_an_import_is_classified() {
    let (id, programme) = ("imp_01kdvt6g00cevxk7q9gfs0mhpb", "prg_01kdvt6g00cevxk7q9gfs0mhpb");
    let tally = json!({"create": 1, "same": 0, "merge": 0, "needs_person": 0, "kept_unresolved": 0, "invalid": 0, "skipped": 0});
    let states = [
        json!({"state": "uploaded"}),
        json!({"state": "dry_run", "report": hash(), "tally": tally}),
        json!({"state": "approved", "tally": tally}),
        json!({"state": "applied", "report": hash(), "tally": tally, "touched": [{"record": ENG, "before": 1, "after": 2}]}),
        json!({"state": "undone", "report": hash(), "tally": tally, "kept": [{"record": ENG, "because": "touched_since"}]}),
    ];
    for state in states {
        let run = json!({
            "v": "1", "id": id, "programme": programme, "content": "engagements", "file": hash(), "file_name": "x",
            "mapping": {"columns": {"Stadt": "place"}, "values": {"kind": {"Partner": "sister-city"}},
                "day_order": "day_first", "sheet": "x", "source": "x", "complete_for": {"from": "1960", "to": "1991"}},
            "answers": [{"line": 1, "about": "place", "choice": {"take": "x"}}, {"line": 2, "about": "place", "choice": "skip"}],
            "state": state,
        });
        body(&IMPORT, &of::<ImportRun>(&run));
    }
    for told in [
        json!({"name": "import.uploaded", "content": "engagements", "file": hash()}),
        json!({"name": "import.prepared", "state": "dry_run"}),
        json!({"name": "import.applied", "tally": tally}),
        json!({"name": "import.undone", "kept": 1}),
    ] {
        event(&IMPORT, &of::<ImportEvent>(&told));
    }
}

#[test]
fn every_field_of_what_is_shared_is_classified() {
    let (prg, other) = ("prg_01kdvt6g00cevxk7q9gfs0mhpb", "prg_01kdvt6g01cevxk7q9gfs0mhpb");
    let link = json!({"v": "1", "id": "lnk_01kdvt6g00cevxk7q9gfs0mhpb", "programme": prg, "peer": other,
        "partnership": PRT, "name": "x"});
    body(&LINK, &of::<Link>(&link));
    let visit = json!({"engagement": {"title": "x", "foci": ["culture"], "direction": "inbound",
        "dates": {"start": "1991", "end": "1992"}, "happening": "held",
        "participants": [{"side": "host", "role": "artist", "people": 6}], "evidence": "took_part"}});
    let text = json!({"agreement": {"title": "x", "signed_on": "1991", "in_force_from": "1991",
        "versions": [{"number": 1, "hash": hash(), "approved": 2, "signed": 2}]}});
    for (subject, content) in [(ENG, visit), (AGR, text)] {
        let share = json!({"v": "1", "id": "shr_01kdvt6g00cevxk7q9gfs0mhpb", "programme": prg, "peer": other,
            "link": link["id"], "subject": subject, "revision": 1, "content": content});
        body(&SHARE, &of::<Share>(&share));
    }
    for name in ["link.made", "link.withdrawn"] {
        event(&LINK, &of::<LinkEvent>(&json!({"name": name, "peer": other, "partnership": PRT})));
    }
    for name in ["share.made", "share.renewed"] {
        let told = json!({"name": name, "peer": other, "record": ENG, "revision": 2});
        event(&SHARE, &of::<ShareEvent>(&told));
    }
    event(&SHARE, &of::<ShareEvent>(&json!({"name": "share.withdrawn", "peer": other, "record": ENG})));
}

/// But for the title, which somebody chose for the peer.
#[test]
fn what_is_told_of_an_engagement_is_nowhere_personal() {
    let mut visit = golden::<Engagement>(include_str!("../../../domain/tests/golden/engagement.v1.json"));
    visit["care"] = json!("no nuts");
    let visit: Engagement = serde_json::from_value(visit).expect("an engagement");
    let told = serde_json::to_value(SharedEngagement::of(&visit, None)).expect("JSON");
    let mut fields = 0;
    let look = &mut |_: &Json, pointer: &str| -> Result<(), std::convert::Infallible> {
        fields += 1;
        assert!(ENGAGEMENT.nature_in_body(pointer).class < DataClass::Personal, "{pointer}");
        Ok(())
    };
    let Ok(()) = crate::json::walk(&told, &mut String::new(), look);
    assert!(fields > 5, "{told}");
}

#[test]
fn every_field_of_the_other_events_is_classified() {
    for told in [
        json!({"name": "engagement.recorded", "partnership": PRT, "title": "x", "dates": {"start": "1991", "end": "1991"}}),
        json!({"name": "engagement.changed", "partnership": PRT, "fields": ["title"]}),
    ] {
        event(&ENGAGEMENT, &of::<EngagementEvent>(&told));
    }
    event(&TOKEN, &of::<TokenEvent>(&json!({"name": "token.created", "called": "x", "scopes": ["admin"]})));
    event(&TOKEN, &of::<TokenEvent>(&json!({"name": "token.revoked", "called": "x"})));
    for kind in [&PLACE, &PROGRAMME] {
        event(kind, &json!({"name": "x", "called": "x", "fields": ["name"]}));
    }
    for kind in ALL {
        event(kind, &json!({"name": "person.erased", "pseudonym": "x", "values": 1, "journal": 1}));
        event(kind, &json!({"name": "key.rotated", "key": 1}));
        event(kind, &json!({"name": "sensitive.read", "fields": ["/care"]}));
    }
}

#[test]
fn what_nobody_classified_is_found_and_counts_as_personal() {
    let body = json!({"id": "x", "invented": {"list": [1, {"deep": "x"}]}});
    assert_eq!(PLACE.unclassified_in_body(&body), ["/invented/list/0", "/invented/list/1/deep"]);
    assert_eq!(PLACE.nature_in_body("/invented/list/0").class, DataClass::Personal);
}

#[test]
fn a_body_is_as_private_as_the_most_private_field_in_it() {
    for kind in ALL {
        let strictest = kind.fields.iter().map(|field| field.class).max();
        assert_eq!(Some(kind.body), strictest, "{}", kind.table);
    }
}

/// A column can be searched, so it is never encrypted; and what erasure must reach is in the body, from which columns are made.
#[test]
fn no_column_is_sensitive() {
    for kind in ALL {
        for column in kind.columns.iter().chain(kind.sets.iter().map(|set| &set.value)) {
            assert_ne!(column.class, DataClass::Sensitive, "{} {}", kind.table, column.name);
        }
    }
}

/// As they are encrypted as texts; and no event tells of one, as events go to others.
#[test]
fn sensitive_fields_are_texts_and_in_no_event() {
    for kind in ALL {
        assert!(kind.event_fields.iter().all(|field| field.class != DataClass::Sensitive), "{}", kind.table);
        for field in kind.fields.iter().filter(|field| field.class == DataClass::Sensitive) {
            assert!(!field.path.ends_with("**"), "{} {}: say which", kind.table, field.path);
        }
    }
}
