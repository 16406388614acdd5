//! What a line of a list of partners comes to.

use sister_cities_domain::agreement::{Agreement, AgreementHead, Signature, Terms, VersionText};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId, RecordKind, RecordRef};
use sister_cities_domain::partnership::{
    Act, Decision, Episode, Members, Partnership, PartnershipEvent, PartnershipTransitionError, Phase,
    RecordCoverage, SideLabel, StatusKind,
};
use sister_cities_domain::programme::{KindKey, Requirement};
use sister_cities_domain::value::{
    FreeText, InvalidValue, Name, Note, PartialDate, Precision, Source, Title,
};

use super::draft::Draft;
use super::fields::Field;
use super::fold::fold;
use super::line::{DateCell, Line};
use super::place_finder::{Found, NameAlone, PlaceFinder, place_by_name, resolved_place};
use super::plan::Came;
use super::report::{Addition, Outcome, Proposal};

/// The key by which a person says that a further kind of bond stands beside the one that is known.
const FURTHER: &str = "further:";

/// What a line says about a bond.
struct Facts {
    kind: KindKey,
    /// The office's own word for the kind.
    label: Option<Name>,
    signed: Option<PartialDate>,
    source: Source,
    status: StatusFacts,
    notes: Vec<Note>,
}

/// Where the bond stands, as far as a line says.
enum StatusFacts {
    InForce,
    Suspended { on: PartialDate, authority: Option<Name>, condition: Option<FreeText>, source: Source },
    Ended { on: Option<PartialDate>, reason: Option<FreeText>, authority: Option<Name>, source: Source },
}

/// Which bond of the programme a line is about.
enum Target {
    New,
    /// An episode of a bond that is known.
    Episode(PartnershipId, usize),
    /// A bond that is known gets a further kind.
    Further(PartnershipId),
}

pub(super) fn plan_line(line: &mut Line<'_>, draft: &mut Draft<'_>, finder: &mut PlaceFinder<'_>) -> Came {
    let answer = line.answer(Field::Place);
    let words = line.place_words();
    let found = finder.find(line.number, &words, draft, answer, NameAlone::IsNotEnough, &mut line.findings);
    let facts = facts(line, draft);
    let target = match (&found, &facts) {
        (Found::Known { id, .. }, Some(facts)) => target(line, draft, *id, facts),
        (Found::New { .. } | Found::ByName { .. }, _) => Some(Target::New),
        (Found::Known { .. } | Found::Open, _) => None,
    };
    if let Found::Known { id, .. } = &found
        && *id == draft.host()
    {
        line.problem(Field::Place, "is the programme's own city", "the other city of the bond");
    }
    let (Some(facts), Some(target), true) = (facts, target, line.findings.is_clear()) else {
        return Came::not_yet(line);
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
            Came { outcome, records: vec![record] }
        }
        Err(error) => {
            line.problem(Field::Status, &error.refusal, "facts that fit what is known of the bond");
            Came::not_yet(line)
        }
    }
}

fn what(facts: &Facts) -> String {
    let signed =
        facts.signed.map_or_else(|| "no date given".to_owned(), |date| format!("signed {}", date.in_words()));
    let status = match &facts.status {
        StatusFacts::InForce => String::new(),
        StatusFacts::Suspended { on, .. } => format!(", suspended {}", on.in_words()),
        StatusFacts::Ended { on: Some(on), .. } => format!(", ended {}", on.in_words()),
        StatusFacts::Ended { on: None, .. } => ", ended".to_owned(),
    };
    format!("{}, {signed}{status}", facts.kind)
}

/// Enters the place if it is new; says why it is unresolved if it is.
fn place(
    line: u32,
    draft: &mut Draft<'_>,
    found: Found,
    adds: &mut Vec<Addition>,
) -> (PlaceId, Option<String>) {
    let programme = draft.programme.id;
    match found {
        Found::Known { id, new_name } => {
            if let Some(name) = new_name {
                super::plan::name_place(draft, id, name, line, adds);
            }
            (id, None)
        }
        Found::New { name, facts } => {
            let id = PlaceId::next(draft.ids);
            draft.add_place(resolved_place(id, programme, name, &facts), line);
            (id, None)
        }
        Found::ByName { name, country, geonames, because } => {
            let id = PlaceId::next(draft.ids);
            draft.add_place(place_by_name(id, programme, name, country, geonames), line);
            (id, Some(because))
        }
        // The findings are not clear then, and no line comes here.
        Found::Open => (draft.host(), None),
    }
}

/// Reads the cells; none if something is wrong or open.
fn facts(line: &mut Line<'_>, draft: &Draft<'_>) -> Option<Facts> {
    let kind = kind(line, draft);
    let source = line.source();
    let signed = signed(line);
    let status = status(line, &source);
    let notes: Vec<Note> =
        line.value(Field::Notes, FreeText::new).map(|text| Note { text, source: None }).into_iter().collect();
    let (kind, label) = kind?;
    Some(Facts { kind, label, signed: signed?, source, status: status?, notes })
}

fn kind(line: &mut Line<'_>, draft: &Draft<'_>) -> Option<(KindKey, Option<Name>)> {
    let kinds = &draft.programme.kinds;
    if let Some(key) = line.taken(Field::Kind) {
        let key = key.strip_prefix(FURTHER).unwrap_or(key);
        let known = KindKey::new(key).ok().filter(|key| kinds.get(key).is_some());
        if known.is_none() {
            line.problem(
                Field::Kind,
                format_args!("the answer takes {key:?}, which is no kind of this programme"),
                "the key of a kind, such as sister-city",
            );
        }
        return known.map(|key| (key, None));
    }
    let text = line.cell(Field::Kind);
    if let Some(found) = kinds.recognise(&text).filter(|_| !text.is_empty()) {
        let label = if text == found.key.as_str() { None } else { Name::new(&text).ok() };
        return Some((found.key.clone(), label));
    }
    let asks = if text.is_empty() {
        "the line does not say what kind of bond it is; which is it?".to_owned()
    } else {
        format!("{text:?} is no kind of bond this programme knows; which is meant?")
    };
    let folded = fold(&text);
    let mut proposals: Vec<(bool, Proposal)> = kinds
        .iter()
        .map(|kind| {
            let near = !folded.is_empty()
                && std::iter::once(kind.key.as_str())
                    .chain(kind.names.iter().map(|(_, name)| name.as_str()))
                    .chain(kind.wordings.iter().map(String::as_str))
                    .any(|wording| super::near::one_edit(&fold(wording), &folded));
            let reasons = if near { vec!["differs by one letter".to_owned()] } else { Vec::new() };
            let text = kind.name(&draft.programme.language).to_owned();
            (!near, Proposal { key: kind.key.to_string(), text, reasons })
        })
        .collect();
    proposals.sort_by_key(|(far, _)| *far);
    line.ask(Field::Kind, asks, proposals.into_iter().map(|(_, proposal)| proposal).collect());
    None
}

/// The date of signing, from one column or two. `Some(None)` is a blank that stays blank.
fn signed(line: &mut Line<'_>) -> Option<Option<PartialDate>> {
    let (year, exact) = (line.single_date(Field::Signed), line.single_date(Field::SignedOn));
    let date = match (year, exact) {
        (DateCell::Open | DateCell::Span(..), _) | (_, DateCell::Open | DateCell::Span(..)) => return None,
        (DateCell::Blank, DateCell::Blank) => None,
        (DateCell::Date(date), DateCell::Blank) | (DateCell::Blank, DateCell::Date(date)) => Some(date),
        (DateCell::Date(year), DateCell::Date(exact)) if exact.refines(&year) => Some(exact),
        (DateCell::Date(year), DateCell::Date(exact)) if year.refines(&exact) => Some(year),
        (DateCell::Date(year), DateCell::Date(exact)) => {
            let asks = format!(
                "one column says {}, the other {}; which is right?",
                year.in_words(),
                exact.in_words()
            );
            match line.taken(Field::Signed) {
                Some(_) => Some(year),
                None => {
                    line.ask_date(Field::Signed, asks, &[year, exact]);
                    return None;
                }
            }
        }
    };
    if let Some(date) = date
        && date.earliest() > line.setting.today
    {
        line.problem(
            Field::Signed,
            format_args!("{} lies in the future", date.in_words()),
            "the date on which it was signed",
        );
        return None;
    }
    precision_fits(line, date).then_some(date)
}

fn precision_fits(line: &mut Line<'_>, date: Option<PartialDate>) -> bool {
    let text = fold(&line.cell(Field::Precision));
    let stated = match text.as_str() {
        "" | "unknown" | "none" => return true,
        "year" => Precision::Year,
        "month" => Precision::Month,
        "day" => Precision::Day,
        other => {
            line.findings.remark(format!("the date is {other}, as the file says"));
            return true;
        }
    };
    let fits = date.is_some_and(|date| date.precision() == stated);
    if !fits && line.taken(Field::Signed).is_none() {
        let found = date
            .map_or_else(|| "there is no date".to_owned(), |date| format!("the date is {}", date.in_words()));
        line.problem(
            Field::Precision,
            format_args!("says {text}, but {found}"),
            "the precision that the date has",
        );
        return false;
    }
    true
}

fn status(line: &mut Line<'_>, source: &Source) -> Option<StatusFacts> {
    let text = line.cell(Field::Status);
    let since = line.single_date(Field::StatusSince);
    let authority = line.value(Field::StatusAuthority, Name::new);
    let condition = line.value(Field::StatusCondition, FreeText::new);
    let source = line.value(Field::StatusSource, Source::new).unwrap_or_else(|| source.clone());
    let word = line.taken(Field::Status).map_or_else(|| fold(&text), fold);
    match word.as_str() {
        "" | "active" | "in force" | "agreed" | "current" | "live" | "yes" | "ok" | "aktiv" | "in kraft"
        | "actif" | "active en" | "en vigueur" | "activo" | "activa" | "vigente" | "attivo" | "aktywne" => {
            Some(StatusFacts::InForce)
        }
        "unknown" | "unbekannt" | "inconnu" | "desconocido" | "na" | "n a" => {
            line.findings
                .remark("the file does not know where it stands; taken as agreed, as nothing else is told");
            Some(StatusFacts::InForce)
        }
        "dormant" | "inactive" | "cooling" | "sleeping" | "ruhend" | "inaktiv" | "en sommeil" | "inactif"
        | "inactivo" => {
            line.findings.remark(format!("the file calls it {text:?}: whether a bond is alive is reckoned from its contacts, so that is not taken over"));
            Some(StatusFacts::InForce)
        }
        "suspended" | "paused" | "on hold" | "ausgesetzt" | "suspendu" | "suspendida" | "suspendido"
        | "sospeso" => match since {
            DateCell::Date(on) => Some(StatusFacts::Suspended { on, authority, condition, source }),
            DateCell::Blank => {
                line.problem(
                    Field::StatusSince,
                    "a suspension has no date",
                    "the day from which it holds, such as 2022-03-01",
                );
                None
            }
            DateCell::Span(..) | DateCell::Open => None,
        },
        "ended" | "concluded" | "terminated" | "dissolved" | "former" | "cancelled" | "beendet"
        | "aufgelost" | "ehemalig" | "termine" | "rompu" | "dissous" | "terminado" | "finalizado"
        | "cessato" => {
            let on = match since {
                DateCell::Date(on) => Some(on),
                DateCell::Blank => None,
                DateCell::Span(..) | DateCell::Open => return None,
            };
            Some(StatusFacts::Ended { on, reason: condition, authority, source })
        }
        _ => {
            let proposals =
                [("active", "in force"), ("suspended", "suspended, with its date"), ("ended", "ended")].map(
                    |(key, text)| Proposal {
                        key: key.to_owned(),
                        text: text.to_owned(),
                        reasons: Vec::new(),
                    },
                );
            line.ask(
                Field::Status,
                format!("{text:?} is not known as a status; which is meant?"),
                proposals.into(),
            );
            None
        }
    }
}

/// The bond of a place that a line is about; none if a person must say.
fn target(line: &mut Line<'_>, draft: &Draft<'_>, place: PlaceId, facts: &Facts) -> Option<Target> {
    let bonds = draft.bonds_with(place);
    let open = bonds
        .iter()
        .find(|id| draft.partnerships.get(id).is_some_and(|slot| slot.value.status().phase() != Phase::Over));
    let ends = matches!(facts.status, StatusFacts::Ended { .. });
    let over = || bonds.iter().find(|_| ends);
    let Some(id) = open.or_else(over) else {
        if bonds.is_empty() || line.taken(Field::Status) == Some("active") {
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
    let partnership = &draft.partnerships.get(id)?.value;
    if let Some(at) = partnership.episodes().iter().position(|episode| episode.kind == facts.kind) {
        return Some(Target::Episode(*id, at));
    }
    if line.taken(Field::Kind).is_some_and(|key| key.starts_with(FURTHER)) {
        return Some(Target::Further(*id));
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
            let mut change = Change { partnership: slot.value.clone(), events: Vec::new() };
            match target {
                Target::Episode(_, at) => change.merge(line, *at, host, facts, adds)?,
                Target::Further(_) | Target::New => {
                    change.step(|partnership| partnership.agree(episode(host, facts), None))?;
                    adds.push(addition(Field::Kind, format!("a {}", what(facts))));
                }
            }
            change.status(facts, adds)?;
            for note in &facts.notes {
                if !change.partnership.notes().contains(note) {
                    change.note(note.clone());
                    adds.push(addition(Field::Notes, note.text.as_str()));
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

/// Enters the agreement that the kind demands, if the line knows when it was signed. Its text is not at hand.
fn agreement(
    line: u32,
    draft: &mut Draft<'_>,
    partnership: PartnershipId,
    place: PlaceId,
    facts: &Facts,
    adds: &mut Vec<Addition>,
) {
    let Some(signed) = facts.signed else { return };
    let kind = draft.programme.kinds.get(&facts.kind);
    let demanded = kind.is_some_and(|kind| kind.needs_signed_agreement == Requirement::Required);
    if !demanded || draft.has_agreement(partnership) {
        return;
    }
    let name = kind.map_or("", |kind| kind.name(&draft.programme.language));
    let (Ok(title), Ok(parties)) = (agreement_title(name), Members::new([draft.host(), place])) else {
        return;
    };
    let head = AgreementHead {
        id: AgreementId::next(draft.ids),
        programme: draft.programme.id,
        partnership,
        parent: None,
        title,
        parties: parties.clone(),
    };
    let signatures =
        parties.iter().map(|by| Signature::of(by).on(signed).according_to(facts.source.clone())).collect();
    if let Ok((agreement, event)) =
        Agreement::recorded(head, VersionText::NotAtHand, Terms::default(), signatures)
    {
        adds.push(Addition {
            field: "agreement".to_owned(),
            text: format!("signed {}; the signed text is not at hand", signed.in_words()),
        });
        draft.add_agreement(agreement, event, line);
    }
}

/// `Sister city agreement`, `Treaty of friendship`.
fn agreement_title(kind: &str) -> Result<Title, InvalidValue> {
    let mut letters = kind.chars();
    let first: String = letters.next().map(char::to_uppercase).into_iter().flatten().collect();
    let says_it = ["agreement", "treaty", "accord", "vertrag", "vereinbarung"]
        .iter()
        .any(|word| fold(kind).contains(word));
    Title::new(&format!("{first}{}{}", letters.as_str(), if says_it { "" } else { " agreement" }))
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

pub(super) fn addition(field: Field, text: impl Into<String>) -> Addition {
    Addition { field: field.as_str().to_owned(), text: text.into() }
}

/// A bond being changed, and the events of it.
pub(super) struct Change {
    pub(super) partnership: Partnership,
    pub(super) events: Vec<PartnershipEvent>,
}

impl Change {
    fn step(
        &mut self,
        make: impl FnOnce(Partnership) -> Result<(Partnership, PartnershipEvent), PartnershipTransitionError>,
    ) -> Result<(), PartnershipTransitionError> {
        let (partnership, event) = make(self.partnership.clone())?;
        self.partnership = partnership;
        self.events.push(event);
        Ok(())
    }

    fn note(&mut self, note: Note) {
        let (partnership, event) = self.partnership.clone().note(note);
        self.partnership = partnership;
        self.events.push(event);
    }

    /// Adds to an episode what the line knows beyond it. What another source said stays, and stays chosen, unless the new date only says it more exactly.
    fn merge(
        &mut self,
        line: &mut Line<'_>,
        at: usize,
        host: PlaceId,
        facts: &Facts,
        adds: &mut Vec<Addition>,
    ) -> Result<(), PartnershipTransitionError> {
        let Some(episode) = self.partnership.episodes().get(at).cloned() else { return Ok(()) };
        let claims = episode.began.as_ref();
        let source = &facts.source;
        if let Some(date) = facts.signed {
            let said = claims
                .is_some_and(|c| c.all().iter().any(|claim| claim.value == date && claim.source == *source));
            if !said {
                self.step(|partnership| partnership.claim_beginning(at, date, source.clone()))?;
                let chosen = claims.map(|claims| *claims.value());
                let index = claims.map_or(0, |claims| claims.all().len());
                match chosen {
                    None => adds.push(addition(Field::Signed, format!("{} ({source})", date.in_words()))),
                    Some(chosen) if chosen == date => {
                        adds.push(addition(
                            Field::Signed,
                            format!("{} is confirmed by {source}", date.in_words()),
                        ));
                    }
                    Some(chosen) if date.refines(&chosen) => {
                        self.step(|partnership| partnership.choose_beginning(at, index))?;
                        let text =
                            format!("{} more exactly than {} ({source})", date.in_words(), chosen.in_words());
                        adds.push(addition(Field::Signed, text));
                    }
                    Some(chosen) => {
                        let text = format!(
                            "{} by {source}, kept beside {}, which stays chosen",
                            date.in_words(),
                            chosen.in_words()
                        );
                        adds.push(addition(Field::Signed, text));
                    }
                }
            }
        } else {
            let dated = claims.is_some_and(|c| c.all().iter().any(|claim| claim.source == *source));
            if !dated && !episode.sources.contains(source) {
                self.step(|partnership| partnership.attest(at, source.clone()))?;
                adds.push(addition(Field::Sources, source.to_string()));
            }
        }
        if let Some(label) = &facts.label
            && !episode
                .labels
                .iter()
                .any(|known| known.place == host && fold(known.label.as_str()) == fold(label.as_str()))
        {
            let label = SideLabel { place: host, label: label.clone(), source: source.clone() };
            adds.push(addition(Field::Kind, format!("called {:?}", label.label.as_str())));
            self.step(|partnership| partnership.label(at, label))?;
        }
        if matches!(facts.status, StatusFacts::InForce)
            && self.partnership.status().kind() == StatusKind::Suspended
            && !line.cell(Field::Status).is_empty()
        {
            line.findings.remark("the file has it in force, the programme has it suspended; that stays, a decision would lift it");
        }
        Ok(())
    }

    fn status(&mut self, facts: &Facts, adds: &mut Vec<Addition>) -> Result<(), PartnershipTransitionError> {
        let now = self.partnership.status().kind();
        let decision = match &facts.status {
            StatusFacts::Suspended { on, authority, condition, source } if now != StatusKind::Suspended => {
                let mut decision = Decision::new(Act::Suspend { condition: condition.clone() })
                    .on(*on)
                    .according_to(source.clone());
                decision.authority.clone_from(authority);
                adds.push(addition(Field::Status, format!("suspended {}", on.in_words())));
                decision
            }
            StatusFacts::Ended { on, reason, authority, source }
                if self.partnership.status().phase() != Phase::Over =>
            {
                let mut decision =
                    Decision::new(Act::Conclude { reason: reason.clone() }).according_to(source.clone());
                decision.on = *on;
                decision.authority.clone_from(authority);
                let when = on.map_or_else(|| "no date given".to_owned(), |on| on.in_words());
                adds.push(addition(Field::Status, format!("ended, {when}")));
                decision
            }
            StatusFacts::InForce | StatusFacts::Suspended { .. } | StatusFacts::Ended { .. } => return Ok(()),
        };
        self.step(|partnership| partnership.decide(decision))
    }

    /// States for which period the log is complete, if that was said of the whole file.
    pub(super) fn coverage(&mut self, line: &Line<'_>, adds: &mut Vec<Addition>) {
        let Some(period) = line.setting.complete_for else { return };
        let statement = RecordCoverage { period, source: line.setting.source.clone(), stated_by: None };
        self.cover(statement, adds);
    }

    pub(super) fn cover(&mut self, statement: RecordCoverage, adds: &mut Vec<Addition>) {
        let record = self.partnership.record();
        if record.statements().contains(&statement) {
            return;
        }
        adds.push(Addition { field: "record".to_owned(), text: format!("complete {}", statement.period) });
        let record = record.clone().with(statement);
        let (partnership, event) = self.partnership.clone().state_record(record);
        self.partnership = partnership;
        self.events.push(event);
    }
}
