//! An entry of the log that a line knows more about.

use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus, Happening};
use sister_cities_domain::id::{EngagementId, RecordKind, RecordRef};
use sister_cities_domain::value::{FreeText, Note, PartialDate};

use super::facts::{Facts, proposals};
use super::group;
use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::cells::words;
use crate::import::draft::Draft;
use crate::import::line::Line;
use crate::import::line::LineResult;
use crate::import::report::{Addition, Outcome};

/// Adds to an entry what the line knows beyond it; where the two contradict, a person says.
pub(crate) fn merge(
    line: &mut Line<'_>,
    draft: &mut Draft<'_>,
    id: EngagementId,
    facts: &Facts,
) -> LineResult {
    let record = RecordRef { kind: RecordKind::Engagement, id: id.uuid() };
    let Some(slot) = draft.engagements.get(&id) else { return LineResult::not_yet(line) };
    let first_line = slot.line.filter(|first| *first < line.number);
    let mut entry = (*slot.value).clone();
    let mut adds = Vec::new();
    merge_dates(&mut entry, facts, &mut adds);
    let new: Vec<Focus> = facts.foci.iter().filter(|focus| !entry.foci.contains(focus)).cloned().collect();
    if !new.is_empty()
        && let Ok(foci) = Foci::new(entry.foci.iter().cloned().chain(new.iter().cloned()))
    {
        entry.foci = foci;
        let new: Vec<&str> = new.iter().map(Focus::as_str).collect();
        adds.push(Addition::to(Field::Focus, new.join(", ")));
    }
    if facts.direction != entry.direction && facts.direction != Direction::Unknown {
        if entry.direction == Direction::Unknown
            || line.taken(Field::Direction) == Some(facts.direction.as_str())
        {
            entry.direction = facts.direction;
            adds.push(Addition::to(Field::Direction, facts.direction.as_str()));
        } else if line.taken(Field::Direction).is_none() {
            let both = vec![entry.direction.as_str().to_owned(), facts.direction.as_str().to_owned()];
            let asks = format!(
                "the log says {}, the file {}; which is right?",
                entry.direction.as_str(),
                facts.direction.as_str()
            );
            line.ask(Field::Direction, asks, proposals(both));
        }
    }
    if facts.happening != entry.happening && facts.happening != Happening::Held {
        entry.happening = facts.happening;
        adds.push(Addition::to(Field::Happening, words::happened(facts.happening)));
    }
    merge_people(line, &mut entry, facts, &mut adds);
    for organisation in &facts.organisations {
        if !entry
            .organisations
            .iter()
            .any(|known| fold(known.name.as_str()) == fold(organisation.name.as_str()))
        {
            entry.organisations.push(organisation.clone());
            adds.push(Addition::to(Field::Organisations, organisation.name.to_string()));
        }
    }
    for cost in &facts.costs {
        if !entry.costs.contains(cost) {
            entry.costs.push(cost.clone());
            adds.push(Addition::to(Field::Cost, format!("{}: {}", cost.party, cost.amount)));
        }
    }
    if let Some(outcome) = &facts.outcome
        && !entry.outcomes.contains(outcome)
    {
        entry.outcomes.push(outcome.clone());
        adds.push(Addition::to(Field::Outcome, outcome.as_str()));
    }
    let notes = facts.notes.iter().cloned().chain(other_source(&entry, facts));
    for note in notes {
        if !entry.notes.contains(&note) {
            adds.push(Addition::to(Field::Notes, note.text.as_str()));
            entry.notes.push(note);
        }
    }
    if entry.source.is_none() {
        entry.source = Some(facts.source.clone());
        adds.push(Addition::to(Field::Sources, facts.source.to_string()));
    }
    if !line.findings.is_clear() {
        return LineResult::not_yet(line);
    }
    let outcome = if adds.is_empty() {
        Outcome::Same { record, first_line }
    } else {
        draft.change_engagement(entry, line.number);
        Outcome::Merge { record, adds }
    };
    LineResult { outcome, records: vec![record] }
}

/// A second source is kept as a note: an entry has one source of its own.
fn other_source(entry: &Engagement, facts: &Facts) -> Option<Note> {
    let own = entry.source.as_ref()?;
    if *own == facts.source {
        return None;
    }
    let text = FreeText::new("also told by another source").ok()?;
    Some(Note { text, source: Some(facts.source.clone()) })
}

fn merge_dates(entry: &mut Engagement, facts: &Facts, adds: &mut Vec<Addition>) {
    let finer = |old: Option<PartialDate>, new: Option<PartialDate>| match (old, new) {
        (Some(old), Some(new)) if new.refines(&old) => Some(new),
        (None, new) => new,
        (Some(old), _) => Some(old),
    };
    let start = finer(entry.dates.start(), facts.dates.start());
    let end = finer(entry.dates.end(), facts.dates.end());
    if let Ok(dates) = EngagementDates::new(start, end)
        && dates != entry.dates
    {
        if start != entry.dates.start()
            && let Some(start) = start
        {
            adds.push(Addition::to(Field::Date, start.in_words()));
        }
        if end != entry.dates.end()
            && let Some(end) = end
        {
            adds.push(Addition::to(Field::EndDate, end.in_words()));
        }
        entry.dates = dates;
    }
}

fn merge_people(line: &mut Line<'_>, entry: &mut Engagement, facts: &Facts, adds: &mut Vec<Addition>) {
    let Some(people) = facts.people else { return };
    let unstated = group(people);
    match entry.participants.as_slice() {
        [] => {
            entry.participants = vec![unstated];
            adds.push(Addition::to(Field::Participants, people.to_string()));
        }
        [one] if one.people == people => {}
        [one] if line.taken(Field::Participants).is_none() => {
            let both = vec![one.people.to_string(), people.to_string()];
            line.ask(
                Field::Participants,
                format!("the log says {}, the file {people}; which is right?", one.people),
                proposals(both),
            );
        }
        [_] => {
            entry.participants[0].people = people;
            adds.push(Addition::to(Field::Participants, people.to_string()));
        }
        [_, _, ..] => {
            line.findings.remark(format!(
                "the log has several groups of participants, the file one number, {people}; the groups stay"
            ));
        }
    }
}
