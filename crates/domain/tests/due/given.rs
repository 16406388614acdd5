//! A programme with its records, said in few words.

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::agreement::{
    Agreement, AgreementHead, NoticePeriod, Signature, Term, Terms, VersionText,
};
use sister_cities_domain::committee::{Committee, CommitteeTask, RequiredFunctions};
use sister_cities_domain::due::{DueItem, DueKind, DueState, due};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus, Happening};
use sister_cities_domain::id::{
    ActionPlanId, AgreementId, CommitteeId, EngagementId, PartnershipId, PlaceId, ProgrammeId, RoleId,
    SeededIds,
};
use sister_cities_domain::partnership::{Act, Decision, Episode, Members, Partnership, RecordCoverage};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::promise::{ActionPlan, ActionPlanKind};
use sister_cities_domain::role::{HeldIn, Role, RoleFunction, Tenure};
use sister_cities_domain::value::{KindKey, Name, PartialDate, Period, Source, Title};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon in Chicago on that day, or an hour off.
pub(crate) fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T18:00:00Z").parse().unwrap()
}

pub(crate) fn source() -> Source {
    Source::new("a list").unwrap()
}

/// Ids and the programme of Chicago; places are made as they are named.
pub(crate) struct Office {
    pub(crate) ids: SeededIds,
    pub(crate) programme: Programme,
}

impl Office {
    pub(crate) fn new() -> Self {
        let ids = SeededIds::new(7);
        let programme = Programme {
            id: ProgrammeId::next(&ids),
            name: Name::new("Chicago Sister Cities").unwrap(),
            host: PlaceId::next(&ids),
            kinds: KindCatalogue::standard(),
            policies: Policies::default(),
            language: "en".parse().unwrap(),
            currency: "USD".parse().unwrap(),
        };
        Self { ids, programme }
    }

    pub(crate) fn state(&self) -> DueState {
        DueState::new(self.programme.clone()).with([self.place(
            self.programme.host,
            "Chicago",
            "America/Chicago",
        )])
    }

    pub(crate) fn place(&self, id: PlaceId, name: &str, zone: &str) -> Place {
        let name = PlaceName::new(Name::new(name).unwrap(), NameRole::Official);
        let zone = Some(zone.parse().unwrap());
        Place { zone, ..Place::new(id, self.programme.id, PlaceLevel::City, name) }
    }

    fn members(&self, with: PlaceId) -> Members {
        Members::new([self.programme.host, with]).unwrap()
    }

    /// A sister city since that date; an empty text if nobody knows.
    pub(crate) fn agreed(&self, with: PlaceId, since: &str) -> Partnership {
        let mut episode = Episode::new(KindKey::new("sister-city").unwrap());
        if !since.is_empty() {
            episode = episode.began_on(since.parse().unwrap(), source());
        }
        let id = PartnershipId::next(&self.ids);
        Partnership::agreed(id, self.programme.id, self.members(with), episode, None).unwrap().0
    }

    pub(crate) fn enquired(&self, with: PlaceId, on: &str) -> Partnership {
        let asked = Decision::new(Act::Enquire).on(on.parse().unwrap());
        let id = PartnershipId::next(&self.ids);
        Partnership::enquired(id, self.programme.id, self.members(with), asked).unwrap().0
    }

    /// A joint cultural event on that date.
    pub(crate) fn event(&self, of: &Partnership, date: &str) -> Engagement {
        Engagement::held(
            EngagementId::next(&self.ids),
            (self.programme.id, of.id()),
            Title::new("A concert").unwrap(),
            Foci::one(Focus::Culture),
            Direction::Joint,
            EngagementDates::on(date.parse().unwrap()),
        )
    }

    pub(crate) fn planned(&self, of: &Partnership, date: &str) -> Engagement {
        Engagement { happening: Happening::AnnouncedOnly, ..self.event(of, date) }
    }

    pub(crate) fn head(&self, of: &Partnership) -> AgreementHead {
        AgreementHead {
            id: AgreementId::next(&self.ids),
            programme: self.programme.id,
            partnership: of.id(),
            parent: None,
            title: Title::new("Sister City Agreement").unwrap(),
            parties: of.members().clone(),
        }
    }

    /// A committee for a partnership, or for medicine in all.
    pub(crate) fn committee(&self, id: CommitteeId, of: Option<&Partnership>) -> Committee {
        let theme = of.is_none().then_some(Focus::Medicine);
        Committee {
            id,
            programme: self.programme.id,
            name: Name::new("The committee").unwrap(),
            task: CommitteeTask::only(of.map(Partnership::id), theme).unwrap(),
            place: None,
            appointed_by: None,
            seats: None,
            term_months: None,
            functions: RequiredFunctions::default(),
            existed: Period::ALWAYS,
            source: None,
            notes: Vec::new(),
        }
    }

    /// A plan that both sides signed in June 2008.
    pub(crate) fn plan(&self, of: &Partnership) -> ActionPlan {
        ActionPlan {
            id: ActionPlanId::next(&self.ids),
            programme: self.programme.id,
            partnership: of.id(),
            agreement: None,
            title: Title::new("Five points").unwrap(),
            kind: ActionPlanKind::ActionPlan,
            runs: Period::since("2008-06-02".parse().unwrap()),
            check: None,
            last_check: None,
            source: None,
            notes: Vec::new(),
        }
    }

    /// A role of which only the office is known.
    pub(crate) fn role(&self, id: RoleId, held_in: HeldIn, function: RoleFunction, tenure: Tenure) -> Role {
        Role {
            id,
            programme: self.programme.id,
            person: None,
            held_in,
            function,
            office: None,
            tenure,
            appointed_by: None,
            fills_term_of: None,
            successor: None,
            orphaned: None,
            source: None,
            notes: Vec::new(),
        }
    }

    /// An agreement signed by all on these days, in the order of the parties, up to a last day, with months of notice.
    pub(crate) fn signed(&self, of: &Partnership, on: [&str; 2], ends: &str, notice: u32) -> Agreement {
        let term =
            if ends.is_empty() { Term::OpenEnded } else { Term::Fixed { ends_on: ends.parse().unwrap() } };
        let mut terms = Terms::lasting(term);
        if notice > 0 {
            terms = terms.with_notice(NoticePeriod::from_months(notice).unwrap());
        }
        let head = self.head(of);
        let sides = head.parties.iter().zip(on);
        let signatures = sides.map(|(by, on)| Signature::of(by).on(on.parse().unwrap())).collect();
        Agreement::recorded(head, VersionText::NotAtHand, terms, signatures).unwrap().0
    }
}

/// The partnership with a statement that its log is complete from a date on.
pub(crate) fn complete(partnership: Partnership, from: &str, to: &str) -> Partnership {
    let bound = |text: &str| (!text.is_empty()).then(|| text.parse::<PartialDate>().unwrap());
    let Ok(period) = Period::new(bound(from), bound(to)) else { return partnership };
    let record = partnership.record().clone().with(RecordCoverage::new(period, source()));
    partnership.state_record(record).0
}

pub(crate) fn decided(partnership: &Partnership, act: Act, on: &str) -> Partnership {
    partnership.clone().decide(Decision::new(act).on(on.parse().unwrap())).unwrap().0
}

/// The items of one kind on a day: when, and why.
pub(crate) fn told(state: &DueState, on: &str, kind: DueKind) -> Vec<(String, String)> {
    let of_kind = |item: &DueItem| item.kind == kind;
    let items = due(state, noon(on)).into_iter().filter(of_kind);
    items.map(|item| (item.due_on.to_string(), item.reason)).collect()
}
