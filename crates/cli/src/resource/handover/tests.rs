//! The document as an officer reads it, in the terminal and on paper.

use serde_json::{from_value, json};
use sister_cities_client::api::handover::HandoverView;
use sister_cities_client::api::programme::ProgrammeView;

use super::document::Document;
use super::html;
use crate::show::text::{Renderer, width};
use crate::show::wording::Perspective;

const ID: &str = "01kdvt6g00cevxk7q9gfs0mhpb";

fn id(prefix: &str) -> String {
    format!("{prefix}_{ID}")
}

fn chicago() -> Perspective {
    let programme = json!({
        "id": id("prg"), "revision": 1, "name": "Chicago Sister Cities", "host": id("plc"), "language": "en",
        "currency": "USD", "kinds": [{ "key": "sister-city", "names": [{ "language": "en", "name": "sister city" }], "wordings": [],
        "signed_agreement": "required", "open_ended": "allowed", "headline": "counted" }],
        "vitality": {"half_life_days": 365, "capacity": 2.0, "one_sided_factor": 0.25, "half_score_energy": 1.5,
            "active_at": 40.0, "cooling_below": 25.0, "reviving_at": 20.0, "dormant_below": 10.0, "lively_energy": 6.0},
        "one_per_country": "not_advised", "retention": {"sensitive_days": 30},
        "due": {"rules": [], "escalation": [], "anniversary_every_months": 60, "touch_every_months": 12},
    });
    Perspective { programme: from_value::<ProgrammeView>(programme).expect("a programme") }
}

fn handover() -> HandoverView {
    let there = "plc_01kdvt6g01cevxk7q9gfs0mhpb";
    let members = json!([
        { "place": id("plc"), "name": "Chicago", "country": "US" },
        { "place": there, "name": "Birmingham", "country": "GB" },
    ]);
    from_value(json!({
        "as_of": "2009-06-30",
        "partnership": {
            "id": id("prt"), "revision": 3, "members": members, "status": { "status": "agreed", "since": "1993-09" },
            "since": "1993-09", "episodes": [], "decisions": [], "record": [], "notes": [],
        },
        "promises": [
            { "id": id("pnt"), "revision": 1, "plan": id("pln"), "partnership": id("prt"), "number": 2,
              "title": "Share what works in getting people into work", "promised_by": "both", "due": "2009-03",
              "state": "in_progress", "publicity": "internal",
              "host": { "responsible": { "person": id("per"), "office": "Mayor's Office of Workforce Development" } },
              "counterpart": { "responsible": { "office": "Jobcentre Plus" } } },
            { "id": "pnt_01kdvt6g01cevxk7q9gfs0mhpb", "revision": 1, "plan": id("pln"), "partnership": id("prt"),
              "number": 3, "title": "A joint report", "promised_by": "both", "state": "open", "publicity": "internal" },
        ],
        "contacts": [
            { "side": "counterpart", "who": { "office": "Lord Mayor of Birmingham" }, "because": "role",
              "role": id("rol"), "function": "mayor", "since": "1993-09" },
            { "side": "host", "who": { "person": id("per"), "committee": id("cmt") }, "because": "role",
              "role": id("rol"), "function": "chair",
              "person": { "id": id("per"), "revision": 1, "seen_by": "desk", "name": "דוד כהן",
                          "latin_name": "David Cohen", "emails": [{ "address": "chair@example.org" }],
                          "languages": ["he", "en"] } },
        ],
        "engagements": [
            { "id": id("eng"), "revision": 1, "partnership": id("prt"), "title": "Talks on <climate> & \"green\" roofs",
              "foci": ["environment"], "direction": "inbound", "start": "2009-02", "participants": [],
              "organisations": [], "costs": [], "outcomes": ["A joint list of measures"], "evidence": "took_part",
              "mutuality": "mutual", "happening": "held", "notes": [] },
        ],
        "reasons": [
            { "on": "1993-09", "decision": "agree", "text": "sister-city", "source": "Chicago Tribune 1993-09-20" },
            { "text": "Two cities of makers: steel, cars and jewellery.\nBoth remade themselves." },
        ],
        "next_touch": { "partnership": id("prt"), "members": members, "on": "2009-07-15", "because": "proposed" },
        "unsaid": [{ "kind": "agreement", "about": id("prt"), "sentence": "No agreement is on file." }],
        "more": [{ "of": "engagements", "number": 3 }],
        "names": [{ "id": id("per"), "name": "דוד כהן" }, { "id": id("cmt"), "name": "Birmingham Committee" }],
    }))
    .expect("a handover")
}

#[test]
fn a_handover_is_one_document_of_eighty_columns() {
    let mut out = Renderer::PLAIN;
    Document::of(&chicago(), &handover()).render(&mut out);
    for text in [
        "Handover: Birmingham, United Kingdom\n",
        "Stands      agreed, partners since September 1993\n",
        "2009-07-15  to be in touch, as nothing is planned\n",
        "2009-03     Share what works in getting people into work (in progress, late)\n",
        "ours: דוד כהן, Mayor's Office of Workforce Development\n",
        "no date     A joint report (open)\n",
        "theirs      Lord Mayor of Birmingham\n",
        "mayor since September 1993\n",
        "chair@example.org\n",
        "came of it: A joint list of measures\n",
        "and 3 more\n",
        "1993-09     agreed: sister city\n",
        "- No agreement is on file.\n",
    ] {
        assert!(out.text.contains(text), "{text}: {}", out.text);
    }
    assert!(out.text.lines().all(|line| width(line) <= 80));
}

#[test]
fn a_page_stands_by_itself_and_reads_nothing_as_markup() {
    let page = html::page(&Document::of(&chicago(), &handover()));
    for text in [
        "Talks on &lt;climate&gt; &amp; &quot;green&quot; roofs",
        "<title>Handover: Birmingham, United Kingdom",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    for foreign in ["<script", "http://", "https://", "url(", "<climate>"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("makers: steel, cars and jewellery.<br>Both"), "lines stay lines");
    assert_eq!(page.matches("<h2>").count(), 6);
    assert_eq!(page.matches("<section>").count(), page.matches("</section>").count());
}
