//! What a line of a log of exchanges comes to.

mod facts;
mod merge;

use sister_cities_domain::engagement::{
    Engagement, EngagementDates, ParticipantGroup, ParticipantRole, Side,
};
use sister_cities_domain::id::{EngagementId, PartnershipId, RecordKind, RecordRef};
use sister_cities_domain::import_run::Choice;
use sister_cities_domain::value::PartialDate;

use self::facts::{Facts, facts};
use self::merge::merge;
use crate::import::cells::fields::Field;
use crate::import::draft::Draft;
use crate::import::line::Line;
use crate::import::line::LineResult;
use crate::import::partnerships::change::Change;
use crate::import::partnerships::coverage::partnership;
use crate::import::places::finder::PlaceFinder;
use crate::import::report::{Outcome, Proposal};

/// The answers to whether two entries of one title are one.
const ANOTHER: &str = "another";

pub(crate) fn plan_line(
    line: &mut Line<'_>,
    draft: &mut Draft<'_>,
    finder: &mut PlaceFinder<'_>,
) -> LineResult {
    let partnership = partnership(line, draft, finder);
    let facts = facts(line);
    let (Some(partnership), Some(facts), true) = (partnership, facts, line.findings.is_clear()) else {
        return LineResult::not_yet(line);
    };
    let known = match known(line, draft, partnership, &facts) {
        Ok(known) => known,
        Err(Asked) => return LineResult::not_yet(line),
    };
    let result = match known {
        None => create(line, draft, partnership, facts),
        Some(id) => merge(line, draft, id, &facts),
    };
    if let Some(slot) = draft.partnerships.get(&partnership)
        && line.findings.is_clear()
        && line.context.complete_for.is_some()
    {
        let mut change = Change { partnership: (*slot.value).clone(), events: Vec::new() };
        change.coverage(line, &mut Vec::new());
        if !change.events.is_empty() {
            draft.change_partnership(change.partnership, change.events, line.number);
        }
    }
    result
}

/// A person must answer first; the findings hold the question.
struct Asked;

/// Whether an entry may be of something that began then.
fn may_begin(entry: &Engagement, start: Option<PartialDate>) -> bool {
    match (entry.dates.start(), start) {
        (Some(a), Some(b)) => a.refines(&b) || b.refines(&a),
        (None, _) | (_, None) => true,
    }
}

/// The entry that says the same, if there is one.
fn known(
    line: &mut Line<'_>,
    draft: &Draft<'_>,
    partnership: PartnershipId,
    facts: &Facts,
) -> Result<Option<EngagementId>, Asked> {
    let start = facts.dates.start();
    let mut overlapping = None;
    for entry in draft.engagements_titled(partnership, facts.title.as_str(), start) {
        if entry.dates.start() == start {
            return Ok(Some(entry.id));
        }
        overlapping = overlapping.or_else(|| may_begin(entry, start).then_some(entry));
    }
    let Some(other) = overlapping else { return Ok(None) };
    match line.answer(Field::Title) {
        Some(Choice::Take(key)) if key == ANOTHER => return Ok(None),
        Some(Choice::Take(key)) => {
            let taken = key
                .parse()
                .ok()
                .and_then(|id| draft.engagement_titled(id, partnership, facts.title.as_str()));
            if let Some(found) = taken.filter(|entry| may_begin(entry, start)) {
                return Ok(Some(found.id));
            }
        }
        Some(_) | None => {}
    }
    let when =
        |dates: &EngagementDates| dates.start().map_or_else(|| "undated".to_owned(), |date| date.in_words());
    let proposals = vec![
        Proposal {
            key: other.id.to_string(),
            text: format!("it is the entry of {}", when(&other.dates)),
            reasons: vec!["it has the same title".to_owned()],
        },
        Proposal { key: ANOTHER.to_owned(), text: "it is another".to_owned(), reasons: Vec::new() },
    ];
    let asks = format!(
        "the log has an entry of this title, {}; this line says {}; is it the same?",
        when(&other.dates),
        when(&facts.dates)
    );
    line.ask(Field::Title, asks, proposals);
    Err(Asked)
}

fn create(line: &Line<'_>, draft: &mut Draft<'_>, partnership: PartnershipId, facts: Facts) -> LineResult {
    let id = EngagementId::next(draft.ids);
    let when = facts.dates.start().map_or_else(|| "undated".to_owned(), |date| date.in_words());
    let what = format!("{}, {when}, {} ({})", facts.direction.as_str(), facts.title, facts.foci);
    let Facts { title, foci, direction, dates, .. } = facts;
    let entry = Engagement::held(id, (draft.programme.id, partnership), title, foci, direction, dates);
    let engagement = Engagement {
        happening: facts.happening,
        participants: facts.people.map(group).into_iter().collect(),
        organisations: facts.organisations,
        costs: facts.costs,
        outcomes: facts.outcome.into_iter().collect(),
        source: Some(facts.source),
        notes: facts.notes,
        ..entry
    };
    draft.add_engagement(engagement, line.number);
    LineResult {
        outcome: Outcome::Create { what },
        records: vec![RecordRef { kind: RecordKind::Engagement, id: id.uuid() }],
    }
}

pub(crate) fn group(people: u32) -> ParticipantGroup {
    ParticipantGroup { side: Side::Unstated, role: ParticipantRole::Unstated, people }
}
