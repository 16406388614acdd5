//! A bond being changed by a line: what the line knows beyond it is added, what another source said stays.

use sister_cities_domain::id::PlaceId;
use sister_cities_domain::partnership::{
    Act, ActKind, Decision, Partnership, PartnershipEvent, PartnershipTransitionError, Phase, RecordCoverage,
    SideLabel, StatusKind,
};
use sister_cities_domain::value::{Note, PartialDate};

use super::facts::{Facts, StatusFacts};
use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::line::Line;
use crate::import::report::Addition;

/// A bond being changed, and the events of it.
pub(crate) struct Change {
    pub(crate) partnership: Partnership,
    pub(crate) events: Vec<PartnershipEvent>,
}

impl Change {
    pub(crate) fn step(
        &mut self,
        make: impl FnOnce(Partnership) -> Result<(Partnership, PartnershipEvent), PartnershipTransitionError>,
    ) -> Result<(), PartnershipTransitionError> {
        let (partnership, event) = make(self.partnership.clone())?;
        self.partnership = partnership;
        self.events.push(event);
        Ok(())
    }

    pub(crate) fn note(&mut self, note: Note) {
        let (partnership, event) = self.partnership.clone().note(note);
        self.partnership = partnership;
        self.events.push(event);
    }

    /// Adds to an episode what the line knows beyond it. What another source said stays, and stays chosen, unless the new date only says it more exactly.
    pub(crate) fn merge(
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
                    None => adds.push(Addition::to(Field::Signed, format!("{} ({source})", date.in_words()))),
                    Some(chosen) if chosen == date => {
                        adds.push(Addition::to(
                            Field::Signed,
                            format!("{} is confirmed by {source}", date.in_words()),
                        ));
                    }
                    Some(chosen) if date.refines(&chosen) => {
                        self.step(|partnership| partnership.choose_beginning(at, index))?;
                        let text =
                            format!("{} more exactly than {} ({source})", date.in_words(), chosen.in_words());
                        adds.push(Addition::to(Field::Signed, text));
                    }
                    Some(chosen) => {
                        let text = format!(
                            "{} by {source}, kept beside {}, which stays chosen",
                            date.in_words(),
                            chosen.in_words()
                        );
                        adds.push(Addition::to(Field::Signed, text));
                    }
                }
            }
        } else {
            let dated = claims.is_some_and(|c| c.all().iter().any(|claim| claim.source == *source));
            if !dated && !episode.sources.contains(source) {
                self.step(|partnership| partnership.attest(at, source.clone()))?;
                adds.push(Addition::to(Field::Sources, source.to_string()));
            }
        }
        if let Some(label) = &facts.label
            && !episode
                .labels
                .iter()
                .any(|known| known.place == host && fold(known.label.as_str()) == fold(label.as_str()))
        {
            let label = SideLabel { place: host, label: label.clone(), source: source.clone() };
            adds.push(Addition::to(Field::Kind, format!("called {:?}", label.label.as_str())));
            self.step(|partnership| partnership.label(at, label))?;
        }
        if matches!(facts.status, StatusFacts::InForce)
            && self.partnership.status().kind() == StatusKind::Suspended
        {
            line.findings.remark("the file has it in force, the programme has it suspended; that stays, a decision would lift it");
        }
        Ok(())
    }

    pub(crate) fn status(
        &mut self,
        facts: &Facts,
        adds: &mut Vec<Addition>,
    ) -> Result<(), PartnershipTransitionError> {
        let now = self.partnership.status().kind();
        let decision = match &facts.status {
            StatusFacts::Suspended { on, authority, condition, source }
                if now != StatusKind::Suspended && !self.was_suspended(*on) =>
            {
                let mut decision = Decision::new(Act::Suspend { condition: condition.clone() })
                    .on(*on)
                    .according_to(source.clone());
                decision.authority.clone_from(authority);
                adds.push(Addition::to(Field::Status, format!("suspended {}", on.in_words())));
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
                adds.push(Addition::to(Field::Status, format!("ended, {when}")));
                decision
            }
            StatusFacts::Unsaid
            | StatusFacts::InForce
            | StatusFacts::Suspended { .. }
            | StatusFacts::Ended { .. } => return Ok(()),
        };
        self.step(|partnership| partnership.decide(decision))
    }

    /// Whether its history tells of a suspension from then on, whatever came of it since.
    fn was_suspended(&self, on: PartialDate) -> bool {
        let from_then =
            |decision: &Decision| decision.act.kind() == ActKind::Suspend && decision.on == Some(on);
        self.partnership.decisions().iter().any(from_then)
    }

    /// States for which period the log is complete, if that was said of the whole file.
    pub(crate) fn coverage(&mut self, line: &Line<'_>, adds: &mut Vec<Addition>) {
        let Some(period) = line.context.complete_for else { return };
        let statement = RecordCoverage::new(period, line.context.source.clone());
        self.cover(statement, adds);
    }

    pub(crate) fn cover(&mut self, statement: RecordCoverage, adds: &mut Vec<Addition>) {
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
