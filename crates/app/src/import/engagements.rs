//! What a line of a log of exchanges comes to.

use sister_cities_domain::engagement::{
    Cost, Direction, Engagement, EngagementDates, Foci, Focus, Happening, Organisation, OtherSideEvidence,
    ParticipantGroup, ParticipantRole, Side,
};
use sister_cities_domain::id::{EngagementId, PartnershipId, RecordKind, RecordRef};
use sister_cities_domain::import_run::Choice;
use sister_cities_domain::value::{FreeText, Name, Note, PartialDate, Source, Title};

use super::coverage::bond;
use super::draft::Draft;
use super::fields::Field;
use super::fold::fold;
use super::line::{DateCell, Line};
use super::partnerships::{Change, addition};
use super::place_finder::PlaceFinder;
use super::plan::Came;
use super::report::{Addition, Outcome, Proposal};
use super::words;

/// The answers to whether two entries of one title are one.
const ANOTHER: &str = "another";

/// What a line says about an engagement.
struct Facts {
    title: Title,
    foci: Foci,
    direction: Direction,
    dates: EngagementDates,
    happening: Happening,
    people: Option<u32>,
    organisations: Vec<Organisation>,
    costs: Vec<Cost>,
    outcome: Option<FreeText>,
    source: Source,
    note: Option<FreeText>,
}

pub(super) fn plan_line(line: &mut Line<'_>, draft: &mut Draft<'_>, finder: &mut PlaceFinder<'_>) -> Came {
    let bond = bond(line, draft, finder);
    let facts = facts(line);
    let (Some(bond), Some(facts), true) = (bond, facts, line.findings.is_clear()) else {
        return Came::not_yet(line);
    };
    let known = match known(line, draft, bond, &facts) {
        Ok(known) => known,
        Err(Asked) => return Came::not_yet(line),
    };
    let came = match known {
        None => create(line, draft, bond, facts),
        Some(id) => merge(line, draft, id, &facts),
    };
    if let Some(slot) = draft.partnerships.get(&bond)
        && line.findings.is_clear()
    {
        let mut change = Change { partnership: slot.value.clone(), events: Vec::new() };
        change.coverage(line, &mut Vec::new());
        if !change.events.is_empty() {
            draft.change_partnership(change.partnership, change.events, line.number);
        }
    }
    came
}

/// A person must answer first; the findings hold the question.
struct Asked;

fn facts(line: &mut Line<'_>) -> Option<Facts> {
    let title = line.value(Field::Title, Title::new);
    if title.is_none() && line.cell(Field::Title).is_empty() {
        line.problem(Field::Title, "is empty", "what was done, in a line");
    }
    let foci = foci(line);
    let direction = direction(line);
    let dates = dates(line);
    let happening = happening(line);
    let people = people(line);
    let organisations = organisations(line);
    let costs = costs(line);
    let outcome = line.value(Field::Outcome, FreeText::new);
    let note = line.value(Field::Notes, FreeText::new);
    let source = line.source();
    Some(Facts {
        title: title?,
        foci: foci?,
        direction: direction?,
        dates: dates?,
        happening: happening?,
        people,
        organisations,
        costs,
        outcome,
        source,
        note,
    })
}

fn foci(line: &mut Line<'_>) -> Option<Foci> {
    let text = line.taken(Field::Focus).map_or_else(|| line.cell(Field::Focus), str::to_owned);
    let mut found = Vec::new();
    for word in text.split([';', ',', '/', '|', '&', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        match words::focus(word) {
            Some(focus) => found.push(focus),
            None => {
                line.ask(
                    Field::Focus,
                    format!("{word:?} is not known as a focus; which is meant?"),
                    proposals(words::foci_like(word)),
                );
                return None;
            }
        }
    }
    if let Ok(foci) = Foci::new(found) {
        return Some(foci);
    }
    line.ask(
        Field::Focus,
        "the line does not say what it was about; which focus is it?",
        proposals(words::foci_like("")),
    );
    None
}

fn proposals(words: Vec<String>) -> Vec<Proposal> {
    words
        .into_iter()
        .map(|word| Proposal { text: word.replace('_', " "), key: word, reasons: Vec::new() })
        .collect()
}

fn direction(line: &mut Line<'_>) -> Option<Direction> {
    let text = line.taken(Field::Direction).map_or_else(|| line.cell(Field::Direction), str::to_owned);
    let found = words::direction(&text);
    if found.is_none() {
        let all = Direction::ALL.map(|direction| direction.as_str().to_owned()).to_vec();
        line.ask(
            Field::Direction,
            format!("{text:?} is not known as a direction; which is meant?"),
            proposals(all),
        );
    }
    found
}

fn happening(line: &mut Line<'_>) -> Option<Happening> {
    let text = line.taken(Field::Happening).map_or_else(|| line.cell(Field::Happening), str::to_owned);
    let found = words::happening(&text);
    if found.is_none() {
        let all = ["held", "announced only", "called off"].map(str::to_owned).to_vec();
        line.ask(Field::Happening, format!("does {text:?} mean that it took place?"), proposals(all));
    }
    found
}

/// First and last day. `None` if something is wrong or open; an undated line is no mistake.
fn dates(line: &mut Line<'_>) -> Option<EngagementDates> {
    let (start, mut end) = match line.date(Field::Date) {
        DateCell::Blank => (None, None),
        DateCell::Date(date) => (Some(date), None),
        DateCell::Span(from, to) => (Some(from), Some(to)),
        DateCell::Open => return None,
    };
    match line.single_date(Field::EndDate) {
        DateCell::Blank => {}
        DateCell::Date(date) => end = Some(date),
        DateCell::Open | DateCell::Span(..) => return None,
    }
    if !precision_fits(line, start) {
        return None;
    }
    match EngagementDates::new(start, end) {
        Ok(dates) => Some(dates),
        Err(error) => {
            line.problem(Field::EndDate, &error, error.expected());
            None
        }
    }
}

fn precision_fits(line: &mut Line<'_>, date: Option<PartialDate>) -> bool {
    let stated = fold(&line.cell(Field::Precision));
    let found = date.map(|date| match date.precision() {
        sister_cities_domain::value::Precision::Year => "year",
        sister_cities_domain::value::Precision::Month => "month",
        sister_cities_domain::value::Precision::Day => "day",
    });
    let known = ["year", "month", "day"].contains(&stated.as_str());
    if !known || found == Some(stated.as_str()) || line.taken(Field::Date).is_some() {
        return true;
    }
    let found = found.map_or_else(|| "there is no date".to_owned(), |found| format!("the date is a {found}"));
    line.problem(
        Field::Precision,
        format_args!("says {stated}, but {found}"),
        "the precision that the date has",
    );
    false
}

fn people(line: &mut Line<'_>) -> Option<u32> {
    let text = line.taken(Field::Participants).map_or_else(|| line.cell(Field::Participants), str::to_owned);
    match words::people(&text) {
        words::People::Blank => None,
        words::People::Exactly(people) => Some(people),
        words::People::About(people) => {
            line.findings.remark(format!("participants: {text:?} is taken as {people}"));
            Some(people)
        }
        words::People::Unreadable => {
            line.problem(
                Field::Participants,
                format_args!("{text:?} is no number of people"),
                "a whole number such as 22, or nothing",
            );
            None
        }
    }
}

fn organisations(line: &mut Line<'_>) -> Vec<Organisation> {
    let text = line.cell(Field::Organisations);
    let mut found = Vec::new();
    for (name, people) in words::organisations(&text) {
        let checked = Name::new(&name).and_then(|name| {
            let representatives = people.iter().map(|person| Name::new(person)).collect::<Result<_, _>>()?;
            Ok(Organisation { name, side: Side::Unstated, representatives })
        });
        match checked {
            Ok(organisation) => found.push(organisation),
            Err(error) => line.problem(Field::Organisations, &error, error.expected()),
        }
    }
    found
}

fn costs(line: &mut Line<'_>) -> Vec<Cost> {
    let text = line.cell(Field::Cost);
    let mut found = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match words::cost(part) {
            Some(cost) => found.push(cost),
            None => line.problem(
                Field::Cost,
                format_args!("{part:?} cannot be read"),
                "who paid and how much, such as City of Chicago: 25000.00 USD",
            ),
        }
    }
    found
}

/// The entry that says the same, if there is one.
fn known(
    line: &mut Line<'_>,
    draft: &Draft<'_>,
    bond: PartnershipId,
    facts: &Facts,
) -> Result<Option<EngagementId>, Asked> {
    let titled = draft.engagements_titled(bond, facts.title.as_str());
    let entry = |id: &EngagementId| draft.engagements.get(id).map(|slot| &slot.value);
    let start = facts.dates.start();
    let same = |id: &&EngagementId| entry(id).is_some_and(|entry| entry.dates.start() == start);
    if let Some(id) = titled.iter().find(same) {
        return Ok(Some(*id));
    }
    let overlapping: Vec<&Engagement> = titled
        .iter()
        .filter_map(entry)
        .filter(|entry| match (entry.dates.start(), start) {
            (Some(a), Some(b)) => a.refines(&b) || b.refines(&a),
            (None, _) | (_, None) => true,
        })
        .collect();
    let Some(other) = overlapping.first() else { return Ok(None) };
    match line.answer(Field::Title) {
        Some(Choice::Take(key)) if key == ANOTHER => return Ok(None),
        Some(Choice::Take(key)) => {
            if let Some(found) = overlapping.iter().find(|entry| entry.id.to_string() == *key) {
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

fn create(line: &Line<'_>, draft: &mut Draft<'_>, bond: PartnershipId, facts: Facts) -> Came {
    let id = EngagementId::next(draft.ids);
    let when = facts.dates.start().map_or_else(|| "undated".to_owned(), |date| date.in_words());
    let what = format!("{}, {when}, {} ({})", facts.direction.as_str(), facts.title, facts.foci);
    let engagement = Engagement {
        id,
        programme: draft.programme.id,
        partnership: bond,
        title: facts.title,
        foci: facts.foci,
        direction: facts.direction,
        dates: facts.dates,
        happening: facts.happening,
        participants: facts.people.map(group).into_iter().collect(),
        organisations: facts.organisations,
        costs: facts.costs,
        outcomes: facts.outcome.into_iter().collect(),
        evidence: OtherSideEvidence::Unstated,
        source: Some(facts.source),
        notes: facts.note.map(note).into_iter().collect(),
    };
    draft.add_engagement(engagement, line.number);
    Came {
        outcome: Outcome::Create { what },
        records: vec![RecordRef { kind: RecordKind::Engagement, id: id.uuid() }],
    }
}

fn group(people: u32) -> ParticipantGroup {
    ParticipantGroup { side: Side::Unstated, role: ParticipantRole::Unstated, people }
}

fn note(text: FreeText) -> Note {
    Note { text, source: None }
}

/// Adds to an entry what the line knows beyond it; where the two contradict, a person says.
fn merge(line: &mut Line<'_>, draft: &mut Draft<'_>, id: EngagementId, facts: &Facts) -> Came {
    let record = RecordRef { kind: RecordKind::Engagement, id: id.uuid() };
    let Some(slot) = draft.engagements.get(&id) else { return Came::not_yet(line) };
    let first_line = slot.line.filter(|first| *first < line.number);
    let mut entry = slot.value.clone();
    let mut adds = Vec::new();
    merge_dates(&mut entry, facts, &mut adds);
    let new: Vec<Focus> = facts.foci.iter().filter(|focus| !entry.foci.contains(focus)).cloned().collect();
    if !new.is_empty()
        && let Ok(foci) = Foci::new(entry.foci.iter().cloned().chain(new.iter().cloned()))
    {
        entry.foci = foci;
        let new: Vec<&str> = new.iter().map(Focus::as_str).collect();
        adds.push(addition(Field::Focus, new.join(", ")));
    }
    if facts.direction != entry.direction && facts.direction != Direction::Unknown {
        if entry.direction == Direction::Unknown
            || line.taken(Field::Direction) == Some(facts.direction.as_str())
        {
            entry.direction = facts.direction;
            adds.push(addition(Field::Direction, facts.direction.as_str()));
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
        adds.push(addition(Field::Happening, words::happened(facts.happening)));
    }
    merge_people(line, &mut entry, facts, &mut adds);
    for organisation in &facts.organisations {
        if !entry
            .organisations
            .iter()
            .any(|known| fold(known.name.as_str()) == fold(organisation.name.as_str()))
        {
            entry.organisations.push(organisation.clone());
            adds.push(addition(Field::Organisations, organisation.name.to_string()));
        }
    }
    for cost in &facts.costs {
        if !entry.costs.contains(cost) {
            entry.costs.push(cost.clone());
            adds.push(addition(Field::Cost, format!("{}: {}", cost.party, cost.amount)));
        }
    }
    if let Some(outcome) = &facts.outcome
        && !entry.outcomes.contains(outcome)
    {
        entry.outcomes.push(outcome.clone());
        adds.push(addition(Field::Outcome, outcome.as_str()));
    }
    let notes = facts.note.clone().map(note).into_iter().chain(other_source(&entry, facts));
    for note in notes {
        if !entry.notes.contains(&note) {
            adds.push(addition(Field::Notes, note.text.as_str()));
            entry.notes.push(note);
        }
    }
    if entry.source.is_none() {
        entry.source = Some(facts.source.clone());
        adds.push(addition(Field::Sources, facts.source.to_string()));
    }
    if !line.findings.is_clear() {
        return Came::not_yet(line);
    }
    let outcome = if adds.is_empty() {
        Outcome::Same { record, first_line }
    } else {
        draft.change_engagement(entry, line.number);
        Outcome::Merge { record, adds }
    };
    Came { outcome, records: vec![record] }
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
            adds.push(addition(Field::Date, start.in_words()));
        }
        if end != entry.dates.end()
            && let Some(end) = end
        {
            adds.push(addition(Field::EndDate, end.in_words()));
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
            adds.push(addition(Field::Participants, people.to_string()));
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
            adds.push(addition(Field::Participants, people.to_string()));
        }
        [_, _, ..] => {
            line.findings.remark(format!(
                "the log has several groups of participants, the file one number, {people}; the groups stay"
            ));
        }
    }
}
