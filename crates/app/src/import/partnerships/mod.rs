//! What a line of a list of partners comes to.

mod agreement;
pub(crate) mod change;
pub(crate) mod coverage;
mod facts;

use sister_cities_domain::id::{PartnershipId, PlaceId, RecordKind, RecordRef};
use sister_cities_domain::partnership::{Episode, Members, Partnership, PartnershipTransitionError, Phase};

use self::agreement::agreement;
use self::change::Change;
use self::facts::{FURTHER, Facts, StatusFacts, facts, what};
use crate::import::cells::fields::Field;
use crate::import::draft::Draft;
use crate::import::line::Line;
use crate::import::line::LineResult;
use crate::import::places::finder::{NameAlone, PlaceFinder, PlaceMatch};
use crate::import::places::record::{name_place, place_by_name, resolved_place};
use crate::import::report::{Addition, Outcome, Proposal};

/// Which bond of the programme a line is about.
enum Target {
    New,
    /// An episode of a bond that is known.
    Episode(PartnershipId, usize),
    /// A bond that is known gets a further kind.
    Further(PartnershipId),
}

pub(crate) fn plan_line(
    line: &mut Line<'_>,
    draft: &mut Draft<'_>,
    finder: &mut PlaceFinder<'_>,
) -> LineResult {
    let answer = line.answer(Field::Place);
    let words = line.place_words();
    if let Some(above) = line.context.above.country(line.number).filter(|above| above.is_heading) {
        let remark = format!("country: {}, from the heading in line {}", above.label, above.line);
        line.findings.remark(remark);
    }
    let found = finder.find(line.number, &words, draft, answer, NameAlone::IsNotEnough, &mut line.findings);
    let facts = facts(line, draft);
    let target = match (&found, &facts) {
        (PlaceMatch::Known { id, .. }, Some(facts)) => target(line, draft, *id, facts),
        (PlaceMatch::New { .. } | PlaceMatch::ByName { .. }, _) => Some(Target::New),
        (PlaceMatch::Known { .. } | PlaceMatch::Undecided, _) => None,
    };
    if let PlaceMatch::Known { id, .. } = &found
        && *id == draft.host()
    {
        line.problem(Field::Place, "is the programme's own city", "the other city of the bond");
    }
    let (Some(facts), Some(target), true) = (facts, target, line.findings.is_clear()) else {
        return LineResult::not_yet(line);
    };
    let mut adds = Vec::new();
    let (place, unresolved) = place(line.number, draft, found, &mut adds);
    match write(line, draft, place, &facts, &target, &mut adds) {
        Ok((partnership, changed)) => {
            let record = RecordRef { kind: RecordKind::Partnership, id: partnership.uuid() };
            let outcome = match (target, unresolved) {
                (Target::New, Some(because)) => Outcome::KeptUnresolved { what: what(&facts), because },
                (Target::New, None) => Outcome::Create { what: what(&facts) },
                (Target::Episode(..) | Target::Further(_), _) if changed || !adds.is_empty() => {
                    Outcome::Merge { record, adds }
                }
                (Target::Episode(..) | Target::Further(_), _) => Outcome::Same {
                    record,
                    first_line: draft
                        .partnerships
                        .get(&partnership)
                        .and_then(|slot| slot.line)
                        .filter(|l| *l < line.number),
                },
            };
            LineResult { outcome, records: vec![record] }
        }
        Err(error) => {
            line.problem(Field::Status, &error.refusal, "facts that fit what is known of the bond");
            LineResult::not_yet(line)
        }
    }
}

/// Enters the place if it is new; says why it is unresolved if it is.
fn place(
    line: u32,
    draft: &mut Draft<'_>,
    found: PlaceMatch,
    adds: &mut Vec<Addition>,
) -> (PlaceId, Option<String>) {
    let programme = draft.programme.id;
    match found {
        PlaceMatch::Known { id, new_name } => {
            if let Some(name) = new_name {
                name_place(draft, id, name, line, adds);
            }
            (id, None)
        }
        PlaceMatch::New { name, facts } => {
            let id = PlaceId::next(draft.ids);
            draft.add_place(resolved_place(id, programme, &name, &facts), line);
            (id, None)
        }
        PlaceMatch::ByName { name, level, country, geonames, because } => {
            let id = PlaceId::next(draft.ids);
            draft.add_place(place_by_name(id, programme, (name, level), country, geonames), line);
            (id, Some(because))
        }
        // The findings are not clear then, and no line comes here.
        PlaceMatch::Undecided => (draft.host(), None),
    }
}

/// The bond of a place that a line is about; none if a person must say.
fn target(line: &mut Line<'_>, draft: &Draft<'_>, place: PlaceId, facts: &Facts) -> Option<Target> {
    let open = draft
        .partnerships_with(place)
        .find(|id| draft.partnerships.get(id).is_some_and(|slot| slot.value.status().phase() != Phase::Over));
    // A line that does not claim the bond to be in force may well be about one that is over.
    let ends = matches!(facts.status, StatusFacts::Ended { .. });
    let claims_force = matches!(facts.status, StatusFacts::InForce);
    let fits =
        |id: &PartnershipId| draft.partnerships.get(id).is_some_and(|slot| is_about(&slot.value, facts));
    let first = draft.partnerships_with(place).next();
    let over = || {
        let about = draft.partnerships_with(place).find(fits).filter(|_| !claims_force);
        about.or_else(|| first.filter(|_| ends))
    };
    let Some(id) = open.or_else(over) else {
        if first.is_none() || line.taken(Field::Status) == Some("active") {
            return Some(Target::New);
        }
        let proposals = vec![Proposal {
            key: "active".to_owned(),
            text: "a new bond with the same place".to_owned(),
            reasons: Vec::new(),
        }];
        line.ask(
            Field::Status,
            "the programme has a bond with this place that is over; is this a new one?",
            proposals,
        );
        return None;
    };
    let partnership = &draft.partnerships.get(&id)?.value;
    if let Some(at) = partnership.episodes().iter().position(|episode| episode.kind == facts.kind) {
        return Some(Target::Episode(id, at));
    }
    if line.taken(Field::Kind).is_some_and(|key| key.starts_with(FURTHER)) {
        return Some(Target::Further(id));
    }
    let mut proposals: Vec<Proposal> = partnership
        .episodes()
        .iter()
        .map(|episode| Proposal {
            key: episode.kind.to_string(),
            text: format!("it is the same bond, a {}", episode.kind),
            reasons: vec!["the programme has it so".to_owned()],
        })
        .collect();
    proposals.push(Proposal {
        key: format!("{FURTHER}{}", facts.kind),
        text: format!("a {} beside it", facts.kind),
        reasons: vec!["the file says so".to_owned()],
    });
    let known = partnership.episodes().first().map_or_else(String::new, |episode| episode.kind.to_string());
    line.ask(
        Field::Kind,
        format!("the file says {}, the programme has {known}; which is it?", facts.kind),
        proposals,
    );
    None
}

/// Whether a bond has an episode of the kind and about the date that a line tells of.
fn is_about(partnership: &Partnership, facts: &Facts) -> bool {
    partnership.episodes().iter().any(|episode| {
        let same_time = match (facts.signed, &episode.began) {
            (Some(told), Some(claims)) => {
                claims.all().iter().any(|claim| claim.value.refines(&told) || told.refines(&claim.value))
            }
            (None, _) | (_, None) => true,
        };
        episode.kind == facts.kind && same_time
    })
}

type Written = Result<(PartnershipId, bool), PartnershipTransitionError>;

fn write(
    line: &mut Line<'_>,
    draft: &mut Draft<'_>,
    place: PlaceId,
    facts: &Facts,
    target: &Target,
    adds: &mut Vec<Addition>,
) -> Written {
    let host = draft.host();
    match target {
        Target::New => {
            let id = PartnershipId::next(draft.ids);
            let Ok(members) = Members::new([host, place]) else {
                line.problem(Field::Place, "is the programme's own city", "the other city of the bond");
                return Ok((id, false));
            };
            let authority = None;
            let (partnership, event) =
                Partnership::agreed(id, draft.programme.id, members, episode(host, facts), authority)?;
            let mut change = Change { partnership, events: vec![event] };
            change.status(facts, &mut Vec::new())?;
            for note in &facts.notes {
                change.note(note.clone());
            }
            change.coverage(line, &mut Vec::new());
            draft.add_partnership(change.partnership, change.events, line.number);
            agreement(line.number, draft, id, place, facts, &mut Vec::new());
            Ok((id, true))
        }
        Target::Further(id) | Target::Episode(id, _) => {
            let Some(slot) = draft.partnerships.get(id) else { return Ok((*id, false)) };
            let mut change = Change { partnership: (*slot.value).clone(), events: Vec::new() };
            match target {
                Target::Episode(_, at) => change.merge(line, *at, host, facts, adds)?,
                Target::Further(_) | Target::New => {
                    change.step(|partnership| partnership.agree(episode(host, facts), None))?;
                    adds.push(Addition::to(Field::Kind, format!("a {}", what(facts))));
                }
            }
            change.status(facts, adds)?;
            for note in &facts.notes {
                if !change.partnership.notes().contains(note) {
                    change.note(note.clone());
                    adds.push(Addition::to(Field::Notes, note.text.as_str()));
                }
            }
            change.coverage(line, adds);
            let changed = !change.events.is_empty();
            if changed {
                draft.change_partnership(change.partnership, change.events, line.number);
            }
            agreement(line.number, draft, *id, place, facts, adds);
            Ok((*id, changed || !adds.is_empty()))
        }
    }
}

fn episode(host: PlaceId, facts: &Facts) -> Episode {
    let mut episode = Episode::new(facts.kind.clone());
    episode = match facts.signed {
        Some(date) => episode.began_on(date, facts.source.clone()),
        None => episode.attested_by(facts.source.clone()),
    };
    match &facts.label {
        Some(label) => episode.called(host, label.clone(), facts.source.clone()),
        None => episode,
    }
}
