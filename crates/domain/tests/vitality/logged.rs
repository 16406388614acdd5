//! A partnership as an office keeps it: a partnership, its log typed as lines, and the statements about the record.

#![expect(clippy::unwrap_used, reason = "in a test, what is given is right or the test fails")]

use sister_cities_domain::agreement::{Agreement, AgreementHead, Signature, Term, Terms, VersionText};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::id::{AgreementId, EngagementId, PartnershipId, PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::partnership::{Decision, Episode, Members, Partnership, RecordCoverage};
use sister_cities_domain::value::{KindKey, PartialDate, Period, Source, Title};
use sister_cities_domain::vitality::{
    TimelinePoint, TimelineStep, Vitality, VitalityInputs, VitalityPolicy, assess, timeline,
};

use crate::given::day;

/// A partnership with its log.
pub(crate) struct Logged {
    pub(crate) partnership: Partnership,
    pub(crate) log: Vec<Engagement>,
    agreements: Vec<Agreement>,
    ids: SeededIds,
}

impl Logged {
    /// A sister city agreed in that year.
    pub(crate) fn agreed(date: &str) -> Self {
        Self::of(Episode::new(sister_city()).began_on(date.parse().unwrap(), source()))
    }

    /// A sister city of which no list tells the year.
    pub(crate) fn agreed_nobody_knows_when() -> Self {
        Self::of(Episode::new(sister_city()))
    }

    fn of(episode: Episode) -> Self {
        let ids = SeededIds::new(1);
        let members = Members::new([PlaceId::next(&ids), PlaceId::next(&ids)]).unwrap();
        let (id, programme) = (PartnershipId::next(&ids), ProgrammeId::next(&ids));
        let (partnership, _) = Partnership::agreed(id, programme, members, episode, None).unwrap();
        Self { partnership, log: Vec::new(), agreements: Vec::new(), ids }
    }

    /// Adds lines of `date,direction,foci,title`, as in Chicago's exchange log.
    pub(crate) fn log(mut self, lines: &[&str]) -> Self {
        for line in lines {
            let mut fields = line.splitn(4, ',');
            let mut field = || fields.next().unwrap();
            let (date, direction, foci, title) = (field(), field(), field(), field());
            let date = Some(date).filter(|date| !date.is_empty());
            let foci = foci.split(';').map(|focus| focus.parse::<Focus>().unwrap());
            self.log.push(Engagement::held(
                EngagementId::next(&self.ids),
                (self.partnership.programme(), self.partnership.id()),
                Title::new(title).unwrap(),
                Foci::new(foci).unwrap(),
                Direction::ALL.into_iter().find(|known| known.as_str() == direction).unwrap(),
                date.map_or(EngagementDates::UNDATED, |date| EngagementDates::on(date.parse().unwrap())),
            ));
        }
        self
    }

    /// Adds a statement that the log is complete from one date to another; an empty text leaves that end open.
    pub(crate) fn complete(mut self, from: &str, to: &str) -> Self {
        let bound = |text: &str| (!text.is_empty()).then(|| text.parse::<PartialDate>().unwrap());
        let period = Period::new(bound(from), bound(to)).unwrap();
        let statement = RecordCoverage::new(period, source());
        let record = self.partnership.record().clone().with(statement);
        self.partnership = self.partnership.state_record(record).0;
        self
    }

    /// Adds a decision.
    pub(crate) fn decided(mut self, decision: Decision) -> Self {
        self.partnership = self.partnership.decide(decision).unwrap().0;
        self
    }

    /// Adds an agreement that both signed on that date, up to a last day or, if the text is empty, open-ended.
    pub(crate) fn agreement_on_file(mut self, signed: &str, ends: &str) -> Self {
        let term = match ends {
            "" => Term::OpenEnded,
            day => Term::Fixed { ends_on: day.parse().unwrap() },
        };
        let head = AgreementHead {
            id: AgreementId::next(&self.ids),
            programme: self.partnership.programme(),
            partnership: self.partnership.id(),
            parent: None,
            title: Title::new("Sister City Agreement").unwrap(),
            parties: self.partnership.members().clone(),
        };
        let signatures =
            head.parties.iter().map(|by| Signature::of(by).on(signed.parse().unwrap())).collect();
        let recorded = Agreement::recorded(head, VersionText::NotAtHand, Terms::lasting(term), signatures);
        self.agreements.push(recorded.unwrap().0);
        self
    }

    pub(crate) fn inputs(&self) -> VitalityInputs<'_> {
        VitalityInputs::new(&self.partnership, &self.log, VitalityPolicy::default())
            .with_agreements(&self.agreements)
    }

    pub(crate) fn on(&self, date: &str) -> Vitality {
        assess(&self.inputs(), day(date))
    }

    /// The standing in a word on each of these days.
    pub(crate) fn standings(&self, days: &[&str]) -> Vec<&'static str> {
        days.iter().map(|date| self.on(date).standing.as_str()).collect()
    }

    pub(crate) fn timeline(&self, from: &str, to: &str, step: TimelineStep) -> Vec<TimelinePoint> {
        timeline(&self.inputs(), day(from), day(to), step).unwrap()
    }
}

fn sister_city() -> KindKey {
    KindKey::new("sister-city").unwrap()
}

pub(crate) fn source() -> Source {
    Source::new("CSCI History of Exchange").unwrap()
}
