//! Partnerships between places.

use sister_cities_domain::id::{PartnershipId, PersonId, PlaceId, RecordKind};
use sister_cities_domain::partnership::{Partnership, StatusKind};
use sister_cities_domain::value::KindKey;

use super::column::stored;
use super::column_value::{date_key, each_once};
use super::fields::{field_list, fields};
use super::search::text;
use super::{ColumnOf, Constraint, Field, FieldGroup, KindDescription, SearchText, SetOf, Stored, Through};
use crate::{Realm, Record};

/// The decided status of today, as in `agreed`.
pub const STATUS: ColumnOf<Partnership, StatusKind> =
    ColumnOf::new("status", |partnership: &Partnership| partnership.status().kind())
        .public()
        .filtered("status")
        .index_orders(&["began_key"]);

/// The key of the kind of its latest episode.
pub const KIND: ColumnOf<Partnership, Option<KindKey>> =
    ColumnOf::new("kind", |partnership: &Partnership| {
        partnership.episodes().last().map(|episode| episode.kind.clone())
    })
    .public()
    .filtered("kind")
    .index_orders(&["began_key"]);

/// When the first episode began, as text that sorts; empty when nobody knows.
pub const BEGAN_KEY: ColumnOf<Partnership, String> =
    ColumnOf::new("began_key", |partnership: &Partnership| date_key(partnership.since()))
        .public()
        .ordered("began");

/// The sorted ids of its members while it is not over: one open partnership per set of places (R1).
pub const OPEN_PAIR: ColumnOf<Partnership, Option<String>> =
    ColumnOf::new("open_pair", |partnership: &Partnership| partnership.open_pair_key())
        .constrained(Constraint::UniqueInProgramme);

/// The places that it joins.
pub const MEMBERS: SetOf<Partnership, PlaceId> =
    SetOf::new("partnership_member", "partnership", "place", |partnership: &Partnership| {
        partnership.members().iter().collect()
    })
    .filtered("place");

/// The people with a record who stated for which periods its log is complete.
pub const STATED_BY: SetOf<Partnership, PersonId> =
    SetOf::new("partnership_stated_by", "partnership", "person", |partnership: &Partnership| {
        each_once(partnership.record().statements().iter().filter_map(|stated| stated.stated_by_person))
    });

impl Record for Partnership {
    const KIND: RecordKind = RecordKind::Partnership;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![STATUS, KIND, BEGAN_KEY, OPEN_PAIR; MEMBERS, STATED_BY];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        search: SearchText {
            fields: &[
                text("/episodes/*/labels/*/label"),
                text("/decisions/*/reason"),
                text("/decisions/*/plan"),
                text("/decisions/*/condition"),
                text("/decisions/*/grounds"),
                text("/decisions/*/statement"),
                text("/decisions/*/note"),
                text("/notes/*/text"),
            ],
            through: Some(Through { set: &MEMBERS.set, path: "/members/*" }),
        },
        ..KindDescription::of::<Self>("partnership")
    };
    type Id = PartnershipId;

    fn id(&self) -> PartnershipId {
        self.id()
    }

    fn realm(&self) -> Realm {
        self.programme().into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Public,
    "/id" Public,
    "/programme" Public,
    "/members/*" Public,
    below "/decisions/*" DECISION,
    below "/episodes/*" EPISODE,
    below "/record/*" COVERAGE,
    below "/notes/*" NOTE,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/from" Internal,
    "/to" Internal,
    "/episode" Internal,
    "/claim/value" Internal,
    "/claim/source" Prose,
    "/label/place" Public,
    "/label/label" Public,
    "/label/source" Prose,
    "/source" Prose,
    "/members/*" Public,
    below "/decision" DECISION,
    below "/episode" EPISODE,
    below "/record/*" COVERAGE,
    below "/note" NOTE,
};

const DECISION: &[Field] = field_list! {
    "/act" Internal,
    "/episode" Internal,
    "/deadline" Internal,
    "/measure" Internal,
    "/on" Internal,
    "/reason" Prose,
    "/plan" Prose,
    "/condition" Prose,
    "/grounds" Prose,
    "/statement" Prose,
    "/note" Prose,
    "/authority" Prose,
    "/source" Prose,
};

const EPISODE: &[Field] = field_list! {
    "/kind" Public,
    "/labels/*/place" Public,
    "/labels/*/label" Public,
    "/labels/*/source" Prose,
    "/began/claims/*/value" Public,
    "/began/claims/*/source" Prose,
    "/began/chosen" Internal,
    "/end" Public,
    "/end/ended/claims/*/value" Public,
    "/end/ended/claims/*/source" Prose,
    "/end/ended/chosen" Internal,
    "/sources/*" Prose,
};

const COVERAGE: &[Field] = field_list! {
    "/period/*" Internal,
    "/source" Prose,
    "/stated_by" Personal,
    "/stated_by_person" Internal,
};

const NOTE: &[Field] = field_list! {
    "/text" Prose,
    "/source" Prose,
};

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};
    use sister_cities_domain::partnership::{Decision, Episode, PartnershipEvent};

    use super::super::samples::{PER, PLC, PRT, body, event, of};
    use super::*;

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
    fn every_field_is_classified() {
        for end in [json!("with_the_bond"), json!("ended_undated"), json!({"ended": claims()})] {
            body::<Partnership>(&json!({"episodes": [episode(&end)]}));
            event::<Partnership>(&json!({"episode": episode(&end)}));
        }
        body::<Partnership>(&json!({"decisions": decisions()}));
        body::<Partnership>(&json!({
            "v": "1", "id": PRT, "programme": "prg", "members": [PLC],
            "record": [{"period": {"from": "1960", "to": "1991"}, "source": "x", "stated_by": "x", "stated_by_person": PER}],
            "notes": [{"text": "x", "source": "x"}],
        }));
        for decision in decisions() {
            let told = json!({"name": "partnership.suspended", "decision": decision, "from": "agreed", "to": "suspended"});
            event::<Partnership>(&of::<PartnershipEvent>(&told));
        }
        let claim = json!({"value": "1960", "source": "x"});
        for told in [
            json!({"name": "partnership.episode_ended", "episode": 0, "claim": claim}),
            json!({"name": "partnership.labelled", "episode": 0, "label": {"place": PLC, "label": "x", "source": "x"}}),
            json!({"name": "partnership.attested", "episode": 0, "source": "x"}),
            json!({"name": "partnership.beginning_claimed", "episode": 0, "claim": claim}),
            json!({"name": "partnership.beginning_chosen", "episode": 0, "claim": claim}),
            json!({"name": "partnership.record_stated", "record": [{"period": {"from": "1960"}, "source": "x", "stated_by": "x", "stated_by_person": PER}]}),
            json!({"name": "partnership.noted", "note": {"text": "x", "source": "x"}}),
            json!({"name": "partnership.deleted", "members": [PLC, "plc_01kdvt6g01cevxk7q9gfs0mhpb"]}),
        ] {
            event::<Partnership>(&of::<PartnershipEvent>(&told));
        }
    }
}
