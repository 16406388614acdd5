//! What people see, as snapshots at 80 columns, from answers as a server gives them.

use serde_json::{Value, json};
use sister_cities_client::api::count::CountView;
use sister_cities_client::api::engagement::EngagementView;
use sister_cities_client::api::import::{ImportLineView, ImportView};
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::programme::ProgrammeView;
use sister_cities_client::api::vitality::VitalityView;

use crate::show::responsible::Names;

use super::count::Aside;
use super::overview::Overview;
use super::text::{Colour, Renderer, width};
use super::wording::Perspective;
use super::{count, details, import, lists, vitality};

const HOST: &str = "plc_01h455vb4pex5vsknk084sn02q";

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("as the wire has it")
}

fn programme() -> ProgrammeView {
    let kind = |key: &str, name: &str| {
        json!({"key": key, "names": [{"language": "en", "name": name}], "wordings": [], "signed_agreement": "required",
            "open_ended": "allowed", "headline": "counted"})
    };
    read(json!({
        "id": "prg_01h455vb4pex5vsknk084sn02q", "revision": 1, "name": "Chicago Sister Cities", "host": HOST,
        "language": "en", "currency": "USD",
        "kinds": [kind("sister-city", "sister city"), kind("partner-city", "partner city")],
        "vitality": {"half_life_days": 365, "capacity": 2.0, "one_sided_factor": 0.25, "half_score_energy": 1.5,
            "active_at": 40.0, "cooling_below": 25.0, "reviving_at": 20.0, "dormant_below": 10.0, "lively_energy": 6.0},
        "one_per_country": "not_advised", "retention": {"sensitive_days": 30},
        "due": {"rules": [], "escalation": [], "anniversary_every_months": 60, "touch_every_months": 12}
    }))
}

fn perspective() -> Perspective {
    Perspective { programme: programme() }
}

fn members(place: u32, name: &str, country: &str) -> Value {
    json!([
        {"place": HOST, "name": "Chicago", "country": "US"},
        {"place": format!("plc_01h455vb4pex5vsknk084sn{place:03}"), "name": name, "country": country},
    ])
}

fn id(number: u32) -> String {
    format!("prt_01h455vb4pex5vsknk084sn{number:03}")
}

fn casablanca() -> PartnershipView {
    read(json!({
        "id": id(1), "revision": 3, "members": members(1, "Casablanca", "MA"),
        "status": {"status": "agreed", "since": "1982"}, "since": "1982",
        "episodes": [{"kind": "sister-city", "began": [
            {"date": "1982", "source": "chicago.gov", "standing": "chosen"},
            {"date": "1983", "source": "an older list", "standing": "kept"}],
            "labels": [{"place": HOST, "label": "Sister City", "source": "chicago.gov"}], "sources": ["chicago.gov"]}],
        "decisions": [
            {"decision": "agree", "on": "1982", "episode": 0},
            {"decision": "reaffirm", "on": "1991", "source": "CSCI History of Exchange: Casablanca"}],
        "record": [
            {"from": "1982", "to": "1995", "source": "CSCI History of Exchange: Casablanca"},
            {"from": "2002", "to": "2012", "source": "the association's own account"}],
        "notes": [{"text": "Revived by an association founded in Casablanca."}]
    }))
}

fn moscow() -> PartnershipView {
    read(json!({
        "id": id(2), "revision": 2, "members": members(2, "Moscow", "RU"),
        "status": {"status": "suspended", "since": "2022-03-01", "authority": "Mayor of Chicago",
            "note": "until the war in Ukraine ends"},
        "since": "1997", "episodes": [{"kind": "sister-city"}], "decisions": [], "record": []
    }))
}

fn paris() -> PartnershipView {
    read(json!({
        "id": id(3), "revision": 1, "members": members(3, "Paris", "FR"),
        "status": {"status": "agreed", "since": "1996"}, "since": "1996",
        "episodes": [{"kind": "partner-city"}], "decisions": [], "record": [{"source": "the office", "from": "2001"}]
    }))
}

fn vitality_of(partnership: &PartnershipView, standing: &Value, rest: Value) -> VitalityView {
    let mut view = json!({
        "partnership": partnership.id, "members": partnership.members, "as_of": "2008-06-04", "standing": standing,
        "components": [], "inputs": []
    });
    if let (Some(view), Value::Object(rest)) = (view.as_object_mut(), rest) {
        view.extend(rest);
    }
    read(view)
}

fn active() -> VitalityView {
    vitality_of(
        &casablanca(),
        &json!({"standing": "rated", "rung": "active", "at_worst": "active", "at_best": "active",
            "sentence": "Active: both cities met in April 2008, on two subjects."}),
        json!({
            "score": {"low": 55.2, "typical": 61.0, "high": 66.4},
            "components": [
                {"component": "contact", "points": 41.3, "sentence": "The two cities met seven times in the last five years."},
                {"component": "breadth", "points": 16.2, "sentence": "They did so on education, medicine, business and youth: if one subject falls away, others carry on."},
                {"component": "one_sided", "points": 3.5, "sentence": "One side alone did a little more."}],
            "last_mutual": {"origin": {"engagement": "eng_01h455vb4pex5vsknk084sn001"}, "date": "2008-04", "foci": ["humanitarian", "youth"]},
            "forecast": {
                "cooling_on": {"earliest": "2009-09-03", "likely": "2009-10-11", "latest": "2009-11-20"},
                "dormant_on": {"earliest": "2011-02-01", "likely": "2011-02-01", "latest": "2011-02-01"},
                "footing": "incomplete_record"},
            "inputs": [
                {"origin": {"engagement": "eng_01h455vb4pex5vsknk084sn001"}, "date": "2008-04", "foci": ["humanitarian", "youth"],
                 "title": "Committee trip and gift to the Sidi Moumen cultural centre", "mutuality": "mutual", "points": 22.4},
                {"origin": {"engagement": "eng_01h455vb4pex5vsknk084sn002"}, "foci": ["medicine"],
                 "title": "Hearing aids for children in Casablanca and Amman", "mutuality": "mutual", "points": 0.0,
                 "left_out": "its date is not known"}]
        }),
    )
}

fn overview() -> Overview {
    let vitality = vec![
        active(),
        vitality_of(
            &moscow(),
            &json!({"standing": "suspended", "since": "2022-03-01", "sentence": "Suspended since 1 March 2022."}),
            json!({}),
        ),
        vitality_of(
            &paris(),
            &json!({"standing": "not_known", "at_worst": "dormant", "at_best": "active", "gap_from": "2003-01-01",
                "gap_to": "2008-06-04", "sentence": "Not known: the record is silent since 2003."}),
            json!({"score": {"low": 0.0, "typical": 0.4, "high": 1.2}}),
        ),
    ];
    Overview {
        as_of: "2008-06-04".parse().expect("a day"),
        programme: programme(),
        partnerships: vec![casablanca(), moscow(), paris()],
        vitality,
        touches: Vec::new(),
        learning: Vec::new(),
        names: Names::default(),
    }
}

fn shown(render: impl FnOnce(&mut Renderer)) -> String {
    let mut out = Renderer::PLAIN;
    render(&mut out);
    let out = out.text;
    let wide: Vec<&str> = out.lines().filter(|line| width(line) > 80).collect();
    assert!(wide.is_empty(), "wider than 80 columns: {wide:#?}");
    out
}

#[test]
fn the_overview_says_which_partnerships_live_which_wane_and_where_the_record_is_silent() {
    insta::assert_snapshot!("overview", shown(|out| overview().render(out)));
}

#[test]
fn a_partnership_is_explained_in_sentences_with_its_inputs() {
    insta::assert_snapshot!(
        "vitality",
        shown(|out| vitality::render(&perspective(), &casablanca(), &active(), out))
    );
    insta::assert_snapshot!(
        "vitality_list",
        shown(|out| lists::vitality(&perspective(), &overview().vitality, out))
    );
}

#[test]
fn a_partnership_shows_both_labels_all_claims_and_its_decisions() {
    insta::assert_snapshot!(
        "partnership",
        shown(|out| details::partnership(&perspective(), &Names::default(), &casablanca(), out))
    );
    insta::assert_snapshot!(
        "partnerships",
        shown(|out| lists::partnerships(&perspective(), &[casablanca(), moscow(), paris()], out))
    );
}

#[test]
fn a_count_comes_with_its_list_and_with_what_stood_aside() {
    let partnership = |number: u32, name: &str, country: &str, since: &str| {
        let counted_as = if since == "2022" { "possible" } else { "certain" };
        json!({"counted_as": counted_as, "partnership": id(number), "members": members(number, name, country),
            "kind": "sister-city", "status": "agreed", "since": since})
    };
    let view: CountView = read(json!({
        "as_of": "2022-03-02", "kinds": ["sister-city", "partner-city"], "statuses": ["agreed", "under_review", "reawakening"],
        "number": 2, "counted": [partnership(1, "Casablanca", "MA", "1982"), partnership(4, "Petaẖ Tiqva", "IL", "1994")],
        "possible": [partnership(5, "Milan", "IT", "2022")], "undated": []
    }));
    let aside = [Aside {
        name: "Moscow, Russia".to_owned(),
        since: "2022-03-01".to_owned(),
        reason: "by Mayor of Chicago; until the war in Ukraine ends".to_owned(),
    }];
    insta::assert_snapshot!("count", shown(|out| count::render(&perspective(), &view, &aside, out)));
}

#[test]
fn an_import_says_for_each_line_what_is_done_asked_or_wrong() {
    let line = |number: u32, verdict: &str, summary: &str| json!({"line": number, "verdict": verdict, "cells": [], "summary": summary, "questions": [], "faults": [], "records": []});
    let mut open = line(3, "needs_person", "Birmingham, Ala.: which place is meant?");
    open["questions"] = json!([{"about": "place", "text": "Which Birmingham is meant?", "proposals": [
        {"key": "geonames:2655603", "label": "Birmingham, England, United Kingdom", "reasons": ["name as listed", "1.1 million people"]},
        {"key": "geonames:4049979", "label": "Birmingham, Alabama, United States", "reasons": ["alternate name"]}]}]);
    let mut wrong = line(4, "invalid", "nothing");
    wrong["faults"] = json!([{"field": "began", "detail": "\"19991\" is no year", "expected": "a date such as 1991-08, or n/a"}]);
    let lines: Vec<ImportLineView> =
        [line(2, "create", "a partnership with Casablanca, Morocco, sister city since 1982, as the file and the gazetteer have it"), open, wrong]
            .into_iter()
            .map(read)
            .collect();
    let view: ImportView = read(json!({
        "id": "imp_01h455vb4pex5vsknk084sn02q", "revision": 2, "kind": "partnerships", "file_sha256": "00", "file_name": "twins.csv",
        "mapping": {}, "answers": [], "state": "dry_run",
        "tally": {"create": 1, "same": 0, "merge": 0, "needs_person": 1, "kept_unresolved": 0, "invalid": 1, "skipped": 0, "total": 3}
    }));
    insta::assert_snapshot!(
        "import",
        shown(|out| {
            import::lines(&lines, out);
            import::import(&view, out);
        })
    );
}

#[test]
fn names_that_steer_terminals_are_spelled_out_everywhere() {
    const EVIL: &str = "Casa\u{1b}[2Jblanca\u{202e}\r\n\u{7}東京東京東京東京東京東京東京東京東京東京東京東京";
    let mut view = overview();
    for vitality in &mut view.vitality {
        vitality.standing.sentence = EVIL.to_owned();
        vitality.members.iter_mut().for_each(|m| m.name = EVIL.to_owned());
    }
    for partnership in &mut view.partnerships {
        partnership.members.iter_mut().for_each(|m| m.name = EVIL.to_owned());
    }
    let engagement: EngagementView = read(json!({
        "id": "eng_01h455vb4pex5vsknk084sn001", "revision": 1, "partnership": id(1), "title": "A visit", "foci": ["culture"],
        "direction": "joint\u{1b}[2J", "evidence": "unstated", "mutuality": "mutual", "happening": "held"
    }));
    let texts = [
        shown(|out| view.render(out)),
        shown(|out| {
            vitality::render(&perspective(), &view.partnerships[0], &view.vitality[0], out);
        }),
        shown(|out| details::partnership(&perspective(), &Names::default(), &view.partnerships[0], out)),
        shown(|out| lists::vitality(&perspective(), &view.vitality, out)),
        shown(|out| details::engagement(EVIL, &Names::default(), &engagement, out)),
    ];
    for text in texts {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{text}");
        assert!(text.contains("\\u{1b}[2J"), "{text}");
    }
}

#[test]
fn with_colours_the_words_stay_the_same() {
    let mut out = Renderer { colour: Colour::On, ..Renderer::PLAIN };
    overview().render(&mut out);
    let coloured = out.text;
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    assert_eq!(bare, shown(|out| overview().render(out)));
    assert_ne!(bare, coloured);
}
