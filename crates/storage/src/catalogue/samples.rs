//! What the kinds test their fields with: bodies with all fields filled in are walked, and so are events.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::describe;
use crate::Record;

pub(super) const PRG: &str = "prg_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PEER_PRG: &str = "prg_01kdvt6g01cevxk7q9gfs0mhpb";
pub(super) const PLC: &str = "plc_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PER: &str = "per_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PRT: &str = "prt_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const AGR: &str = "agr_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const ENG: &str = "eng_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PLN: &str = "pln_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const PRC: &str = "prc_01kdvt6g00cevxk7q9gfs0mhpb";
pub(super) const ADO: &str = "ado_01kdvt6g00cevxk7q9gfs0mhpb";
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

/// The events of these names out of the domain's golden file of them.
pub(super) fn golden_events(names: &[&str]) -> Vec<Json> {
    let all = sister_cities_domain::stored_forms::EVENT_BODIES;
    let mut all: Vec<Json> = serde_json::from_str(all).expect("events");
    all.retain(|told| names.iter().any(|name| told["name"] == *name));
    assert_eq!(all.len(), names.len());
    all
}

/// Every field of a body of the kind is classified.
pub(super) fn body<T: Record>(body: &Json) {
    assert_eq!(describe(T::KIND).unclassified_in_body(body), Vec::<String>::new(), "{} {body}", T::KIND);
}

/// Every field of an event about such a record is classified.
pub(super) fn event<T: Record>(body: &Json) {
    assert_eq!(describe(T::KIND).unclassified_in_event(body), Vec::<String>::new(), "{} {body}", T::KIND);
}
